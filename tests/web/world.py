"""One of everything that an address can name: an event with its series, cities, people, records,
report and letters, and what follows it. Two worlds share nothing but the cities."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from events_service.config import Settings
from events_service.domain.accounts.city_signing_in import make_city_sign_in_link
from events_service.domain.accounts.signing_in import make_sign_in_link
from events_service.domain.feeds import feed_of_person
from events_service.domain.followup.onboarding import introduce_attending_cities
from events_service.domain.followup.spotlights import start_partnership
from events_service.domain.importing.cities import KEPT
from events_service.domain.importing.lines import CityLine, as_kept
from events_service.domain.particulars.configuring import ask_also
from events_service.domain.particulars.filling import save_answer
from events_service.domain.particulars.question_plan import QuestionPlan
from events_service.domain.registration.nudging import draft_nudges
from events_service.domain.reporting.drafting import claim_draft, request_draft, write_draft
from events_service.domain.reporting.publishing import publish
from events_service.domain.scheduling.city_reminders import draft_due_reminders
from events_service.letters.message import seal
from events_service.letters.opened import opened
from events_service.model import (
    AccessRequest,
    Account,
    City,
    CityImport,
    CityInvitation,
    Contact,
    Event,
    NextStep,
    Note,
    Onboarding,
    OutboxMail,
    Particulars,
    PendingChange,
    Practice,
    Quote,
    QuoteAttribution,
    Recommendation,
    Report,
    Theme,
)
from events_service.tokens import token_for
from tests import cast, follow_up, inbound, office
from tests.conftest import SECRET, TestClock
from tests.domain.particulars.forms import form, tells

Say = Callable[[str], str]
JULY = datetime(2027, 7, 1, 9, tzinfo=UTC)
FIRST_DAY = date(2027, 5, 31)


def plain(text: str) -> str:
    return text


@dataclass
class World:
    event: Event
    values: dict[str, list[object]]  # what each argument of a route may be; the first is usual
    records: dict[str, int]  # kind and number
    slugs: dict[str, str]  # by endpoint
    tokens: dict[str, str]  # by the first part of the path
    focal_point: str  # address of somebody who speaks for the guests

    def paths(self, rule: Rule, *, other: "World | None" = None, keep: str = "") -> Iterator[str]:
        """Addresses of that route here; with `other`, all numbers but `keep` are of that world."""
        names = sorted(rule.arguments)
        if "kind" in names and "number" in names:
            for kind, number in (other or self).records.items():
                yield self._path(rule, {"kind": kind, "number": number}, other, keep)
        elif names:
            yield self._path(rule, {}, other, keep)
        else:
            yield rule.rule

    def _path(self, rule: Rule, given: dict[str, object], other: "World | None", keep: str) -> str:
        values = {
            name: given[name]
            if name in given
            else (self if other is None or name == keep else other)._value(rule, name)
            for name in rule.arguments
        }
        built = rule.build(values)
        assert built is not None, (rule.rule, values)
        return built[1]

    def _value(self, rule: Rule, name: str) -> object:
        if name == "slug":
            return self.slugs[rule.endpoint]
        if name == "token":
            return self.tokens[rule.rule.split("/")[1]]
        if name == "number" and rule.endpoint == "staff.mailbox_part":
            return self.values["part"][0]
        return self.values[name][0]


def make_world(
    db: Session,
    settings: Settings,
    clock: TestClock,
    host: str,
    guest: str,
    *,
    say: Say = plain,
) -> World:
    """`host` and `guest` are cities of the cast; every text that people type goes through `say`."""
    event = _event(db, host, say)
    guests = office.registered(db, settings, clock, event, guest, "Mayor", "Liaison")
    asked = cast.invited(db, event, "Cape Town")
    contact = _contact(db, guests.city, say)
    _declined(db, event, say)
    request = AccessRequest(event_id=event.id, address="who@example.net", asked_at=clock.now)
    staff = follow_up.colleague(db, say(f"Lead of {host}"))
    records = _records(db, event, guest, say)
    report = _report(db, settings, event, staff)
    change = PendingChange(
        event_id=event.id,
        kind="cancel",
        details={"words": say("Strike"), "people": 3},
        asked_by_id=staff.id,
        asked_at=clock.now,
        due_at=clock.now,
        undone_at=clock.now,
    )
    waiting = PendingChange(
        event_id=event.id,
        kind="cancel",
        details={"words": say("Flood"), "doing": "cancel"},
        wordings={},
        asked_by_id=staff.id,
        asked_at=clock.now,
    )
    practice = db.get_one(Practice, records["practice"])
    spotlight = start_partnership(db, practice.id, staff, date(2026, 11, 23), now=clock.now)
    follow_up.came(db, event, guest, say("Guest"))
    db.add_all([request, change, waiting])
    _name(guests, say)
    db.flush()
    mail = _mails(db, settings)
    _reminder(db, settings, event, say)
    replies = _replies(db, clock, guests, say)
    member, letter = _nudge(db, settings, clock, guests, say)
    onboarding = _onboarding(db, event, guests.city, clock)
    link = make_sign_in_link(db, staff, now=clock.now)
    focal_point = guests.city.contacts[0].address
    city_link = make_city_sign_in_link(db, focal_point, now=clock.now)
    details = _details(db, guests, clock, say)
    feed = feed_of_person(db, office.people_of(guests)[0], now=clock.now)
    db.commit()
    return World(
        event=event,
        values={
            "event_id": [event.id],
            "series_id": [event.series_id],
            "city_invitation_id": [asked.id],
            "change_id": [change.id],
            "request_id": [request.id],
            "block_id": [report.blocks[0].id],
            "city_id": [guests.city_id],
            "contact_id": [contact.id],
            "kind": ["note"],
            "number": [records["practice"]],
            "mail_id": [mail],
            "member_id": [member],
            "letter_id": [letter],
            "draft_id": [letter],
            "key": [f"event_cancelled_city-c{asked.city_id}-1"],
            "group": ["member_nudge"],
            **replies,
            "part": [_part(db, mail)],
            "spotlight_id": [spotlight.id],
            "step_id": [spotlight.steps[0].id],
            "onboarding_id": [onboarding.id],
            "task_id": [onboarding.tasks[0].id],
            "account_id": [staff.id],
            "import_id": [_import(db, staff, clock, say)],
            "filename": ["app.css"],
            "person": [1],
            "step": ["dietary"],
            "question_key": ["own-1"],
            "consent_kind": ["data"],
        },
        records=records,
        slugs={
            "public.series": event.series.slug,
            "public.series_feed": event.series.slug,
            "public.series_calendar": event.series.slug,
            "public.event": event.slug,
            "public.event_file": event.slug,
            "public.event_calendar": event.slug,
            "public.report": event.slug,
            "public.report_as_pdf": event.slug,
            "public.report_version": event.slug,
            "public.report_version_as_pdf": event.slug,
            "public.practice": practice.slug,
            "officials.register": event.slug,
            "officials.send_link": event.slug,
        },
        tokens={
            "r": token_for(SECRET, "city", guests.id),
            "a": token_for(SECRET, "answ", office.people_of(guests)[0].id),
            "door": token_for(SECRET, "door", event.id),
            "me": token_for(SECRET, "self", details.id),
            "pass": token_for(SECRET, "pass", office.people_of(guests)[0].id),
            "sign-in": token_for(SECRET, "sign", link.id),
            "city": token_for(SECRET, "home", city_link.id),
            "calendar": token_for(SECRET, "feed", feed.id),
        },
        focal_point=focal_point,
    )


def _details(db: Session, guests: CityInvitation, clock: TestClock, say: Say) -> Particulars:
    """What the first person told: a part typed by the city, a part said in confidence."""
    made = form(db, clock, guests)
    choices = (say("Bus")[:100], say("Train")[:100])
    ours = QuestionPlan("choice", say("How?")[:200], say("The hosts plan by it.")[:400], 30)
    ask_also(db, guests.event, replace(ours, choices=choices), now=clock.now)
    save_answer(db, made, "travel", say("By train"), saved_by="city", now=clock.now)
    tells(db, clock, made, title=say("Dr"), dietary=say("Vegan"), visa_letter=True)
    tells(db, clock, made, visa_name=say("Somebody, of Sweden"))
    return made


def _contact(db: Session, city: City, say: Say) -> Contact:
    """A second focal point, so that each of the two may be removed."""
    made = Contact(name=say("Second"), role=say("Envoy"), address=f"second@{city.slug}.example.org")
    city.contacts.append(made)
    db.flush()
    return made


def _declined(db: Session, event: Event, say: Say) -> None:
    """A city that said why it does not come."""
    dijon = cast.invited(db, event, "Dijon")
    dijon.opened_at = dijon.declined_at = cast.LONG_AGO
    dijon.declined_because = say("Strike")
    db.flush()


def _reminder(db: Session, settings: Settings, event: Event, say: Say) -> None:
    """To the city that was asked and is silent: drafted and written, it waits to be read."""
    draft_due_reminders(db, settings, now=event.registration_closes_at - timedelta(days=9))
    waiting = OutboxMail.letter == "city_reminder", OutboxMail.event_id == event.id
    mail = db.scalars(select(OutboxMail).where(*waiting)).one()
    mail.facts = {**mail.facts, "words": say("We keep a place for you.")}
    follow_up.written(db, settings, mail)


def _event(db: Session, host: str, say: Say) -> Event:
    series = cast.series(db, f"series-of-{host.lower()}")
    series.title, series.summary = say("Workshop series"), say("What cities do.")
    event = cast.event(db, host=host, slug=f"{host.lower()}-2027", in_series=series)
    event.title, event.summary = say(event.title), say("Three days.")
    event.programme = say("Programme")
    event.venue, event.venue_address = say(event.venue), say(event.venue_address)
    event.themes = [Theme(name=say("Schools"), position=0)]
    for session in event.sessions:
        session.title, session.note = say(session.title), say("Room 1")
    event.city.name = say(event.city.name)
    db.flush()
    return event


def _name(guests: CityInvitation, say: Say) -> None:
    guests.addressee = say("Mayor")
    guests.city.name = say(guests.city.name)
    for member in office.people_of(guests):
        member.name, member.role = say(member.name), say(member.role)


def _records(db: Session, event: Event, guest: str, say: Say) -> dict[str, int]:
    practice = follow_up.practice(db, f"Open streets of {event.slug}", guest)
    practice.event, practice.theme = event, event.themes[0]
    practice.published_at = cast.LONG_AGO
    practice.title, practice.challenge = say(practice.title), say(practice.challenge)
    practice.approach, practice.impact = say(practice.approach), say(practice.impact)
    quote = Quote(
        event_id=event.id,
        text=say("We ask before we plan."),
        rule="name",
        shown=True,
        consent="given",
        consent_on=FIRST_DAY,
        consent_wording=say("Yes."),
    )
    made = {
        "note": Note(
            event_id=event.id, text=say("A note."), theme=event.themes[0], written_at=JULY
        ),
        "recommendation": Recommendation(
            event_id=event.id, audience="mayors", text=say("Ask first.")
        ),
        "next_step": NextStep(event_id=event.id, text=say("Write to the cities.")),
        "practice": practice,
        "quote": quote,
    }
    db.add_all(made.values())
    db.flush()
    speaker, role = say("Head of schools"), say("Director")
    db.add(QuoteAttribution(quote_id=quote.id, speaker=speaker, role=role, city=practice.city))
    db.flush()
    return {kind: record.id for kind, record in made.items()}


def _report(db: Session, settings: Settings, event: Event, staff: Account) -> Report:
    report = request_draft(db, event, staff, now=JULY)
    claim = claim_draft(db)
    assert claim is not None and write_draft(db, claim, now=JULY)
    db.expire_all()
    publish(
        db,
        event,
        staff,
        network=settings.network_name,
        public_url=settings.public_url,
        now=JULY,
    )
    return report


def _mails(db: Session, settings: Settings) -> int:
    """All mail is rendered and sent; the number of one with a calendar part."""
    mails = db.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    for mail in mails:
        if mail.rendered is None:
            follow_up.written(db, settings, mail)
            mail.state, mail.sent_at, mail.sent_via = "sent", mail.created_at, "mailbox"
    db.flush()
    return next(mail.id for mail in reversed(mails) if mail.letter == "member_invited")


def _replies(
    db: Session, clock: TestClock, guests: CityInvitation, say: Say
) -> dict[str, list[object]]:
    """Mail that is held, another time that is proposed, and mail without an event."""
    lead, liaison = office.people_of(guests)
    text, why = say("I can’t come."), say("Nothing proves whose it is.")
    html = f"<p>{say('I can’t come.')}</p>"
    held = inbound.came(db, clock, lead, text=text, html=html, reason=why, comment=say("Sorry."))
    held.sender, held.subject = say("deputy@example.net"), say("Re: Invitation")
    week = timedelta(days=7)
    event = guests.event
    proposal = inbound.proposed(db, clock, event, liaison, later=week, comment=say("Later?"))
    lost = inbound.came(
        db, clock, None, text=say(f"About {event.slug}"), html=html, outcome="quarantined"
    )
    return {"reply_id": [held.id], "proposal_id": [proposal.id], "inbound_id": [lost.id]}


def _nudge(
    db: Session, settings: Settings, clock: TestClock, guests: CityInvitation, say: Say
) -> tuple[int, int]:
    """A reminder that waits to be read: numbers of the person and of the letter."""
    liaison = office.people_of(guests)[1]
    words = say("Do come.")[:400]
    draft_nudges(db, settings, guests.event, [liaison.id], words=words, now=clock.now)
    found = select(OutboxMail).where(
        OutboxMail.letter == "member_nudge", OutboxMail.member_id == liaison.id
    )
    return liaison.id, follow_up.written(db, settings, db.scalars(found).one()).id


def _part(db: Session, mail_id: int) -> int:
    mail = db.get_one(OutboxMail, mail_id)
    assert mail.rendered is not None
    return opened(seal(SECRET, mail.rendered)).attachments[0].number


def _import(db: Session, staff: Account, clock: TestClock, say: Say) -> int:
    """A list that waits to be imported."""
    line = CityLine(
        number=2,
        name=say("Utrecht"),
        country="NL",
        latitude=52.09,
        longitude=5.12,
        timezone="Europe/Amsterdam",
        person=say("Adviser"),
        address="adviser@utrecht.example.org",
    )
    made = CityImport(
        asked_by=staff,
        asked_at=clock.now,
        expires_at=clock.now + KEPT,
        filename=say("cities.csv"),
        lines=as_kept([line]),
        ignored=[say("Note")],
    )
    db.add(made)
    db.flush()
    return made.id


def _onboarding(db: Session, event: Event, city: City, clock: TestClock) -> Onboarding:
    city.joined_at = None
    introduce_attending_cities(db, event, now=clock.now)
    return db.scalars(select(Onboarding).where(Onboarding.city_id == city.id)).one()
