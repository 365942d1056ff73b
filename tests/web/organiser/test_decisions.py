"""The organiser's page of decisions: what waits, deciding about several, undoing, offering."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.deciding import approve_delegation
from events_service.model import Account, CityInvitation, Event, OutboxMail
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


def test_the_board_begins_with_delegations_that_await_a_decision(
    db: Session, settings: Settings, clock: TestClock, event: Event, browser: Browser
) -> None:
    """Control: while no city has registered, the board says so."""
    cast.invited(db, event, "Boise")
    db.commit()
    board = f"/organise/events/{event.id}"
    assert headings(browser.get(board)) == ["No delegations", "Asked, not registered"]
    assert "No city has registered yet" in browser.get(board)
    handed_in(db, settings, clock, event, "Newark", "Mayor", "Liaison")
    assert headings(browser.get(board)) == ["Awaits your decision", "Asked, not registered"]
    assert "No city has registered yet" not in browser.get(board)


def headings(board: str) -> list[str]:
    return re.findall(r'<h2 id="section-\d+">([^<]+)</h2>', board)


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
    assert browser.post(f"{city}/let-go").status == 303
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


def test_a_city_that_was_turned_down_sees_no_other_decision_before_its_letters_leave(
    db: Session, settings: Settings, clock: TestClock, event: Event, browser: Browser, page: str
) -> None:
    newark = handed_in(db, settings, clock, event, "Newark", "Mayor")
    chosen = ticks(browser.get(page))
    browser.post(page, {"chosen": chosen, "press": "turn_down", "because": "For the north."})
    city = f"/r/{token_for(SECRET, 'city', newark.id)}"
    assert "Withdraw the delegation" in browser.get(city)
    assert "For the north." not in browser.get(city)
    sent(db, clock)
    assert "Their reason: “For the north.”" in browser.get(city)
    found = newark.delegation
    assert found is not None
    desk = found.decided_by_id
    approve_delegation(db, settings, found, db.get_one(Account, desk), now=clock.now)
    found.decided_because = "A word among colleagues."
    db.commit()
    shown = browser.get(city)
    assert "Their reason: “For the north.”" in shown and "colleagues" not in shown
    assert "there is nothing to withdraw" in browser.get(f"{city}/withdraw")
    assert browser.post(f"{city}/withdraw", at=f"{city}/people").status == 303
    assert "there is nothing to withdraw" in browser.get(city)
    db.expire_all()
    assert office_state(newark) == "confirmed"


def test_the_event_form_asks_whether_each_delegation_is_approved(
    event: Event, browser: Browser
) -> None:
    edit = f"/organise/events/{event.id}/edit"
    shown = browser.get(edit)
    box = re.search(r'<input[^>]*name="approves_delegations"[^>]*>', shown)
    assert box is not None
    assert "checked" in box[0]


def test_kept_places_list_the_cities_in_the_alphabet(
    db: Session, event: Event, browser: Browser
) -> None:
    for name in ("Newark", "Dijon", "Boise"):
        cast.invited(db, event, name)
    cast.city(db, "Dijon").name = "Évry"
    db.commit()
    shown = browser.get(f"/organise/events/{event.id}/kept-places")
    assert re.findall(r"<b>([^<]+)</b><small>|<b>([^<]+)</b></th>", shown) == [
        ("", "Boise"),
        ("Évry", ""),
        ("", "Newark"),
    ]


def test_a_workshop_that_was_cancelled_asks_for_nothing(
    db: Session, settings: Settings, clock: TestClock, event: Event, browser: Browser, page: str
) -> None:
    """Control: before it was cancelled, it asks for a decision and for places."""
    event.capacity = 3
    handed_in(db, settings, clock, event, "Newark", "Mayor", "Liaison")
    boise = handed_in(db, settings, clock, event, "Boise", "Mayor", "Liaison", "Adviser", "Aide")
    decide_all(browser, page, "waitlist", boise)
    sent(db, clock)
    offered = {"places": "2", "until_on": "2026-12-10", "until_at": "12:00"}
    assert browser.post(f"{page}/{boise.id}/offer", offered).status == 303
    sent(db, clock)
    asks = ["Decisions 1", "Add places", "Offered 2", "Registration closes"]
    board = f"/organise/events/{event.id}"
    assert [one for one in asks if one in words(browser.get(board))] == asks
    assert len(ticks(browser.get(page))) == 2

    event.cancelled_at = clock.now
    db.commit()
    assert [one for one in asks if one in words(browser.get(board))] == []
    shown = browser.get(page)
    assert (ticks(shown), 'name="press"' in shown, "Add places" in shown) == ([], False, False)
    assert "This workshop is over or was cancelled, so nothing is decided." in shown
    assert browser.get(f"{board}?show=open").count("Nothing here") == 1


def decide_all(browser: Browser, page: str, press: str, *cities: CityInvitation) -> None:
    numbers = {str(one.delegation.id) for one in cities if one.delegation}
    chosen = [one for one in ticks(browser.get(page)) if one.split(":")[0] in numbers]
    assert browser.post(page, {"chosen": chosen, "press": press}).status == 303


def test_kept_places_are_free_only_while_there_are_any(
    db: Session, settings: Settings, clock: TestClock, event: Event, browser: Browser, page: str
) -> None:
    """Control: the same places, kept while they are free."""
    event.approves_delegations = False
    kept = f"/organise/events/{event.id}/kept-places"
    some = {"practitioners": "3"}
    assert browser.post(kept, some).status == 303
    assert "Free for everybody 2 Free and kept for practitioners 3" in words(browser.get(page))
    assert "More places are kept than are free" not in browser.get(kept)
    assert browser.post(kept, {"practitioners": "0"}).status == 303
    handed_in(db, settings, clock, event, "Newark", "Mayor", "Liaison", "Adviser", "Aide", "Clerk")
    assert browser.post(kept, some).status == 303
    assert "Free for everybody 0 Free and kept for practitioners 0" in words(browser.get(page))
    assert (
        "Of 5 places 5 are taken, and 0 are free for everybody. More places are kept than are "
        "free: the others are kept as soon as they come free."
    ) in words(browser.get(kept))


def test_letters_in_their_minute_have_not_left(
    db: Session, settings: Settings, clock: TestClock, event: Event, browser: Browser, page: str
) -> None:
    newark = handed_in(db, settings, clock, event, "Newark", "Mayor")
    assert newark.delegation is not None
    organiser = db.query(Account).one()
    approve_delegation(db, settings, newark.delegation, organiser, now=clock.now)
    office.release_all(db, settings, clock, event, organiser)
    db.commit()
    in_their_minute = browser.get(page)
    assert "Letters leave in a minute" in in_their_minute
    assert "Undo in the outbox" in in_their_minute
    assert "Letters have left" not in in_their_minute
    clock.advance(timedelta(minutes=1))
    later = browser.get(page)
    assert "Letters have left" in later and "Undo in the outbox" not in later
