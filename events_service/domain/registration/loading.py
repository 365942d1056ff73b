"""Loading a delegation to confirm or withdraw it: fresh, locked, and by few statements.

Whoever changes invitations holds them first, in one order and after the event, or an answer that
comes in the same moment would count for a time it never knew."""

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from events_service.domain.scheduling.event_lock import hold_event_steady
from events_service.model import AgendaSession, Delegation, Invitation, Member, Quota


def locked_delegation(session: Session, city_invitation_id: int) -> Delegation | None:
    """The delegation, held until the transaction ends, with its event as that stays meanwhile, the
    sessions and the people."""
    hold_event_steady(session, city_invitation_id)
    row = session.execute(_LOCKED, {"city_invitation_id": city_invitation_id}).first()
    if row is None:
        return None
    delegation, has_quotas = row
    event_id, known = delegation.event_id, delegation.version > 0
    if not has_quotas:  # known by the statement that locks: no other is needed
        set_committed_value(delegation.event, "quotas", [])
    sessions = session.scalars(_SESSIONS, {"event_id": event_id}).all()
    set_committed_value(delegation.event, "sessions", sessions)
    # Before it is confirmed for the first time a delegation has nobody, only a draft.
    if known:
        session.execute(_INVITATIONS_OF_DELEGATION, {"delegation_id": delegation.id})
    members = session.scalars(_MEMBERS, {"delegation_id": delegation.id}) if known else ()
    set_committed_value(delegation, "members", list(members))
    return delegation


def hold_invitations(session: Session, event_id: int) -> None:
    """Everybody's answers stay as they are until the transaction ends. Read them after this; the
    caller holds the event alone."""
    session.execute(_INVITATIONS_OF_EVENT, {"event_id": event_id})


def hold_own_invitations(session: Session, member: Member) -> None:
    """What this person is asked stays as it is until the transaction ends, and is read anew."""
    session.scalars(_OWN_INVITATIONS, {"member_id": member.id}).all()
    session.expire(member)


# Written once: SQLAlchemy then neither builds nor compares them anew at every confirmation.
_LOCKED = (
    select(Delegation, exists().where(Quota.event_id == Delegation.event_id))
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
_INVITATIONS = (
    select(Invitation.id)
    .join(Member)
    .order_by(Invitation.id)
    .with_for_update(of=Invitation, key_share=True)  # letters may be promised meanwhile
)
_INVITATIONS_OF_DELEGATION = _INVITATIONS.where(Member.delegation_id == bindparam("delegation_id"))
_INVITATIONS_OF_EVENT = _INVITATIONS.join(Delegation).where(
    Delegation.event_id == bindparam("event_id")
)
_OWN_INVITATIONS = (
    select(Invitation)
    .where(Invitation.member_id == bindparam("member_id"))
    .order_by(Invitation.id)
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
)
