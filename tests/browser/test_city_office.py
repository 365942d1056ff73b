"""A city that can't come, a city that is silent, and a city that looks after itself."""

from datetime import timedelta

import pytest

from events_service.domain.scheduling.city_reminders import draft_due_reminders
from events_service.model import Contact
from tests import cast
from tests.browser import scenes
from tests.browser.post import PostOffice
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("screen", "scripts"), [("phone", False), ("desktop", True)])
def test_a_city_says_that_it_cannot_come_and_changes_its_mind(
    service: WholeService, post: PostOffice, visits, screen: str, scripts: bool
) -> None:
    with service.session() as db:
        event = scenes.workshop(db, f"not-coming-{screen}", f"Not this time, {screen}")
        invitation = scenes.invited(db, event, "Newark")
        invitation.seats_elected = 1
        link, office = scenes.city_page(invitation), invitation.address
        lead = scenes.colleague(db, f"Lead {screen}", "organiser", event.series)
        cities = f"/organise/events/{event.id}/cities"
    official: Visitor = visits(service, screen=screen, scripts=scripts)
    official.open(link)
    official.sees(
        "Your city may take up to three places: one for an elected official, two for practitioners",
        "in Stockholm (UTC+2)",
        "in Newark (UTC−4)",
    )
    official.follow("We can’t come this time")
    official.write("Reason (optional)", "x" * 1001)
    official.press("We can’t come this time")
    assert official.slips() == [("reason", "Shorten this to 1,000 characters")]
    official.write("Reason (optional)", "Our council votes that week.")
    official.press("We can’t come this time")
    official.sees("A letter that says so is on its way", "Our council votes that week.")
    letter = post.wait_for(office, "Not coming: Newark")
    official.judge.look_at_letter(letter.html, where="city_declined")

    organiser: Visitor = visits(service, screen=screen, scripts=scripts)
    organiser.open(service.sign_in_path(lead))
    organiser.press("Sign in", within="main")
    organiser.open(cities)
    organiser.sees("Can’t come 1", "“Our council votes that week.”")
    organiser.follow("Not yet invited")
    organiser.follow("Invite", within="table")
    organiser.write("Of these, for elected officials", "1")
    organiser.press("Fill in below")

    official.press("Start again")
    assert official.heading == "Who comes from Newark?"
    official.open(link)
    official.misses("Our council votes that week.")


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_silent_cities_are_reminded_by_an_organiser(
    service: WholeService, post: PostOffice, visits, screen: str
) -> None:
    with service.session() as db:
        event = scenes.workshop(db, f"silent-{screen}", f"Silence, {screen}")
        event.registration_closes_at = service.clock() + timedelta(days=10)
        office = scenes.invited(db, event, "Newark").address
        scenes.invited(db, event, "Boise").address = f"boise-{screen}@cities.example.org"
        lead = scenes.colleague(db, f"Reminder {screen}", "organiser", event.series)
        draft_due_reminders(db, service.settings, now=service.clock())
    organiser: Visitor = visits(service, screen=screen)
    organiser.open(service.sign_in_path(lead))
    organiser.press("Sign in", within="main")
    organiser.sees("2 letters wait in the outbox")
    organiser.follow("Read and release: 2 letters wait in the outbox")
    organiser.waits_for("Release all 2 letters", 20)
    organiser.follow("Read 2 reminders to cities")
    organiser.follow("Read the letter to Boise")
    organiser.sees("Letter 2 of 2", "As it will arrive.")
    organiser.press("Leave it out")
    organiser.sees("Boise is left out.", "Put back")
    organiser.write("Your own words (optional)", "We keep a place for you.")
    organiser.press("Save and read again")
    organiser.waits_for("Release 1 letter", 20)
    organiser.press("Release 1 letter")
    organiser.sees("1 letter leaves in a minute.")
    organiser.press("Undo")
    organiser.sees("Undone. 1 letter waits again.")
    scenes.release_all(organiser, service, event.id)
    letter = post.wait_for(office, "Will Newark come?")
    assert "We keep a place for you." in letter.text
    organiser.judge.look_at_letter(letter.html, where="city_reminder")


@pytest.mark.parametrize(("screen", "scripts"), [("phone", False), ("desktop", True)])
def test_a_focal_point_signs_in_and_manages_the_contacts(
    service: WholeService, post: PostOffice, visits, screen: str, scripts: bool
) -> None:
    focal_point = f"focal-{screen}@cities.example.org"
    with service.session() as db:
        event = scenes.workshop(db, f"office-{screen}", f"Self-service, {screen}")
        scenes.invited(db, event, "Newark")
        for name in ("Newark", "Boise"):
            city = cast.city(db, name)
            city.contacts.append(Contact(name="Focal point", role="", address=focal_point))
    official: Visitor = visits(service, screen=screen, scripts=scripts)
    official.open("/city")
    official.press("Send me a link")
    assert official.slips() == [("address", "Enter your e-mail address")]
    official.write("Your e-mail address", focal_point)
    official.press("Send me a link")
    assert official.heading == "Check your e-mail"
    letter = post.wait_for(focal_point, "Your link to the pages of")
    official.judge.look_at_letter(letter.html, where="city_sign_in")
    official.open(letter.link("/city/enter/"))
    official.press("Sign in", within="main")
    official.sees("You speak for several cities")
    official.follow("Newark", within="table")
    official.sees(f"Self-service, {screen}", "Contacts")
    official.follow("Add a contact")
    official.press("Add the contact")
    assert [target for target, _ in official.slips()] == ["name", "address"]
    official.write("Name", f"Liaison {screen}")
    official.write("E-mail address", f"liaison-{screen}@cities.example.org")
    official.press("Add the contact")
    told = post.wait_for(f"liaison-{screen}@cities.example.org", "New contact of Newark")
    official.judge.look_at_letter(told.html, where="city_contacts_changed")
    official.follow(f"Change Liaison {screen}")
    official.write("Role in the city (optional)", "Schools liaison")
    official.press("Save the contact")
    official.sees(f"The contact Liaison {screen} is saved.")
    official.follow(f"Remove Liaison {screen}")
    official.press("Remove the contact")
    official.sees("is no longer a contact of Newark")
    official.press("Sign out")
    official.sees("You are signed out.")
