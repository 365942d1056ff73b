"""What was agreed to, by which wording; and what goes when it is taken back."""

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.particulars.consents import current_texts, refuse_if_changed, seen_as
from events_service.domain.particulars.filling import (
    answer_consents,
    choose_attribution,
    complete,
    erase,
    open_steps,
)
from events_service.domain.refusals import Conflict
from events_service.model import ConsentText, Particulars
from tests.conftest import TestClock
from tests.domain.particulars.forms import delegation, form, tells

ALL = {"data": True, "sensitive_data": True, "photographs": False}


@pytest.fixture
def mayor(db: Session, settings: Settings, clock: TestClock) -> Particulars:
    return form(db, clock, delegation(db, settings, clock))


def says(db: Session, clock: TestClock, form: Particulars, **given: bool) -> None:
    answer_consents(db, form, current_texts(db, "en"), {**ALL, **given}, now=clock.now)


def said(form: Particulars) -> list[tuple[str, int, bool]]:
    return [(one.text.kind, one.text.version, one.given) for one in form.consents]


def test_a_wording_is_kept_when_somebody_answers_it(
    db: Session, clock: TestClock, mayor: Particulars
) -> None:
    shown = current_texts(db, "en")
    assert [(one.kind, one.version, one.id) for one in shown] == [
        ("data", 1, None), ("sensitive_data", 1, None), ("photographs", 1, None),
    ]  # fmt: skip
    assert db.query(ConsentText).count() == 0
    says(db, clock, mayor)
    assert {one.kind: one.wording for one in db.query(ConsentText)} == {
        one.kind: one.wording for one in shown
    }


def test_a_change_of_mind_is_a_line_of_its_own(
    db: Session, clock: TestClock, mayor: Particulars
) -> None:
    says(db, clock, mayor)
    says(db, clock, mayor)
    says(db, clock, mayor, photographs=True)
    assert said(mayor) == [
        ("data", 1, True),
        ("sensitive_data", 1, True),
        ("photographs", 1, False),
        ("photographs", 1, True),
    ]


def test_a_newer_wording_is_asked_about_anew(
    db: Session, clock: TestClock, mayor: Particulars
) -> None:
    says(db, clock, mayor)
    read = {one.kind: seen_as(one) for one in current_texts(db, "en")}
    refuse_if_changed(current_texts(db, "en"), read)
    newer = ConsentText(kind="data", version=2, language="en", wording="More.", made_at=clock.now)
    db.add(newer)
    db.flush()
    with pytest.raises(Conflict):
        refuse_if_changed(current_texts(db, "en"), read)
    assert [one.version for one in current_texts(db, "fr")] == [2, 1, 1]
    says(db, clock, mayor)
    assert said(mayor)[3:] == [("data", 2, True)]


def test_no_to_the_second_erases_what_is_sensitive(
    db: Session, clock: TestClock, mayor: Particulars
) -> None:
    tells(db, clock, mayor, title="Mayor", dietary="Vegan")
    says(db, clock, mayor, sensitive_data=False)
    assert [one.value for one in mayor.details] == ["Mayor"]


def test_no_to_the_first_erases_everything(
    db: Session, clock: TestClock, mayor: Particulars
) -> None:
    tells(db, clock, mayor, title="Mayor", dietary="Vegan")
    says(db, clock, mayor)
    assert len(mayor.details) == 2
    says(db, clock, mayor, data=False)
    assert (mayor.details, said(mayor)[3:]) == (
        [], [("data", 1, False), ("sensitive_data", 1, False)],
    )  # fmt: skip


def test_what_was_told_can_be_erased_and_told_again(
    db: Session, clock: TestClock, mayor: Particulars
) -> None:
    tells(db, clock, mayor, **dict.fromkeys(open_steps(db, mayor)[:-2]))
    choose_attribution(mayor, "name")
    says(db, clock, mayor)
    complete(db, mayor, by="person", now=clock.now)
    assert (mayor.completed_by, mayor.completed_at) == ("person", clock.now)
    erase(db, mayor, now=clock.now)
    assert (mayor.details, mayor.attribution, mayor.completed_by) == ([], None, None)
    assert said(mayor)[-2:] == [("data", 1, False), ("sensitive_data", 1, False)]
    assert open_steps(db, mayor)[-2:] == ["attribution", "consents"]
