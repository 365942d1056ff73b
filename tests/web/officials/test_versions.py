"""Two people at one form, and the script that saves it: no text is lost, with or without it."""

import re

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.deciding import approve_delegation
from events_service.model import CityInvitation, Delegation, Event, OutboxMail
from events_service.tokens import token_for
from tests import cast, follow_up
from tests.conftest import SECRET, Browser, TestClock
from tests.web.officials.test_registration import LIAISON, MAYOR, form


@pytest.fixture
def newark(db: Session) -> CityInvitation:
    invitation = cast.invited(db, cast.event(db), "Newark")
    db.commit()
    return invitation


@pytest.fixture
def link(newark: CityInvitation) -> str:
    return f"/r/{token_for(SECRET, 'city', newark.id)}"


def opened(browser: Browser, link: str) -> dict[str, object]:
    """What the form says of itself to whoever opens it."""
    page = browser.get(f"{link}/people")
    found = {
        name: re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
        for name in ("seen", "written_in")
    }
    return {name: value[1] for name, value in found.items() if value}


def test_an_older_form_gets_both_versions_and_overwrites_nothing(
    browser: Browser, link: str, db: Session
) -> None:
    desk, phone = opened(browser, link), opened(browser, link)
    browser.post(f"{link}/people", form(MAYOR, press="later") | phone)
    mine = {**MAYOR, "role": "First deputy mayor"}
    answer = browser.post(f"{link}/people", form(mine, LIAISON) | desk)
    assert answer.status == 409
    for words in (
        "Somebody else saved this form while you had it open",
        "Head of delegation: Role in the city",
        "Person 2: Who it is",
        "First deputy mayor",
        'value="Schools liaison, Newark"',
        "Keep my version",
        "Take the saved version",
    ):
        assert words in answer.text
    db.expire_all()
    kept = db.query(Delegation).one().draft
    assert kept is not None
    assert [one["role"] for one in kept["people"]] == ["Deputy mayor"]


def test_mine_is_kept_when_i_say_so(browser: Browser, link: str) -> None:
    desk, phone = opened(browser, link), opened(browser, link)
    browser.post(f"{link}/people", form(MAYOR, press="later") | phone)
    answer = browser.post(f"{link}/people", form(LIAISON) | desk)
    again = dict(re.findall(r'name="(seen|written_in)"[^>]*value="([^"]*)"', answer.text))
    assert again["written_in"] == desk["written_in"] and again["seen"] != desk["seen"]
    answer = browser.post(f"{link}/people", form(LIAISON, press="keep") | again)
    assert (answer.status, answer.location) == (303, f"{link}/people#people")
    page = browser.get(f"{link}/people")
    assert "Saved as you typed it." in page
    assert "Schools liaison, Newark" in page and "Deputy mayor, Newark" not in page


def test_theirs_is_what_the_page_shows(browser: Browser, link: str) -> None:
    desk, phone = opened(browser, link), opened(browser, link)
    browser.post(f"{link}/people", form(MAYOR, press="later") | phone)
    browser.post(f"{link}/people", form(LIAISON) | desk)
    page = browser.get(f"{link}/people")
    assert "Deputy mayor, Newark" in page and "Schools liaison, Newark" not in page


def test_the_script_saves_and_is_answered_in_its_own_way(
    browser: Browser, link: str, db: Session
) -> None:
    desk, phone = opened(browser, link), opened(browser, link)
    answer = browser.post(f"{link}/people", form(MAYOR, press="autosave") | desk)
    assert (answer.status, answer.text.strip()) == (200, '{"standing":"1-0","state":"saved"}')
    # The button of the same page, which was opened before the script saved.
    answer = browser.post(f"{link}/people", form(MAYOR, LIAISON, press="later") | desk)
    assert (answer.status, answer.location) == (303, link)
    answer = browser.post(f"{link}/people", form(MAYOR, press="autosave") | phone)
    assert (answer.status, answer.text.strip()) == (409, '{"state":"overtaken"}')
    assert db.query(OutboxMail).count() == 0


def test_pages_tell_the_script_which_form_wrote_what_is_saved(browser: Browser, link: str) -> None:
    desk = opened(browser, link)
    browser.post(f"{link}/people", form(MAYOR) | desk)
    told = f'data-standing="1-0" data-writer="{desk["written_in"]}"'
    for page in (link, f"{link}/people", f"{link}/review"):
        assert told in browser.get(page)


