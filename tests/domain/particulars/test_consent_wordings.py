"""A wording is written anew: it holds for new answers, and earlier ones stay with what was read."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.particulars.consent_wordings import (
    NotAWording,
    agreed_to_earlier,
    left_behind,
    problems,
    texts_in_force,
    versions_in_force,
    write_wording,
)
from events_service.domain.particulars.consents import current_texts
from events_service.domain.particulars.filling import (
    answer_consents,
    choose_attribution,
    complete,
    open_steps,
)
from events_service.domain.refusals import Conflict
from events_service.model import Account, Particulars
from events_service.queries.consents import versions_of, who_agreed_to_earlier
from tests import follow_up
from tests.conftest import TestClock
from tests.domain.particulars.forms import delegation, form, tells

NEW = {"en": "They may keep it.", "fr": "Ils peuvent le garder.", "sv": " ", "sk": ""}


@pytest.fixture
def staff(db: Session) -> Account:
    return follow_up.colleague(db, "Lead of the network")


@pytest.fixture
def mayor(db: Session, settings: Settings, clock: TestClock) -> Particulars:
    """Has completed the form, having read the first wordings in French."""
    made = form(db, clock, delegation(db, settings, clock))
    finish(db, clock, made)
    return made


def finish(db: Session, clock: TestClock, form: Particulars, **given: bool) -> None:
    tells(db, clock, form, **dict.fromkeys(open_steps(db, form)[:-2]))
    choose_attribution(form, "name")
    says(db, clock, form, **given)
    complete(db, form, by="person", now=clock.now)


def says(db: Session, clock: TestClock, form: Particulars, **given: bool) -> None:
    every = {"data": True, "sensitive_data": True, "photographs": True, **given}
    answer_consents(db, form, current_texts(db, "fr"), every, now=clock.now)


def write(
    db: Session,
    clock: TestClock,
    staff: Account,
    texts: dict[str, str] = NEW,
    *,
    after: int = 1,
    asks_again: bool = False,
) -> int:
    return write_wording(
        db, "data", texts, after=after, asks_again=asks_again, by=staff, now=clock.now
    )


def test_a_new_version_holds_and_earlier_answers_stay(
    db: Session, clock: TestClock, mayor: Particulars, staff: Account
) -> None:
    [read] = [one.text for one in mayor.consents if one.text.kind == "data"]
    wording = read.wording
    write(db, clock, staff)
    assert versions_in_force(db) == {"data": 2, "sensitive_data": 1, "photographs": 1}
    assert texts_in_force(db, "data") == {"en": NEW["en"], "fr": NEW["fr"]}
    shown = {code: current_texts(db, code)[0] for code in ("en", "fr", "sv", "sk")}
    assert {code: (one.language, one.version) for code, one in shown.items()} == {
        "en": ("en", 2), "fr": ("fr", 2), "sv": ("en", 2), "sk": ("en", 2),
    }  # fmt: skip
    [still] = [one.text for one in mayor.consents if one.text.kind == "data"]
    assert (still.version, still.language, still.wording) == (1, "fr", wording)


@pytest.mark.parametrize("language", ["fr", "sv", "sk"])
def test_the_first_wordings_are_there_in_each_language(db: Session, language: str) -> None:
    for kind in versions_in_force(db):
        texts = texts_in_force(db, kind)
        assert language in texts and texts[language] != texts["en"]


@pytest.mark.parametrize(("asks_again", "asked"), [(False, 0), (True, 1)])
def test_who_agreed_is_asked_again_only_when_that_is_wanted(
    db: Session, clock: TestClock, mayor: Particulars, staff: Account, asks_again: bool, asked: int
) -> None:
    assert write(db, clock, staff, asks_again=asks_again) == asked
    db.expire_all()
    assert open_steps(db, mayor) == ["consents"] * asked
    earlier = who_agreed_to_earlier(db, "data", agreed_to_earlier("data", clock.now))
    assert [(one.name, one.version, one.is_asked) for one in earlier] == [
        ("Mayor, Newark", 1, asks_again)
    ]
    says(db, clock, mayor)
    assert open_steps(db, mayor) == []
    assert [(one.number, one.yes, one.no) for one in versions_of(db, "data")] == [
        (2, 1, 0), (1, 0, 0),
    ]  # fmt: skip


def test_who_said_no_or_is_in_the_past_is_not_asked_again(
    db: Session, clock: TestClock, mayor: Particulars, staff: Account
) -> None:
    says(db, clock, mayor, photographs=False)
    texts = {"en": "They may show me."}
    said_no = {"after": 1, "asks_again": True, "by": staff}
    assert write_wording(db, "photographs", texts, **said_no, now=clock.now) == 0  # type: ignore[arg-type]
    clock.advance(timedelta(days=365))
    assert write(db, clock, staff, asks_again=True) == 0


def test_who_has_not_finished_reads_the_new_text_before_they_do(
    db: Session, settings: Settings, clock: TestClock, staff: Account
) -> None:
    begun = form(db, clock, delegation(db, settings, clock))
    says(db, clock, begun)
    assert "consents" not in open_steps(db, begun)  # control
    write(db, clock, staff)
    assert "consents" in open_steps(db, begun)


def test_of_two_who_write_at_once_the_second_reads_the_first(
    db: Session, clock: TestClock, staff: Account
) -> None:
    write(db, clock, staff)
    with pytest.raises(Conflict):
        write(db, clock, staff, {"en": "Mine."})
    write(db, clock, staff, {"en": "Mine."}, after=2)
    assert versions_in_force(db)["data"] == 3


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        ({"en": "New."}, []),
        ({"fr": "Nouveau."}, ["en"]),
        ({"en": "Old."}, ["en"]),
        ({"en": "New.", "fr": "x" * 2001}, ["fr"]),
    ],
)
def test_what_can_become_a_wording(texts: dict[str, str], wrong: list[str]) -> None:
    assert list(problems(texts, {"en": "Old."})) == wrong


def test_nothing_is_kept_of_what_is_none(db: Session, clock: TestClock, staff: Account) -> None:
    with pytest.raises(NotAWording):
        write(db, clock, staff, {"sv": "Bara svenska."})
    assert versions_of(db, "data") == []


def test_a_language_that_did_not_follow_the_english_text_is_named() -> None:
    before = {"en": "Old.", "fr": "Vieux.", "sv": "Gammal."}
    assert left_behind(before, {"en": "New.", "fr": "Vieux.", "sv": "Ny."}) == ["fr"]
    assert left_behind(before, {"en": "Old.", "fr": "Vieux."}) == []
