"""The cast of the letters' tests: one workshop, one delegation, each person by role."""

from typing import Any

from events_service.letters.sender import Sender

SENDER = Sender(
    network_name="Network of Cities",
    mail_domain="events.example.org",
    public_url="https://events.example.org",
    secretariat_address="secretariat@events.example.org",
)
SESSIONS = [
    ("2027-06-01", "09:00", "10:30", "Opening by the host city", "Town hall"),
    ("2027-06-01", "11:00", "17:30", "What cities saw this year", ""),
    ("2027-06-02", "09:30", "17:00", "Working with civil society", ""),
    ("2027-06-03", "09:00", "12:30", "Commitments and next steps", ""),
]
EVENT: dict[str, Any] = {
    "title": "Preventing hate where people live",
    "programme": "Cities against hate and extremism",
    "city": "Bratislava",
    "country": "SK",
    "venue": "Primate’s Palace",
    "venue_address": "Primaciálne námestie 2",
    "timezone": "Europe/Bratislava",
    "starts_on": "2027-06-01",
    "ends_on": "2027-06-03",
    "sessions": [
        {
            "held_on": day,
            "starts": starts,
            "ends": ends,
            "fold": 0,
            "title": title,
            "note": note,
            "number": number,
        }
        for number, (day, starts, ends, title, note) in enumerate(SESSIONS, 1)
    ],
    "slug": "bratislava-2027",
}
MAYOR = {
    "name": "Deputy mayor, Newark",
    "role": "Deputy mayor",
    "address": "deputy.mayor@newark.example.org",
}
OFFICER = {
    "name": "Head of community safety, Newark",
    "role": "Head of community safety",
    "address": "safety@newark.example.org",
}
DAYS = ["2027-06-01", "2027-06-02", "2027-06-03"]
MEMBERS = [{**MAYOR, "days": DAYS}, {**OFFICER, "days": DAYS[:2]}]
OFFICE = "office@newark.example.org"
CLOSES = "2027-05-14T16:00:00+00:00"
INVITATION: dict[str, Any] = {
    "uid": "5f0c6c1e2b7a4d0f9a3e@events.example.org",
    "sequence": 0,
    "dtstamp": "2027-02-01T09:30:00+00:00",
    "days": DAYS[:2],
    "partstat": "NEEDS-ACTION",
    "link": {"number": 71, "version": 1},
}
PRACTICE = {
    "title": "Trusted messengers at school gates",
    "challenge": "Rumours travelled faster than the city could answer.",
    "approach": "Parents were trained and paid to answer first.\nThe city followed within a day.",
    "impact": "Complaints fell by a third within two school years.",
    "slug": "trusted-messengers",
}


def link(number: int) -> dict[str, int]:
    return {"number": number, "version": 1}


def moved(event: dict[str, Any], days: dict[str, str], **changes: Any) -> dict[str, Any]:
    """The event on other days; `days` maps old to new."""
    sessions = [{**each, "held_on": days[each["held_on"]]} for each in event["sessions"]]
    ends = {"starts_on": days[event["starts_on"]], "ends_on": days[event["ends_on"]]}
    return {**event, **ends, "sessions": sessions, **changes}


WEEK_LATER = {"2027-06-01": "2027-06-08", "2027-06-02": "2027-06-09", "2027-06-03": "2027-06-10"}
_DELEGATION = {
    "event": EVENT,
    "city": "Newark",
    "city_timezone": "America/New_York",
    "members": MEMBERS,
    "closes_at": CLOSES,
    "link": link(12),
}
_OFFER = {
    **_DELEGATION,
    "offered": 1,
    "offer_ends_at": "2027-05-10T16:00:00+00:00",
}
_MEMBER = {
    "event": EVENT,
    "city": "Newark",
    "city_timezone": "America/New_York",
    "member": MAYOR,
    "copied_to_office": True,
    "invitation": INVITATION,
}
_MOVED: dict[str, Any] = {
    **_DELEGATION,
    "event_before": {**EVENT, "venue": "Old Market Hall"},
    "copied_to_office": False,
}
_WAITED: dict[str, Any] = {
    "event": EVENT,
    "city": "Newark",
    "city_timezone": "America/New_York",
    "member": MAYOR,
    "copied_to_office": True,
}
_INVITED = {**_MEMBER, "named_by": OFFICE, "days": DAYS, "link": link(31)}
_UPDATED = {
    **_MEMBER,
    "event": moved(EVENT, WEEK_LATER, venue="Old Market Hall", venue_address="Námestie SNP 25"),
    "event_before": EVENT,
    "days": list(WEEK_LATER.values()),
    "days_before": DAYS,
    "invitation": {**INVITATION, "sequence": 1, "days": list(WEEK_LATER.values())[:2]},
    "link": link(31),
}
_CANCELLED = {**_MEMBER, "invitation": {**INVITATION, "sequence": 2}, "words": ""}


