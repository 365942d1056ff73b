"""What an event's page says in each state."""

import re
import time
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service import sample
from events_service.config import Settings
from events_service.model import Event, Lineage, Report, ReportVersion
from events_service.web.public.cache import RECHECK
from tests import cast
from tests.conftest import SignInAs, TestClock

PAGE = "/events/stockholm-2027"


class Words(HTMLParser):
    """The text of a page as one line."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def words(html: str) -> str:
    parser = Words()
    parser.feed(html)
    return " ".join(" ".join(parser.parts).split())


def panel(html: str) -> str:
    """The words of the panel with dates and registration."""
    found = re.search(r'<aside class="ws-panel".*?</aside>', html, re.DOTALL)
    assert found is not None
    return words(found[0])


@pytest.fixture
def workshop(db: Session) -> Event:
    made = cast.event(db)
    db.commit()
    return made


FACTS = (
    "Dates Monday 31 May to Wednesday 2 June 2027 Place City Hall, Stockholm Main Square 1 "
    "Spoken English Starts, Stockholm 09:00 UTC+2 In your city choose a city "
)


@pytest.mark.usefixtures("workshop")
def test_open(client: FlaskClient) -> None:
    assert panel(client.get(PAGE).text) == FACTS + (
        "60 of 60 places are free. Register your delegation "
        "By Sunday 2 May 2027, 00:00 (Stockholm). "
        "Takes about ten minutes, and you can stop and come back."
    )


def test_full(client: FlaskClient, db: Session, workshop: Event) -> None:
    workshop.seats_taken = workshop.capacity
    db.commit()
    page = client.get(PAGE).text
    assert panel(page) == FACTS + (
        "All 60 places are taken; new delegations go on the waiting list. Join the waiting list ."
    )
    assert 'href="/events/stockholm-2027/register"' in page


@pytest.mark.usefixtures("workshop")
@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (
            datetime(2027, 5, 1, 22, tzinfo=UTC),
            "Registration closed on Sunday 2 May 2027, 00:00 (Stockholm). "
            "Write to the secretariat .",
        ),
        (
            datetime(2027, 6, 1, 8, tzinfo=UTC),
            "This workshop is under way. Write to the secretariat .",
        ),
    ],
)
def test_closed(client: FlaskClient, clock: TestClock, now: datetime, sentence: str) -> None:
    clock.now = now
    page = client.get(PAGE).text
    assert panel(page) == FACTS + sentence
    assert "/register" not in page


@pytest.mark.usefixtures("workshop")
def test_past(client: FlaskClient, clock: TestClock) -> None:
    clock.now = datetime(2027, 7, 1, tzinfo=UTC)
    facts = FACTS.replace("In your city choose a city ", "")
    page = client.get(PAGE).text
    assert panel(page) == facts + "This workshop is over. Write to the secretariat ."
    assert "Good to know" not in page


def test_past_with_its_report(
    client: FlaskClient, db: Session, workshop: Event, clock: TestClock, sign_in_as: SignInAs
) -> None:
    clock.now = datetime(2027, 7, 1, tzinfo=UTC)
    publish_report(db, workshop, clock.now, sign_in_as("staff").id)
    page = client.get(PAGE).text
    assert "This workshop is over, and its report is published. Read the report" in panel(page)
    assert 'href="/reports/stockholm-2027"' in page


def publish_report(db: Session, event: Event, moment: datetime, account_id: int) -> None:
    version = ReportVersion(
        number=1,
        document={},
        digest="0" * 64,
        pdf=b"%PDF",
        published_at=moment,
        published_by_id=account_id,
    )
    db.add(Report(event_id=event.id, state="draft", requested_at=moment, versions=[version]))
    db.commit()


def test_cancelled(client: FlaskClient, db: Session, workshop: Event, clock: TestClock) -> None:
    workshop.cancelled_at = clock.now
    db.commit()
    page = client.get(PAGE).text
    assert panel(page).endswith(
        "This workshop was cancelled. Nobody needs to do anything; delegations were written to. "
        "Write to the secretariat ."
    )
    assert "/register" not in page


def test_a_draft_is_not_there(client: FlaskClient, db: Session) -> None:
    cast.event(db, slug="hidden", published=False)
    cast.event(db, slug="shown")
    db.commit()
    assert [client.get(f"/events/{slug}").status_code for slug in ("hidden", "shown", "none")] == [
        404,
        200,
        404,
    ]
    assert client.get("/events/hidden?clock=newark").status_code == 404


@pytest.mark.usefixtures("workshop")
def test_the_agenda_by_day(client: FlaskClient) -> None:
    text = words(client.get(PAGE).text)
    agenda = text[text.index("Agenda") : text.index("Good to know")].strip()
    assert agenda == (
        "Agenda "
        "Monday 31 May Day one Stockholm Session 09:00 – 17:00 Working day 1 "
        "Tuesday 1 June Day two Stockholm Session 09:00 – 17:00 Working day 2 "
        "Wednesday 2 June Day three Stockholm Session 09:00 – 17:00 Working day 3"
    )


@pytest.mark.usefixtures("workshop")
def test_the_reader_s_clock_stands_beside(client: FlaskClient, db: Session) -> None:
    cast.city(db, "Newark")
    db.commit()
    text = words(client.get(f"{PAGE}?clock=newark").text)
    assert "Starts, Stockholm 09:00 UTC+2 In Newark 03:00 UTC−4 change city" in text
    assert "Stockholm Newark Session 09:00 – 17:00 03:00 – 11:00 Working day 1" in text


def test_a_session_on_another_day_there_says_so(client: FlaskClient, db: Session) -> None:
    cast.event(db, host="Boise", starts_on=datetime(2027, 6, 7, tzinfo=UTC).date(), days=1)
    late = db.scalars(select(Event)).one()
    late.sessions[0].starts = late.sessions[0].starts.replace(hour=16)
    cast.city(db, "Stockholm")
    db.commit()
    text = words(client.get("/events/boise-2027?clock=stockholm").text)
    assert "16:00 – 17:00 00:00 – 01:00 the next day Working day 1" in text


@pytest.mark.usefixtures("workshop")
def test_clocks_of_the_network_are_offered_and_that_of_a_guest_only_when_asked_for(
    client: FlaskClient, db: Session
) -> None:
    cast.city(db, "Newark")
    cast.city(db, "Dijon")  # no member
    db.commit()
    assert re.findall(r'<option value="([^"]*)">([^<]+)', client.get(PAGE).text) == [
        ("", "The workshop’s time only"),
        ("America/New_York", "New York (Newark)"),
        ("Europe/Stockholm", "Stockholm"),
    ]
    asked = client.get(f"{PAGE}?clock=dijon").text
    assert '<option value="Europe/Paris">Paris (Dijon)</option>' in asked
    assert "In Dijon" not in words(asked)  # where it is as late as in Stockholm


@pytest.mark.usefixtures("workshop")
def test_a_clock_of_no_city_is_not_shown(client: FlaskClient) -> None:
    text = words(client.get(f"{PAGE}?clock=%3Cscript%3E").text)
    assert "Starts, Stockholm 09:00 UTC+2 In your city choose a city" in text


@pytest.mark.usefixtures("workshop")
def test_nothing_about_the_reader_is_kept(client: FlaskClient, sign_in_as: SignInAs) -> None:
    sign_in_as("administrator")
    answer = client.get(PAGE)
    assert "Administrator of the network" not in answer.text
    assert "csrf" not in answer.text
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Language, Cookie"


def test_text_of_organisers_is_inert(client: FlaskClient, db: Session, workshop: Event) -> None:
    workshop.title = "<script>alert(1)</script>"
    workshop.summary = "<b>bold</b> & {{ 7 * 7 }}"
    db.commit()
    page = client.get(PAGE).text
    assert "<script>alert" not in page
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; {{ 7 * 7 }}" in page


def test_stockholm_of_the_sample(
    client: FlaskClient, db: Session, settings: Settings, clock: TestClock
) -> None:
    sample.load(db, settings, clock.now)
    db.commit()
    text = words(client.get("/events/stockholm-2024").text)
    for part in (
        "Third workshop of the series · Transatlantic Dialogue Initiative City-Led Strategies",
        "Monday 3 to Wednesday 5 June 2024 Place City Hall, Stockholm",
        "Spoken English and Swedish Starts, Stockholm 09:00 UTC+2 This workshop is over.",
        "Themes Changing threat landscape, national-local cooperation,",
        "Partners City of Stockholm Host city Swedish Ministry of Justice Donors",
        "United States Embassy in Stockholm European Union",
        "Builds on What was learnt there Bratislava 6 – 7 March 2024",
        "Columbus, Ohio 17 – 19 September 2024 Cape Town 3 – 5 December 2024",
    ):
        assert part in text


def test_a_summit_stands_for_itself(client: FlaskClient, db: Session, workshop: Event) -> None:
    workshop.programme = "Global Summit"
    db.commit()
    assert "First workshop of the series · Global Summit Public" in words(client.get(PAGE).text)
    workshop.kind, workshop.revision = "summit", workshop.revision + 1
    db.commit()
    time.sleep(RECHECK)
    text = words(client.get(PAGE).text)
    assert "of the series" not in text
    assert "Global Summit Public space" in text


def test_a_later_edition_builds_on_the_earlier_one(
    client: FlaskClient, db: Session, workshop: Event
) -> None:
    earlier = cast.event(db, host="Bratislava", slug="before", starts_on=workshop.starts_on)
    earlier.starts_on = earlier.ends_on = workshop.starts_on - timedelta(days=1092)
    hidden = cast.event(db, host="Newark", slug="unseen", published=False)
    workshop.previous_edition_id = earlier.id
    db.add(Lineage(from_event_id=hidden.id, to_event_id=workshop.id))
    db.commit()
    page = client.get(PAGE).text
    assert "Builds on What was learnt there Bratislava 3 June 2024" in words(page)
    assert "Newark" not in page[page.index("Builds on") : page.index("Good to know")]
    assert "Informs Where it is taken up Stockholm 31 May" in words(
        client.get("/events/before").text
    )
