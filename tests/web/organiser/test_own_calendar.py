"""An organiser's own calendar: their series, drafts too, counts of answers and nobody's name."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.answers import answer
from events_service.model import Event, SeriesGrant
from tests import cast, office
from tests.conftest import Browser, SignInAs, TestClock
from tests.itip.test_feed import events_in, unfolded
from tests.web.public.test_series_page import counted_queries

ADDRESS = re.compile(r'value="http://localhost(/calendar/[a-z2-7]{32}\.ics)"')
PAGE = "/organise/calendar"


@pytest.fixture
def event(db: Session) -> Event:
    made = cast.event(db)
    db.commit()
    return made


def address_of(browser: Browser) -> str:
    assert browser.post(PAGE).status == 303
    found = ADDRESS.search(browser.get(PAGE))
    assert found is not None
    return found[1]


def descriptions(ics: bytes) -> list[str]:
    return [
        line.removeprefix("DESCRIPTION:")
        for one in events_in(ics)
        for line in one
        if line.startswith("DESCRIPTION:")
    ]


def test_an_address_is_made_ended_and_made_anew(
    browser: Browser, event: Event, sign_in_as: SignInAs
) -> None:
    sign_in_as("organiser", event.series_id)
    assert 'href="/organise/calendar"' in browser.get("/organise")
    assert not ADDRESS.search(browser.get(PAGE))
    assert browser.client.get(f"{PAGE}/end").status_code == 303
    old = address_of(browser)
    assert "End your calendar address?" in browser.get(f"{PAGE}/end")
    assert "The workshops you work on" in browser.get(PAGE)
    assert browser.client.get(old).status_code == 200
    browser.post(f"{PAGE}/end")
    assert "The address is ended" in browser.get(PAGE)
    new = address_of(browser)
    assert [browser.client.get(path).status_code for path in (old, new)] == [410, 200]


def test_only_their_series_and_drafts_as_tentative(
    browser: Browser, db: Session, event: Event, clock: TestClock, sign_in_as: SignInAs
) -> None:
    draft = cast.event(db, host="Bratislava", published=False)
    cast.event(db, slug="elsewhere", in_series=cast.series(db, "other"))
    sign_in_as("organiser", event.series_id)
    answer = browser.client.get(address_of(browser))
    shown = {one[0]: one for one in events_in(answer.data)}
    assert "NAME:Workshops I organise · Network of Cities" in unfolded(answer.data)
    assert list(shown) == [f"UID:event-{one.id}-1@events.example.org" for one in (event, draft)]
    assert "STATUS:TENTATIVE" in shown[f"UID:event-{draft.id}-1@events.example.org"]
    assert (
        f"DTSTAMP:{clock.now:%Y%m%dT%H%M%SZ}" in shown[f"UID:event-{draft.id}-1@events.example.org"]
    )
    assert descriptions(answer.data) == [
        "Nobody is named yet.\\n"
        f"Who is coming: http://localhost/organise/events/{event.id}\\n"
        "Public page: http://localhost/events/stockholm-2027",
        "A draft: only organisers see it.\\nNobody is named yet.\\n"
        f"Who is coming: http://localhost/organise/events/{draft.id}",
    ]


def test_answers_are_counted_and_nobody_is_named(
    browser: Browser,
    db: Session,
    settings: Settings,
    event: Event,
    clock: TestClock,
    sign_in_as: SignInAs,
) -> None:
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor", "Liaison", "Adviser")
    sign_in_as("organiser", event.series_id)
    path = address_of(browser)
    before = browser.client.get(path)
    assert "3 people are named: 3 no answer yet." in descriptions(before.data)[0]
    mayor, liaison, _ = office.people_of(newark)
    clock.advance(timedelta(minutes=1))
    answer(mayor, {mayor.invitations[0].id: "ACCEPTED"}, now=clock.now)
    first = event.starts_on
    each = dict.fromkeys(liaison.invitations[0].days, "ACCEPTED") | {first: "TENTATIVE"}
    answer(liaison, {liaison.invitations[0].id: each}, now=clock.now)
    db.commit()
    after = browser.client.get(path, headers={"If-None-Match": before.headers["ETag"]})
    told = "3 people are named: 1 will come\\, 1 perhaps\\, 1 no answer yet."
    assert told in descriptions(after.data)[0]
    everybody = [one.name.split(",")[0] for one in office.people_of(newark)]
    assert [name for name in [*everybody, "Newark", "@newark"] if name.encode() in after.data] == []
    assert not re.search(b"METHOD|ATTENDEE|ORGANIZER", after.data)


def test_a_grant_taken_away_takes_the_workshops_away(
    browser: Browser, db: Session, event: Event, sign_in_as: SignInAs
) -> None:
    account = sign_in_as("organiser", event.series_id)
    path = address_of(browser)
    assert len(events_in(browser.client.get(path).data)) == 1
    db.query(SeriesGrant).filter_by(account_id=account.id).delete()
    db.commit()
    assert events_in(browser.client.get(path).data) == []


def test_a_disabled_account_has_no_calendar(
    browser: Browser, db: Session, event: Event, clock: TestClock, sign_in_as: SignInAs
) -> None:
    account = sign_in_as("organiser", event.series_id)
    path = address_of(browser)
    account.disabled_at = clock.now
    db.commit()
    assert browser.client.get(path).status_code == 410


@pytest.mark.usefixtures("event")
def test_staff_see_every_series_in_a_fixed_number_of_queries(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, sign_in_as: SignInAs
) -> None:
    sign_in_as("staff")
    path = address_of(browser)
    with counted_queries() as asked:
        assert len(events_in(browser.client.get(path).data)) == 1
    few = len(asked)
    for name in ("a", "b", "c"):
        more = cast.event(db, slug=name, in_series=cast.series(db, name))
        office.registered(db, settings, clock, more, "Newark", "Mayor")
    db.commit()
    with counted_queries() as asked:
        assert len(events_in(browser.client.get(path).data)) == 4
    assert len(asked) == few
    with counted_queries() as asked:
        browser.client.get(path)
    assert len(asked) == few - 4
