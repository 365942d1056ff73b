"""A focal point manages the contacts of their city; the others are told."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.db import transaction
from events_service.domain.accounts.city_contacts import (
    LAST,
    ContactsOfCity,
    contact_numbered,
    contacts_of,
)
from events_service.domain.accounts.speaking import Voice, voices_of
from events_service.domain.refusals import Conflict, NotFound, Refusal, TooOften
from events_service.model import City, Contact, OutboxMail
from tests import cast, office
from tests.conftest import SECRET, TestClock
from tests.workers.fixtures import own_database  # noqa: F401

LETTER = "city_contacts_changed"
LIAISON = ("Liaison", "Schools liaison", "liaison@newark.example.org")


@pytest.fixture
def newark(db: Session) -> City:
    """With two focal points: `newark@cities.example.org` and `second@newark.example.org`."""
    made = cast.city(db, "Newark")
    made.contacts.append(Contact(name="Second", role="", address="second@newark.example.org"))
    db.flush()
    return made


@pytest.fixture
def contacts(db: Session, settings: Settings, clock: TestClock, newark: City) -> ContactsOfCity:
    """As the first focal point changes them."""
    return ContactsOfCity(
        db, settings, Voice(newark, "newark@cities.example.org", True), now=clock.now
    )


def told(db: Session) -> list[tuple[str, str, bool]]:
    """To whom, what, and whether it is about them."""
    mails = db.query(OutboxMail).filter_by(letter=LETTER).order_by(OutboxMail.id).all()
    found = [(one.to_address, one.facts["reason"], one.facts["to_contact"]) for one in mails]
    office.letters(db)
    return found


def test_one_is_added_changed_and_removed(
    db: Session, newark: City, contacts: ContactsOfCity
) -> None:
    made = contacts.add(*LIAISON)
    assert sorted(told(db)) == [
        ("liaison@newark.example.org", "added", True),
        ("second@newark.example.org", "added", False),
    ]
    assert contacts.change(made, "Liaison", "Head of schools", "new@newark.example.org")
    assert sorted(told(db)) == [
        ("liaison@newark.example.org", "changed", True),
        ("new@newark.example.org", "changed", True),
        ("second@newark.example.org", "changed", False),
    ]
    assert not contacts.change(made, "Liaison", "Head of schools", "new@newark.example.org")
    assert told(db) == []
    contacts.remove(made)
    assert sorted(told(db)) == [
        ("new@newark.example.org", "removed", True),
        ("second@newark.example.org", "removed", False),
    ]
    assert [one.name for one in contacts_of(db, newark.id)] == [
        "Head of international affairs, Newark",
        "Second",
    ]


def test_who_did_it_is_named_and_not_written_to(db: Session, contacts: ContactsOfCity) -> None:
    contacts.add(*LIAISON)
    mails = db.query(OutboxMail).filter_by(letter=LETTER).all()
    assert {mail.facts["named_by"] for mail in mails} == {"newark@cities.example.org"}
    assert "newark@cities.example.org" not in {mail.to_address for mail in mails}


def test_the_last_one_stays(db: Session, newark: City, contacts: ContactsOfCity) -> None:
    first, second = contacts_of(db, newark.id)
    contacts.remove(first)
    with pytest.raises(Conflict, match="must know somebody"):
        contacts.remove(second)
    assert LAST.startswith("The network must know somebody")
    assert contacts_of(db, newark.id) == [second]


def test_an_address_is_one_contact(db: Session, newark: City, contacts: ContactsOfCity) -> None:
    first, _second = contacts_of(db, newark.id)
    with pytest.raises(Conflict):
        contacts.add("Again", "", "SECOND@newark.example.org")
    with pytest.raises(Conflict):
        contacts.change(first, first.name, first.role, "Second@newark.example.org")
    assert (told(db), first.address) == ([], "newark@cities.example.org")


def test_who_was_removed_speaks_for_the_city_no_more(
    db: Session, newark: City, contacts: ContactsOfCity
) -> None:
    second = contacts_of(db, newark.id)[1]
    assert len(voices_of(db, second.address)) == 1
    contacts.remove(second)
    assert voices_of(db, "second@newark.example.org") == []


def test_who_was_removed_a_moment_ago_changes_nothing(
    db: Session, settings: Settings, clock: TestClock, newark: City, contacts: ContactsOfCity
) -> None:
    [second] = voices_of(db, "second@newark.example.org")
    contacts.remove(contacts_of(db, newark.id)[1])
    with pytest.raises(NotFound):
        ContactsOfCity(db, settings, second, now=clock.now)


def test_a_contact_of_another_city_is_not_found(db: Session, newark: City) -> None:
    other = cast.city(db, "Boise").contacts[0]
    voice = Voice(newark, "newark@cities.example.org", True)
    with pytest.raises(NotFound):
        contact_numbered(db, voice, other.id)
    assert contact_numbered(db, voice, newark.contacts[0].id) == newark.contacts[0]


def test_strangers_are_not_written_to_without_end(
    db: Session, settings: Settings, clock: TestClock, newark: City
) -> None:
    voice = Voice(newark, "newark@cities.example.org", True)
    for _ in range(20):
        ContactsOfCity(db, settings, voice, now=clock.now)
    with pytest.raises(TooOften):
        ContactsOfCity(db, settings, voice, now=clock.now)
    ContactsOfCity(db, settings, voice, now=clock.now + timedelta(hours=1))


@pytest.mark.usefixtures("own_database")
def test_of_two_who_remove_each_other_one_stays(clock: TestClock) -> None:
    with transaction() as db:
        newark = cast.city(db, "Newark")
        newark.contacts.append(Contact(name="Second", role="", address="second@x.example.org"))
        db.flush()
        addresses = [one.address for one in newark.contacts]
    settings = Settings(database_url="", redis_url="", secret_key=SECRET, public_url="")
    at_once, refused = threading.Barrier(2), []

    def remove(by: str, other: str) -> None:
        at_once.wait()
        try:
            with transaction() as db:
                [voice] = voices_of(db, by)
                contacts = ContactsOfCity(db, settings, voice, now=clock.now)
                gone = db.scalars(select(Contact).where(Contact.address == other)).one_or_none()
                if gone is not None:
                    contacts.remove(gone)
        except Refusal:
            refused.append(by)

    pairs = zip(addresses, reversed(addresses), strict=True)
    threads = [threading.Thread(target=remove, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with transaction() as db:
        assert len(db.scalars(select(Contact)).all()) == 1
    assert len(refused) == 1
