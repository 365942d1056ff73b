"""A city's office, from the public page to the withdrawal: on a phone without JavaScript, and at a
desk with it."""

import pytest
from playwright.sync_api import expect

from tests.browser import scenes
from tests.browser.post import Letter, PostOffice
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService

pytestmark = pytest.mark.browser

HEAD, SECOND, THIRD = "#person-1", "#person-2", "#person-3"
REQUEST, CANCEL = "REQUEST", "CANCEL"


def line_of(calendar: str, name: str) -> str:
    """The event's line of that name."""
    event = calendar.replace("\r\n ", "").partition("BEGIN:VEVENT\r\n")[2]
    [found] = [one for one in event.split("\r\n") if one.startswith((f"{name}:", f"{name};"))]
    return found


def read_link(visitor: Visitor, post: PostOffice, office: str, title: str) -> str:
    """From the public page to the link in the mail."""
    visitor.follow("Register your delegation")
    visitor.press("Send me the link")
    assert visitor.slips() == [("address", "Enter your e-mail address")]
    visitor.write("Your e-mail address", "office of the mayor")
    visitor.press("Send me the link")
    assert visitor.slips() == [
        ("address", "Enter an e-mail address with an @, like safety@city.example")
    ]
    visitor.write("Your e-mail address", office)
    visitor.press("Send me the link")
    assert visitor.heading == "Check your e-mail"
    letter = post.wait_for(office, "Your link to register Newark for")
    assert title in letter.text and not letter.has_calendar
    visitor.judge.look_at_letter(letter.html, where="registration_link")
    return letter.link("/r/")


def make_every_slip(visitor: Visitor) -> None:
    visitor.write("Your own e-mail address", "")
    visitor.press("Save and continue")
    assert visitor.slips() == [
        ("contact_address", "Enter an e-mail address"),
        ("people-0-name", "Enter the person’s name, or how they are announced"),
        ("people-0-address", "Enter an e-mail address"),
    ]
    visitor.write("Your own e-mail address", "office")
    visitor.write("Name", "M" * 201, within=HEAD)
    visitor.write("Role in the city", "R" * 201, within=HEAD)
    visitor.write("E-mail address", "mayor@", within=HEAD)
    visitor.write("Assistant’s address (optional)", "assistant", within=HEAD)
    for day in ("Monday 31 May 2027", "Tuesday 1 June 2027", "Wednesday 2 June 2027"):
        visitor.tick(day, within=HEAD, on=False)
    visitor.press("Save and continue")
    assert [target for target, _ in visitor.slips()] == [
        "contact_address",
        "people-0-name",
        "people-0-role",
        "people-0-address",
        "people-0-assistant_address",
        "people-0-days",
    ]
    visitor.sees("Six answers need another look", "Shorten the name to 200 characters")


def name_the_head(visitor: Visitor, slug: str, office: str) -> None:
    visitor.write("Your own e-mail address", office)
    visitor.write("Name", "Deputy mayor, Newark", within=HEAD)
    visitor.write("Role in the city", "Deputy mayor", within=HEAD)
    visitor.write("E-mail address", f"deputy@{slug}.example.org", within=HEAD)
    visitor.write("Assistant’s address (optional)", f"assistant@{slug}.example.org", within=HEAD)
    for day in ("Monday 31 May 2027", "Tuesday 1 June 2027", "Wednesday 2 June 2027"):
        visitor.tick(day, within=HEAD)


def name_the_second(visitor: Visitor, slug: str) -> None:
    visitor.press("Add another person")
    assert visitor.page.url.endswith("#person-2")
    visitor.write("Name", "Schools liaison, Newark", within=SECOND)
    visitor.write("Role in the city", "Schools liaison", within=SECOND)
    visitor.write("E-mail address", f"schools@{slug}.example.org", within=SECOND)
    visitor.tick("Wednesday 2 June 2027", within=SECOND, on=False)


def check_invitation(letter: Letter, slug: str) -> None:
    method, calendar = letter.calendar
    assert method == REQUEST
    assert str(letter.message["To"]) == f'"Deputy mayor, Newark" <deputy@{slug}.example.org>'
    assert str(letter.message["Cc"]) == f"assistant@{slug}.example.org"
    assert set(letter.recipients) == {
        f"deputy@{slug}.example.org",
        f"assistant@{slug}.example.org",
    }
    assert "\r\nMETHOD:REQUEST\r\n" in calendar
    assert line_of(calendar, "SEQUENCE") == "SEQUENCE:0"
    assert line_of(calendar, "DTSTART") == "DTSTART;TZID=Europe/Stockholm:20270531T090000"
    assert line_of(calendar, "RRULE") == "RRULE:FREQ=DAILY;COUNT=3"


