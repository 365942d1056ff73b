"""What a mail that came in claims, as a sentence."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from events_service.itip.cleaning import one_line
from events_service.letters.dates import clock, clock_range, day, plain_day
from events_service.model import Event, InboundMail
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext

SAYS = {
    "ACCEPTED": lazy_gettext("%(who)s accepts for %(person)s"),
    "TENTATIVE": lazy_gettext("%(who)s accepts tentatively for %(person)s"),
    "DECLINED": lazy_gettext("%(who)s declines for %(person)s"),
    "NEEDS-ACTION": lazy_gettext("%(who)s has not decided for %(person)s"),
}
SAYS_SOMETHING = lazy_gettext("%(who)s answers for %(person)s")
CAME_TO = {
    "applied": ("accepted", lazy_gettext("Carried out")),
    "unchanged": ("accepted", lazy_gettext("Known already")),
    "stale": ("none", lazy_gettext("Too late")),
    "proposal": ("tentative", lazy_gettext("Another time proposed")),
    "review": ("tentative", lazy_gettext("Waits for a decision")),
    "quarantined": ("tentative", lazy_gettext("Waits for a decision")),
    "bounce": ("declined", lazy_gettext("Came back")),
    "auto-reply": ("none", lazy_gettext("Automatic answer")),
}
DECIDED = {
    "applied": ("accepted", lazy_gettext("Carried out by a person")),
    "dismissed": ("none", lazy_gettext("Put aside")),
}


def claim_of(mail: InboundMail, event: Event | None) -> str:
    """“mayor@… declines for Deputy mayor, Newark, on 1 June 2027”. On one line, and inert."""
    claims = mail.claims
    who = one_line(mail.sender or _("Somebody"))
    if not claims:
        if mail.outcome == "review":
            return _("%(who)s sent a letter in words", who=who)
        return _("%(who)s wrote", who=who)
    who = one_line(str(claims.get("attendee") or who))
    person = one_line(mail.invitation.member.name) if mail.invitation else _("somebody")
    if claims.get("said") == "DELEGATED":
        instead = one_line(str(claims.get("delegated_to") or _("somebody")))
        return _(
            "%(who)s suggests %(instead)s in place of %(person)s",
            who=who,
            instead=instead,
            person=person,
        )
    if claims.get("method") == "COUNTER":
        return _proposes(who, person, _proposed(claims, event))
    if claims.get("method") == "REFRESH":
        return _("%(who)s asks for the invitation of %(person)s again", who=who, person=person)
    said = SAYS.get(str(claims.get("said")), SAYS_SOMETHING) % {"who": who, "person": person}
    one = _date(claims.get("day"))
    return _("%(said)s, on %(day)s", said=said, day=plain_day(one)) if one else said


def came_to(mail: InboundMail) -> tuple[str, str]:
    """How a state is drawn, and its word: what became of a mail."""
    if mail.decision:
        return DECIDED[mail.decision]
    return CAME_TO.get(mail.outcome or "", ("none", _("Being read")))


def span_words(starts: datetime, ends: datetime, zone: ZoneInfo) -> str:
    """Tuesday 1 June 2027, 09:00 – 17:00, on the clocks of that zone."""
    first, last = starts.astimezone(zone), ends.astimezone(zone)
    if first.date() == last.date():
        return f"{day(first.date())}, {clock_range(first.time(), last.time())}"
    return _(
        "%(first)s, %(from_time)s to %(last)s, %(to_time)s",
        first=day(first.date()),
        from_time=clock(first.time()),
        last=day(last.date()),
        to_time=clock(last.time()),
    )


def _proposes(who: str, person: str, span: str) -> str:
    if not span:
        return _("%(who)s proposes another time for %(person)s", who=who, person=person)
    return _(
        "%(who)s proposes another time for %(person)s: %(span)s", who=who, person=person, span=span
    )


def _proposed(claims: dict[str, object], event: Event | None) -> str:
    starts, ends = _instant(claims.get("starts")), _instant(claims.get("ends"))
    if starts is None or ends is None or event is None:
        return ""
    return span_words(starts, ends, event.zone)


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
