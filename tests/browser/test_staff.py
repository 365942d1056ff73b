"""The secretariat after an event: who came, what was learnt, the report, and what follows."""

import email
from email.policy import default
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from events_service.model import Event
from tests import office
from tests.browser import scenes
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService
from tests.conftest import TestClock

pytestmark = pytest.mark.browser

STAFF = "staff@events.example.org"
A_MOMENT = 30.0  # seconds for a worker


@pytest.fixture
def staff(quiet_service: WholeService, visits) -> Visitor:
    visitor: Visitor = visits(quiet_service)
    visitor.open(quiet_service.sign_in_path(STAFF))
    visitor.press("Sign in", within="main")
    return visitor


@pytest.fixture
def stockholm(quiet_service: WholeService) -> str:
    with quiet_service.session() as db:
        number = db.scalars(select(Event.id).where(Event.slug == "stockholm-2024")).one()
    return f"/staff/events/{number}"


def somebody_walked_in(staff: Visitor, stockholm: str) -> None:
    staff.open(f"{stockholm}/attendance")
    staff.sees("68 people")
    staff.follow("Add somebody who came without being registered")
    staff.press("Record this person")
    assert [target for target, _ in staff.slips()] == ["body", "name"]
    staff.choose("City or organisation", "Newark")
    staff.write("Name", "Youth worker, Newark")
    staff.tick("Monday 3 June 2024")
    staff.press("Record this person")
    staff.sees("Youth worker, Newark is recorded.", "69 people")
    row = staff.page.locator("tr", has_text="Youth worker, Newark")
    row.get_by_role("checkbox").nth(1).check()
    staff.press("Save attendance")
    staff.sees("Attendance is saved.")


def add_record(staff: Visitor, stockholm: str, what: str, fields: dict[str, str]) -> None:
    """Once with nothing in it, then with these words."""
    staff.open(f"{stockholm}/records")
    staff.follow(f"Add a {what}")
    staff.press("Save")
    assert staff.slips() != []
    for label, text in fields.items():
        staff.write(label, text)
    if what == "recommendation":
        staff.tick("Mayors and cities")
    staff.press("Save")
    staff.sees(f"The {what} is saved.")


def write_down_what_was_learnt(staff: Visitor, stockholm: str) -> None:
    add_record(
        staff,
        stockholm,
        "practice",
        {
            "Title": "Open streets after school",
            "Challenge": "Children had nowhere to go.",
            "Approach": "Streets close to cars at three.",
            "Impact": "Fewer calls to the police.",
        },
    )
    add_record(
        staff,
        stockholm,
        "note",
        {"Note": "Schools open late.", "Another theme (optional)": "Schools"},
    )
    add_record(staff, stockholm, "recommendation", {"Recommendation": "Ask before you plan."})
    add_record(staff, stockholm, "next step", {"Next step": "Write to the cities."})
    add_record(
        staff,
        stockholm,
        "quote",
        {"What was said": "We ask before we plan.", "Who said it": "Head of schools"},
    )


def show_a_quote_without_consent(staff: Visitor, stockholm: str) -> None:
    staff.open(f"{stockholm}/records")
    staff.follow("Edit “We ask before we plan.”")
    staff.tick("By name")
    staff.tick("Show this quote in the report")
    staff.press("Save")
    staff.sees("The report can’t be shown or published before consent is recorded as given.")


def draft_the_report(staff: Visitor, stockholm: str) -> None:
    staff.open(f"{stockholm}/report")
    staff.press("Draft the report")
    staff.waits_for("Publish version 1", A_MOMENT)


def consent_is_given(staff: Visitor, stockholm: str) -> None:
    staff.open(f"{stockholm}/report/preview", status=422)
    staff.open(f"{stockholm}/report")
    staff.press("Publish version 1")
    staff.misses("Version 1 is published")
    staff.open(f"{stockholm}/report")
    staff.follow("Open this quote")
    staff.tick("Given")
    staff.press("Save")
    assert [target for target, _ in staff.slips()] == ["consent"]
    staff.write("Day of that answer (optional)", "2024-06-20")
    staff.write("Wording that was agreed to (optional)", "You may quote me as I said it.")
    staff.press("Save")
    staff.sees("Consent given")


def edit_a_part(staff: Visitor, stockholm: str) -> None:
    staff.open(f"{stockholm}/report")
    staff.follow("Edit Next steps")
    staff.write("Text", "Eighteen cities go on.\n\nThey write to one another.")
    staff.press("Save my words")
    staff.sees("Eighteen cities go on.", "Edited")
    staff.follow("Preview as a page")
    staff.sees("Eighteen cities go on.")


def read_it_in_public(reader: Visitor) -> None:
    reader.open("/reports")
    reader.follow("City-Led Strategies")
    reader.sees("Eighteen cities go on.", "We ask before we plan.", "Head of schools")
    pdf = reader.page.locator("a[href$='.pdf']").first.get_attribute("href")
    with urlopen(f"{reader.address}{pdf}", timeout=30) as answer:
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.read(5) == b"%PDF-"
    reader.open("/reports/stockholm-2024/versions/1")
    reader.open("/events/stockholm-2024")
    reader.follow("Read the report")


