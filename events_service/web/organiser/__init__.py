"""Pages of organisers: series and events, cities, who is coming, moves and cancellations."""

from flask import Blueprint

pages = Blueprint("organiser", __name__, url_prefix="/organise")

# The views register themselves on `pages`, so they are imported once it is there.
from events_service.web.organiser import (  # noqa: E402, F401
    agenda,
    board,
    calendars,
    changes,
    cities,
    city_list,
    counts,
    decisions,
    decisions_offer,
    details,
    door,
    events,
    in_confidence,
    invitations,
    kept_places,
    letters_again,
    next_edition,
    nudges,
    outbox,
    outbox_letters,
    own_calendar,
    papers,
    people,
    people_list,
    places,
    proposals,
    question_form,
    questions,
    replacing,
    replies,
    requests,
    series,
    shown,
    start,
    waiting,
    waiting_letter,
)