class TestElected:
    """A city whose places are for elected officials and for practitioners."""

    @pytest.fixture
    def link(self, db: Session, newark: CityInvitation, link: str) -> str:
        newark.seats, newark.seats_elected = 3, 1
        db.commit()
        return link

    def test_each_is_asked_and_the_review_shows_it(self, browser: Browser, link: str) -> None:
        page = browser.get(f"{link}/people")
        assert "Elected official or practitioner?" in page
        assert "Your city has three places: one for an elected official" in page
        answer = browser.post(f"{link}/people", form(MAYOR, LIAISON))
        assert answer.status == 422
        assert answer.text.count("Choose whether this person is an elected official") == 4
        people = {**MAYOR, "kind": "elected"}, {**LIAISON, "kind": "practitioner"}
        answer = browser.post(f"{link}/people", form(*people))
        assert (answer.status, answer.location) == (303, f"{link}/review")
        page = browser.get(f"{link}/review")
        assert page.index("Elected official") < page.index("Practitioner")
        assert "We don’t ask who was elected" not in page

    def test_too_many_of_a_kind_are_refused_in_the_citys_words(
        self, browser: Browser, link: str
    ) -> None:
        people = {**MAYOR, "kind": "elected"}, {**LIAISON, "kind": "elected"}
        answer = browser.post(f"{link}/people", form(*people))
        assert answer.status == 422
        assert "One elected official is named too many: remove or change one" in answer.text

    def test_without_such_places_nobody_is_asked(
        self, browser: Browser, link: str, newark: CityInvitation, db: Session
    ) -> None:
        newark.seats_elected = 0
        db.commit()
        assert "Elected official or practitioner?" not in browser.get(f"{link}/people")
        assert browser.post(f"{link}/people", form(MAYOR)).status == 303


class TestToDo:
    """What is missing stands on the city's page as a list to tick off."""

    def words(self, browser: Browser, link: str) -> list[str]:
        page = browser.get(link)
        listed = page.partition('aria-label="What to do"')[2].partition("</ul>")[0]
        return re.findall(r'ws-state--\w+">([^<]+)<', listed)

    def test_from_nothing_to_confirmed(self, browser: Browser, link: str) -> None:
        assert self.words(browser, link) == ["To do", "Not yet possible", "Not yet possible"]
        browser.post(f"{link}/people", form({**MAYOR, "address": "half"}, press="later"))
        assert self.words(browser, link) == ["To do", "To do", "Not yet possible"]
        browser.post(f"{link}/people", form(MAYOR, press="later"))
        assert self.words(browser, link) == ["Done", "To do", "To do"]
        browser.post(f"{link}/confirm", at=f"{link}/review")
        assert self.words(browser, link) == ["Done", "To do", "Done"]
        browser.post(f"{link}/people", form(MAYOR, LIAISON, press="later"))
        assert self.words(browser, link) == ["Done", "To do", "To do"]

    def test_where_an_organiser_decides_the_first_page_says_so(
        self, db: Session, browser: Browser, link: str
    ) -> None:
        at_once, decided = "check the list, and confirm.", "An organiser decides about each"
        page = browser.get(link)
        found = [(at_once in page, decided in page)]
        db.query(Event).one().approves_delegations = True
        db.commit()
        page = browser.get(link)
        assert [*found, (at_once in page, decided in page)] == [(True, False), (False, True)]

    def test_where_an_organiser_decides_the_list_is_sent_in(
        self, db: Session, browser: Browser, link: str
    ) -> None:
        db.query(Event).one().approves_delegations = True
        db.commit()
        browser.post(f"{link}/people", form(MAYOR, press="later"))
        page = browser.get(link)
        assert "Look the list over and send it in" in page
        assert "Sent in." not in page
        browser.post(f"{link}/confirm", at=f"{link}/review")
        page = browser.get(link)
        assert "Sent in." in page
        assert "Confirmed." not in page

    def test_a_decision_that_was_not_released_is_not_told_by_the_list(
        self, db: Session, settings: Settings, clock: TestClock, browser: Browser, link: str
    ) -> None:
        event = db.query(Event).one()
        event.approves_delegations = True
        db.commit()
        browser.post(f"{link}/people", form(MAYOR), at=f"{link}/people")
        browser.post(f"{link}/confirm", at=f"{link}/review")
        delegation = db.query(Delegation).one()
        me = follow_up.colleague(db, "Organiser")
        approve_delegation(db, settings, delegation, me, now=clock.now)
        db.commit()
        assert delegation.state == "confirmed"
        assert "Sent in." in browser.get(link)
        for mail in db.query(OutboxMail):
            mail.state = "sent"
        db.commit()
        page = browser.get(link)
        assert "Confirmed." in page
        assert "Sent in." not in page
