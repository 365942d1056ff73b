"""Answers while the organiser looks: the board, what is held, proposals, reminders, proof."""

from datetime import timedelta

import pytest

from events_service.domain.registration.answers import answer
from events_service.domain.registration.calendars import standing
from events_service.model import Member, SuppressedAddress
from tests import inbound, office
from tests.browser import scenes
from tests.browser.post import PostOffice
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService
from tests.conftest import TestClock

pytestmark = pytest.mark.browser

SOME_SECONDS = 20.0
STAFF = "staff@events.example.org"


def with_people(service: WholeService, slug: str) -> tuple[int, str, list[int]]:
    """An event to which Newark sends three people, who organises it, and the people's numbers."""
    clock = TestClock(service.clock())
    with service.session() as db:
        event = scenes.workshop(db, slug, f"Workshop {slug}")
        roles = ("Mayor", "Liaison", "Adviser")
        newark = office.registered(db, service.settings, clock, event, "Newark", *roles)
        people = office.people_of(newark)
        for one in people:
            one.address = f"{one.role.lower()}-{slug}@newark.example.org"
        organiser = scenes.colleague(db, f"Organiser of {slug}", "organiser", event.series)
        return event.id, organiser, [one.id for one in people]


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_an_answer_shows_on_an_open_board(
    service: WholeService, post: PostOffice, visits, screen: str
) -> None:
    """Without JavaScript a link looks again."""
    number, address, people = with_people(service, f"live-{screen}")
    organiser: Visitor = visits(service, screen=screen)
    organiser.open(f"/organise/events/{number}")
    scenes.signs_in(organiser, post, address)
    organiser.sees("Not answered 3", "Look for new answers")
    organiser.tab_to(organiser.link("Liaison"))
    with service.session() as db:
        mayor = db.get_one(Member, people[0])
        answer(mayor, {one.id: "DECLINED" for one in standing(mayor)}, now=service.clock())
        inbound.came(db, TestClock(service.clock()), db.get_one(Member, people[1]))
    organiser.waits_for("Not answered 2", SOME_SECONDS)
    organiser.sees("Declined", "Replies 1", "One reply waits for your decision")
    assert organiser.focused == f"person-{people[1]}"
    organiser.follow("Not answered 2", within=".ws-board-bar")
    organiser.sees("Who has not answered")


def test_what_is_held_is_read_and_decided(service: WholeService, post: PostOffice, visits) -> None:
    number, address, people = with_people(service, "held")
    with service.session() as db:
        clock = TestClock(service.clock())
        mayor, liaison, adviser = (db.get_one(Member, one) for one in people)
        inbound.came(db, clock, mayor, comment="I am ill.")
        inbound.came(db, clock, liaison, said="DELEGATED", delegated_to="new@newark.example.org")
        inbound.came(db, clock, adviser, said="", text="May I bring somebody?", html="")
        week = timedelta(days=7)
        event = mayor.delegation.event
        inbound.proposed(db, clock, event, adviser, later=week, comment="We vote that week.")
        inbound.proposed(db, clock, event, mayor, later=2 * week, comment="")
    organiser: Visitor = visits(service, screen="phone", scripts=False)
    organiser.open(f"/organise/events/{number}/replies")
    scenes.signs_in(organiser, post, address)
    organiser.sees("3 mails are held for you", "Other times are proposed")
    organiser.follow("declines for Mayor, Newark")
    organiser.sees("I can’t come.", "Why it is held", "I am ill.")
    organiser.press("Put aside")
    organiser.sees("You can take it up again below", "Put aside lately")
    organiser.press("Take it up again")
    organiser.press("Apply", nth=0)
    organiser.sees("What the mail says is carried out")
    organiser.follow("Apply")
    organiser.sees("3 people will be written to", "Is invited, with a calendar entry")
    organiser.press("Change the delegation")
    organiser.follow("sent a letter in words")
    organiser.press("Mark as read")
    organiser.follow("Accept")
    organiser.sees("people will be written to", "Monday 7 to Wednesday 9 June 2027")
    organiser.follow("Replies", within="nav[aria-label=Back]")
    organiser.follow("Decline", nth=1)
    organiser.sees("Keep the time as it is?")
    organiser.press("Decline, and write to one person")
    organiser.sees("The time stays as it is. The letter to Mayor, Newark waits in the outbox.")


def test_a_reminder_is_written_read_tried_and_released(
    service: WholeService, post: PostOffice, visits
) -> None:
    number, address, people = with_people(service, "nudged")
    with service.session() as db:
        adviser = db.get_one(Member, people[2])
        gone = SuppressedAddress(address=adviser.address, since=service.clock(), answer="550 no")
        db.add(gone)
    organiser: Visitor = visits(service)
    organiser.open(f"/organise/events/{number}")
    scenes.signs_in(organiser, post, address)
    organiser.sees("it was refused")
    organiser.follow("Remind people who have not answered")
    organiser.sees("Not reached by mail")
    for name in ("Mayor, Newark", "Liaison, Newark"):
        organiser.tick(name, on=False)
    organiser.press("Write the letters")
    assert [target for target, _ in organiser.slips()] == [f"person-{people[0]}"]
    organiser.tick("Mayor, Newark")
    organiser.write("Your own words (optional)", "The hall is booked.")
    organiser.press("Write the letters")
    organiser.waits_for("Release 1 letter", SOME_SECONDS)
    organiser.follow("Read the letter to Mayor")
    organiser.sees("Reminder: Stockholm", "Puts this into the calendar", "As it will arrive.")
    organiser.press("Send me a test")
    organiser.sees("A test of this letter is on its way")
    assert post.wait_for(address, "Test: Reminder: ").recipients == (address,)
    scenes.release_all(organiser, service, number)
    letter = post.wait_for("mayor-nudged@newark.example.org", "Reminder: ")
    organiser.judge.look_at_letter(letter.html, where="member_nudge")
    assert letter.calendar[0] == "REQUEST" and "The hall is booked." in letter.text
    organiser.open(f"/organise/events/{number}/people/{people[0]}")
    organiser.sees("What they were sent", "First invitation", "Reminder", "250 taken")
    organiser.follow("First invitation")
    organiser.open(f"/organise/events/{number}/people/{people[2]}")
    organiser.sees("Ask office@newark.example.org for another address")


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_mail_without_a_workshop(quiet_service: WholeService, visits, screen: str) -> None:
    with quiet_service.session() as db:
        clock = TestClock(quiet_service.clock())
        reason = "It is not clear whom it is from."
        inbound.came(
            db, clock, None, outcome="quarantined", text=f"Hello from a {screen}.", reason=reason
        )
    staff: Visitor = visits(quiet_service, screen=screen)
    staff.open(quiet_service.sign_in_path(STAFF))
    staff.press("Sign in", within="main")
    staff.open("/staff/replies")
    staff.follow(f"{inbound.STRANGER} wrote")
    staff.sees(f"Hello from a {screen}.", "The mail as it came")
    staff.press("Put aside")
    staff.sees("No mail waits", "Put aside lately")