@pytest.mark.parametrize(("screen", "scripts"), [("phone", False), ("desktop", True)])
def test_a_city_registers_answers_changes_and_withdraws(
    service: WholeService, post: PostOffice, visits, screen: str, scripts: bool
) -> None:
    slug = f"stockholm-{screen}"
    title = f"Trust on the square, {screen}"
    with service.session() as db:
        event = scenes.workshop(db, slug, title)
        office = scenes.invited(db, event, "Newark").address
    official: Visitor = visits(service, screen=screen, scripts=scripts)
    official.open(f"/series/series-{slug}")
    official.follow("Programme and place")
    assert official.heading == title
    link = read_link(official, post, office, title)

    official.open(link)
    assert official.heading == "Newark in Stockholm"
    official.sees("Your city may take up to three places.")
    official.press("Start")
    make_every_slip(official)
    name_the_head(official, slug, office)
    name_the_second(official, slug)
    official.press("Add another person")
    official.sees("All 3 places of your city are named")
    official.write("Name", "Nobody yet", within=THIRD)
    official.press("Remove", within=THIRD)
    expect(official.page.locator(THIRD)).to_have_count(0)
    official.press("Save and come back later")
    official.sees("Saved. Come back by the link in your letter; nobody has been written to.")
    assert post.to(f"deputy@{slug}.example.org") == []

    again: Visitor = visits(service, screen=screen, scripts=scripts)
    again.open(link)
    again.follow("Continue where you stopped")
    expect(again.field("Name", within=SECOND)).to_have_value("Schools liaison, Newark")
    again.press("Save and continue")
    assert again.heading == "Review your delegation"
    again.sees(
        "Deputy mayor, Newark",
        f"assistant@{slug}.example.org",
        "Monday 31 May to Tuesday 1 June 2027",
    )
    again.press("Confirm the delegation")
    again.sees("Your delegation is registered. Each person gets a letter with a calendar invitat")
    again.open(again.path)  # loading the page again does nothing

    letter = post.wait_for(f"deputy@{slug}.example.org", "Invitation: ")
    check_invitation(letter, slug)
    official.judge.look_at_letter(letter.html, where="member_invited")
    receipt = post.wait_for(office, "Confirmed: ")
    assert "Schools liaison, Newark" in receipt.text and not receipt.has_calendar
    official.judge.look_at_letter(receipt.html, where="delegation_confirmed")
    post.wait_for(f"schools@{slug}.example.org", "Invitation: ")
    assert len([one for one in post.arrived if f"deputy@{slug}.example.org" in one.recipients]) == 1

    deputy: Visitor = visits(service, screen=screen, scripts=scripts)
    deputy.open(letter.link("/a/"))
    deputy.press("Save my answer")
    assert [text for _, text in deputy.slips()] == ["Choose whether you will come"]
    deputy.tick("Yes, I will come")
    deputy.press("Save my answer")
    deputy.sees("Thank you. Your answer is recorded", "You answered on")

    again.open(link)
    again.sees("Accepted", "No answer")
    again.follow("Change the delegation")
    again.tick("Monday 31 May 2027", within=HEAD, on=False)
    again.press("Save and come back later")
    again.sees("You have changes that are saved and not confirmed yet")
    again.follow("Look them over and confirm")
    again.press("Confirm the delegation")
    changed = post.wait_for(f"deputy@{slug}.example.org", "Changed: ")
    assert changed.calendar[0] == REQUEST
    assert line_of(changed.calendar[1], "UID") == line_of(letter.calendar[1], "UID")
    assert line_of(changed.calendar[1], "SEQUENCE") == "SEQUENCE:1"
    assert line_of(changed.calendar[1], "DTSTART").endswith(":20270601T090000")
    official.judge.look_at_letter(changed.html, where="member_updated")

    again.follow("Withdraw the delegation")
    again.sees("These two people will get a letter")
    again.press("Withdraw the delegation")
    again.sees("Your delegation is withdrawn", "Register again")
    taken_back = post.wait_for(f"deputy@{slug}.example.org", "Withdrawn: ")
    assert taken_back.calendar[0] == CANCEL
    assert line_of(taken_back.calendar[1], "UID") == line_of(letter.calendar[1], "UID")
    assert str(taken_back.message["Cc"]) == f"assistant@{slug}.example.org"
    official.judge.look_at_letter(taken_back.html, where="member_cancelled")
    deputy.open(letter.link("/a/"))
    deputy.sees("Your place was taken back")
