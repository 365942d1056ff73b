"""The whole story, played on a running service: from the schedule to the follow-up.

Every chapter does what a person would do on a page, by the same domain functions, and waits for
the workers where a person would wait. Chapters that were played before are told, not repeated.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from events_service.clock import Clock
from events_service.config import Settings
from events_service.demo import (
    aftermath,
    calendars,
    decisions,
    details,
    registration,
    replacing,
    schedule,
)
from events_service.demo.story import Chapter, Happened, Story

CHAPTERS: tuple[Chapter, ...] = (
    Chapter("Schedule", schedule.next_edition_is_scheduled),
    Chapter("Invite", schedule.cities_are_invited),
    Chapter("Register", registration.cities_register),
    Chapter("Calendar invitations", registration.letters_arrive),
    Chapter("Move", schedule.a_workshop_moves),
    Chapter("Answer", registration.people_answer),
    Chapter("Answer from a calendar", calendars.calendars_answer),
    Chapter("Questions", details.each_person_is_asked),
    Chapter("Somebody else comes", replacing.somebody_else_comes),
    Chapter("Own details", details.people_tell_about_themselves),
    Chapter("What people told", details.the_organiser_reads_what_was_told),
    Chapter("Waiting list", registration.a_city_waits_and_is_promoted),
    Chapter("Kept places", decisions.places_are_kept_for_new_cities),
    Chapter("Decide", decisions.the_organiser_decides),
    Chapter("Read and release", decisions.letters_are_read_and_released),
    Chapter("Offer", decisions.a_city_takes_up_an_offer),
    Chapter("Outbox", decisions.letters_wait_for_you),
    Chapter("Attendance", aftermath.attendance_is_there),
    Chapter("Consent", aftermath.a_quote_without_consent_is_refused),
    Chapter("Report", aftermath.the_report_is_drafted_and_published),
    Chapter("Spotlight", aftermath.a_spotlight_letter_is_approved),
    Chapter("Onboarding", aftermath.cities_are_introduced),
)


def play(
    settings: Settings, clock: Clock, report_progress: Callable[[int, int, str], None]
) -> dict[str, Any]:
    """Play every chapter. `report_progress(done, total, name)` is called before each.

    Gives {"chapters": [{name, happened, link}], "mails": {state: count}} in plain values.
    """
    story = Story(settings, clock)
    told: list[Happened] = []
    for number, chapter in enumerate(CHAPTERS):
        report_progress(number, len(CHAPTERS), chapter.name)
        told.append(chapter.play(story))
    report_progress(len(CHAPTERS), len(CHAPTERS), "Done")
    return {
        "chapters": [
            {"name": chapter.name, **asdict(what)}
            for chapter, what in zip(CHAPTERS, told, strict=True)
        ],
        "mails": story.mails_by_state(),
    }
