"""All cities of the network as a list, and the way from it to an invitation."""

import csv
import io
from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy.orm import Session

from events_service.model import City, Contact, Event
from events_service.web.forms import cities as forms
from tests import cast
from tests.conftest import Browser, SignInAs, TestClock

AT = "/organise/cities"


@pytest.fixture
def event(db: Session, clock: TestClock) -> Event:
    made = cast.event(db)
    cast.invited(db, made, "Newark", at=clock.now)
    dijon = cast.city(db, "Dijon")
    dijon.name, dijon.contacts = "Dîjon", []
    newark = cast.city(db, "Newark")
    newark.subdivision = "New Jersey"
    newark.contacts.append(Contact(name="+1 973", role="=Deputy", address="b@newark.example.org"))
    db.commit()
    return made


def rows(page: str) -> list[list[str]]:
    found = html.document_fromstring(page).xpath("//table[contains(@class,'ws-listing')]/tbody/tr")
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th | ./td[position()>1]")]
        for row in found
    ]


def names(browser: Browser, ask: str = "") -> list[str]:
    return [row[0] for row in rows(browser.get(f"{AT}?{ask}"))]


@pytest.mark.usefixtures("event")
def test_cities_members_or_not(browser: Browser, sign_in_as: SignInAs) -> None:
    sign_in_as("staff")
    assert names(browser) == ["Dîjon", "Newark, New Jersey", "Stockholm"]
    assert names(browser, "member=no") == names(browser, "people=no") == ["Dîjon"]
    assert names(browser, "q=dijon") == ["Dîjon"]
    assert names(browser, "q=head+stockholm") == ["Stockholm"]
    assert names(browser, "country=US") == ["Newark, New Jersey"]
    assert names(browser, "sort=-country")[0] == "Newark, New Jersey"
    [stockholm] = rows(browser.get(f"{AT}?q=stockholm&column=timezone&column=place&column=people"))
    head = "Head of international affairs, Stockholmstockholm@cities.example.org"
    assert stockholm == ["Stockholm", head, "Europe/Stockholm", "59.33, 18.07"]


def test_when_a_city_was_invited_is_known_to_who_works_on_that_series(
    browser: Browser, sign_in_as: SignInAs, event: Event, db: Session
) -> None:
    sign_in_as("organiser", event.series_id)
    invited = f"{AT}?q=newark&column=invited"
    assert rows(browser.get(invited)) == [["Newark, New Jersey", "22 November 2026"]]
    sign_in_as("organiser", cast.series(db, "other").id)
    assert rows(browser.get(invited)) == [["Newark, New Jersey", ""]]


@pytest.mark.usefixtures("event")
def test_a_file_has_a_line_for_each_focal_point(browser: Browser, sign_in_as: SignInAs) -> None:
    sign_in_as("staff")
    answer = browser.client.get(f"{AT}.csv?column=people&column=member")
    name = "attachment; filename=cities-2026-11-22.csv"
    assert answer.headers["Content-Disposition"] == name
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    head = "Head of international affairs"
    since = "2024-01-01"
    assert lines == [
        ["City", "State or region", "Member since", "Focal point", "Role", "E-mail address"],
        ["Dîjon", "", "", "", "", ""],
        ["Newark", "New Jersey", since, f"{head}, Newark", head, "newark@cities.example.org"],
        ["Newark", "New Jersey", since, "'+1 973", "'=Deputy", "b@newark.example.org"],
        ["Stockholm", "", since, f"{head}, Stockholm", head, "stockholm@cities.example.org"],
    ]


def test_only_staff_take_the_list_away(
    browser: Browser, sign_in_as: SignInAs, event: Event
) -> None:
    """Control: staff do, see above. Organisers see the list and no way to export or import it."""
    sign_in_as("organiser", event.series_id)
    for path in (f"{AT}.csv", f"{AT}.xlsx", "/staff/cities/import"):
        assert browser.client.get(path).status_code == 404
    page = browser.get(AT)
    assert "cities.csv" not in page and "/staff/cities/import" not in page


def test_chosen_cities_are_ticked_where_they_are_invited(
    browser: Browser, sign_in_as: SignInAs, event: Event, db: Session, clock: TestClock
) -> None:
    sign_in_as("organiser", event.series_id)
    other = cast.event(db, slug="of-others", in_series=cast.series(db, "other"))
    closed = cast.event(db, slug="closed")
    closed.registration_closes_at = clock.now - timedelta(days=1)
    db.commit()
    dijon = cast.city(db, "Stockholm").id
    page = html.document_fromstring(browser.get(f"{AT}/invite?city={dijon}"))
    links = page.xpath("//main//table//a/@href")
    assert links == [f"/organise/events/{event.id}/cities/invite?city={dijon}"]
    assert other.id != event.id
    form = html.document_fromstring(browser.get(links[0]))
    assert form.xpath("//input[@type='checkbox'][@checked]/@id") == [f"city-{dijon}"]
    answer = browser.client.get(f"{AT}/invite")
    assert (answer.status_code, answer.headers["Location"]) == (303, AT)


def test_with_many_cities_only_the_chosen_ones_are_offered(
    browser: Browser, sign_in_as: SignInAs, event: Event, db: Session
) -> None:
    sign_in_as("staff")
    for number in range(forms.MOST_CITIES + 1):
        db.add(
            City(
                slug=f"c-{number}",
                name=f"City {number}",
                country="SE",
                latitude=0,
                longitude=0,
                timezone="Europe/Stockholm",
            )
        )
    db.commit()
    invite = f"/organise/events/{event.id}/cities/invite"
    answer = browser.client.get(invite)
    assert (answer.status_code, answer.headers["Location"]) == (303, AT)
    number = cast.city(db, "Stockholm").id
    form = html.document_fromstring(browser.get(f"{invite}?city={number}"))
    assert form.xpath("//table//input[@type='checkbox']/@id") == [f"city-{number}"]
    assert len(rows(browser.get(AT))) == 100


def test_a_network_without_cities(browser: Browser, sign_in_as: SignInAs, db: Session) -> None:
    db.query(City).delete()
    sign_in_as("staff")
    assert "No city yet" in browser.get(AT)
