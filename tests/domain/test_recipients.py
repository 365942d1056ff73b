"""Whose language a letter is in: the person's, else their city's, else English; never that of
whoever causes it."""

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery.languages import write_drafts_anew
from events_service.domain.outbox import Recipient
from events_service.domain.recipients import (
    invited_by,
    recipient_of,
    recipient_with,
    registrant_of,
    somebody_in,
)
from events_service.domain.registration.link_requests import request_link
from events_service.domain.scheduling.city_invitations import send_again
from events_service.model import Account, City, CityInvitation, Delegation, Member, OutboxMail
from events_service.translation import speaking
from tests import cast
from tests.conftest import TestClock

DIJON = City(name="Dijon", language="fr")
NEWARK = City(name="Newark", language=None)


def member(city: City, language: str | None) -> Member:
    return Member(
        name="Mayor",
        address="mayor@example.org",
        assistant_address="office@example.org",
        language=language,
        delegation=Delegation(city=city, contact_address="registrar@example.org"),
    )


@pytest.mark.parametrize(
    ("city", "own", "language"),
    [
        (DIJON, "sv", "sv"),
        (DIJON, "en", "en"),
        (DIJON, None, "fr"),
        (NEWARK, "sk", "sk"),
        (NEWARK, None, "en"),
    ],
)
def test_a_person(city: City, own: str | None, language: str) -> None:
    expected = Recipient("mayor@example.org", "Mayor", "office@example.org", language)
    assert recipient_of(member(city, own)) == expected


def test_those_of_whom_only_the_city_is_known() -> None:
    registrant = Recipient("registrar@example.org", language="fr")
    assert registrant_of(member(DIJON, "sv").delegation) == registrant
    asked = CityInvitation(city=DIJON, address="mayor@example.org")
    assert invited_by(asked) == Recipient("mayor@example.org", language="fr")
    assert somebody_in(DIJON, "a@example.org", "A") == Recipient("a@example.org", "A", None, "fr")
    assert somebody_in(NEWARK, "a@example.org") == Recipient("a@example.org", language="en")


def test_the_network_team_works_in_english() -> None:
    account = Account(address="editor@example.org", name="Editor")
    with speaking("sk"):
        assert recipient_with(account) == Recipient("editor@example.org", "Editor", language="en")


def test_a_letter_is_in_its_readers_language_and_not_in_that_of_who_presses_the_button(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db)
    for name, language in (("Dijon", "fr"), ("Bratislava", "sk"), ("Newark", None)):
        invitation = cast.invited(db, event, name)
        invitation.city.language = language
        with speaking("sv"):
            send_again(db, settings, invitation, now=clock.now)
    mails = db.query(OutboxMail).order_by(OutboxMail.id)
    assert [mail.language for mail in mails] == ["fr", "sk", "en"]


def test_a_draft_that_is_told_anew_takes_the_new_language(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    invitation = cast.invited(db, cast.event(db), "Dijon")
    send_again(db, settings, invitation, now=clock.now)
    invitation.city.language = "fr"
    send_again(db, settings, invitation, now=clock.now)
    [mail] = db.query(OutboxMail)
    assert (mail.language, mail.to_address) == ("fr", invitation.address)


def test_a_stranger_is_answered_in_the_language_of_the_page(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db)
    for language in ("sk", "en"):
        with speaking(language):
            request_link(db, settings, event, f"{language}@example.net", now=clock.now)
    mails = db.query(OutboxMail).order_by(OutboxMail.id)
    assert [(mail.to_address, mail.language) for mail in mails] == [
        ("sk@example.net", "sk"),
        ("en@example.net", "en"),
    ]


def test_drafts_follow_the_language_that_somebody_chooses(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    """Those of others stay, and what has left."""
    event = cast.event(db)
    for name in ("Dijon", "Newark", "Boise"):
        send_again(db, settings, cast.invited(db, event, name), now=clock.now)
    dijon, newark, boise = db.query(OutboxMail).order_by(OutboxMail.id)
    for mail in (dijon, newark, boise):
        mail.rendered = b"as it was"
    boise.state = "sent"
    for city in db.query(City):
        city.language = "fr"
    dijons = OutboxMail.city_id == dijon.city_id
    assert write_drafts_anew(db, dijons, now=clock.now) == 1
    assert write_drafts_anew(db, dijons, now=clock.now) == 0
    assert [(mail.language, mail.rendered) for mail in (dijon, newark, boise)] == [
        ("fr", None),
        ("en", b"as it was"),
        ("en", b"as it was"),
    ]
