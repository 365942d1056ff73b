from datetime import timedelta
import pytest
from events_service.domain.scheduling.city_reminders import draft_due_reminders
from events_service.domain.registration.declining import decline
from tests import cast
from tests.browser import scenes
from tests.conftest import SECRET
from events_service.domain.accounts.city_signing_in import make_city_sign_in_link
from events_service.tokens import token_for
pytestmark = pytest.mark.browser

def test_shots(service, post, visits):
    with service.session() as db:
        event = scenes.workshop(db, "shots", "Public space and trust")
        event.registration_closes_at = service.clock() + timedelta(days=10)
        n = scenes.invited(db, event, "Newark"); n.seats_elected = 1
        scenes.invited(db, event, "Boise").address = "boise@cities.example.org"
        b = scenes.invited(db, event, "Cape Town"); b.opened_at = service.clock()
        c = scenes.invited(db, event, "Bratislava")
        db.flush()
        decline(db, service.settings, c.id, "Our council votes that week.", now=service.clock())
        lead = scenes.colleague(db, "Shooting", "organiser", event.series)
        draft_due_reminders(db, service.settings, now=service.clock())
        link = scenes.city_page(n)
        addr = cast.city(db, "Newark").contacts[0].address
        sl = make_city_sign_in_link(db, addr, now=service.clock())
        cl = f"/city/enter/{token_for(SECRET, 'home', sl.id)}"
        eid = event.id
    for screen in ("desktop", "phone"):
        v = visits(service, screen=screen)
        v.open(service.sign_in_path(lead)); v.press("Sign in", within="main")
        for name, path in (("cities", f"/organise/events/{eid}/cities"), ("invite", f"/organise/events/{eid}/cities/invite?city=1"), ("reminders", f"/organise/events/{eid}/reminders"), ("board", f"/organise/events/{eid}"), ("city", link), ("decline", link + "/decline"), ("people", link + "/people"), ("ask", "/city")):
            v.open(path)
            if name == "reminders": v.waits_for("Send 2 reminders" if False else "reminders", 20)
            v.page.screenshot(path=f"/tmp/shotsH/{name}-{screen}.png", full_page=True)
        if screen == "desktop":
            v.open(cl); v.press("Sign in", within="main")
            v.page.screenshot(path=f"/tmp/shotsH/home-{screen}.png", full_page=True)