def test_from_attendance_to_a_published_report(
    quiet_service: WholeService, staff: Visitor, stockholm: str, visits
) -> None:
    somebody_walked_in(staff, stockholm)
    write_down_what_was_learnt(staff, stockholm)
    show_a_quote_without_consent(staff, stockholm)
    draft_the_report(staff, stockholm)
    consent_is_given(staff, stockholm)
    edit_a_part(staff, stockholm)
    staff.open(f"{stockholm}/report")
    staff.press("Publish version 1")
    staff.sees("Version 1 is published")
    read_it_in_public(visits(quiet_service, screen="phone", scripts=False))
    staff.open(f"{stockholm}/records")
    staff.press("Publish its page “Open streets after school”")
    reader: Visitor = visits(quiet_service, screen="phone", scripts=False)
    reader.open("/practices")
    reader.follow("Open streets after school")
    reader.sees("Streets close to cars at three.")
    staff.follow("Delete “Write to the cities.”")
    staff.press("Delete this next step")
    staff.sees("The next step is deleted.")


def approve_its_letter(staff: Visitor) -> None:
    staff.open("/staff/letters")
    staff.page.locator("main td a, main th a").first.click()
    staff.look()
    staff.waits_for("Approve and send", A_MOMENT)
    staff.write("Your own words (optional)", "We still speak of your streets.")
    staff.press("Save and read again")
    staff.waits_for("Approve and send", A_MOMENT)
    staff.press("Approve and send")
    staff.sees("The letter is approved and leaves within a few seconds.")


def test_a_partnership_and_its_first_letter(staff: Visitor) -> None:
    staff.open("/staff/spotlights")
    staff.follow("Start a partnership")
    staff.write("First letter on", "")
    staff.press("Start the partnership")
    assert "starts_on" in [target for target, _ in staff.slips()]
    staff.choose("Practice", "Boise")
    staff.write("First letter on", "2026-11-23")
    staff.press("Start the partnership")
    here = staff.path
    expect(staff.page.locator(".ws-task")).to_have_count(5)
    staff.page.locator(".ws-task").nth(1).get_by_role("link", name="Change").click()
    staff.look()
    staff.write("Due on", "2027-01-11")
    staff.press("Save the step")
    staff.sees("11 January 2027")
    staff.reloads_until("Read and approve the letter", A_MOMENT)
    approve_its_letter(staff)
    staff.open(here)
    staff.reloads_until("The letter that was sent", A_MOMENT)
    staff.follow("The letter that was sent")
    staff.sees("We still speak of your streets.")
    staff.open(here)
    staff.follow("Add another contact")
    staff.press("Add the contact")
    staff.slips()
    staff.open(here)
    staff.press("The city declined")
    staff.press("Take the partnership up again")
    staff.open("/staff/spotlights")


@pytest.fixture
def promised(quiet_service: WholeService) -> str:
    """The name of an event to which two people are invited."""
    clock = TestClock(quiet_service.clock())
    with quiet_service.session() as db:
        event = scenes.workshop(db, "kept-mail", "Mail that is kept")
        office.registered(db, quiet_service.settings, clock, event, "Helsinki", "Mayor", "Liaison")
    return "Mail that is kept"


def test_the_mailbox_shows_a_letter_and_gives_its_bytes(staff: Visitor, promised: str) -> None:
    staff.open("/staff/mailbox")
    letter = f"Invitation: Stockholm, 31 May – 2 June 2027 ({promised})"
    staff.reloads_until(letter, A_MOMENT)
    staff.follow(letter)
    staff.sees(promised, "Calendar part, REQUEST")
    expect(staff.page.frame_locator("iframe").locator("h1")).to_be_visible()
    staff.judge.look_at_letter(staff.page.frames[1].content(), where="a letter in its frame")
    with staff.page.expect_download() as download:
        staff.link("The mail as it was sent").click()
    source = download.value.path().read_bytes()
    message = email.message_from_bytes(source, policy=default)
    assert "text/calendar" in [part.get_content_type() for part in message.walk()]


def test_cities_on_their_way_in(staff: Visitor) -> None:
    staff.open("/staff/onboarding")
    expect(staff.page.locator("main tbody tr")).to_have_count(7)
    staff.follow("Cernay")
    staff.press("Mark as done", within=".ws-task >> nth=0")
    staff.sees("The task is marked as done.")
    staff.press("Undo", within=".ws-task >> nth=0")
    staff.sees("The task is to be done again.")
    staff.page.locator(".ws-task").first.get_by_role("link", name="Change").click()
    staff.look()
    staff.write("Due on", "")
    staff.press("Save the task")
    assert [target for target, _ in staff.slips()] == ["due_on"]
    staff.write("Due on", "2026-12-01")
    staff.press("Save the task")
    staff.sees("The task is changed.", "1 December 2026")
    staff.choose("Who looks after the city", "Network secretariat")
    staff.press("Save", within=".ws-inline-fields")
    staff.sees("It is noted who looks after the city.")
    staff.press("The city is not joining")
    staff.press("Take the city’s list up again")


def test_an_administrator_adds_and_disables_people(quiet_service: WholeService, visits) -> None:
    administrator: Visitor = visits(quiet_service, screen="phone")
    path = quiet_service.sign_in_path(quiet_service.settings.first_administrator)
    administrator.open(path)
    administrator.press("Sign in", within="main")
    administrator.open("/staff/people/new")
    administrator.press("Add the person")
    assert administrator.slips() != []
    administrator.open("/staff/people")
    staff: Visitor = visits(quiet_service)
    staff.open(quiet_service.sign_in_path("organiser@events.example.org"))
    staff.press("Sign in", within="main")
    staff.open("/staff/people", status=404)
    administrator.press("Switch off Workshop organiser")
    administrator.sees("can no longer sign in")
    staff.open("/organise")
    assert staff.heading == "Sign in"
