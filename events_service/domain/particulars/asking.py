"""A person is sent the link by which they tell about themselves."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.addresses import NotAnAddress, normalise
from events_service.domain.outbox import Recipient, promise
from events_service.domain.particulars.attaching import first_letter_key, sent_to
from events_service.domain.particulars.filling import event_of
from events_service.domain.particulars.links import replace_link
from events_service.domain.particulars.people import Named, form_for, named_in
from events_service.domain.particulars.questions import ensure_questions, questions_of
from events_service.domain.rates import within_rate
from events_service.domain.recipients import city_language, language_of
from events_service.domain.refusals import Conflict, TooOften
from events_service.domain.snapshot import event_facts
from events_service.letters.details import AskedFacts, MemberDetailsFacts
from events_service.model import CityInvitation, Delegation, OutboxMail, Particulars
from events_service.translation import gettext as _

LETTERS_A_DAY = 3  # to one person, so that nobody’s mailbox can be filled from here
LETTERS_OF_A_CITY = 60  # on one day, whoever is named


def ask_person(
    session: Session,
    settings: Settings,
    form: Particulars,
    *,
    name: str,
    address: str,
    now: datetime,
) -> None:
    """Promise the letter with the link, to the person alone: their office is sent no copy of it.
    NotAnAddress, or TooOften after a few on one day."""
    to = normalise(address)
    _refuse_too_many(session, form, name, now)
    key = first_letter_key(form, to)
    again = form.link_sent_at is not None and sent_to(session, form, to)
    promise(
        session,
        "member_details",
        Recipient(to, name, language=_language(session, form)),
        key=f"{key}:{now.isoformat()}" if again else key,
        facts=_facts(session, form, name, to),
        now=now,
        mail_domain=settings.mail_domain,
        event_id=event_of(session, form).id,
        city_id=session.get_one(Delegation, form.delegation_id).city_id,
        member_id=form.member_id,
    )
    form.link_sent_at = now
    session.flush()


def send_new_link(
    session: Session, settings: Settings, form: Particulars, *, now: datetime
) -> None:
    """End every link to this form that was sent, and send another to where the last one went.
    Conflict when that is not known any more."""
    last = session.scalars(
        select(OutboxMail)
        .where(OutboxMail.dedupe_key.startswith(first_letter_key(form, "")))
        .order_by(OutboxMail.id.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        raise Conflict(
            _("We don’t know where your link went. Ask whoever named you for a new one.")
        )
    replace_link(session, form)
    ask_person(session, settings, form, name=last.to_name, address=last.to_address, now=now)


def ask_those_silent(
    session: Session,
    settings: Settings,
    invitation: CityInvitation,
    people: Iterable[Named],
    *,
    now: datetime,
) -> tuple[list[str], list[str]]:
    """Ask everybody who has not completed their form: names of those who were sent a link, and of
    those who can’t be, for want of an address or since they were sent several today."""
    sent: list[str] = []
    left: list[str] = []
    for one in people:
        if one.form is not None and one.form.completed_by == "person":
            continue
        try:
            normalise(one.address)
            form = form_for(session, invitation, one, now=now)
            ask_person(session, settings, form, name=one.name, address=one.address, now=now)
        except (NotAnAddress, TooOften):
            left.append(one.name)
        else:
            sent.append(one.name)
    return sent, left


def _refuse_too_many(session: Session, form: Particulars, name: str, now: datetime) -> None:
    limits = {
        f"details {form.id}": LETTERS_A_DAY,
        f"details of delegation {form.delegation_id}": LETTERS_OF_A_CITY,
    }
    for key, limit in limits.items():
        if not within_rate(session, key, limit=limit, per=timedelta(days=1), now=now):
            raise TooOften(
                _("%(name)s was sent several links today. Send another one tomorrow.", name=name)
            )


def _language(session: Session, form: Particulars) -> str:
    member = named_in(session, form)
    if member is not None:
        return language_of(member)
    return city_language(session.get_one(Delegation, form.delegation_id).city)


def _facts(session: Session, form: Particulars, name: str, address: str) -> MemberDetailsFacts:
    delegation = session.get_one(Delegation, form.delegation_id)
    event = delegation.event
    ensure_questions(session, event)
    return MemberDetailsFacts(
        event=event_facts(event),
        city=delegation.city.name,
        city_timezone=delegation.city.timezone,
        member={"name": name, "role": "", "address": address},
        named_by=delegation.contact_address,
        asked=[
            AskedFacts(label=one.label, purpose=one.purpose) for one in questions_of(session, event)
        ],
        until=event.ends_on.isoformat(),
        link={"number": form.id, "version": form.link_version},
    )
