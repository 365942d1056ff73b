"""Importing cities: the list is read, shown, and carried out whole or not at all."""

import io
import re
from datetime import timedelta

import pytest
from lxml import html
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from events_service.domain.importing.lines import HEADINGS
from events_service.model import City, CityImport, Contact
from events_service.sheets.reading import MOST_BYTES, OLD_EXCEL, TOO_LARGE, sheet_in
from events_service.sheets.table import Table
from events_service.sheets.writing import as_csv, as_xlsx
from tests import cast
from tests.conftest import Answer, Browser, SignInAs, TestClock

AT = "/staff/cities/import"
ROWS = [
    [
        "Łódź",
        "",
        "Poland",
        51.76,
        19.46,
        "Europe/Warsaw",
        "",
        "2021-10-01",
        "A",
        "",
        "a@lodz.example.org",
    ],
    ["Stockholm", "", "SE", "", "", "Europe/Oslo", "sv", "", "", "", ""],
]
LIST = Table(list(HEADINGS.values()), ROWS)


@pytest.fixture(autouse=True)
def _staff(sign_in_as: SignInAs, db: Session) -> None:
    cast.city(db, "Stockholm")
    db.commit()
    sign_in_as("staff")


def sent(browser: Browser, content: bytes, name: str = "cities.csv") -> Answer:
    return browser.post(AT, {"file": (io.BytesIO(content), name)})


def cells(page: str) -> list[list[str]]:
    return [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in html.document_fromstring(page).xpath("//main//table/tbody/tr")
    ]


def confirmed(browser: Browser, path: str) -> Answer:
    read = re.search(r'name="read" value="(\w+)"', browser.get(path))
    assert read is not None
    return browser.post(path, {"read": read[1]})


@pytest.mark.parametrize("content", [as_csv(LIST), as_xlsx(LIST, "Cities")])
def test_a_list_is_shown_and_then_imported(browser: Browser, db: Session, content: bytes) -> None:
    answer = sent(browser, content)
    assert answer.status == 303
    page = browser.get(answer.location)
    assert "One new city, one city changes and one new focal point." in " ".join(page.split())
    assert cells(page) == [
        [
            "Łódź",
            "New city",
            "",
            "City: Łódź; Country: Poland; Latitude: 51.76; Longitude: 19.46; "
            "Time zone: Europe/Warsaw; Member since: 1 October 2021",
            "2",
        ],
        ["Łódź", "New focal point", "A", "Focal point: A; E-mail address: a@lodz.example.org", "2"],
        [
            "Stockholm",
            "City changes",
            "",
            "Time zone: Europe/Stockholm → Europe/Oslo; Language of letters: Swedish",
            "3",
        ],
    ]
    assert db.query(City).count() == 1  # nothing happens before the button is pressed

    answer = confirmed(browser, answer.location)
    assert answer.status == 303
    page = browser.get(answer.location)
    assert "The list is imported" in page and "Nobody was written to." in page
    db.expire_all()
    assert [(one.name, one.timezone) for one in db.query(City).order_by(City.name)] == [
        ("Stockholm", "Europe/Oslo"),
        ("Łódź", "Europe/Warsaw"),
    ]
    assert db.query(Contact).filter_by(address="a@lodz.example.org").one().city.name == "Łódź"
    assert db.query(CityImport).one().lines == []


def test_the_preview_is_narrowed_like_any_list(browser: Browser) -> None:
    path = sent(browser, as_csv(LIST)).location
    assert [row[0] for row in cells(browser.get(f"{path}?kind=city_changed"))] == ["Stockholm"]
    assert [row[0] for row in cells(browser.get(f"{path}?q=lodz.example"))] == ["Łódź"]


def test_problems_stand_by_line_and_column_and_nothing_is_kept(
    browser: Browser, db: Session
) -> None:
    table = Table(list(HEADINGS.values()), [*ROWS, ["Malmö", "", "Nowhere", *[""] * 8]])
    answer = sent(browser, as_csv(table))
    assert answer.status == 422
    assert cells(answer.text) == [
        [
            "Line 4",
            "Country",
            "We know no country called “Nowhere”. Write its English name or two letters, like SE",
        ]
    ]
    assert (db.query(CityImport).count(), db.query(City).count()) == (0, 1)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Choose a file"),
        (b"\xd0\xcf\x11\xe0 as Excel wrote it long ago", OLD_EXCEL),
        (b"Name\r\nNewark\r\n", "nothing of it is imported"),
    ],
)
def test_a_file_that_cannot_be_read(browser: Browser, content: bytes, why: str) -> None:
    answer = browser.post(AT, {"file": (io.BytesIO(content), "x.csv")} if content else {})
    assert answer.status == 422
    assert str(why) in answer.text


