"""The organiser's page of decisions: what waits, deciding about several, undoing, offering."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.model import CityInvitation, Event, OutboxMail
from events_service.tokens import token_for
from tests import cast, office
from tests.conftest import SECRET, Browser, SignInAs, TestClock
from tests.web.organiser.test_participation import words


@pytest.fixture
def event(db: Session, sign_in_as: SignInAs) -> Event:
    made = cast.event(db, capacity=5)
    made.approves_delegations = True
    db.commit()
    sign_in_as("organiser", made.series_id)
    return made


@pytest.fixture
def page(event: Event) -> str:
    return f"/organise/events/{event.id}/decisions"


def handed_in(
    db: Session, settings: Settings, clock: TestClock, event: Event, city: str, *roles: str
) -> CityInvitation:
    made = office.registered(db, settings, clock, event, city, *roles)
    db.commit()
    return made


def ticks(text: str) -> list[str]:
    """What each box carries, in the order of the page."""
    return re.findall(r'name="chosen" value="([^"]+)"', text)


def sent(db: Session, clock: TestClock) -> None:
    for mail in db.scalars(select(OutboxMail)):
        mail.state = "sent"
    db.commit()
    clock.advance(timedelta(minutes=1))


def test_what_waits_is_shown_with_its_people_and_whether_there_is_room(
    db: Session, settings: Settings, clock: TestClock, event: Event, browser: Browser, page: str
) -> None:
    handed_in(db, settings, clock, event, "Newark", "Mayor", "Liaison")
    shown = browser.get(page)
    assert "One delegation awaits your decision" in shown
    assert "Mayor, Newark" in shown
    assert "There is room for all" in shown
    board = browser.get(f"/organise/events/{event.id}")
    assert "One delegation awaits your decision" in board
    assert "Decisions 1" in board


def test_several_are_approved_at_once_and_one_decision_is_undone(
    db: Session, settings: Settings, clock: TestClock, event: Event, browser: Browser, page: str
) -> None:
    newark = handed_in(db, settings, clock, event, "Newark", "Mayor", "Liaison")
    boise = handed_in(db, settings, clock, event, "Boise", "Mayor")
    chosen = ticks(browser.get(page))
    answer = browser.post(page, {"chosen": chosen, "press": "approve"})
    assert (answer.status, answer.location) == (303, page)
    assert "2 delegations are approved. Nobody is told" in browser.get(page)
    db.expire_all()
    assert [office_state(one) for one in (newark, boise)] == ["confirmed", "confirmed"]
    undone = browser.post(f"{page}/{newark.id}/undo", at=page)
    assert undone.status == 303
    db.expire_all()
    assert [office_state(one) for one in (newark, boise)] == ["submitted", "confirmed"]
    assert event.seats_taken == 1


def office_state(invitation: CityInvitation) -> str:
    assert invitation.delegation is not None
    return invitation.delegation.state


def test_turning_down_needs_a_reason_which_the_city_reads(
    db: Session, settings: Settings, clock: TestClock, event: Event, browser: Browser, page: str
) -> None:
    newark = handed_in(db, settings, clock, event, "Newark", "Mayor")
    form: dict[str, object] = {"chosen": ticks(browser.get(page)), "press": "turn_down"}
    refused = browser.post(page, form)
    assert refused.status == 422
    assert "Write why" in refused.text
    assert "checked" in refused.text
    assert browser.post(page, {**form, "because": "Too many asked."}).status == 303
    city = f"/r/{token_for(SECRET, 'city', newark.id)}"
    assert "Too many asked." not in browser.get(city)  # until its letter has left
    sent(db, clock)
    assert "Too many asked." in browser.get(city)


def test_without_a_tick_or_with_an_old_page_nothing_is_decided(
    db: Session, settings: Settings, clock: TestClock, event: Event, browser: Browser, page: str
) -> None:
    newark = handed_in(db, settings, clock, event, "Newark", "Mayor")
    assert browser.post(page, {"press": "approve"}).status == 422
    old = f"{newark.delegation.id}:0-0" if newark.delegation else ""
    refused = browser.post(page, {"chosen": old, "press": "approve"})
    assert (refused.status, event.seats_taken) == (422, 0)
    assert "has changed its list since you opened the page" in refused.text


def test_part_of_its_places_is_offered_to_a_city_that_chooses_or_lets_go(
    db: Session, settings: Settings, clock: TestClock, event: Event, browser: Browser, page: str
) -> None:
    event.approves_delegations = False
    handed_in(db, settings, clock, event, "Newark", "Mayor", "Liaison", "Adviser")
    boise = handed_in(db, settings, clock, event, "Boise", "Mayor", "Liaison", "Adviser")
    sent(db, clock)
    assert "Offer 2 places" in browser.get(page)
    offer = f"{page}/{boise.id}/offer"
    form: dict[str, object] = {"places": "3", "until_on": "2026-12-01", "until_at": "18:00"}
    assert browser.post(offer, form).status == 422
    assert browser.post(offer, {**form, "places": "2", "until_at": "25:00"}).status == 422
    assert browser.post(offer, {**form, "places": "2"}).status == 303
    sent(db, clock)
    city = f"/r/{token_for(SECRET, 'city', boise.id)}"
    shown = browser.get(city)
    assert "There are 2 places for your delegation" in shown
    assert "18:00 in Stockholm" in shown
    assert "10:00 in Boise" in shown
    assert browser.post(f"{city}/let-go", at=city).status == 303
    db.expire_all()
    assert event.seats_taken == 3


def test_free_places_name_whose_turn_it_is(
    db: Session, settings: Settings, clock: TestClock, event: Event, browser: Browser, page: str
) -> None:
    """Control: nothing is said while none is free, or nobody waits."""
    event.approves_delegations = False
    handed_in(db, settings, clock, event, "Newark", "Mayor", "Liaison", "Adviser")
    assert "places are free" not in words(browser.get(page))
    for city in ("Boise", "Dijon"):
        handed_in(db, settings, clock, event, city, "Mayor", "Liaison", "Adviser")
    shown = words(browser.get(page))
    assert "2 places are free, and none of these delegations fits whole." in shown
    db.expire_all()
    event.capacity = 6  # as it stands for a moment before the list is looked through
    db.commit()
    shown = words(browser.get(page))
    assert "3 places are free. The next delegation that fits whole is that of Boise." in shown
    event.capacity = 3
    db.commit()
    assert "places are free" not in words(browser.get(page))


def test_places_are_kept_for_some_and_opened_again(
    db: Session, settings: Settings, clock: TestClock, event: Event, browser: Browser
) -> None:
    event.approves_delegations = False
    dijon = handed_in(db, settings, clock, event, "Dijon", "Mayor")
    kept = f"/organise/events/{event.id}/kept-places"
    form: dict[str, object] = {
        "new_cities": "4",
        "cities-0-invitation_id": str(dijon.id),
        "cities-0-counts_as": "new_cities",
    }
    assert browser.post(kept, form).status == 303
    shown = words(browser.get(kept))
    assert shown.count("None are kept yet.") == 2  # for two kinds
    assert shown.count("None of them is taken yet.") == 1  # of those for new cities
    newark = handed_in(db, settings, clock, event, "Newark", "Mayor")
    assert (office_state(newark), dijon.counts_as) == ("waitlisted", "new_cities")
    assert browser.post(kept, {**form, "new_cities": "6"}).status == 422
    assert browser.post(kept, {**form, "new_cities": ""}).status == 303
    db.expire_all()
    assert office_state(newark) == "confirmed"


def test_a_city_is_told_that_an_organiser_decides(
    db: Session, settings: Settings, clock: TestClock, event: Event, browser: Browser
) -> None:
    newark = handed_in(db, settings, clock, event, "Newark", "Mayor")
    city = f"/r/{token_for(SECRET, 'city', newark.id)}"
    assert "Nobody you named is written to before that" in browser.get(city)
    review = browser.get(f"{city}/review")
    assert "An organiser decides about each delegation" in review
    assert "Send the list in" in review
    assert "Nobody you named has been written to" in browser.get(f"{city}/withdraw")
    assert browser.post(f"{city}/withdraw").status == 303
    db.expire_all()
    assert office_state(newark) == "withdrawn"


def test_the_event_form_asks_whether_each_delegation_is_approved(
    event: Event, browser: Browser
) -> None:
    edit = f"/organise/events/{event.id}/edit"
    shown = browser.get(edit)
    box = re.search(r'<input[^>]*name="approves_delegations"[^>]*>', shown)
    assert box is not None
    assert "checked" in box[0]
