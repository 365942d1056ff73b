"""What a city sees of itself, and what somebody who only registered sees."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.followup.spotlights import start_partnership
from events_service.model import (
    Contact,
    Onboarding,
    OnboardingTask,
    Particulars,
    Practice,
    Quote,
    QuoteAttribution,
    Report,
)
from events_service.tokens import token_for
from tests import cast, follow_up, office
from tests.conftest import SECRET, Browser, TestClock
from tests.domain.registration.test_offering import Hall
from tests.web.city_session import SignInForCity
from tests.web.world import World

FOCAL_POINT, OFFICE = "newark@cities.example.org", "office@newark.example.org"


def shown(page: str) -> str:
    return " ".join(page.replace("\u00a0", " ").split())


@pytest.fixture
def newark(own: World) -> int:
    """Number of the city that came to the world's workshop."""
    return int(str(own.values["city_id"][0]))


def test_a_city_sees_its_workshops_people_practices_and_contacts(
    browser: Browser, own: World, newark: int, sign_in_for_city: SignInForCity
) -> None:
    sign_in_for_city(FOCAL_POINT)
    assert browser.client.get("/city/home").location == f"/city/{newark}"
    page = shown(browser.get(f"/city/{newark}"))
    invitation = own.tokens["r"]
    assert f'href="/r/{invitation}"' in page and "Change<span" in page
    for words in (
        "Mayor, Newark",
        "Liaison, Newark",
        "Registered",
        "Sunday 2 May 2027, 00:00 in Stockholm (UTC+2)",
        "That is Saturday 1 May 2027, 18:00 in Newark (UTC−4)",
        "On the way into the network",
        f'href="/practices/{own.slugs["public.practice"]}"',
        f'href="/reports/{own.event.slug}"',
        FOCAL_POINT,
        "Add a contact",
    ):
        assert words in page


def test_whoever_registered_sees_what_they_registered(
    browser: Browser, db: Session, own: World, newark: int, sign_in_for_city: SignInForCity
) -> None:
    other = cast.event(db, host="Bratislava", in_series=own.event.series)
    cast.invited(db, other, "Newark")
    db.commit()
    sign_in_for_city(OFFICE)
    page = browser.get(f"/city/{newark}")
    assert "What you registered" in page
    assert "Mayor, Newark" in page and "<b>Bratislava</b>" not in page
    for words in ("Contacts</h2>", "On the way into", FOCAL_POINT, "Add a contact"):
        assert words not in page
    browser.get(f"/city/{newark}/contacts/new", 404)
    sign_in_for_city(FOCAL_POINT)
    assert "<b>Bratislava</b>" in browser.get(f"/city/{newark}")  # control
    browser.get(f"/city/{newark}/contacts/new")


def test_a_link_that_was_ended_is_not_handed_out(
    browser: Browser, db: Session, clock: TestClock, sign_in_for_city: SignInForCity
) -> None:
    invitation = cast.invited(db, cast.event(db), "Newark")
    invitation.revoked_at = clock.now
    db.commit()
    sign_in_for_city(FOCAL_POINT)
    page = browser.get(f"/city/{invitation.city_id}")
    assert "The link was ended" in page and "/r/" not in page
    invitation.revoked_at, invitation.link_version = None, 2
    db.commit()
    token = token_for(SECRET, "city", invitation.id, 2)
    assert f'href="/r/{token}"' in browser.get(f"/city/{invitation.city_id}")


def test_who_speaks_for_two_cities_chooses(
    browser: Browser, db: Session, sign_in_for_city: SignInForCity
) -> None:
    newark, boise = cast.city(db, "Newark"), cast.city(db, "Boise")
    boise.contacts.append(Contact(name="Envoy", role="", address=FOCAL_POINT))
    db.commit()
    sign_in_for_city(FOCAL_POINT)
    page = browser.get("/city/home")
    assert page.index(f'href="/city/{boise.id}"') < page.index(f'href="/city/{newark.id}"')
    for one in (newark, boise):
        assert "Your cities" in browser.get(f"/city/{one.id}")


def test_past_workshops_stand_apart(
    browser: Browser,
    db: Session,
    settings: Settings,
    clock: TestClock,
    sign_in_for_city: SignInForCity,
) -> None:
    invitation = office.registered(db, settings, clock, cast.event(db), "Newark", "Mayor")
    db.commit()
    sign_in_for_city(FOCAL_POINT)
    assert "Past workshops" not in browser.get(f"/city/{invitation.city_id}")
    clock.advance(timedelta(days=365))
    sign_in_for_city(FOCAL_POINT)
    page = browser.get(f"/city/{invitation.city_id}")
    assert "Past workshops" in page and "No invitation at present" in page


def test_tasks_and_unpublished_practices(
    browser: Browser, db: Session, clock: TestClock, sign_in_for_city: SignInForCity
) -> None:
    practice = follow_up.practice(db)
    task = OnboardingTask(
        position=0, state="applied", title="Receive the application", due_on=clock.now.date()
    )
    db.add(Onboarding(city_id=practice.city_id, introduced_on=clock.now.date(), tasks=[task]))
    db.commit()
    sign_in_for_city(FOCAL_POINT)
    page = browser.get(f"/city/{practice.city_id}")
    assert "recorded, not published" in page and f"/practices/{practice.slug}" not in page
    assert "Receive the application" in page


