"""Whose form it is: sent by link, kept through the draft, never passed to somebody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.addresses import NotAnAddress
from events_service.domain.particulars.asking import ask_person, ask_those_silent
from events_service.domain.particulars.attaching import attach
from events_service.domain.particulars.links import particulars_behind, replace_link
from events_service.domain.particulars.people import form_for, name_on, person_numbered
from events_service.domain.refusals import Conflict, LinkEnded, TooOften
from events_service.domain.registration.confirming import withdraw_delegation
from events_service.domain.registration.draft import DelegationDraft, PersonDraft
from events_service.domain.registration.form import draft_of
from events_service.domain.registration.saving import save_draft
from events_service.domain.registration.substituting import substitute
from events_service.model import CityInvitation, Member, Particulars
from events_service.tokens import token_for
from tests import cast, office
from tests.conftest import SECRET, TestClock
from tests.domain.particulars.forms import delegation, form, people, tells


@pytest.fixture
def boise(db: Session, clock: TestClock) -> CityInvitation:
    """Has typed two people, and confirmed nobody."""
    invitation = cast.invited(db, cast.event(db), "Boise")
    typed = cast.people("Mayor", "Liaison", where="Boise", days=[invitation.event.starts_on])
    office_address = "office@boise.example.org"
    draft = DelegationDraft.from_json({"contact_address": office_address, "people": typed})
    save_draft(db, invitation, draft, now=clock.now)
    db.expire_all()
    return invitation


def ask(db: Session, settings: Settings, clock: TestClock, form: Particulars, to: str) -> None:
    ask_person(db, settings, form, name="Mayor", address=to, now=clock.now)


def member(db: Session, invitation: CityInvitation, address: str) -> Member:
    assert invitation.delegation is not None
    made = Member(delegation=invitation.delegation, name="Mayor", address=address, days=[])
    db.add(made)
    db.flush()
    return made


def retype(db: Session, clock: TestClock, invitation: CityInvitation, **other: str) -> None:
    """Another person is typed over the first."""
    draft = draft_of(invitation)
    first = replace(draft.people[0], **other)  # type: ignore[arg-type]
    save_draft(db, invitation, replace(draft, people=(first, *draft.people[1:])), now=clock.now)


def test_a_person_who_is_only_typed_can_be_asked(
    db: Session, settings: Settings, clock: TestClock, boise: CityInvitation
) -> None:
    mayor = form(db, clock, boise)
    ask(db, settings, clock, mayor, "mayor@boise.example.org")
    found = people(db, clock, boise)
    assert [one.form and one.form.id for one in found] == [mayor.id, None]
    assert (name_on(db, mayor), mayor.link_sent_at) == ("Mayor, Boise", clock.now)
    assert form(db, clock, boise) is mayor
    assert office.letters(db) == [("member_details", "mayor@boise.example.org")]


def test_a_stale_form_of_the_city_loses_nobody_s_details(
    db: Session, clock: TestClock, boise: CityInvitation
) -> None:
    before = draft_of(boise)
    mayor = form(db, clock, boise)
    save_draft(db, boise, before, now=clock.now)
    assert people(db, clock, boise)[0].form is mayor


def test_who_is_typed_over_somebody_gets_a_form_of_their_own(
    db: Session, settings: Settings, clock: TestClock, boise: CityInvitation
) -> None:
    mayor = form(db, clock, boise)
    tells(db, clock, mayor, dietary="Vegan")
    ask(db, settings, clock, mayor, "mayor@boise.example.org")
    retype(db, clock, boise, name="Deputy", address="deputy@boise.example.org")
    assert people(db, clock, boise)[0].form is None
    deputy = form(db, clock, boise)
    assert (deputy.id != mayor.id, deputy.details) == (True, [])


def test_details_find_their_member(db: Session, clock: TestClock, boise: CityInvitation) -> None:
    mayor, liaison = form(db, clock, boise), form(db, clock, boise, 2)
    tells(db, clock, mayor, letters="Slovenčina")
    confirmed = [member(db, boise, f"{n}@boise.example.org") for n in range(2)]
    attach(db, list(zip([mayor.id, liaison.id], confirmed, strict=True)))
    db.expire_all()
    assert [mayor.member_id, liaison.member_id] == [one.id for one in confirmed]
    assert [one.language for one in confirmed] == ["sk", None]


def test_nothing_is_asked_when_there_is_nothing_to_attach(db: Session) -> None:
    said: list[str] = []
    sql_event.listen(db.connection(), "before_cursor_execute", lambda *args: said.append(args[2]))
    attach(db, [])
    assert said == []


def test_details_pass_to_nobody_else(
    db: Session, settings: Settings, clock: TestClock, boise: CityInvitation
) -> None:
    """Sent to another address; of a member already; of another delegation."""
    mayor, liaison = form(db, clock, boise), form(db, clock, boise, 2)
    ask(db, settings, clock, mayor, "mayor@boise.example.org")
    other = member(db, boise, "deputy@boise.example.org")
    attach(db, [(mayor.id, other)])
    attach(db, [(liaison.id, other)])
    attach(db, [(liaison.id, member(db, boise, "x@boise.example.org"))])
    stranger = delegation(db, settings, clock, cast.event(db, host="Bratislava"))
    attach(db, [(mayor.id, office.people_of(stranger)[0])])
    db.expire_all()
    assert (mayor.member_id, liaison.member_id) == (None, other.id)
    attach(db, [(mayor.id, (own := member(db, boise, "MAYOR@boise.example.org")))])
    db.expire_all()
    assert mayor.member_id == own.id


def test_a_substitute_begins_anew(db: Session, settings: Settings, clock: TestClock) -> None:
    newark = delegation(db, settings, clock)
    mayor = form(db, clock, newark)
    gone = office.people_of(newark)[0]
    deputy = PersonDraft("Deputy", "Deputy", "deputy@newark.example.org")
    new = substitute(db, settings, gone, deputy, now=clock.now)
    db.expire_all()
    assert (mayor.member_id, people(db, clock, newark)[0].form) == (gone.id, None)
    assert form(db, clock, newark).member_id == new.id


def test_who_is_named_again_has_their_details(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    newark = delegation(db, settings, clock)
    mayor = form(db, clock, newark)
    withdraw_delegation(db, settings, newark.id, now=clock.now)
    db.expire_all()
    assert people(db, clock, newark)[0].form is mayor


def test_everybody_who_is_silent_is_asked(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    newark = delegation(db, settings, clock)
    form(db, clock, newark).completed_by = "person"
    office.letters(db)
    named = people(db, clock, newark)
    named.append(replace(named[1], number=2, name="Nobody", address="nowhere"))
    assert ask_those_silent(db, settings, newark, named, now=clock.now) == (
        ["Liaison, Newark"],
        ["Nobody"],
    )
    assert office.letters(db) == [("member_details", "liaison@newark.example.org")]


def test_a_mailbox_is_not_filled(
    db: Session, settings: Settings, clock: TestClock, boise: CityInvitation
) -> None:
    mayor = form(db, clock, boise)
    for _ in range(3):
        clock.advance(timedelta(minutes=1))
        ask(db, settings, clock, mayor, "mayor@boise.example.org")
    with pytest.raises(TooOften):
        ask(db, settings, clock, mayor, "mayor@boise.example.org")
    assert len(office.letters(db)) == 3
    with pytest.raises(NotAnAddress):
        ask(db, settings, clock, mayor, "nowhere")


def test_a_list_that_changed_meanwhile_is_noticed(
    db: Session, clock: TestClock, boise: CityInvitation
) -> None:
    seen = people(db, clock, boise)[0]
    assert form_for(db, boise, seen, now=clock.now)
    retype(db, clock, boise, name="Deputy")
    with pytest.raises(Conflict):
        person_numbered(people(db, clock, boise), 1, seen_as=seen.seen_as)


def test_a_link_opens_one_form_until_it_is_replaced_or_the_workshop_is_over(
    db: Session, clock: TestClock, boise: CityInvitation
) -> None:
    mayor = form(db, clock, boise)
    token = token_for(SECRET, "self", mayor.id)
    assert particulars_behind(db, SECRET, token, now=clock.now) is mayor
    for wrong in ("", "x" * 32, token_for(SECRET, "answ", mayor.id), token_for("no", "self", 1)):
        with pytest.raises(LinkEnded, match="not one of ours"):
            particulars_behind(db, SECRET, wrong, now=clock.now)
    replace_link(db, mayor)
    with pytest.raises(LinkEnded, match="replaced"):
        particulars_behind(db, SECRET, token, now=clock.now)
    newer = token_for(SECRET, "self", mayor.id, 2)
    last = boise.event.ends_on
    clock.now = clock.now.replace(year=last.year, month=last.month, day=last.day, hour=21)
    assert particulars_behind(db, SECRET, newer, now=clock.now) is mayor
    clock.advance(timedelta(hours=1))  # midnight in Stockholm
    with pytest.raises(LinkEnded, match="over"):
        particulars_behind(db, SECRET, newer, now=clock.now)
