"""The letter to somebody who proposed another time, when the time stays as it is."""

from datetime import date, datetime

from events_service.itip import messages
from events_service.itip.days import Run
from events_service.letters import dates
from events_service.letters.calendar import entry_of, organizer_address
from events_service.letters.happening import Happening, happening, headline
from events_service.letters.inert import inert
from events_service.letters.letter import CalendarPart, Letter
from events_service.letters.member_facts import ProposalDeclinedFacts
from events_service.letters.rendering import write
from events_service.letters.salutation import salutation
from events_service.letters.sender import Sender
from events_service.translation import gettext as _


def proposal_declined(facts: ProposalDeclinedFacts, sender: Sender) -> Letter:
    shown = inert(facts)
    event = happening(shown, sender.public_url)
    run = event.run(shown["invitation"])
    day = date.fromisoformat(facts["day"]) if facts["day"] else None
    asked_about = Run((day,), run.hours) if day else run
    entry = entry_of(facts["event"], facts["member"], facts["invitation"], sender)
    return write(
        "proposal_declined",
        sender,
        subject=_("The time stays: %(event)s", event=headline(facts["event"], asked_about.days)),
        facts={
            **shown,
            "event": event,
            "dear": salutation(shown["member"]["name"], shown["city"]),
            "when": event.when_of(asked_about),
            "proposed": _proposed(facts, event, len(asked_about.days)),
        },
        calendar=CalendarPart("DECLINECOUNTER", messages.decline_counter(entry, day=day)),
        from_address=organizer_address(facts["invitation"], sender),
    )


def _proposed(facts: ProposalDeclinedFacts, event: Happening, days: int) -> list[str]:
    """The time that was proposed, on the clocks of the place; of several days the first."""
    starts, ends = (
        datetime.fromisoformat(end).astimezone(event.zone)
        for end in (facts["proposed_starts"], facts["proposed_ends"])
    )
    if starts.date() != ends.date():
        return [
            dates.moment(starts, event.zone),
            _("until %(moment)s", moment=dates.moment(ends, event.zone)),
        ]
    first = dates.day(starts.date())
    clocks = dates.clock_range(starts.time(), ends.time())
    return [
        _("from %(day)s", day=first) if days > 1 else first,
        f"{clocks}, {event.local(starts)}",
    ]
