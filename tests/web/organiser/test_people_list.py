"""The people of a workshop as a list: what it shows, what leaves it as a file, letters again."""

import csv
import io
from datetime import timedelta

import pytest
import structlog
from lxml import html
from openpyxl import load_workbook
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from events_service.config import Settings
from events_service.model import Account, Event, Member, OutboxMail
from events_service.web.lists import files
from tests import cast, office
from tests.conftest import Browser, SignInAs, TestClock
from tests.queries.test_board import counted_queries


@pytest.fixture
def event(db: Session, settings: Settings, clock: TestClock) -> Event:
    """Two cities come, one waits; one of its people left."""
    made = cast.event(db, capacity=6)
    newark = office.registered(db, settings, clock, made, "Newark", "Mayor", "Adviser", "Liaison")
    boise = office.registered(
        db, settings, clock, made, "Boise", "Mayor", "Fire chief", days=[made.starts_on]
    )
    office.registered(db, settings, clock, made, "Cape Town", "Mayor", "Adviser")
    newark.city.name = "Nëwark"
    office.people_of(newark)[2].removed_at = clock.now
    accepted = office.people_of(boise)[0].invitations[0]
    accepted.partstat, accepted.answered_by = "ACCEPTED", "mail"
    accepted.answered_at = clock.now - timedelta(days=1)
    db.commit()
    return made


@pytest.fixture
def organiser(sign_in_as: SignInAs, event: Event) -> Account:
    return sign_in_as("organiser", event.series_id)


@pytest.fixture
def at(event: Event) -> str:
    return f"/organise/events/{event.id}/people"


def rows(page: str) -> list[list[str]]:
    """The texts of the list's cells."""
    found = html.document_fromstring(page).xpath("//table[contains(@class,'ws-listing')]/tbody/tr")
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th | ./td[position()>1]")]
        for row in found
    ]


def names(browser: Browser, address: str) -> list[str]:
    return [row[0] for row in rows(browser.get(address))]


@pytest.mark.usefixtures("organiser")
def test_the_list_shows_who_comes_and_who_waits(browser: Browser, at: str) -> None:
    assert rows(browser.get(at)) == [
        ["Mayor, Boise", "Mayor", "Boise", "Accepted", "21 November 2026", "Confirmed"],
        ["Fire chief, Boise", "Fire chief", "Boise", "No answer", "", "Confirmed"],
        ["Mayor, Cape Town", "Mayor", "Cape Town", "", "", "Waiting list"],
        ["Adviser, Cape Town", "Adviser", "Cape Town", "", "", "Waiting list"],
        ["Mayor, Newark", "Mayor", "Nëwark", "No answer", "", "Confirmed"],
        ["Adviser, Newark", "Adviser", "Nëwark", "No answer", "", "Confirmed"],
    ]


@pytest.mark.usefixtures("organiser")
@pytest.mark.parametrize(
    ("ask", "found"),
    [
        ("state=removed", ["Liaison, Newark"]),
        ("state=waitlisted", ["Mayor, Cape Town", "Adviser, Cape Town"]),
        ("answer=ACCEPTED", ["Mayor, Boise"]),
        ("day=2027-06-01&answer=NEEDS-ACTION", ["Mayor, Newark", "Adviser, Newark"]),
        ("q=newark", ["Mayor, Newark", "Adviser, Newark"]),
        ("q=FIRE+boise.example", ["Fire chief, Boise"]),
        ("q=nobody", []),
        ("sort=-name&state=confirmed&q=mayor", ["Mayor, Newark", "Mayor, Boise"]),
    ],
)
def test_it_is_narrowed_by_its_address(
    browser: Browser, at: str, ask: str, found: list[str]
) -> None:
    assert names(browser, f"{at}?{ask}") == found


@pytest.mark.usefixtures("organiser")
def test_a_city_is_chosen_from_those_that_are_there(browser: Browser, at: str) -> None:
    page = html.document_fromstring(browser.get(at))
    choices = {one.text: one.get("value") for one in page.xpath("//select[@id='city']/option")}
    assert list(choices) == ["All cities", "Boise", "Cape Town", "Nëwark"]
    assert len(names(browser, f"{at}?city={choices['Boise']}")) == 2


