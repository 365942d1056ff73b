"""A person's own calendar: the file of their invitation, and an address only they hold."""

import re
from datetime import time, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.model import CalendarFeed, CityInvitation, Event, Member
from events_service.tokens import token_for
from tests import cast, office
from tests.conftest import SECRET, Browser, TestClock
from tests.itip.test_feed import events_in, unfolded

ADDRESS = re.compile(r'value="http://localhost(/calendar/[a-z2-7]{32}\.ics)"')


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db)


@pytest.fixture
def newark(db: Session, settings: Settings, clock: TestClock, event: Event) -> CityInvitation:
    return office.registered(db, settings, clock, event, "Newark", "Mayor", "Liaison")


@pytest.fixture
def mayor(db: Session, newark: CityInvitation) -> Member:
    db.commit()
    return office.people_of(newark)[0]


def page_of(member: Member) -> str:
    return f"/a/{token_for(SECRET, 'answ', member.id)}/calendar"


def address_of(browser: Browser, member: Member) -> str:
    assert browser.post(page_of(member)).location.endswith("/calendar")
    found = ADDRESS.search(browser.get(page_of(member)))
    assert found is not None
    return found[1]


def test_the_file_is_the_invitation_without_anybody_s_name(browser: Browser, mayor: Member) -> None:
    answer = browser.client.get(f"{page_of(mayor)}.ics")
    [invitation] = mayor.invitations
    assert answer.headers["Content-Disposition"] == 'attachment; filename="stockholm-2027.ics"'
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert not re.search(b"METHOD|ATTENDEE|ORGANIZER|rsvp|[Mm]ayor", answer.data)
    [found] = events_in(answer.data)
    assert found == [
        f"UID:{invitation.uid}",
        "DTSTAMP:20261122T120000Z",
        "LAST-MODIFIED:20261122T120000Z",
        "SEQUENCE:0",
        "DTSTART;TZID=Europe/Stockholm:20270531T090000",
        "DTEND;TZID=Europe/Stockholm:20270531T170000",
        "RRULE:FREQ=DAILY;COUNT=3",
        "SUMMARY:Public space and trust\\, Stockholm",
        "LOCATION:City Hall\\, Main Square 1\\, Stockholm\\, Sweden",
        found[9],
        "URL:http://localhost/events/stockholm-2027",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
    ]
    assert "09:00\u00a0–\u00a017:00  Working day 1" in found[9]


def test_an_address_is_made_by_pressing_and_never_by_looking(
    browser: Browser, db: Session, mayor: Member
) -> None:
    answer_page = browser.get(page_of(mayor).removesuffix("/calendar"))
    assert f'href="{page_of(mayor)}"' in answer_page
    page = browser.get(page_of(mayor))
    assert "Make my calendar address" in page and not ADDRESS.search(page)
    assert db.query(CalendarFeed).count() == 0
    path = address_of(browser, mayor)
    assert f'href="webcal://localhost{path}"' in browser.get(page_of(mayor))
    answer = browser.client.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-cache")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "NAME:My workshops · Network of Cities" in unfolded(answer.data)
    assert [one[0] for one in events_in(answer.data)] == [f"UID:{mayor.invitations[0].uid}"]


def test_an_ended_address_says_so_and_a_new_one_is_another(browser: Browser, mayor: Member) -> None:
    old = address_of(browser, mayor)
    end = f"{page_of(mayor)}/end"
    assert "End your calendar address?" in browser.get(end)
    assert browser.client.get(old).status_code == 200, "looking ends nothing"
    assert browser.post(end).status == 303
    assert "The address is ended" in browser.get(page_of(mayor))
    refused = browser.client.get(old)
    assert (refused.status_code, refused.mimetype) == (410, "text/html")
    assert "This calendar address was ended." in refused.text
    assert browser.client.get(end).status_code == 303, "there is nothing to end"
    new = address_of(browser, mayor)
    assert new != old
    assert [browser.client.get(path).status_code for path in (new, old)] == [200, 410]
    unknown = browser.client.get(f"/calendar/{'a' * 32}.ics")
    assert (unknown.status_code, "is not one of ours" in unknown.text) == (410, True)


def test_another_at_the_same_address_sees_nothing_of_it(
    browser: Browser, db: Session, newark: CityInvitation
) -> None:
    mayor, liaison = office.people_of(newark)
    liaison.address = mayor.address
    db.commit()
    paths = [address_of(browser, one) for one in (mayor, liaison)]
    shown = [[one[0] for one in events_in(browser.client.get(path).data)] for path in paths]
    assert shown == [[f"UID:{one.invitations[0].uid}"] for one in (mayor, liaison)]


def test_all_workshops_of_a_person_are_there(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, mayor: Member
) -> None:
    path = address_of(browser, mayor)
    first = browser.client.get(path)
    later = cast.event(db, host="Bratislava")
    again = office.people_of(office.registered(db, settings, clock, later, "Newark", "Mayor"))[0]
    db.commit()
    answer = browser.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert [one[0] for one in events_in(answer.data)] == [
        f"UID:{one.invitations[0].uid}" for one in (mayor, again)
    ]


