"""A mail that holds several answers: a person decides about the one that they were shown."""

import pytest

from events_service.domain.inbox.deciding import apply_held
from events_service.domain.registration.form import members_of
from events_service.model import Account, InboundMail, Invitation, TimeProposal
from tests import cast, office
from tests.domain.inbox import written
from tests.domain.inbox.conftest import Inbox

STRANGER = "stranger@elsewhere.example"
MONDAY, TUESDAY = "20270531", "20270601"


def several(inbox: Inbox, *calendars: str, to: Invitation | None = None) -> InboundMail:
    parts = [f"--b\r\nContent-Type: text/calendar\r\n\r\n{one}" for one in calendars]
    body = "\r\n".join([*parts, "--b--", ""])
    raw = written.mail(STRANGER, body, 'multipart/mixed; boundary="b"')
    return inbox.takes(raw, *([written.rsvp(to)] if to else []))


def reply(inbox: Inbox, invitation: Invitation, said: str, **given: str) -> str:
    event = written.vevent(invitation, said, at=inbox.now, **given)
    return written.calendar("REPLY", event)


def delegates(inbox: Inbox, invitation: Invitation, to: str, **given: str) -> str:
    who = invitation.member.address
    told = f';PARTSTAT=DELEGATED;DELEGATED-TO="mailto:{to}":mailto:{who}'
    return reply(inbox, invitation, "DELEGATED", ATTENDEE=told, **given)


@pytest.mark.parametrize("shown", [0, 1])
def test_one_click_vouches_for_the_answer_that_was_shown(
    inbox: Inbox, organiser: Account, shown: int
) -> None:
    """The other is about another workshop, which its organiser never saw."""
    event = cast.event(inbox.db, days=3, slug="other")
    dijon = office.registered(inbox.db, inbox.settings, inbox.clock, event, "Dijon", "Mayor")
    people = [inbox.invitation, office.people_of(dijon)[0].invitations[0]]
    said = [reply(inbox, one, "DECLINED") for one in people]
    mail = several(inbox, said[shown], said[1 - shown])
    assert (mail.outcome, mail.invitation_id) == ("review", people[shown].id)
    apply_held(inbox.db, inbox.settings, mail, organiser, now=inbox.now)
    assert inbox.stands(people[shown]) == ("DECLINED", "mail", 0)
    assert inbox.stands(people[1 - shown]) == ("NEEDS-ACTION", None, None)
    assert mail.partstat == "DECLINED"


def test_of_two_days_the_one_that_was_shown(inbox: Inbox, organiser: Account) -> None:
    days = [
        reply(
            inbox,
            inbox.invitation,
            "DECLINED",
            RECURRENCE_ID=f";TZID=Europe/Stockholm:{day}T090000",
        )
        for day in (MONDAY, TUESDAY)
    ]
    mail = several(inbox, *days)
    apply_held(inbox.db, inbox.settings, mail, organiser, now=inbox.now)
    inbox.db.refresh(inbox.invitation)
    told = [(one.day, one.partstat) for one in inbox.invitation.day_answers]
    assert told == [(inbox.mayor.days[0], "DECLINED")]


def test_the_delegate_is_that_of_the_answer_that_was_shown(
    inbox: Inbox, organiser: Account
) -> None:
    """The first is too old to count, so that the second is what the mail came to."""
    adviser = inbox.adviser.invitations[0]
    inbox.invitation.sequence = inbox.invitation.min_sequence = 1
    inbox.db.flush()
    mail = several(
        inbox,
        delegates(inbox, inbox.invitation, "first@newark.example.org", SEQUENCE=":0"),
        delegates(inbox, adviser, "second@newark.example.org"),
        to=inbox.invitation,
    )
    assert (mail.outcome, mail.invitation_id) == ("review", adviser.id)
    apply_held(inbox.db, inbox.settings, mail, organiser, now=inbox.now)
    assert [one.address for one in members_of(inbox.mayor.delegation)] == [
        "mayor@newark.example.org",
        "second@newark.example.org",
    ]


def test_what_was_settled_before_is_not_settled_again(inbox: Inbox, organiser: Account) -> None:
    """A trusted proposal beside an answer that is held: applying this opens no second proposal."""
    proposal = written.vevent(
        inbox.invitation,
        "TENTATIVE",
        at=inbox.now,
        DTSTART=f";TZID=Europe/Stockholm:{MONDAY}T100000",
        DTEND=f";TZID=Europe/Stockholm:{MONDAY}T180000",
    )
    adviser = inbox.adviser.invitations[0]
    mail = several(
        inbox,
        reply(inbox, adviser, "ACCEPTED"),
        written.calendar("COUNTER", proposal),
        to=inbox.invitation,
    )
    apply_held(inbox.db, inbox.settings, mail, organiser, now=inbox.now)
    assert inbox.stands(adviser) == ("ACCEPTED", "mail", 0)
    assert [one.state for one in inbox.db.query(TimeProposal)] == ["open"]