@pytest.mark.usefixtures("organiser")
def test_columns_and_order_are_kept_in_the_address(browser: Browser, at: str) -> None:
    page = browser.get(f"{at}?column=address&column=days&sort=days&q=boise")
    assert rows(page) == [
        ["Mayor, Boise", "mayor@boise.example.org", "Monday 31 May 2027"],
        ["Fire chief, Boise", "fire.chief@boise.example.org", "Monday 31 May 2027"],
    ]
    tree = html.document_fromstring(page)
    heads = tree.xpath("//table[contains(@class,'ws-listing')]//thead//th")
    assert [one.get("aria-sort") for one in heads] == ["none", "none", "ascending"]
    turned = heads[2].xpath("./a/@href")[0]
    assert turned.endswith("?q=boise&sort=-days&column=address&column=days")
    assert tree.xpath("//input[@name='column'][@checked]/@value") == ["address", "days"]


@pytest.mark.usefixtures("organiser")
def test_a_page_takes_as_many_queries_for_three_cities_as_for_one(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, event: Event, at: str
) -> None:
    other = cast.event(db, slug="other", in_series=event.series)
    office.registered(db, settings, clock, other, "Dijon", "Mayor")
    db.commit()
    taken = []
    for address in (at, f"/organise/events/{other.id}/people"):
        browser.get(address)
        with counted_queries() as statements:
            browser.get(address)
        taken.append(len(statements))
    assert taken[0] == taken[1]


@pytest.mark.usefixtures("organiser")
def test_two_thousand_people_come_in_pages(browser: Browser, db: Session, event: Event) -> None:
    at = f"/organise/events/{event.id}/people"
    delegation = db.query(Member).order_by(Member.id).first().delegation
    db.add_all(
        Member(
            delegation=delegation,
            name=f"Adviser {n:04}",
            address=f"{n}@example.org",
            days=[event.starts_on],
        )
        for n in range(2000)
    )
    db.commit()
    page = browser.get(f"{at}?q=adviser+example.org&sort=name&page=20")
    assert "Page 20 of 21" in page
    assert len(rows(page)) == 100
    assert "Send it again to all 2,002" in page


def test_a_file_holds_what_the_list_shows(
    browser: Browser,
    organiser: Account,
    at: str,
    event: Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "log", structlog.get_logger())  # one that is not bound yet
    ask = "?answer=ACCEPTED&column=address&column=days&column=answered"
    with capture_logs() as logs:
        answer = browser.client.get(f"{at}.csv{ask}")
    day = "2027-05-31"
    expected = [
        ["Name", "E-mail address", "Days", "Answered"],
        ["Mayor, Boise", "mayor@boise.example.org", day, "2026-11-21 13:00"],
    ]
    assert list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))) == expected
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    name = "attachment; filename=people-stockholm-2027-2026-11-22.csv"
    assert answer.headers["Content-Disposition"] == name
    [line] = [one for one in logs if one["event"] == "list exported"]
    assert (line["account"], line["of"], line["lines"]) == (organiser.id, event.slug, 1)
    assert "boise" not in str(line).lower()

    book = load_workbook(io.BytesIO(browser.client.get(f"{at}.xlsx{ask}").data))
    assert [[cell.value for cell in row] for row in book.active] == expected  # type: ignore[union-attr]


@pytest.mark.usefixtures("organiser")
def test_a_name_that_looks_like_a_formula_stays_a_name(
    browser: Browser, db: Session, at: str
) -> None:
    member = db.query(Member).order_by(Member.id).first()
    assert member is not None
    member.name, member.role = "=HYPERLINK(0)", "+32 2 555"
    db.commit()
    text = browser.client.get(f"{at}.csv?q=hyperlink&column=role").text
    assert text == "\ufeffName,Role\r\n'=HYPERLINK(0),'+32 2 555\r\n"
    book = load_workbook(io.BytesIO(browser.client.get(f"{at}.xlsx?q=hyperlink&column=role").data))
    assert [(one.value, one.data_type) for one in book.active[2]] == [  # type: ignore[index]
        ("=HYPERLINK(0)", "s"),
        ("+32 2 555", "s"),
    ]