def run(*days: str, hours: tuple[str, str] | None, session: int | None = None) -> dict[str, Any]:
    """What a calendar object covers; a session is named by its place in SESSIONS."""
    written = {"starts_fold": 0, "ends_fold": 0}
    if hours:
        written |= dict(zip(("starts", "ends"), hours, strict=True))
    title = SESSIONS[session - 1][3] if session else ""
    return {
        "days": list(days),
        "hours": written if hours else None,
        "session": session,
        "title": title,
    }


def about(of: dict[str, Any], **other: Any) -> dict[str, Any]:
    """An invitation to that run."""
    return {**INVITATION, "days": of["days"], "run": of, "chosen": None, **other}


OPENING = run("2027-06-01", hours=("09:00", "10:30"), session=1)
LATE_OPENING = run("2027-06-01", hours=("09:30", "10:30"), session=1)
WHOLE_DAYS = run(*DAYS, hours=None)
TWO_DAYS = run(*DAYS[:2], hours=("09:00", "17:30"))
_SPOTLIGHT = {
    "event": EVENT,
    "practice": PRACTICE,
    "city": "Newark",
    "contact": OFFICER,
    "owner": {
        "name": "Partnerships officer",
        "role": "for the network",
        "address": "partnerships@events.example.org",
    },
    "answer_by": "2027-09-30",
    "words": "",
}
_ANSWER = {
    "event": EVENT,
    "city": "Newark",
    "city_timezone": "America/New_York",
    "addressee": "Mayor",
    "closes_at": CLOSES,
    "link": link(12),
}
_REMINDER = {**_ANSWER, "seats": 3, "seats_elected": 1}
_CONTACT = {
    "city": "Newark",
    "contact": OFFICER,
    "before": None,
    "named_by": OFFICE,
    "to_contact": False,
}
REASON = "The venue has been damaged by a flood.\nWe are looking for another date in autumn."

