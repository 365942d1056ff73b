"""The outbox of a workshop: letters read as their recipients will, worded, tried, released."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery.batch import UNDO
from events_service.domain.delivery.claim import claim
from events_service.domain.registration.draft import PersonDraft
from events_service.domain.registration.form import members_of
from events_service.domain.registration.nudging import draft_nudges
from events_service.domain.registration.substituting import substitute
from events_service.domain.scheduling.city_invitations import invite_cities
from events_service.domain.scheduling.invitees import Invitee
from events_service.model import Account, CityInvitation, Event, OutboxMail
from tests import cast, office
from tests.conftest import Answer, Browser, SignInAs, TestClock
from tests.follow_up import written
from tests.queries.test_board import counted_queries

CITIES = ("Boise", "Newark", "Dijon")


@pytest.fixture
def event(db: Session, settings: Settings, clock: TestClock, sign_in_as: SignInAs) -> Event:
    """Three cities are invited; no worker has written the letters."""
    made = cast.event(db)
    invite(db, settings, clock, made, *CITIES)
    sign_in_as("organiser", made.series_id)
    return made


@pytest.fixture
def outbox(db: Session, settings: Settings, event: Event) -> str:
    """The page of the outbox, all letters written."""
    render(db, settings)
    return f"/organise/events/{event.id}/outbox"


def invite(db: Session, settings: Settings, clock: TestClock, event: Event, *names: str) -> None:
    cities = [cast.city(db, name) for name in names]
    asked = [Invitee(one.id, one.contacts[0].address, "Mayor", 3) for one in cities]
    invite_cities(db, settings, event, asked, now=clock.now)


def render(db: Session, settings: Settings) -> None:
    for mail in mails(db):
        if mail.rendered is None:
            written(db, settings, mail)
    db.commit()


def mails(db: Session, state: str = "drafted") -> list[OutboxMail]:
    db.expire_all()
    return db.query(OutboxMail).filter_by(state=state).order_by(OutboxMail.id).all()


def hidden(page: str, name: str, action: str) -> str:
    """A hidden field of the form that goes there."""
    form = page.partition(f'action="{action}"')[2].partition("</form>")[0]
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', form)
    return found[1] if found else ""


def release(browser: Browser, outbox: str, page: str, **other: object) -> Answer:
    action = f"{outbox}/release"
    return browser.post(action, {"read": hidden(page, "read", action), **other}, at=outbox)


def test_the_outbox_is_counted_wherever_it_is_looked_for(browser: Browser, outbox: str) -> None:
    path = outbox.removesuffix("/outbox")
    for page in ("/organise", path):
        assert "3 letters wait in the outbox" in browser.get(page)
    assert "Outbox 3" in browser.get(f"{path}/cities")
    assert "Read 3 letters" in browser.get("/organise/outbox")


def test_letters_stand_in_groups(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, event: Event, outbox: str
) -> None:
    bratislava = office.registered(db, settings, clock, event, "Bratislava", "Mayor")
    mayor = office.people_of(bratislava)[0]
    draft_nudges(db, settings, event, [mayor.id], words="", now=clock.now)
    render(db, settings)
    page = browser.get(outbox)
    assert "3 invitations to cities" in page and "Boise, Newark, Dijon" in page
    assert "1 reminder to a person" in page and "Release all 4 letters" in page
    group = browser.get(f"{outbox}/groups/city_invited")
    assert "3 invitations to cities" in group
    assert "<small>Invitation for Newark to " in group


def test_a_group_is_called_by_what_happened(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, event: Event, outbox: str
) -> None:
    bratislava = office.registered(db, settings, clock, event, "Bratislava", "Mayor", "Adviser")
    assert bratislava.delegation is not None

    def put(name: str, place: int) -> str:
        role = name.partition(",")[0].lower()
        person = PersonDraft(name, "", f"{role}@bratislava.example.org")
        member = members_of(bratislava.delegation)[place]
        substitute(db, settings, member, person, now=clock.now, for_approval=True)
        clock.advance(timedelta(minutes=1))
        db.commit()
        return browser.get(outbox)

    assert "Chief, Bratislava in place of Mayor, Bratislava" in put("Chief, Bratislava", 0)
    assert "2 people replaced: Bratislava" in put("Clerk, Bratislava", 1)
    page = put("Mayor, Bratislava", 0)
    assert "Clerk, Bratislava in place of Adviser, Bratislava" in page
    assert "Places approved" not in page


@pytest.mark.usefixtures("event")
def test_it_waits_until_they_are_written(browser: Browser, event: Event) -> None:
    outbox = f"/organise/events/{event.id}/outbox"
    for page in (browser.get(outbox), browser.get(f"{outbox}/groups/city_invited")):
        assert "Some letters are being written" in page and 'hx-trigger="every 2s"' in page
        assert f'action="{outbox}/release"' not in page


def test_each_letter_is_read_as_its_recipient_will(
    browser: Browser, db: Session, outbox: str
) -> None:
    first, second, third = mails(db)
    page = browser.get(f"{outbox}/letters/{second.id}")
    assert "Letter 2 of 3" in page and "newark@cities.example.org" in page
    assert f'rel="prev" href="{outbox}/letters/{first.id}"' in page
    assert f'rel="next" href="{outbox}/letters/{third.id}"' in page
    frame = f"{outbox}/letters/{second.id}/html"
    assert f'sandbox="" src="{frame}"' in page
    letter = browser.client.get(frame)
    assert "/r/…" in letter.text and "zzlink" not in letter.text
    assert letter.headers["Content-Security-Policy"].startswith("sandbox")


def test_all_leave_in_a_minute_and_until_then_are_taken_back(
    browser: Browser, db: Session, clock: TestClock, outbox: str
) -> None:
    done = release(browser, outbox, browser.get(outbox))
    assert (done.status, done.location) == (303, outbox)
    page = browser.get(outbox)
    assert "3 letters leave in a minute. Until then you can undo it here." in page
    assert "3 letters leave at 13:01 in Stockholm" in page
    assert not claim(db.connection(), now=clock.now + UNDO - timedelta(seconds=1))
    undo = f"{outbox}/undo"
    back = browser.post(undo, {"released": hidden(page, "released", undo)}, at=outbox)
    assert back.status == 303
    assert "Undone. 3 letters wait again." in browser.get(outbox)
    assert {(one.state, one.approved_hash) for one in mails(db)} == {("drafted", None)}


def test_what_a_worker_has_taken_is_gone(
    browser: Browser, db: Session, clock: TestClock, outbox: str
) -> None:
    release(browser, outbox, browser.get(outbox))
    undo = f"{outbox}/undo"
    released = {"released": hidden(browser.get(outbox), "released", undo)}
    claim(db.connection(), now=clock.now + UNDO, size=1)
    db.commit()
    browser.post(undo, released, at=outbox)
    assert (
        "Undone. 2 letters wait again. 1 has left, or another decision counts on it."
        in browser.get(outbox)
    )
    assert browser.post(undo, released, at=outbox).status == 409
    assert browser.post(undo, {"released": "x"}, at=outbox).status == 409


def test_words_for_one_and_for_all_are_read_again(
    browser: Browser, db: Session, settings: Settings, outbox: str
) -> None:
    before = browser.get(outbox)
    one = f"{outbox}/letters/{mails(db)[1].id}"
    read = hidden(browser.get(one), "read", f"{one}/words")
    said = {"words": "See you in Newark.", "read": read}
    assert browser.post(f"{one}/words", said, at=one).status == 303
    assert browser.post(f"{one}/words", said, at=outbox).status == 409
    assert release(browser, outbox, before).status == 409
    render(db, settings)
    assert [mail.facts.get("words", "") for mail in mails(db)] == ["", "See you in Newark.", ""]
    assert b"See you in Newark." in (mails(db)[1].rendered or b"")
    assert release(browser, outbox, before).status == 409
    group = f"{outbox}/groups/city_invited"
    read = hidden(browser.get(group), "read", f"{group}/words")
    assert (
        browser.post(f"{group}/words", {"words": "x" * 2001, "read": read}, at=group).status == 422
    )
    all_ = {"words": "We keep\r\n\r\nyour places.", "read": read}
    assert browser.post(f"{group}/words", all_, at=group).location == group
    assert browser.post(f"{group}/words", all_, at=outbox).status == 409
    render(db, settings)
    said_to_all = "We keep\n\nyour places."
    assert [mail.facts["words"] for mail in mails(db)] == [
        said_to_all,
        "See you in Newark.",
        said_to_all,
    ]
    assert release(browser, outbox, browser.get(outbox)).status == 303


def test_words_for_all_leave_those_of_one_letter(
    browser: Browser, db: Session, settings: Settings, outbox: str
) -> None:
    group, own = f"{outbox}/groups/city_invited", "has words of its own"
    boise = f"{outbox}/letters/{mails(db)[0].id}"
    kept = "Saved. 1 letter has words of its own, and keeps them."
    assert own not in browser.get(group)
    reword(browser, db, settings, boise, "See you in Boise.")
    page = browser.get(group)
    assert "1 letter has words of its own, and keeps them." in page
    assert "See you in Boise." not in page  # begins with the words of all
    reword(browser, db, settings, group, "We keep your places.")
    assert kept in browser.get(group)
    newark = f"{outbox}/letters/{mails(db)[1].id}"
    reword(browser, db, settings, newark, "We keep your places.")  # saved as they were
    reword(browser, db, settings, group, "Do come.")
    assert words_in(db) == ["See you in Boise.", "Do come.", "Do come."]
    reword(browser, db, settings, boise, "")
    assert own not in browser.get(group)
    reword(browser, db, settings, group, "Until soon.")
    assert words_in(db) == ["Until soon."] * 3


def reword(browser: Browser, db: Session, settings: Settings, page: str, words: str) -> None:
    """In a letter, or in a group; and have the letters written."""
    action = f"{page}/words"
    read = hidden(browser.get(page), "read", action)
    assert browser.post(action, {"words": words, "read": read}, at=page).status == 303
    render(db, settings)


def words_in(db: Session) -> list[str]:
    return [mail.facts["words"] for mail in mails(db)]


@pytest.mark.parametrize("read", ["", "x", "0" * 64])
def test_what_was_not_read_does_not_leave(
    browser: Browser, db: Session, outbox: str, read: str
) -> None:
    answer = browser.post(f"{outbox}/release", {"read": read}, at=outbox)
    assert (answer.status, "has changed since you read it" in answer.text) == (409, True)
    assert len(mails(db)) == 3


def test_one_group_alone_is_released(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, event: Event, outbox: str
) -> None:
    bratislava = office.registered(db, settings, clock, event, "Bratislava", "Mayor")
    numbers = [one.id for one in office.people_of(bratislava)]
    draft_nudges(db, settings, event, numbers, words="", now=clock.now)
    render(db, settings)
    page = browser.get(f"{outbox}/groups/member_nudge")
    assert release(browser, outbox, page, group="member_nudge").status == 303
    assert [one.letter for one in mails(db)] == ["city_invited"] * 3


def test_a_recipient_is_left_out_and_put_back(browser: Browser, db: Session, outbox: str) -> None:
    before = browser.get(outbox)
    number = mails(db)[0].id
    group = f"{outbox}/groups/city_invited"
    out = browser.post(f"{outbox}/letters/{number}/leave-out", at=group)
    assert (out.status, out.location) == (303, group)
    page = browser.get(group)
    assert "Boise is left out." in page and "Put back" in page
    assert release(browser, outbox, before).status == 409
    assert len(mails(db)) == 2
    assert browser.post(f"{outbox}/letters/{number}/put-back", at=group).status == 303
    assert browser.post(f"{outbox}/letters/{number}/put-back", at=group).status == 409
    assert len(mails(db)) == 3
    browser.post(f"{group}/aside", at=group)
    assert mails(db) == []
    assert "Nothing to release" in browser.get(group)
    assert "Nothing waits" in browser.get(outbox)
    assert "Nothing waits" in browser.get("/organise/outbox")


def test_a_test_goes_to_oneself_alone_without_links_and_calendar(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, event: Event, outbox: str
) -> None:
    bratislava = office.registered(db, settings, clock, event, "Bratislava", "Mayor")
    numbers = [one.id for one in office.people_of(bratislava)]
    draft_nudges(db, settings, event, numbers, words="Do come.", now=clock.now)
    render(db, settings)
    nudge = mails(db)[-1]
    one = f"{outbox}/letters/{nudge.id}"
    browser.post(f"{one}/test", at=one)
    account = db.query(Account).filter_by(role="organiser").one()
    assert f"on its way to {account.address}" in browser.get(one)
    [test] = [mail for mail in mails(db, "queued") if mail.letter == "letter_test"]
    assert (test.to_address, test.cc_address, test.due_at) == (account.address, None, clock.now)
    mail = written(db, settings, test)
    assert (mail.subject or "").startswith("Test: Reminder")
    assert mail.calendar_method is None
    assert b"Do come." in (mail.rendered or b"") and b"text/calendar" not in (mail.rendered or b"")
    assert nudge.state == "drafted"


def test_one_that_has_no_use_any_more_is_put_aside_and_counted(
    browser: Browser, db: Session, event: Event, outbox: str
) -> None:
    page = browser.get(outbox)
    newark = db.query(CityInvitation).filter_by(city=cast.city(db, "Newark")).one()
    assert newark.event_id == event.id
    newark.link_version += 1
    db.commit()
    release(browser, outbox, page)
    said = "2 letters leave in a minute. Until then you can undo it here. 1 had no use any more"
    assert said in browser.get(outbox)
    assert len(mails(db, "discarded")) == 1


def test_nothing_leaves_once_the_workshop_is_over(
    browser: Browser, db: Session, clock: TestClock, event: Event, outbox: str
) -> None:
    page = browser.get(outbox)
    event.starts_on = event.ends_on = clock.now.date() - timedelta(days=2)
    db.commit()
    assert release(browser, outbox, page).status == 409
    assert "wait in the outbox" not in browser.get("/organise")


def test_many_letters_are_shown_in_pages(
    browser: Browser, db: Session, event: Event, outbox: str
) -> None:
    first = mails(db)[0]
    for number in range(60):
        db.add(
            OutboxMail(
                dedupe_key=f"copy-{number}",
                message_id=f"<{number}@example.org>",
                letter=first.letter,
                facts=first.facts,
                to_address=f"office{number}@example.org",
                created_at=first.created_at,
                due_at=first.due_at,
                state="drafted",
                rendered=first.rendered,
                event_id=event.id,
                city_id=first.city_id,
            )
        )
    db.commit()
    group = f"{outbox}/groups/city_invited"
    assert browser.get(group).count("Leave out<span") == 50
    assert browser.get(f"{group}?page=2").count("Leave out<span") == 13
    assert browser.get(f"{group}?page=99").count("Leave out<span") == 13


def test_the_pages_ask_as_many_queries_whatever_waits(
    browser: Browser, db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    other = cast.event(db, host="Bratislava", slug="bratislava-2027", in_series=event.series)
    invite(db, settings, clock, other, "Boise")
    render(db, settings)
    asked = []
    for one in (other, event):
        outbox = f"/organise/events/{one.id}/outbox"
        for path in (outbox, f"{outbox}/groups/city_invited"):
            browser.get(path)
            with counted_queries() as statements:
                browser.get(path)
            asked.append(len(statements))
    assert asked[:2] == asked[2:]


def test_an_organiser_of_another_series_reads_and_releases_none(
    browser: Browser, db: Session, outbox: str, sign_in_as: SignInAs
) -> None:
    """Control: the organiser of this one does, in the tests above."""
    page = browser.get(outbox)
    number = mails(db)[0].id
    other = cast.series(db, "others")
    mine = cast.event(db, host="Bratislava", in_series=other)
    sign_in_as("organiser", other.id)
    browser.get(outbox, 404)
    assert "Nothing waits" in browser.get("/organise/outbox")
    action = f"{outbox}/release"
    read = {"read": hidden(page, "read", action)}
    assert browser.post(action, read, at="/organise/series/new").status == 404
    here = f"/organise/events/{mine.id}/outbox"
    browser.get(f"{here}/letters/{number}", 404)
    for act in ("leave-out", "test", "put-back"):
        answer = browser.post(f"{here}/letters/{number}/{act}", at="/organise/series/new")
        assert answer.status == 404
    assert browser.post(f"{here}/release", read, at="/organise/series/new").status == 409
    assert len(mails(db)) == 3


def test_staff_do_not_find_them_among_the_letters_of_the_follow_up(
    browser: Browser, outbox: str, sign_in_as: SignInAs
) -> None:
    del outbox
    sign_in_as("staff")
    assert "No letter waits" in browser.get("/staff/letters")
