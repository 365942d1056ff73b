"""Loading a delegation to confirm or withdraw it: fresh, locked, and by few statements."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from events_service.domain.scheduling.event_lock import hold_event_steady
from events_service.model import AgendaSession, Delegation, Member


def locked_delegation(session: Session, city_invitation_id: int) -> Delegation | None:
    """The delegation, held until the transaction ends, with its event as that stays meanwhile, the
    sessions and the people."""
    hold_event_steady(session, city_invitation_id)
    delegation = session.scalar(_LOCKED, {"city_invitation_id": city_invitation_id})
    if delegation is not None:
        event_id, known = delegation.event_id, delegation.version > 0
        sessions = session.scalars(_SESSIONS, {"event_id": event_id}).all()
        set_committed_value(delegation.event, "sessions", sessions)
        # Before it is confirmed for the first time a delegation has nobody, only a draft.
        members = session.scalars(_MEMBERS, {"delegation_id": delegation.id}) if known else ()
        set_committed_value(delegation, "members", list(members))
    return delegation


# Written once: SQLAlchemy then neither builds nor compares them anew at every confirmation.
_LOCKED = (
    select(Delegation)
    .where(Delegation.city_invitation_id == bindparam("city_invitation_id"))
    .options(
        lazyload(Delegation.city),  # the invitation's, which is at hand
        joinedload(Delegation.city_invitation, innerjoin=True),
        joinedload(Delegation.event, innerjoin=True),
    )
    .with_for_update(of=Delegation)
    .execution_options(populate_existing=True)
)
_SESSIONS = (
    select(AgendaSession)
    .where(AgendaSession.event_id == bindparam("event_id"))
    .order_by(AgendaSession.held_on, AgendaSession.starts, AgendaSession.id)
    .execution_options(populate_existing=True)
)
_MEMBERS = (
    select(Member)
    .where(Member.delegation_id == bindparam("delegation_id"))
    .order_by(Member.position, Member.id)
    .options(selectinload(Member.invitations))
    .execution_options(populate_existing=True)
)
