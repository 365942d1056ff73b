"""Pages of the secretariat: what follows an event, and the letters that wait for a person."""

from flask import Blueprint

pages = Blueprint("staff", __name__, url_prefix="/staff")

# The views register themselves on `pages`, so they are imported once it is there.
from events_service.web.staff import (  # noqa: E402
    attendance,
    city_import,
    consents,
    letters,
    mailbox,
    mailbox_answers,
    onboarding,
    people,
    records,
    replies,
    report,
    report_parts,
    shown,
    spotlight_steps,
    spotlights,
)

__all__ = [
    "attendance",
    "city_import",
    "consents",
    "letters",
    "mailbox",
    "mailbox_answers",
    "onboarding",
    "pages",
    "people",
    "records",
    "replies",
    "report",
    "report_parts",
    "shown",
    "spotlight_steps",
    "spotlights",
]