def again(db: Session) -> list[tuple[str, str]]:
    found = db.query(OutboxMail).filter(OutboxMail.dedupe_key.startswith("again:"))
    found = found.order_by(OutboxMail.id).populate_existing()
    return [(one.to_address, one.state) for one in found]


@pytest.mark.usefixtures("organiser")
def test_letters_are_sent_again_after_a_look_and_wait_in_the_outbox(
    browser: Browser, db: Session, at: str
) -> None:
    numbers = [one.id for one in db.query(Member).order_by(Member.id)]
    preview = f"{at}/letters-again?" + "&".join(f"person={one}" for one in numbers)
    page = browser.get(preview)
    assert "4 people will be written to" in page
    left_out = html.document_fromstring(page).xpath("//table[2]/tbody/tr/td[2]")
    assert [one.text_content().strip() for one in left_out] == [
        "Is in the delegation no longer",
        "Is on the waiting list and has no invitation yet",
        "Is on the waiting list and has no invitation yet",
    ]
    assert again(db) == []  # nothing happens before the button is pressed

    answer = browser.post(f"{at}/letters-again", {"person": numbers}, at=preview)
    outbox = f"{at.removesuffix('/people')}/outbox/groups/again"
    assert (answer.status, answer.location) == (303, outbox)
    to = ["mayor@newark", "adviser@newark", "mayor@boise", "fire.chief@boise"]
    assert again(db) == [(f"{one}.example.org", "drafted") for one in to]
    page = browser.get(outbox)
    assert "4 letters wait in the outbox." in page
    assert "4 invitations sent once more" in page


@pytest.mark.usefixtures("organiser")
def test_everybody_in_the_list_is_chosen_by_what_it_shows(browser: Browser, at: str) -> None:
    page = browser.get(f"{at}/letters-again?whom=all&q=boise")
    assert "2 people will be written to" in page


@pytest.mark.usefixtures("organiser")
def test_nobody_chosen_leads_back_to_the_list(browser: Browser, at: str) -> None:
    for ask in ("", "?person=x", "?person=99999999999999999999", "?whom=all&q=nobody"):
        answer = browser.client.get(f"{at}/letters-again{ask}")
        assert (answer.status_code, answer.headers["Location"]) == (303, at)
    assert "Choose at least one person" in browser.get(at)
    assert browser.post(f"{at}/letters-again", at="/organise/series/new").status == 422


@pytest.mark.usefixtures("organiser")
def test_boxes_can_be_ticked_without_javascript(browser: Browser, at: str) -> None:
    ticked = html.document_fromstring(browser.get(f"{at}?ticked=yes&q=boise"))
    assert len(ticked.xpath("//input[@name='person'][@checked]")) == 2
    plain = html.document_fromstring(browser.get(f"{at}?q=boise"))
    assert plain.xpath("//input[@name='person'][@checked]") == []
    assert len(plain.xpath("//input[@name='person']")) == 2


def test_people_of_another_series_are_not_listed(
    browser: Browser, db: Session, sign_in_as: SignInAs, at: str
) -> None:
    """Control: of the own one they are, see above."""
    sign_in_as("organiser", cast.series(db, "other").id)
    for path in (at, f"{at}.csv", f"{at}.xlsx", f"{at}/letters-again?whom=all"):
        assert browser.client.get(path).status_code == 404


@pytest.mark.usefixtures("organiser")
def test_people_who_await_approval_are_in_the_list(
    browser: Browser,
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    at: str,
) -> None:
    """Control: those of a delegation that was turned down are not."""
    event.approves_delegations = True
    office.registered(db, settings, clock, event, "Bratislava", "Mayor")
    dijon = office.registered(db, settings, clock, event, "Dijon", "Mayor")
    assert dijon.delegation is not None
    dijon.delegation.state = "turned_down"
    db.commit()
    page = browser.get(at)
    assert rows(page)[2] == ["Mayor, Bratislava", "Mayor", "Bratislava", "", "", "Awaits approval"]
    assert len(rows(page)) == 7
    assert "Confirmed, waiting or to be approved" in page