def test_a_cancelled_invitation_stays_as_such(
    browser: Browser, db: Session, clock: TestClock, mayor: Member
) -> None:
    path = address_of(browser, mayor)
    [invitation] = mayor.invitations
    clock.advance(timedelta(days=1))
    invitation.cancelled_at = invitation.changed_at = clock.now
    invitation.sequence += 1
    db.commit()
    answer = browser.client.get(path)
    [found] = events_in(answer.data)
    assert found[1:4] == [
        "DTSTAMP:20261123T120000Z",
        "LAST-MODIFIED:20261123T120000Z",
        "SEQUENCE:1",
    ]
    assert found[-2:] == ["STATUS:CANCELLED", "TRANSP:TRANSPARENT"]
    assert answer.headers["Last-Modified"] == "Mon, 23 Nov 2026 12:00:00 GMT"
    assert browser.client.get(f"{page_of(mayor)}.ics").status_code == 404
    assert "Download the file" not in browser.get(page_of(mayor))


def test_what_a_person_declines_blocks_no_time(
    browser: Browser, db: Session, clock: TestClock, mayor: Member
) -> None:
    path = address_of(browser, mayor)
    before = browser.client.get(path)
    clock.advance(timedelta(hours=1))
    [invitation] = mayor.invitations
    invitation.partstat, invitation.answered_at = "DECLINED", clock.now
    db.commit()
    since = {"If-Modified-Since": before.headers["Last-Modified"]}
    [found] = events_in(browser.client.get(path, headers=since).data)
    assert (found[1], found[-2:]) == (
        "DTSTAMP:20261122T120000Z",
        ["STATUS:CONFIRMED", "TRANSP:TRANSPARENT"],
    )


def test_a_person_invited_to_a_session_sees_that(
    browser: Browser, db: Session, event: Event, mayor: Member
) -> None:
    path = address_of(browser, mayor)
    event.calendar_style = "each_session"
    event.sessions[1].starts = time(14)
    mayor.session_ids = [event.sessions[1].id]
    mayor.invitations[0].session_id = event.sessions[1].id
    mayor.invitations[0].days = [event.sessions[1].held_on]
    event.revision += 1
    db.commit()
    [found] = events_in(browser.client.get(path).data)
    assert found[4] == "DTSTART;TZID=Europe/Stockholm:20270601T140000"
    assert "SUMMARY:Working day 2 — Public space and trust\\, Stockholm" in found


def test_the_same_state_is_sent_once(browser: Browser, mayor: Member) -> None:
    path = address_of(browser, mayor)
    first, again = browser.client.get(path), browser.client.get(path)
    assert (first.data, first.headers["ETag"]) == (again.data, again.headers["ETag"])
    for name, value in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        answer = browser.client.get(path, headers={name: first.headers[value]})
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["Cache-Control"] == "private, no-cache"
    assert browser.client.head(path).status_code == 200


def test_nobody_makes_an_address_by_somebody_else_s_number(
    browser: Browser, db: Session, mayor: Member
) -> None:
    forged = f"/a/{token_for('another secret', 'answ', mayor.id)}/calendar"
    form = {"csrf_token": re.findall('csrf_token" value="([^"]+)"', browser.get("/sign-in"))[0]}
    assert browser.client.get(forged).status_code == 410
    assert browser.client.get(f"{forged}.ics").status_code == 410
    assert browser.client.post(forged, data=form).status_code == 410
    assert browser.client.post(f"{forged}/end", data=form).status_code == 410
    assert db.query(CalendarFeed).count() == 0


def test_a_calendar_speaks_as_its_person_does_and_follows_another_choice(
    browser: Browser, db: Session, mayor: Member
) -> None:
    path = address_of(browser, mayor)
    first = browser.client.get(path, headers={"Accept-Language": "sk"})
    assert "Monday 31\u00a0May" in "\n".join(unfolded(first.data))
    mayor.language = "fr"
    db.commit()
    known = {"If-None-Match": first.headers["ETag"], "Accept-Language": "sk"}
    answer = browser.client.get(path, headers=known)
    assert answer.status_code == 200
    assert "Lundi 31\u00a0mai" in "\n".join(unfolded(answer.data))


def test_the_address_keeps_the_language_of_its_page(browser: Browser, mayor: Member) -> None:
    """The entries themselves speak that of the invited person."""
    browser.post(page_of(mayor))
    browser.client.set_cookie("language", "sv")
    found = re.search(
        r'value="http://localhost(/calendar/\S+\.ics\?lang=sv)"', browser.get(page_of(mayor))
    )
    assert found is not None
    names = [
        next(line for line in unfolded(browser.client.get(path).data) if line.startswith("NAME:"))
        for path in (found[1], found[1].partition("?")[0])
    ]
    assert names == [
        "NAME:Mina workshoppar · Network of Cities",
        "NAME:My workshops · Network of Cities",
    ]