def test_somebody_is_replaced_from_here(
    browser: Browser,
    db: Session,
    settings: Settings,
    clock: TestClock,
    sign_in_for_city: SignInForCity,
) -> None:
    invitation = office.registered(db, settings, clock, cast.event(db), "Newark", "Mayor")
    [mayor] = office.people_of(invitation)
    db.commit()
    sign_in_for_city(FOCAL_POINT)
    there = f"/r/{token_for(SECRET, 'city', invitation.id)}/replace/{mayor.id}"
    page = browser.get(f"/city/{invitation.city_id}")
    assert f'href="{there}"' in page and "Details missing" in page
    browser.get(there)
    db.add(
        Particulars(delegation_id=mayor.delegation_id, member_id=mayor.id, completed_at=clock.now)
    )
    invitation.revoked_at = clock.now
    db.commit()
    assert "/replace/" not in browser.get(f"/city/{invitation.city_id}")  # its link was ended
    invitation.revoked_at = None
    db.commit()
    assert "Details complete" in browser.get(f"/city/{invitation.city_id}")


class TestToCheck:
    """What is being written about the city waits for its eyes, and for nobody else's."""

    @pytest.fixture
    def newark(self, db: Session, clock: TestClock) -> int:
        practice = follow_up.practice(db)
        db.add(Report(event_id=practice.event_id, state="draft", requested_at=clock.now))
        for rule, text in (("name", "We ask first."), ("chatham", "We were afraid.")):
            quote = Quote(
                event_id=practice.event_id, text=text, rule=rule, shown=True, consent="given"
            )
            db.add(quote)
            db.flush()
            db.add(QuoteAttribution(quote_id=quote.id, speaker="Chief", city=practice.city))
        db.commit()
        return practice.city_id

    def test_a_report_in_draft(
        self, browser: Browser, db: Session, newark: int, sign_in_for_city: SignInForCity
    ) -> None:
        sign_in_for_city(FOCAL_POINT)
        page = browser.get(f"/city/{newark}")
        for words in (
            "Report on Stockholm, in draft",
            "Open streets after school",
            "We ask first.",
        ):
            assert words in page
        assert "We were afraid." not in page  # whose words they are is nobody's to know
        db.query(Report).update({"state": "failed"})
        db.commit()
        assert "in draft" not in browser.get(f"/city/{newark}")

    def test_of_other_cities_nothing_is_told(
        self, browser: Browser, db: Session, newark: int, sign_in_for_city: SignInForCity
    ) -> None:
        boise = cast.city(db, "Boise")
        boise.contacts.append(Contact(name="Envoy", role="", address="envoy@example.org"))
        db.commit()
        sign_in_for_city("envoy@example.org")
        assert "To check" not in browser.get(f"/city/{boise.id}")
        browser.get(f"/city/{newark}", 404)

    def test_a_step_of_a_partnership_that_waits_for_the_city(
        self,
        browser: Browser,
        db: Session,
        clock: TestClock,
        newark: int,
        sign_in_for_city: SignInForCity,
    ) -> None:
        owner = follow_up.colleague(db)
        [practice] = db.query(Practice)
        spotlight = start_partnership(db, practice.id, owner, clock.now.date(), now=clock.now)
        db.commit()
        sign_in_for_city(FOCAL_POINT)
        assert "Tell us whether" not in browser.get(f"/city/{newark}")  # nobody has asked yet
        spotlight.steps[0].done_at = clock.now
        db.commit()
        page = browser.get(f"/city/{newark}")
        assert "Tell us whether you would like a spotlight on it" in page
        spotlight.steps[1].done_at = spotlight.steps[2].done_at = clock.now
        db.commit()
        assert "Approve the text that we sent you" in browser.get(f"/city/{newark}")
        spotlight.state = "declined"
        db.commit()
        assert "Approve the text" not in browser.get(f"/city/{newark}")


def test_an_open_offer_is_shown_with_its_time(
    browser: Browser,
    db: Session,
    settings: Settings,
    clock: TestClock,
    sign_in_for_city: SignInForCity,
) -> None:
    hall = Hall(db, settings, clock)
    db.commit()
    sign_in_for_city("office@boise.example.org")
    page = f"/city/{hall.boise.city_id}"
    assert "Places offered" not in browser.get(page)
    hall.offer(2)
    hall.tell()
    db.commit()
    offered = browser.get(page)
    assert "Places offered" in offered and "Answer the offer<span" in offered
    assert "There are 2 places for your delegation. They are held for you until:" in offered
    row = shown(offered).partition("Places offered")[2].partition("</tr>")[0]
    assert "in Stockholm (UTC+1)" in row and "in Boise (UTC−7)" in row


def test_a_city_sees_what_it_hosts_and_what_it_was_at(
    browser: Browser, db: Session, sign_in_for_city: SignInForCity
) -> None:
    """Without an invitation; what is not published is nobody's to see."""
    home = cast.city(db, "Newark")
    cast.event(db, host="Newark", slug="hosted")
    cast.event(db, host="Newark", slug="hidden", published=False)
    long_ago = cast.event(db, host="Boise", slug="past", starts_on=date(2024, 5, 6))
    cast.event(db, host="Cape Town", slug="elsewhere")
    follow_up.came(db, long_ago, "Newark")
    db.commit()
    sign_in_for_city(FOCAL_POINT)
    page = browser.get(f"/city/{home.id}")
    coming, _heading, past = page.partition("Past workshops</h2>")
    assert re.findall(r'href="/events/([a-z]+)"', page) == ["hosted"]
    assert "Hosts it" in coming and "Was there" not in coming
    assert "<b>Boise</b>" in past and "Was there" in past and "Nobody named" not in page
    assert "<b>Cape Town</b>" not in page