def sent_raw(browser: Browser, content: bytes) -> tuple[int, str]:
    """As a browser sends it: the client of the tests leaves its own temporary files open."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(AT))
    assert token is not None
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
    answer = browser.client.post(
        AT,
        data=head + content + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        headers={"X-CSRFToken": token[1]},
    )
    return answer.status_code, answer.text


def test_a_file_may_have_two_megabytes_and_other_forms_less(browser: Browser) -> None:
    status, page = sent_raw(browser, b"x" * (MOST_BYTES + 1))
    assert (status, str(TOO_LARGE) in page) == (422, True)
    status, page = sent_raw(browser, b"City,Country\r\n" + b" ,\r\n" * 400_000)
    assert (status, "no line below them" in page) == (422, True)
    assert sent_raw(browser, b"x" * (MOST_BYTES + 200_000))[0] == 413
    assert browser.post("/sign-in", {"address": "x" * 1_100_000}, at=AT).status == 413


def test_cities_that_changed_since_are_looked_at_anew(browser: Browser, db: Session) -> None:
    path = sent(browser, as_csv(LIST)).location
    read = re.search(r'name="read" value="(\w+)"', browser.get(path))
    assert read is not None
    cast.city(db, "Stockholm").timezone = "Europe/Riga"
    db.commit()
    answer = browser.post(path, {"read": read[1]})
    assert answer.status == 409
    assert "Cities were changed since you looked" in answer.text
    assert db.query(City).count() == 1
    assert confirmed(browser, path).status == 303
    assert db.query(City).count() == 2


def test_a_list_that_fits_no_longer_says_why(browser: Browser, db: Session) -> None:
    path = sent(browser, as_csv(LIST)).location
    db.delete(cast.city(db, "Stockholm"))
    db.commit()
    page = browser.get(path, 409)
    assert "The list can no longer be imported" in page
    assert ["Line 3", "Latitude", "Stockholm is new, so this is needed"] in cells(page)


def test_a_list_is_put_aside_or_forgotten(
    browser: Browser, db: Session, clock: TestClock, sign_in_as: SignInAs
) -> None:
    path = sent(browser, as_csv(LIST)).location
    assert browser.post(f"{path}/drop", at=path).location == AT
    assert "nothing was imported" in browser.get(AT)
    assert browser.get(path, 404)
    path = sent(browser, as_csv(LIST)).location
    clock.advance(timedelta(days=1))
    sign_in_as("staff")
    assert "no longer kept" in browser.get(path, 404)
    assert db.query(City).count() == 1


def test_the_template_has_the_headings_and_is_a_list_that_lacks_lines(browser: Browser) -> None:
    csv_file = browser.client.get(f"{AT}/template.csv")
    assert sheet_in(csv_file.data).lines[0].cells == tuple(HEADINGS.values())
    xlsx = browser.client.get(f"{AT}/template.xlsx")
    sheet = load_workbook(io.BytesIO(xlsx.data)).active
    assert [cell.value for cell in sheet[1]] == list(HEADINGS.values())  # type: ignore[index]
    assert sent(browser, csv_file.data).status == 422


def test_the_list_as_exported_changes_nothing(browser: Browser) -> None:
    for kind in ("csv", "xlsx"):
        exported = browser.client.get(f"/organise/cities.{kind}").data
        assert "The list changes nothing" in browser.get(sent(browser, exported).location)


def test_the_list_as_it_is_now_puts_changed_values_back(browser: Browser, db: Session) -> None:
    """It has all columns that an import reads, unlike the list as it is usually shown."""
    links = html.document_fromstring(browser.get(AT)).xpath("//a[text()='Take the list as it is']")
    [taken] = [browser.client.get(one.get("href")).data for one in links]
    headings = sheet_in(taken).lines[0].cells
    assert set(headings) == {str(title) for title in HEADINGS.values()}
    changes = Table(
        ["City", "Country", "Latitude", "Time zone"], [["Stockholm", "SE", 60.5, "Europe/Riga"]]
    )
    assert confirmed(browser, sent(browser, as_csv(changes)).location).status == 303
    assert confirmed(browser, sent(browser, taken).location).status == 303
    db.expire_all()
    stockholm = cast.city(db, "Stockholm")
    assert (stockholm.latitude, stockholm.timezone) == (59.33, "Europe/Stockholm")
