"""The calendar part of a member's letter, from its (raw) facts."""

from collections.abc import Collection
from datetime import datetime
from typing import cast

from events_service.itip import messages
from events_service.itip.days import Run
from events_service.itip.messages import Entry, Partstat, Person
from events_service.letters.facts import EventFacts, InvitationFacts, PersonFacts
from events_service.letters.happening import Happening
from events_service.letters.letter import CalendarPart
from events_service.letters.sender import Sender
from events_service.tokens import placeholder
from events_service.translation import gettext as _


def organizer_address(invitation: InvitationFacts, sender: Sender) -> str:
    """rsvp+PLACEHOLDER@domain: both ORGANIZER and From, so the answer says whose it is."""
    link = invitation["link"]
    token = placeholder("rsvp", link["number"], link["version"])
    return f"rsvp+{token}@{sender.mail_domain}"


def request_part(
    event: EventFacts, member: PersonFacts, invitation: InvitationFacts, sender: Sender
) -> CalendarPart:
    entry = entry_of(event, member, invitation, sender)
    return CalendarPart("REQUEST", messages.request(entry))


def cancel_part(
    event: EventFacts,
    member: PersonFacts,
    invitation: InvitationFacts,
    sender: Sender,
    *,
    whole_event: bool,
) -> CalendarPart:
    entry = entry_of(event, member, invitation, sender)
    return CalendarPart("CANCEL", messages.cancel(entry, whole_event=whole_event))


def entry_of(
    event: EventFacts, member: PersonFacts, invitation: InvitationFacts, sender: Sender
) -> Entry:
    """What stands in the person's calendar. The link to answer stays out of it: calendars are
    shared with others."""
    happening = Happening(event, sender.public_url)
    run = happening.run(invitation)
    return Entry(
        uid=invitation["uid"],
        sequence=invitation["sequence"],
        dtstamp=datetime.fromisoformat(invitation["dtstamp"]),
        organizer=Person(organizer_address(invitation, sender), sender.network_name),
        attendee=Person(member["address"], member["name"]),
        summary=_summary(event, run),
        run=run,
        zone=event["timezone"],
        description=_description(happening, run, invitation.get("chosen"), sender),
        location=happening.location,
        url=happening.page,
        partstat=cast(Partstat, invitation["partstat"]),
    )


def words_of(
    event: EventFacts, member: PersonFacts, invitation: InvitationFacts, sender: Sender
) -> tuple[str, str]:
    """SUMMARY and DESCRIPTION: what a calendar says beside time and place."""
    entry = entry_of(event, member, invitation, sender)
    return entry.summary, entry.description


def summary(title: str, city: str) -> str:
    """What an entry is called: the title, with the host city where it does not name it."""
    return title if city in title else f"{title}, {city}"


def _summary(event: EventFacts, run: Run) -> str:
    whole = summary(event["title"], event["city"])
    return f"{run.title} — {whole}" if run.title else whole


def _description(
    happening: Happening, run: Run, chosen: Collection[int] | None, sender: Sender
) -> str:
    parts = [happening.programme]
    for heading, items in happening.agenda(run, chosen):
        rows = [f"{item.hours}  {item.title}{_note(item.note)}" for item in items]
        parts.append("\n".join([heading, *rows]))
    parts.append(
        "\n".join(
            [
                _("Programme: %(page)s", page=happening.page),
                _("Questions: %(address)s", address=sender.secretariat_address),
            ]
        )
    )
    return "\n\n".join(part for part in parts if part)


def _note(note: str) -> str:
    return f" ({note})" if note else ""
