"""A city chooses sessions for its people, and a person answers each day."""

import re
from datetime import date, time

import pytest
from sqlalchemy.orm import Session

from events_service.model import AgendaSession, CityInvitation, Event, Invitation, Member
from events_service.tokens import token_for
from tests import cast
from tests.conftest import SECRET, Browser
from tests.web.officials.test_registration import DAYS, MAYOR, form


@pytest.fixture
def event(db: Session) -> Event:
    made = cast.event(db)
    made.calendar_style = "each_session"
    made.sessions.append(
        AgendaSession(held_on=date(2027, 5, 31), starts=time(18), ends=time(20), title="Reception")
    )
    db.flush()
    db.refresh(made)
    return made


@pytest.fixture
def newark(db: Session, event: Event) -> CityInvitation:
    invitation = cast.invited(db, event, "Newark")
    db.commit()
    return invitation


@pytest.fixture
def link(newark: CityInvitation) -> str:
    return f"/r/{token_for(SECRET, 'city', newark.id)}"


def coming_to(*sessions: AgendaSession) -> dict[str, object]:
    """The people page, with these sessions ticked."""
    fields = form({**MAYOR, "sessions": [str(one.id) for one in sessions]})
    del fields["people-0-days"]
    return fields


def ticked(page: str) -> list[str]:
    boxes = re.findall(r'<input[^>]*name="people-0-sessions"[^>]*>', page)
    return [
        found[1]
        for box in boxes
        if " checked" in box and (found := re.search(r'value="(\d+)"', box))
    ]


def test_all_sessions_are_ticked_at_first_under_their_days(
    browser: Browser, link: str, event: Event
) -> None:
    page = browser.get(f"{link}/people")
    assert ticked(page) == [str(one.id) for one in event.sessions]
    assert "Sessions on Monday 31\u00a0May 2027" in page
    assert "18:00\u00a0–\u00a020:00  Reception" in page
    assert 'name="people-0-days"' not in page


def test_sessions_are_chosen_reviewed_and_confirmed(
    browser: Browser, link: str, event: Event, db: Session
) -> None:
    working, reception, *_ = event.sessions
    assert browser.post(f"{link}/people", coming_to(reception)).location == f"{link}/review"
    review = browser.get(f"{link}/review")
    assert "Reception" in review and "All on these days" not in review
    assert ticked(browser.get(f"{link}/people")) == [str(reception.id)]
    browser.post(f"{link}/confirm", at=f"{link}/review")
    member = db.query(Member).one()
    assert (member.days, member.session_ids) == ([date(2027, 5, 31)], [reception.id])
    assert [one.session_id for one in db.query(Invitation)] == [reception.id]
    token = token_for(SECRET, "answ", member.id)
    page = browser.get(f"/a/{token}")
    assert "Reception" in page and "18:00\u00a0–\u00a020:00" in page
    assert "Answer for each day" not in page and working.title not in page


def test_no_session_is_no_choice(browser: Browser, link: str) -> None:
    answer = browser.post(f"{link}/people", coming_to())
    assert answer.status == 422
    assert answer.text.count("Choose at least one session") == 2  # in the summary, at the field
    assert 'href="#people-0-sessions"' in answer.text and 'id="people-0-sessions"' in answer.text


def test_all_sessions_of_a_day_are_that_day(
    browser: Browser, link: str, event: Event, db: Session
) -> None:
    browser.post(f"{link}/people", coming_to(*event.sessions[:2]))
    assert "All on these days" in browser.get(f"{link}/review")
    browser.post(f"{link}/confirm", at=f"{link}/review")
    member = db.query(Member).one()
    assert (member.days, member.session_ids) == ([date(2027, 5, 31)], None)


def test_a_choice_outlives_a_style_that_asks_for_days(
    browser: Browser, link: str, event: Event, db: Session
) -> None:
    working, *_ = event.sessions
    browser.post(f"{link}/people", coming_to(working))
    browser.post(f"{link}/confirm", at=f"{link}/review")
    member = db.query(Member).one()
    event.calendar_style = "daily"
    db.commit()
    page = browser.get(f"{link}/people")
    assert 'name="people-0-days"' in page and "people-0-sessions" not in page
    again = {**MAYOR, "role": "Mayor", "member_id": member.id}
    for days, kept in ((DAYS[:1], [working.id]), (DAYS, None)):
        browser.post(f"{link}/people", form({**again, "days": days}))
        browser.post(f"{link}/confirm", at=f"{link}/review")
        db.refresh(member)
        assert (member.role, member.session_ids) == ("Mayor", kept)


