"""A city's office at its pages, without JavaScript."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.domain.registration.seats import take_seats
from events_service.model import (
    AccessRequest,
    CityInvitation,
    Delegation,
    Invitation,
    Member,
    OutboxMail,
)
from events_service.tokens import token_for
from tests import cast
from tests.conftest import SECRET, Browser, TestClock

DAYS = ["2027-05-31", "2027-06-01", "2027-06-02"]


@pytest.fixture
def newark(db: Session) -> CityInvitation:
    invitation = cast.invited(db, cast.event(db), "Newark")
    db.commit()
    return invitation


@pytest.fixture
def link(newark: CityInvitation) -> str:
    return f"/r/{token_for(SECRET, 'city', newark.id)}"


def form(*people: dict[str, object], press: str = "continue") -> dict[str, object]:
    """The people page as a browser sends it."""
    fields: dict[str, object] = {"contact_address": "office@newark.example.org", "press": press}
    for number, person in enumerate(people):
        values = {"member_id": "", "role": "", "assistant_address": "", "days": DAYS, **person}
        fields |= {f"people-{number}-{name}": value for name, value in values.items()}
    return fields


MAYOR: dict[str, object] = {
    "name": "Deputy mayor, Newark",
    "role": "Deputy mayor",
    "address": "deputy@newark.example.org",
    "assistant_address": "assistant@newark.example.org",
}
LIAISON: dict[str, object] = {
    "name": "Schools liaison, Newark",
    "address": "schools@newark.example.org",
}


def register(browser: Browser, link: str, *people: dict[str, object]) -> None:
    answer = browser.post(f"{link}/people", form(*people))
    assert (answer.status, answer.location) == (303, f"{link}/review")
    answer = browser.post(f"{link}/confirm", at=f"{link}/review")
    assert (answer.status, answer.location) == (303, f"{link}?done=confirmed")


def test_another_language_keeps_what_was_typed(browser: Browser, link: str) -> None:
    page = browser.get(f"{link}/people")
    found = re.findall(r'<button[^>]*form="delegation"[^>]*value="([^"]+)"', page)
    assert found == ["continue", "speak-fr", "speak-sv", "speak-sk"]  # Enter presses the first
    assert found[0] == re.findall(r'<button[^>]*name="press"[^>]*value="([^"]+)"', page)[0]
    answer = browser.post(f"{link}/people", form({**MAYOR, "role": "Her"}, press="speak-sv"))
    assert (answer.status, answer.location) == (303, f"{link}/people")
    swedish = browser.get(f"{link}/people")
    assert '<html lang="sv"' in swedish and 'value="Her"' in swedish
    browser.post(f"{link}/people", form(MAYOR, press="speak-xx"))
    assert '<html lang="sv"' in browser.get(f"{link}/people")


def test_a_change_says_that_only_some_are_written_to(
    browser: Browser, link: str, db: Session
) -> None:
    register(browser, link, MAYOR)
    before = db.query(OutboxMail).count()
    mayor = {**MAYOR, "role": "First deputy mayor", "member_id": db.query(Member).one().id}
    browser.post(f"{link}/people", form(mayor))
    answer = browser.post(f"{link}/confirm", at=f"{link}/review")
    assert answer.location == f"{link}?done=changed"
    page = browser.get(answer.location)
    assert "Your delegation is changed, and you get a receipt." in page
    assert "Each person gets a letter" not in page
    mails = db.query(OutboxMail).order_by(OutboxMail.id).offset(before)
    assert [one.letter for one in mails] == ["delegation_confirmed"]


def test_a_city_names_reviews_confirms_and_sees_its_people(
    browser: Browser, link: str, db: Session
) -> None:
    assert "Your city may take up to five places." in browser.get(link)
    register(browser, link, MAYOR, LIAISON)
    page = browser.get(f"{link}?done=confirmed")
    assert "Your delegation is registered. Each person gets a letter" in page
    assert "Your delegation is registered. Each" not in browser.get(f"{link}?done=waitlisted")
    assert page.index("Deputy mayor, Newark") < page.index("Schools liaison, Newark")
    assert db.query(OutboxMail).count() == 3


def test_what_is_typed_is_kept_whatever_is_pressed(browser: Browser, link: str) -> None:
    answer = browser.post(f"{link}/people", form({**MAYOR, "address": "half"}, press="later"))
    assert (answer.status, answer.location) == (303, link)
    assert "Continue where you stopped" in browser.get(link)
    page = browser.get(f"{link}/people")
    assert 'value="half"' in page
    answer = browser.post(f"{link}/people", form({**MAYOR, "address": "half"}, press="add"))
    assert answer.location == f"{link}/people#person-2"
    assert "Person 2" in browser.get(f"{link}/people")
    browser.post(f"{link}/people", form(MAYOR, LIAISON, press="remove-0"))
    page = browser.get(f"{link}/people")
    assert "Deputy mayor, Newark" not in page and "Schools liaison, Newark" in page


@pytest.mark.parametrize(
    ("people", "message"),
    [
        ([], "Name at least one person. A delegation of nobody can’t be registered"),
        ([{**MAYOR, "name": ""}], "Enter the person’s name, or how they are announced"),
        ([{**MAYOR, "name": "M" * 10_000}], "Shorten the name to 200 characters"),
        (
            [{**MAYOR, "name": "Mayor\r\nBcc: x@example.org"}],
            "Write the name on one line, without line breaks or tabs",
        ),
        ([{**MAYOR, "address": "x"}], "Enter an e-mail address with an @"),
        ([{**MAYOR, "days": []}], "Choose at least one day"),
        ([MAYOR, MAYOR], "is named twice at this address: remove one of the two"),
        ([MAYOR] * 6, "Your city has 5 places and 6 people are named: remove some"),
    ],
)
def test_slips_are_shown_at_their_field_and_nothing_is_lost(
    browser: Browser, link: str, people: list[dict[str, object]], message: str, db: Session
) -> None:
    answer = browser.post(f"{link}/people", form(*people))
    assert answer.status == 422
    assert message in answer.text
    assert "Error: Who comes from Newark?" in answer.text
    assert db.query(Delegation).one().draft is not None
    assert db.query(OutboxMail).count() == 0
    assert browser.client.get(f"{link}/review").status_code == 303  # no way round the check


def test_markup_and_right_to_left_names_are_inert(browser: Browser, link: str) -> None:
    names = ['<script>alert("1")</script>', "\u202eroyam\u202c 🌍"]
    register(
        browser,
        link,
        *({**MAYOR, "name": one, "address": f"{n}@x.example.org"} for n, one in enumerate(names)),
    )
    page = browser.get(link)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_get_never_acts(browser: Browser, link: str, db: Session) -> None:
    browser.post(f"{link}/people", form(MAYOR))
    for page in ("", "/people", "/review", "/withdraw"):
        browser.get(f"{link}{page}")
        browser.client.head(f"{link}{page}")
    assert browser.client.get(f"{link}/confirm").status_code == 405
    assert db.query(OutboxMail).count() == 0


def test_without_its_token_a_form_changes_nothing(browser: Browser, link: str, db: Session) -> None:
    browser.post(f"{link}/people", form(MAYOR))
    answer = browser.client.post(f"{link}/confirm")
    assert answer.status_code == 400
    assert "nothing was changed" in answer.text
    assert db.query(OutboxMail).count() == 0


def test_the_waiting_list_is_said_before_it_is_joined(
    browser: Browser, link: str, db: Session, newark: CityInvitation
) -> None:
    take_seats(db, newark.event_id, 60)
    db.commit()
    browser.post(f"{link}/people", form(MAYOR))
    db.expire_all()
    page = browser.get(f"{link}/review")
    assert "go on the waiting list as a whole" in page and "Join the waiting list" in page
    browser.post(f"{link}/confirm", at=f"{link}/review")
    assert "Your delegation has been waiting since" in browser.get(link)


def test_withdrawing_asks_first_and_can_be_taken_up_again(browser: Browser, link: str) -> None:
    register(browser, link, MAYOR)
    asked = browser.get(f"{link}/withdraw")
    assert "will get a letter that takes the workshop out of their calendar" in asked
    assert browser.post(f"{link}/withdraw").location == link
    assert "Register again" in browser.get(link)
    assert "Deputy mayor, Newark" in browser.get(f"{link}/people")


@pytest.mark.parametrize("page", ["", "/people", "/review", "/withdraw"])
def test_links_that_do_not_open(
    browser: Browser, link: str, page: str, newark: CityInvitation, db: Session
) -> None:
    assert "not one of ours" in browser.get(f"/r/{'a' * 32}{page}", 410)
    assert "not one of ours" in browser.get(f"/r/short{page}", 410)
    assert "not one of ours" in browser.get(
        f"{link[:-1]}{'b' if link[-1] != 'b' else 'c'}{page}", 410
    )
    newark.link_version = 2
    db.commit()
    assert "replaced or taken back" in browser.get(f"{link}{page}", 410)
    newark.link_version, newark.revoked_at = 1, cast.LONG_AGO
    db.commit()
    assert "replaced or taken back" in browser.get(f"{link}{page}", 410)


def test_after_the_deadline_the_form_is_closed_and_withdrawing_is_not(
    browser: Browser, link: str, clock: TestClock
) -> None:
    register(browser, link, MAYOR)
    clock.advance(timedelta(days=365))
    assert "Registration for this workshop has closed" in browser.get(f"{link}/people", 409)
    assert "Withdraw the delegation" in browser.get(link)
    assert browser.post(f"{link}/withdraw").status == 303


def test_the_city_sees_the_answer_that_organisers_see(
    browser: Browser, link: str, db: Session
) -> None:
    """Who comes on some of their days comes."""
    register(browser, link, MAYOR)
    invitation = db.query(Invitation).one()
    invitation.partstat = "ACCEPTED"
    other = Invitation(uid="2@x", days=[], partstat="DECLINED", changed_at=cast.LONG_AGO)
    invitation.member.invitations.append(other)
    db.commit()
    words = re.findall(r'ws-state--\w+">([^<]+)', browser.get(link))
    to_do = ["Done", "To do", "Done"]
    assert words == ["Confirmed", *to_do, "Accepted"]


class TestAnswer:
    @pytest.fixture
    def person(self, browser: Browser, link: str, db: Session) -> Iterator[str]:
        register(browser, link, MAYOR)
        yield f"/a/{token_for(SECRET, 'answ', db.query(Invitation).one().member_id)}"

    def test_an_answer_updates_the_participation(
        self, browser: Browser, person: str, db: Session
    ) -> None:
        number = db.query(Invitation).one().id
        assert "named you, Deputy mayor, Newark," in browser.get(person)
        assert browser.post(person, {f"answer-{number}": "TENTATIVE"}).status == 303
        invitation = db.query(Invitation).populate_existing().one()
        assert (invitation.partstat, invitation.answered_by) == ("TENTATIVE", "page")
        assert "You answered on" in browser.get(person)

    def test_no_answer_is_asked_for_again(self, browser: Browser, person: str) -> None:
        answer = browser.post(person, {})
        assert answer.status == 422 and "Choose whether you will come" in answer.text

    def test_a_withdrawn_person_has_nothing_to_answer(
        self, browser: Browser, person: str, link: str
    ) -> None:
        browser.post(f"{link}/withdraw")
        assert "Your place was taken back" in browser.get(person)


class TestPublicRegister:
    PAGE = "/events/stockholm-2027/register"

    def test_every_address_gets_the_same_answer(
        self, browser: Browser, newark: CityInvitation, db: Session
    ) -> None:
        known = browser.post(self.PAGE, {"address": newark.address})
        unknown = browser.post(self.PAGE, {"address": "stranger@example.net"})
        assert known == unknown
        assert known.status == 200
        by_number = db.query(OutboxMail).order_by(OutboxMail.id)
        mails = [(mail.letter, mail.to_address) for mail in by_number]
        assert mails == [
            ("registration_link", newark.address),
            ("registration_unknown", "stranger@example.net"),
        ]
        assert [one.address for one in db.query(AccessRequest)] == ["stranger@example.net"]

    def test_a_mailbox_cannot_be_filled_from_here(
        self, browser: Browser, newark: CityInvitation, db: Session
    ) -> None:
        for n in range(5):
            answer = browser.client.get(self.PAGE, headers={"X-Forwarded-For": f"10.0.0.{n}"})
            assert answer.status_code == 200
            assert browser.post(self.PAGE, {"address": newark.address}).status == 200
        assert db.query(OutboxMail).count() == 3

    def test_one_asker_is_stopped_whatever_it_says_of_its_origin(
        self, browser: Browser, newark: CityInvitation
    ) -> None:
        del newark
        statuses = []
        for n in range(61):
            browser.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"198.51.100.{n}"
            statuses.append(browser.post(self.PAGE, {"address": f"a{n}@example.net"}).status)
        assert statuses == [200] * 60 + [429]

    def test_a_wrong_address_is_said(self, browser: Browser, newark: CityInvitation) -> None:
        del newark
        answer = browser.post(self.PAGE, {"address": "mayor at newark"})
        assert answer.status == 422 and "Enter an e-mail address with an @" in answer.text

    def test_a_draft_workshop_is_not_there(self, browser: Browser, db: Session) -> None:
        cast.event(db, host="Boise", published=False)
        db.commit()
        browser.get("/events/boise-2027/register", 404)
