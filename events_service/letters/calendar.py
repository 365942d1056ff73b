"""The calendar part of a member's letter, from its (raw) facts."""

from datetime import date, datetime
from typing import cast

from events_service.itip import messages
from events_service.itip.messages import Entry, Partstat, Person
from events_service.letters.facts import EventFacts, InvitationFacts, PersonFacts
from events_service.letters.happening import Happening
from events_service.letters.letter import CalendarPart
from events_service.letters.sender import Sender
from events_service.tokens import placeholder


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
    days = [date.fromisoformat(day) for day in invitation["days"]]
    return Entry(
        uid=invitation["uid"],
        sequence=invitation["sequence"],
        dtstamp=datetime.fromisoformat(invitation["dtstamp"]),
        organizer=Person(organizer_address(invitation, sender), sender.network_name),
        attendee=Person(member["address"], member["name"]),
        summary=_summary(event),
        run=happening.run(days),
        zone=event["timezone"],
        description=_description(happening, days, sender),
        location=happening.location,
        url=happening.page,
        partstat=cast(Partstat, invitation["partstat"]),
    )


def _summary(event: EventFacts) -> str:
    title, city = event["title"], event["city"]
    return title if city in title else f"{title}, {city}"


def _description(happening: Happening, days: list[date], sender: Sender) -> str:
    parts = [happening.programme]
    for heading, items in happening.agenda(days):
        rows = [f"{item.hours}  {item.title}{_note(item.note)}" for item in items]
        parts.append("\n".join([heading, *rows]))
    parts.append(f"Programme: {happening.page}\nQuestions: {sender.secretariat_address}")
    return "\n\n".join(part for part in parts if part)


def _note(note: str) -> str:
    return f" ({note})" if note else ""