# What a letter is made from, by a name for the case; the letter's name stands before the dot.
CASES: dict[str, dict[str, Any]] = {
    "sign_in": {"account": "Administrator", "link": link(3), "minutes": 15},
    "city_invited": {
        "event": EVENT,
        "summary": "Three days on what local government can do before violence begins.",
        "partners": ["City of Bratislava", "Ministry of the Interior"],
        "languages": ["en", "sk"],
        "city": "Newark",
        "city_timezone": "America/New_York",
        "addressee": "Mayor",
        "seats": 3,
        "seats_elected": 1,
        "closes_at": CLOSES,
        "again": False,
        "before": None,
        "link": link(12),
    },
    "city_declined": {**_ANSWER, "words": "Our budget is settled in May.\nNext year, gladly."},
    "city_declined.silent": {**_ANSWER, "words": ""},
    "city_reminder": {**_REMINDER, "started": False, "words": ""},
    "city_reminder.started": {**_REMINDER, "started": True, "words": "We keep a place for you."},
    "city_sign_in": {"cities": ["Newark"], "link": link(5), "minutes": 15},
    "city_sign_in.several": {"cities": ["Newark", "Boise"], "link": link(5), "minutes": 15},
    "city_contacts_changed": {**_CONTACT, "reason": "added"},
    "city_contacts_changed.to_them": {**_CONTACT, "reason": "added", "to_contact": True},
    "city_contacts_changed.changed": {
        **_CONTACT,
        "reason": "changed",
        "before": {**OFFICER, "address": "old@newark.example.org"},
    },
    "city_contacts_changed.removed": {**_CONTACT, "reason": "removed"},
    "city_contacts_changed.removed_them": {**_CONTACT, "reason": "removed", "to_contact": True},
    "registration_link": {"event": EVENT, "city": "Newark", "closes_at": CLOSES, "link": link(12)},
    "registration_unknown": {"event": EVENT},
    "delegation_confirmed": {**_DELEGATION, "changed": False, "removed": []},
    "delegation_confirmed.changed": {**_DELEGATION, "changed": True, "removed": ["Adviser"]},
    "delegation_confirmed.open": {
        **_DELEGATION,
        "changed": False,
        "removed": [],
        "details_open": 1,
    },
    "delegation_submitted": {**_DELEGATION, "asked_for": 2, "confirmed": False},
    "delegation_submitted.more": {**_DELEGATION, "asked_for": 4, "confirmed": True},
    "delegation_approved": {**_DELEGATION, "words": "We look forward to it."},
    "delegation_turned_down": {**_DELEGATION, "because": "Too many asked.", "confirmed": False},
    "delegation_turned_down.more": {**_DELEGATION, "because": "It is full.", "confirmed": True},
    "delegation_offered": _OFFER,
    "delegation_offer_ended": _OFFER,
    "delegation_waitlisted": {
        **_DELEGATION,
        "seats_free": 1,
        "to_member": None,
        "named_by": OFFICE,
        "copied_to_office": False,
    },
    "delegation_waitlisted.member": {
        **_DELEGATION,
        "seats_free": 0,
        "to_member": MAYOR,
        "named_by": OFFICE,
        "copied_to_office": True,
    },
    "delegation_moved": {**_MOVED, "waiting": False, "to_member": None},
    "delegation_moved.waiting": {**_MOVED, "waiting": True, "to_member": None},
    "delegation_moved.undecided": {
        **_MOVED,
        "waiting": False,
        "undecided": True,
        "to_member": None,
    },
    "delegation_moved.member": {**_MOVED, "waiting": True, "to_member": MAYOR},
    "waiting_ended": {**_WAITED, "reason": "withdrawn", "words": ""},
    "waiting_ended.removed": {**_WAITED, "reason": "removed", "words": ""},
    "waiting_ended.turned_down": {**_WAITED, "reason": "turned_down", "words": ""},
    "waiting_ended.event": {**_WAITED, "reason": "event", "words": "A storm closed the port."},
    "delegation_promoted": _DELEGATION,
    "delegation_withdrawn": _DELEGATION,
    "member_invited": {**_INVITED, "reason": "named"},
    "member_invited.promoted": {**_INVITED, "reason": "promoted"},
    "member_invited.readmitted": {**_INVITED, "reason": "readmitted"},
    "member_invited.session": {**_INVITED, "invitation": about(OPENING), "reason": "named"},
    "member_invited.all_day": {**_INVITED, "invitation": about(WHOLE_DAYS), "reason": "named"},
    "member_details": {
        "event": EVENT,
        "city": "Newark",
        "city_timezone": "America/New_York",
        "member": MAYOR,
        "named_by": OFFICE,
        "asked": [
            {
                "label": "Which languages do you speak?",
                "purpose": "The hosts plan interpreters and working groups by it.",
            },
        ],
        "until": "2027-06-03",
        "link": link(41),
    },
    "member_nudge": {**_INVITED, "words": ""},
    "member_nudge.words": {**_INVITED, "words": "We keep a place for you.\n\nDo say yes."},
    "member_updated": _UPDATED,
    "member_updated.answered": {
        **_UPDATED,
        "event": {**EVENT, "venue": "Old Market Hall"},
        "days": DAYS,
        "invitation": {**INVITATION, "sequence": 1, "partstat": "ACCEPTED"},
    },
    "member_updated.session": {
        **_UPDATED,
        "event": EVENT,
        "was": LATE_OPENING,
        "invitation": about(OPENING, sequence=1),
    },
    "member_updated.text": {
        **_UPDATED,
        "event": {**EVENT, "title": "Preventing hate together"},
        "days": DAYS,
        "was": TWO_DAYS,
        "invitation": about(TWO_DAYS, partstat="ACCEPTED"),
    },
    "member_cancelled.session": {
        **_CANCELLED,
        "invitation": about(OPENING, sequence=1),
        "reason": "session",
    },
    "member_cancelled.fewer_sessions": {
        **_CANCELLED,
        "invitation": about(OPENING, sequence=1),
        "reason": "days",
    },
    "member_cancelled.replaced": {
        **_CANCELLED,
        "invitation": about(TWO_DAYS, sequence=1),
        "reason": "replaced",
    },
    "member_cancelled": {**_CANCELLED, "reason": "withdrawn"},
    "member_cancelled.removed": {**_CANCELLED, "reason": "removed"},
    "member_cancelled.days": {**_CANCELLED, "reason": "days"},
    "member_cancelled.too_early": {**_CANCELLED, "reason": "too_early"},
    "member_cancelled.event": {**_CANCELLED, "reason": "event", "words": REASON},
    "proposal_declined": {
        **_MEMBER,
        "day": None,
        "proposed_starts": "2027-06-01T08:00:00+00:00",
        "proposed_ends": "2027-06-01T16:00:00+00:00",
    },
    "proposal_declined.day": {
        **_MEMBER,
        "day": "2027-06-02",
        "proposed_starts": "2027-06-04T08:00:00+00:00",
        "proposed_ends": "2027-06-04T16:00:00+00:00",
    },
    "event_cancelled_city": {
        "event": EVENT,
        "city": "Newark",
        "addressee": "",
        "members": MEMBERS,
        "words": REASON,
    },
    "spotlight_invite": _SPOTLIGHT,
    "spotlight_invite.words": {**_SPOTLIGHT, "words": "We met in June.\n\nI think of it often."},
    "spotlight_draft": _SPOTLIGHT,
    "spotlight_sign_off": _SPOTLIGHT,
    "spotlight_publish": _SPOTLIGHT,
    "spotlight_check_in": _SPOTLIGHT,
    "letter_test": {
        "letter": "member_updated",
        "language": "en",
        "to": "Mayor of Newark",
        "facts": {**_UPDATED, "words": "The hall is being repaired."},
        "has_calendar": True,
    },
    "letter_test.city": {
        "letter": "event_cancelled_city",
        "language": "en",
        "to": "mayor@newark.example.org",
        "facts": {
            "event": EVENT,
            "city": "Newark",
            "addressee": "",
            "members": MEMBERS,
            "words": REASON,
        },
        "has_calendar": False,
    },
}
CASES["city_invited.approves"] = {**CASES["city_invited"], "approves": True}
