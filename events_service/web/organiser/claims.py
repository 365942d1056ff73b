"""What a mail that came in claims, as a sentence."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from events_service.itip.cleaning import one_line
from events_service.letters.dates import clock, clock_range, day, plain_day
from events_service.model import Event, InboundMail

SAYS = {
    "ACCEPTED": "accepts",
    "TENTATIVE": "accepts tentatively",
    "DECLINED": "declines",
    "NEEDS-ACTION": "has not decided",
}
CAME_TO = {
    "applied": ("accepted", "Carried out"),
    "unchanged": ("accepted", "Known already"),
    "stale": ("none", "Too late"),
    "proposal": ("tentative", "Another time proposed"),
    "review": ("tentative", "Waits for a decision"),
    "quarantined": ("tentative", "Waits for a decision"),
    "bounce": ("declined", "Came back"),
    "auto-reply": ("none", "Automatic answer"),
}
DECIDED = {"applied": ("accepted", "Carried out by a person"), "dismissed": ("none", "Put aside")}


def claim_of(mail: InboundMail, event: Event | None) -> str:
    """“mayor@… declines for Deputy mayor, Newark, on 1 June 2027”. On one line, and inert."""
    claims = mail.claims
    who = one_line(mail.sender or "Somebody")
    if not claims:
        return f"{who} sent a letter in words" if mail.outcome == "review" else f"{who} wrote"
    who = one_line(str(claims.get("attendee") or who))
    person = one_line(mail.invitation.member.name) if mail.invitation else "somebody"
    if claims.get("said") == "DELEGATED":
        instead = one_line(str(claims.get("delegated_to") or "somebody"))
        return f"{who} suggests {instead} in place of {person}"
    if claims.get("method") == "COUNTER":
        return f"{who} proposes another time for {person}{_proposed(claims, event)}"
    if claims.get("method") == "REFRESH":
        return f"{who} asks for the invitation of {person} again"
    verb = SAYS.get(str(claims.get("said")), "answers")
    return f"{who} {verb} for {person}{_on(claims)}"


def came_to(mail: InboundMail) -> tuple[str, str]:
    """How a state is drawn, and its word: what became of a mail."""
    if mail.decision:
        return DECIDED[mail.decision]
    return CAME_TO.get(mail.outcome or "", ("none", "Being read"))


def span_words(starts: datetime, ends: datetime, zone: ZoneInfo) -> str:
    """Tuesday 1 June 2027, 09:00 – 17:00, on the clocks of that zone."""
    first, last = starts.astimezone(zone), ends.astimezone(zone)
    if first.date() == last.date():
        return f"{day(first.date())}, {clock_range(first.time(), last.time())}"
    return f"{day(first.date())}, {clock(first.time())} to {day(last.date())}, {clock(last.time())}"


def _on(claims: dict[str, object]) -> str:
    one = _date(claims.get("day"))
    return f", on {plain_day(one)}" if one else ""


def _proposed(claims: dict[str, object], event: Event | None) -> str:
    starts, ends = _instant(claims.get("starts")), _instant(claims.get("ends"))
    if starts is None or ends is None or event is None:
        return ""
    return f": {span_words(starts, ends, event.zone)}"


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _instant(text: object) -> datetime | None:
    """An aware moment; None for a date, or what is none."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
