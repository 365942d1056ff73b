"""A person's own pages, one question each; and the list of whoever registers their city."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.particulars.people import named_in
from events_service.model import CityInvitation, Consent, Delegation, Particulars, Question
from events_service.tokens import token_for
from tests import cast, office
from tests.conftest import SECRET, Browser, TestClock
from tests.domain.particulars.forms import delegation, form, own_page, tells

AGREED = {"say_data": "yes", "say_sensitive_data": "yes", "say_photographs": "no"}


@pytest.fixture
def newark(db: Session, settings: Settings, clock: TestClock) -> CityInvitation:
    made = delegation(db, settings, clock)
    office.letters(db)
    return made


@pytest.fixture
def mayor(db: Session, clock: TestClock, newark: CityInvitation) -> Particulars:
    made = form(db, clock, newark)
    db.commit()
    return made


@pytest.fixture
def me(mayor: Particulars) -> str:
    return own_page(mayor)


@pytest.fixture
def lead(newark: CityInvitation) -> str:
    return f"/r/{token_for(SECRET, 'city', newark.id)}/details"


def read(page: str) -> dict[str, str]:
    """Which wordings the page shows."""
    return dict(re.findall(r'name="(read_\w+)"[^>]*value="([^"]+)"', page))


def who(page: str, number: int) -> dict[str, str]:
    """As the list says whom its button is about."""
    found = re.search(rf'/details/{number}/ask".*?name="who" value="([^"]*)"', page, re.S)
    assert found is not None
    return {"who": unescape(found[1])}


def agree(browser: Browser, me: str, **other: str) -> str:
    page = browser.get(f"{me}/consents")
    answer = browser.post(f"{me}/consents", {**read(page), **AGREED, **other})
    assert answer.status == 303, answer.text
    return answer.location


def test_a_person_goes_through_all_questions(
    browser: Browser, db: Session, mayor: Particulars, me: str
) -> None:
    assert "Newark names Mayor for its delegation" in unescape(browser.get(me))
    at = browser.post(f"{me}/start", at=me).location
    seen = []
    said: dict[str, dict[str, object]] = {
        "dietary": {"dietary": "No nuts"},
        "visa_letter": {"visa_letter": "yes"},
        "letters": {"letters": "Français"},
        "attribution": {"attribution": "city"},
    }
    while not at.endswith("/review"):
        step = at.split("?")[0].rsplit("/", 1)[1]
        seen.append(step)
        if step == "consents":
            at = agree(browser, me)
        else:
            at = browser.post(at, said.get(step, {"press": "skip"})).location
    assert seen == [
        "title", "organisation", "languages", "dietary", "access", "travel", "visa_letter",
        "visa_name", "emergency_contact", "letters", "attribution", "consents",
    ]  # fmt: skip
    review = unescape(browser.get(at))
    assert "No nuts" in review and "As City of Newark only" in review
    assert browser.post(f"{me}/confirm", at=at).location == me
    db.expire_all()
    assert (mayor.completed_by, mayor.attribution) == ("person", "city")
    held = unescape(browser.get(me))
    assert "What we hold about you" in held and "Erased on 3 July 2027" in held.replace("\xa0", " ")


def test_who_comes_back_goes_on_at_the_first_open_question(browser: Browser, me: str) -> None:
    assert browser.post(f"{me}/title", {"title": "Dr"}).location == f"{me}/organisation?saved=yes"
    browser.post(f"{me}/languages", {"languages": "English"})
    assert "Saved." in browser.get(f"{me}/organisation?saved=yes")
    assert browser.post(f"{me}/start", at=me).location == f"{me}/organisation"
    assert browser.post(f"{me}/organisation", {}).location == f"{me}/dietary?saved=yes"
    assert browser.post(f"{me}/letters", {}).location == f"{me}/attribution?saved=yes"


def test_when_it_was_confirmed_is_said_by_the_names_of_both_cities(
    browser: Browser, db: Session, mayor: Particulars, me: str
) -> None:
    """Not by those of their zones."""
    at = browser.post(f"{me}/start", at=me).location
    while not at.endswith("/review"):
        step = at.split("?")[0].rsplit("/", 1)[1]
        said = {"attribution": "city"} if step == "attribution" else {"press": "skip"}
        at = agree(browser, me) if step == "consents" else browser.post(at, said).location
    browser.post(f"{me}/confirm", at=at)
    event = db.get_one(Delegation, mayor.delegation_id).event
    event.timezone, event.city.name = "Africa/Johannesburg", "Cape Town"
    db.commit()
    page = unescape(browser.get(me))
    assert "(Cape Town) · " in page and "(Newark)" in page
    assert "(Johannesburg)" not in page


def test_skipping_says_so_where_it_would_take_an_answer_away(
    browser: Browser, db: Session, mayor: Particulars, me: str
) -> None:
    assert "Skip this" in browser.get(f"{me}/dietary")
    browser.post(f"{me}/dietary", {"dietary": "Vegan"})
    page = browser.get(f"{me}/dietary")
    assert ("Skip this" in page, "Remove this answer" in page) == (False, True)
    browser.post(f"{me}/dietary", {"dietary": "Vegan", "press": "skip"})
    db.expire_all()
    assert [one.value for one in mayor.details] == [None]


def test_review_and_confirming_lead_to_what_is_open(
    browser: Browser, db: Session, mayor: Particulars, me: str
) -> None:
    assert browser.client.get(f"{me}/review").location == f"{me}/title"
    assert browser.post(f"{me}/confirm", at=me).location == f"{me}/title"
    db.expire_all()
    assert mayor.completed_at is None


@pytest.mark.parametrize(
    ("step", "typed", "problem"),
    [
        ("title", {"title": "x" * 2001}, "Shorten this to 2,000 characters"),
        ("letters", {"letters": "Klingon"}, "Choose one from the list"),
        ("attribution", {}, "Choose how we may name you"),
        ("consents", {"say_data": "yes"}, "Say whether pictures may show you"),
    ],
)
def test_what_can_t_be_an_answer_is_said_at_the_question(
    browser: Browser, me: str, step: str, typed: dict[str, object], problem: str
) -> None:
    answer = browser.post(f"{me}/{step}", typed)
    assert answer.status == 422
    assert answer.text.count(problem) >= 2  # in the summary, and at the field
    assert 'id="error-summary"' in answer.text and "<title>Error: " in answer.text


def test_what_has_to_be_said_can_t_be_left_out(
    browser: Browser, db: Session, clock: TestClock, mayor: Particulars, me: str
) -> None:
    tells(db, clock, mayor, title="Dr")
    db.query(Question).filter_by(key="title").one().required = True
    db.commit()
    assert "Skip this" not in browser.get(f"{me}/title")
    answer = browser.post(f"{me}/title", {"title": " ", "press": "skip"})
    assert (answer.status, "Answer this question" in answer.text) == (422, True)


def test_a_change_made_from_the_review_leads_back_there(browser: Browser, me: str) -> None:
    at = f"{me}/title?from=review"
    assert browser.post(at, {"title": "Dr"}).location == f"{me}/review"


def test_a_step_that_is_none_is_not_found(browser: Browser, me: str) -> None:
    for step in ("nothing", "visa_name"):  # the latter is asked of who needs a letter
        browser.get(f"{me}/{step}", 404)
        assert browser.post(f"{me}/{step}", {}, at=me).status == 404


def test_what_was_agreed_to_can_be_taken_back(
    browser: Browser, db: Session, mayor: Particulars, me: str
) -> None:
    browser.post(f"{me}/dietary", {"dietary": "Vegan"})
    agree(browser, me)
    assert agree(browser, me, say_sensitive_data="no") == f"{me}/title?saved=yes"
    db.expire_all()
    assert mayor.details == []
    assert [(one.text.kind, one.given) for one in mayor.consents] == [
        ("data", True), ("sensitive_data", True), ("photographs", False), ("sensitive_data", False),
    ]  # fmt: skip


def test_a_wording_that_changed_while_it_was_read_is_read_again(
    browser: Browser, db: Session, me: str
) -> None:
    stale = {"read_data": "en-0", "read_sensitive_data": "en-1", "read_photographs": "en-1"}
    assert browser.post(f"{me}/consents", {**stale, **AGREED}).status == 409
    assert db.query(Consent).count() == 0


def test_a_person_erases_what_they_told(
    browser: Browser, db: Session, mayor: Particulars, me: str
) -> None:
    browser.post(f"{me}/dietary", {"dietary": "Vegan"})
    assert "Vegan" in browser.get(me)
    assert browser.post(f"{me}/erase").location == me
    assert "Vegan" not in browser.get(me)
    db.expire_all()
    assert mayor.details == []


def test_the_link_ends_with_the_workshop(
    browser: Browser, clock: TestClock, newark: CityInvitation, me: str, lead: str
) -> None:
    clock.advance(timedelta(days=(newark.event.ends_on - clock.now.date()).days))
    browser.get(me)
    clock.advance(timedelta(days=1))
    for page in (me, f"{me}/title", lead):
        browser.get(page, 410)
    browser.get("/me/nothing", 410)


def test_a_person_whose_letter_went_on_to_others_gets_a_new_link(
    browser: Browser, db: Session, mayor: Particulars, me: str, lead: str
) -> None:
    browser.get(me)  # control: it opens the form
    assert browser.post(f"{me}/new-link", at=me).status == 409  # no letter ever went out
    browser.post(f"{lead}/1/ask", who(browser.get(lead), 1), at=lead)
    assert browser.post(f"{me}/new-link", at=me).location == me
    assert "newest letter" in browser.get(me, 410)
    assert office.letters(db) == [("member_details", "mayor@newark.example.org")] * 2
    db.expire_all()
    assert mayor.link_version == 2
    browser.get(f"/me/{token_for(SECRET, 'self', mayor.id, 2)}")


def test_the_lead_sends_links_and_sees_how_far_people_are(
    browser: Browser, db: Session, clock: TestClock, mayor: Particulars, me: str, lead: str
) -> None:
    assert browser.get(lead).count("Not asked") == 2
    page = browser.get(lead)
    assert browser.post(f"{lead}/1/ask", who(page, 1), at=lead).location == lead
    assert office.letters(db) == [("member_details", "mayor@newark.example.org")]
    page = browser.get(lead)
    assert "A link is on its way to Mayor, Newark." in unescape(page)
    assert "Asked on 22 November 2026" in page.replace("\xa0", " ")
    browser.post(f"{me}/start", at=me)
    assert "Opened" in browser.get(lead)
    mayor.completed_by, mayor.completed_at = "person", clock.now
    db.commit()
    page = browser.get(lead)
    assert ("By themselves, on" in page, "/details/1/ask" in page) == (True, False)


def test_everybody_is_asked_at_once(
    browser: Browser, db: Session, mayor: Particulars, lead: str
) -> None:
    assert mayor.id
    browser.post(f"{lead}/ask", at=lead)
    assert "2 people are sent a link." in browser.get(lead)
    assert sorted(office.letters(db)) == [
        ("member_details", "liaison@newark.example.org"),
        ("member_details", "mayor@newark.example.org"),
    ]


def test_somebody_else_than_the_page_showed_is_neither_asked_nor_written_about(
    browser: Browser, db: Session, lead: str
) -> None:
    for path in (f"{lead}/1/ask", f"{lead}/1"):
        assert browser.post(path, {"who": "Somebody|else@example.org"}, at=lead).status == 409
    assert (office.letters(db), db.query(Particulars).count()) == ([], 0)


def test_the_lead_fills_in_what_is_not_sensitive(
    browser: Browser, db: Session, clock: TestClock, newark: CityInvitation, lead: str
) -> None:
    page = browser.get(f"{lead}/2")
    assert 'name="travel"' in page and 'name="dietary"' not in page
    about = {"who": unescape(re.search(r'name="who" value="([^"]*)"', page)[1])}  # type: ignore[index]
    typed = {"travel": "By train", "dietary": "Vegan", "visa_letter": "no", "title": ""}
    assert browser.post(f"{lead}/2", {**about, **typed}).location == lead
    liaison = form(db, clock, newark, 2)
    assert [(one.value, one.saved_by) for one in liaison.details] == [
        ("By train", "city"), (False, "city"),
    ]  # fmt: skip
    assert "Typed by the city" in browser.get(lead)
    assert "By train" in browser.get(f"{lead}/2")
    assert browser.post(f"{lead}/2", {**about, "travel": "x" * 2001}).status == 422


def test_the_lead_never_sees_what_a_person_said_in_confidence(
    browser: Browser, db: Session, clock: TestClock, mayor: Particulars, lead: str
) -> None:
    tells(db, clock, mayor, dietary="Coeliac", emergency_contact="Sister", languages="Slovak")
    db.commit()
    page = browser.get(f"{lead}/1")
    assert ("Coeliac" in page, "Sister" in page, "Slovak" in page) == (False, False, True)
    assert page.count("Dealt with by the person; you are not shown the answer") == 2
    assert 'name="languages"' not in page
    assert "Coeliac" in browser.get(own_page(mayor))  # the control


def test_the_lead_sees_what_was_left_out_as_left_out(
    browser: Browser, db: Session, clock: TestClock, mayor: Particulars, lead: str
) -> None:
    tells(db, clock, mayor, title=None, languages="Slovak", dietary=None)
    db.commit()
    page = browser.get(f"{lead}/1")
    said = re.findall(r'summary-list__value">\s*(.*?)\s*</dd>', page, re.S)
    assert [one for one in said if one != "Asked of the person alone"] == [
        "Left out by the person",
        "Slovak",
        "Dealt with by the person; you are not shown the answer",
    ]


WITHDRAWN = "Newark has withdrawn its delegation, so nobody needs your details any more."


def test_whose_delegation_was_withdrawn_is_told_and_can_erase(
    browser: Browser, db: Session, clock: TestClock, mayor: Particulars, me: str, lead: str
) -> None:
    assert WITHDRAWN not in browser.get(me)
    tells(db, clock, mayor, dietary="Vegan")
    db.commit()
    city = lead.removesuffix("/details")
    browser.post(f"{city}/withdraw")
    page = browser.get(me)
    assert WITHDRAWN in page and "Vegan" in page and "Erase all of it" in page
    for untrue in ("still open", "until the workshop ends", ">Continue<"):
        assert untrue not in page
    assert "What to do" not in browser.get(city)
    browser.post(f"{me}/erase")
    empty = browser.get(me)
    assert WITHDRAWN in empty and "What we hold about you" not in empty and ">Start<" not in empty


def test_who_is_named_no_longer_is_told(
    browser: Browser, db: Session, mayor: Particulars, me: str, clock: TestClock
) -> None:
    member = named_in(db, mayor)
    assert member is not None
    member.removed_at = clock.now
    db.commit()
    assert "Newark does not name you for its delegation any more" in browser.get(me)


def test_before_anybody_is_named_there_is_nobody_to_ask(
    browser: Browser, db: Session, newark: CityInvitation
) -> None:
    boise = cast.invited(db, newark.event, "Boise")
    db.commit()
    page = browser.get(f"/r/{token_for(SECRET, 'city', boise.id)}/details")
    assert "Nobody is named yet" in page
