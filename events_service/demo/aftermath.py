"""The staff's chapters: attendance, consent, the report, a spotlight letter, new cities."""

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.db import transaction
from events_service.demo.story import Happened, Story
from events_service.domain.delivery.approval import approve_letter, digest_of
from events_service.domain.followup.due import today
from events_service.domain.followup.spotlights import start_partnership
from events_service.domain.refusals import Refusal
from events_service.domain.reporting.drafting import report_of, request_draft
from events_service.domain.reporting.publishing import document_of, publish
from events_service.domain.reporting.wording import in_words
from events_service.letters.dates import and_list
from events_service.model import (
    Attendance,
    City,
    Onboarding,
    OutboxMail,
    Practice,
    Quote,
    Report,
    Spotlight,
)


def attendance_is_there(story: Story) -> Happened:
    with transaction() as db:
        event = story.past(db, "stockholm")
        came = select(func.count()).where(Attendance.event_id == event.id)
        officials = db.scalar(came.where(Attendance.city_id.is_not(None)))
        guests = db.scalar(came.where(Attendance.organisation_id.is_not(None)))
        return Happened(
            f"Stockholm 2024: {officials} officials and {guests} guests are recorded",
            story.url(f"/staff/events/{event.id}/attendance"),
        )


def the_report_is_drafted_and_published(story: Story) -> Happened:
    with transaction() as db:
        event = story.past(db, "stockholm")
        number = event.id
        _drafted(db, story)
    story.wait_for("the draft of the report", _is_drafted(number))
    with transaction() as db:
        event = story.past(db, "stockholm")
        report = report_of(db, event)
        if report is not None and not report.versions:
            publish(
                db,
                event,
                story.administrator(db),
                network=story.settings.network_name,
                public_url=story.settings.public_url,
                now=story.now,
            )
        return Happened(
            "The summary page of Stockholm is published, as a page and as a PDF",
            story.url(f"/reports/{event.slug}"),
        )


def _drafted(db: Session, story: Story) -> None:
    event = story.past(db, "stockholm")
    if report_of(db, event) is None:
        request_draft(db, event, story.administrator(db), now=story.now)


def a_quote_without_consent_is_refused(story: Story) -> Happened:
    """Staff want a quote shown that nobody consented to; the document refuses to be made."""
    with transaction() as db:
        event = story.past(db, "stockholm")
        number = event.id
        _drafted(db, story)
    story.wait_for("the draft of the report", _is_drafted(number))
    refusal = "No quote lacks consent, so nothing is refused"
    with transaction() as db:
        event = story.past(db, "stockholm")
        quote = db.scalars(
            select(Quote).where(Quote.event_id == number, Quote.consent != "given")
        ).first()
        if quote is not None:
            trial = db.begin_nested()
            quote.shown = True
            db.flush()
            try:
                document_of(db, event)
            except Refusal as said:
                refusal = f"Refused: {said}"
            trial.rollback()
    return Happened(refusal, story.url(f"/staff/events/{number}/records"))


def _is_drafted(event_id: int) -> Callable[[Session], bool]:
    def done(db: Session) -> bool:
        state = db.scalar(select(Report.state).where(Report.event_id == event_id))
        return state in ("draft", "failed")

    return done


def a_spotlight_letter_is_approved(story: Story) -> Happened:
    with transaction() as db:
        practice = db.scalars(
            select(Practice).join(City).where(City.slug == "boise").order_by(Practice.id)
        ).first()
        assert practice is not None
        spotlight = db.scalar(select(Spotlight).where(Spotlight.practice_id == practice.id))
        if spotlight is None:
            owner = story.administrator(db)
            spotlight = start_partnership(db, practice.id, owner, today(story.now), now=story.now)
            spotlight.steps[0].due_on = today(story.now)
        number = spotlight.id

    def letter_of(db: Session) -> OutboxMail | None:
        return db.get_one(Spotlight, number).steps[0].mail

    def is_rendered(db: Session) -> bool:
        mail = letter_of(db)
        return mail is not None and mail.rendered is not None

    story.wait_for("the letter to Boise", is_rendered)
    with transaction() as db:
        mail = letter_of(db)
        if mail is not None and mail.state == "drafted":
            approve_letter(
                db, mail.id, story.administrator(db), read=digest_of(mail), now=story.now
            )
    story.wait_for_mail("the approved letter")
    return Happened(
        "Boise’s practice becomes a City Spotlight: the letter was drafted, approved and sent",
        story.url(f"/staff/spotlights/{number}"),
    )


def cities_are_introduced(story: Story) -> Happened:
    with transaction() as db:
        names = db.scalars(
            select(City.name).join(Onboarding).where(Onboarding.state == "introduced")
        ).all()
        return Happened(
            f"{in_words(len(names)).capitalize()} cities are introduced, each with a task list: "
            f"{and_list(sorted(names))}",
            story.url("/staff/onboarding"),
        )