class TestEachDay:
    @pytest.fixture
    def invitation(self, browser: Browser, link: str, event: Event, db: Session) -> Invitation:
        event.calendar_style = "daily"
        db.commit()
        browser.post(f"{link}/people", form(MAYOR))
        browser.post(f"{link}/confirm", at=f"{link}/review")
        return (
            db.query(Invitation).filter(Invitation.days == [*map(date.fromisoformat, DAYS)]).one()
        )

    @pytest.fixture
    def person(self, invitation: Invitation) -> str:
        return f"/a/{token_for(SECRET, 'answ', invitation.member_id)}"

    @pytest.fixture
    def event(self, db: Session) -> Event:
        return cast.event(db)

    def test_days_are_answered_by_themselves_shown_and_changed(
        self, browser: Browser, person: str, invitation: Invitation, db: Session
    ) -> None:
        assert "Answer for each day" in browser.get(person)
        asked = browser.get(f"{person}?days=each")
        assert "Tuesday 1\u00a0June 2027" in asked and "Give one answer for all days" in asked
        said = dict(zip(DAYS, ("ACCEPTED", "DECLINED", "TENTATIVE"), strict=True))
        fields: dict[str, object] = {f"day-{invitation.id}-{day}": one for day, one in said.items()}
        assert browser.post(f"{person}?days=each", fields).status == 303
        db.expire_all()
        assert [one.partstat for one in invitation.day_answers] == list(said.values())
        shown = browser.get(person)
        assert re.findall(r'value="(\w+)" checked', shown) == list(said.values())
        browser.post(f"{person}?days=all", {f"answer-{invitation.id}": "ACCEPTED"})
        db.expire_all()
        assert (invitation.partstat, invitation.day_answers) == ("ACCEPTED", [])

    def test_the_days_without_an_answer_are_asked_for_and_the_ticks_kept(
        self, browser: Browser, person: str, invitation: Invitation, db: Session
    ) -> None:
        half: dict[str, object] = {
            f"day-{invitation.id}-{DAYS[0]}": "ACCEPTED",
            f"day-{invitation.id}-{DAYS[2]}": "DECLINED",
        }
        answer = browser.post(f"{person}?days=each", half)
        missing = "Tuesday 1\u00a0June 2027: choose whether you will come"
        assert answer.status == 422 and errors(answer.text) == [missing, missing]
        assert f'href="#day-{invitation.id}-{DAYS[1]}"' in answer.text
        assert f'id="day-{invitation.id}-{DAYS[1]}"' in answer.text
        assert re.findall(r'value="(\w+)" checked', answer.text) == ["ACCEPTED", "DECLINED"]
        assert db.query(Invitation).one().day_answers == []

    def test_each_calendar_entry_without_an_answer_is_asked_for_and_the_ticks_kept(
        self, browser: Browser, event: Event, link: str, db: Session
    ) -> None:
        event.calendar_style = "each_day"
        db.commit()
        browser.post(f"{link}/people", form(MAYOR))
        browser.post(f"{link}/confirm", at=f"{link}/review")
        first, second, third = sorted(db.query(Invitation), key=lambda one: one.days)
        person = f"/a/{token_for(SECRET, 'answ', first.member_id)}"
        assert "09:00\u00a0–\u00a017:00 (Stockholm)" in browser.get(person)
        answer = browser.post(person, {f"answer-{first.id}": "ACCEPTED"})
        missing = [
            f"{day}\u00a0June 2027: choose whether you will come"
            for day in ("Tuesday 1", "Wednesday 2")
        ]
        assert answer.status == 422 and errors(answer.text) == [*missing, *missing]
        assert "Two answers need another look" in answer.text
        assert re.findall(r'value="(\w+)" checked', answer.text) == ["ACCEPTED"]
        both = {f"answer-{one.id}": "DECLINED" for one in (second, third)}
        assert browser.post(person, {f"answer-{first.id}": "ACCEPTED", **both}).status == 303
        db.expire_all()
        assert [one.partstat for one in (first, second, third)] == [
            "ACCEPTED",
            "DECLINED",
            "DECLINED",
        ]


def errors(page: str) -> list[str]:
    """In the summary, then at the questions."""
    at_questions = r'<p id="[^"]+-error" class="govuk-error-message">\s*<span.*?</span>(.*?)</p>'
    in_summary = r'<li>\s*<a href="#[^"]+">(.*?)</a>'
    found = re.findall(in_summary, page.partition("</h1>")[0], re.S)
    return [one.strip() for one in found + re.findall(at_questions, page, re.S)]
