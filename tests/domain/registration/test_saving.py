"""What a city types is kept, and nobody's text is lost when two people type at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.confirming import confirm_delegation
from events_service.domain.registration.draft import DelegationDraft, PersonDraft
from events_service.domain.registration.form import draft_of
from events_service.domain.registration.saving import (
    Difference,
    DraftOvertaken,
    Typed,
    differing,
    save_draft,
    standing,
    writer_of,
)
from events_service.model import CityInvitation, Delegation, Particulars
from tests import cast
from tests.conftest import Databases, TestClock, alchemy

DAYS = (date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2))
MAYOR = PersonDraft("Mayor, Newark", "Mayor", "mayor@newark.example.org", "", DAYS)
ADVISER = PersonDraft("Adviser, Newark", "Adviser", "adviser@newark.example.org", "", DAYS)
Save = Callable[..., Delegation]


def draft(*people: PersonDraft) -> DelegationDraft:
    return DelegationDraft("office@newark.example.org", people)


@pytest.fixture
def newark(db: Session) -> CityInvitation:
    return cast.invited(db, cast.event(db), "Newark")


@pytest.fixture
def save(db: Session, newark: CityInvitation, clock: TestClock) -> Save:
    def save(typed: Typed | None, *people: PersonDraft) -> Delegation:
        return save_draft(db, newark, draft(*people), now=clock.now, typed=typed)

    return save


def test_each_save_has_a_name_of_its_own(newark: CityInvitation, save: Save) -> None:
    assert (standing(newark.delegation), writer_of(newark.delegation)) == ("0-0", "")
    kept = save(Typed("0-0", "desk"), MAYOR)
    assert (standing(kept), writer_of(kept)) == ("1-0", "desk")
    assert draft_of(newark) == draft(MAYOR)


def test_an_older_form_never_overwrites(newark: CityInvitation, save: Save) -> None:
    save(Typed("0-0", "desk"), MAYOR)
    save(Typed("1-0", "phone"), MAYOR, ADVISER)
    with pytest.raises(DraftOvertaken) as refused:
        save(Typed("1-0", "desk"), replace(MAYOR, role="Deputy mayor"))
    assert refused.value.theirs == draft(MAYOR, ADVISER)
    assert (draft_of(newark), standing(newark.delegation)) == (draft(MAYOR, ADVISER), "2-0")
    save(Typed("2-0", "desk"), replace(MAYOR, role="Deputy mayor"))  # control: it has seen them
    assert draft_of(newark) == draft(replace(MAYOR, role="Deputy mayor"))


def test_two_first_forms_do_not_overwrite_each_other(save: Save) -> None:
    save(Typed("0-0", "desk"), MAYOR)
    with pytest.raises(DraftOvertaken):
        save(Typed("0-0", "phone"), ADVISER)


def test_a_form_does_not_stand_in_its_own_way(newark: CityInvitation, save: Save) -> None:
    """Its script has saved while somebody typed; the button then sends what it was opened with."""
    save(Typed("0-0", "desk"), MAYOR)
    save(Typed("0-0", "desk"), MAYOR, ADVISER)
    assert draft_of(newark) == draft(MAYOR, ADVISER)


def test_the_same_text_is_no_difference(save: Save) -> None:
    save(Typed("0-0", "desk"), MAYOR)
    assert standing(save(Typed("0-0", "phone"), MAYOR)) == "2-0"


def test_what_was_confirmed_meanwhile_is_not_overwritten(
    db: Session, settings: Settings, clock: TestClock, newark: CityInvitation, save: Save
) -> None:
    save(Typed("0-0", "desk"), MAYOR)
    confirm_delegation(db, settings, newark.id, now=clock.now)
    with pytest.raises(DraftOvertaken) as refused:
        save(Typed("1-0", "phone"), ADVISER)
    assert refused.value.theirs.people[0].name == "Mayor, Newark"


def test_differences_stand_in_the_order_of_the_form() -> None:
    mine = DelegationDraft("a@example.org", (replace(MAYOR, role="Lead"), ADVISER))
    theirs = DelegationDraft("b@example.org", (replace(MAYOR, days=DAYS[:1]),))
    assert list(differing(mine, theirs)) == [
        Difference(None, "contact_address"),
        Difference(0, "role"),
        Difference(0, "days"),
        Difference(1, "person"),
    ]
    assert list(differing(mine, mine)) == []


class TestDetails:
    """A form names the details that belong to each person; it may name only its own."""

    @pytest.fixture
    def theirs(self, db: Session, save: Save) -> int:
        form = Particulars(delegation_id=save(None, MAYOR).id)
        db.add(form)
        db.flush()
        return form.id

    def test_of_this_delegation(self, newark: CityInvitation, save: Save, theirs: int) -> None:
        save(None, replace(MAYOR, particulars_id=theirs))
        assert draft_of(newark).people[0].particulars_id == theirs

    def test_of_another_they_are_dropped(
        self, db: Session, newark: CityInvitation, clock: TestClock, theirs: int
    ) -> None:
        boise = cast.invited(db, newark.event, "Boise")
        stolen = draft(replace(MAYOR, particulars_id=theirs))
        save_draft(db, boise, stolen, now=clock.now)
        assert draft_of(boise) == draft(MAYOR)

    def test_begun_while_the_form_was_open_they_stay(
        self, newark: CityInvitation, save: Save, theirs: int
    ) -> None:
        save(None, replace(MAYOR, particulars_id=theirs))
        save(None, replace(MAYOR, role="Deputy mayor"), ADVISER)
        assert [one.particulars_id for one in draft_of(newark).people] == [theirs, None]


def test_of_eight_first_saves_at_once_one_stands(databases: Databases, clock: TestClock) -> None:
    engine = create_engine(alchemy(databases.fresh()), pool_size=8)
    with Session(engine) as db, db.begin():
        number = cast.invited(db, cast.event(db), "Newark").id

    def types(name: str) -> str:
        with Session(engine) as db, db.begin():
            invitation = db.get_one(CityInvitation, number)
            typed = Typed("0-0", name)
            person = draft(replace(MAYOR, name=name))
            try:
                save_draft(db, invitation, person, now=clock.now, typed=typed)
            except DraftOvertaken:
                return "told"
            return "kept"

    with ThreadPoolExecutor(8) as visitors:
        outcomes = list(visitors.map(types, [f"Person {n}" for n in range(8)]))
    with Session(engine) as db:
        versions = db.scalars(select(Delegation.draft_version)).all()
    engine.dispose()
    assert (sorted(outcomes), versions) == (["kept", *["told"] * 7], [1])
