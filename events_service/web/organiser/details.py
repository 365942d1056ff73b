"""What people told about themselves, for who plans meals, rooms and letters for visas."""

from collections.abc import Sequence

from flask import render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.particulars.answers import in_words
from events_service.domain.particulars.questions import questions_of
from events_service.model import Event, Question
from events_service.queries.particulars import EventDetails, PersonDetails, details_of_event
from events_service.sheets.table import Cell, Table
from events_service.translation import gettext as _
from events_service.translation import said
from events_service.web.access import access, event_for, me
from events_service.web.context import now
from events_service.web.forms.details import CONSENTS, NAMING, ways_of_naming
from events_service.web.lists.files import FileKind, exported
from events_service.web.organiser import pages

DETAILS = "/events/<int:event_id>/details"
NEEDS = ("dietary", "access")  # shown without names


@pages.get(DETAILS)
@access("organiser")
def details(event_id: int) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        found = _found(db, event)
        return render_template(
            "organiser/details.html",
            event=event,
            details=found,
            needs=[(one, found.needs(one.key)) for one in found.questions if one.key in NEEDS],
        )


@pages.get(f"{DETAILS}.csv")
@access("organiser", lately_from="organiser.details")
def details_as_csv(event_id: int) -> Response:
    return _exported(event_id, "csv")


@pages.get(f"{DETAILS}.xlsx")
@access("organiser", lately_from="organiser.details")
def details_as_xlsx(event_id: int) -> Response:
    return _exported(event_id, "xlsx")


@pages.get(f"{DETAILS}/needs.csv")
@access("organiser")
def needs_as_csv(event_id: int) -> Response:
    """For the kitchen and the house: what is needed and how often, and no names."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        found = _found(db, event)
        lines: list[Sequence[Cell]] = [
            [one.label, text, number]
            for one in found.questions
            if one.key in NEEDS
            for text, number in found.needs(one.key)
        ]
        table = Table([_("Question"), _("Answer"), _("People")], lines)
        today = now().astimezone(event.zone).date()
        return exported(table, "csv", what="needs", of=event.slug, day=today)


def _found(db: Session, event: Event) -> EventDetails:
    return details_of_event(db, event, questions_of(db, event))


def _exported(event_id: int, kind: FileKind) -> Response:
    """`?sensitive=yes`: with what was told in confidence, which the name of the file says too."""
    sensitive = request.args.get("sensitive") == "yes"
    with transaction() as db:
        event = event_for(db, me(), event_id)
        table = table_of_people(_found(db, event), sensitive=sensitive)
        today = now().astimezone(event.zone).date()
        what = "details-in-confidence" if sensitive else "details"
        return exported(table, kind, what=what, of=event.slug, day=today)


def table_of_people(found: EventDetails, *, sensitive: bool) -> Table:
    """A line for each person: who they are, what they answered, how they may be named, what they
    agreed to. What was told in confidence is left out unless asked for; its columns say so."""
    asked = [one for one in found.questions if sensitive or not one.sensitive]
    headings = [
        *(_("Name"), _("Role"), _("City"), _("Completed by themselves")),
        *(_heading(one) for one in asked),
        str(NAMING),
        *(str(label) for label in CONSENTS.values()),
    ]
    keys = [one.key for one in asked]
    return Table(headings, [_line(keys, one) for one in found.people])


def _heading(question: Question) -> str:
    label = said(question.label)
    return _("%(question)s (in confidence)", question=label) if question.sensitive else label


def _line(keys: Sequence[str], person: PersonDetails) -> list[Cell]:
    naming = dict(ways_of_naming(person.city)).get(person.attribution or "", "")
    return [
        *(person.name, person.role, person.city, in_words(person.is_complete)),
        *(in_words(person.answers.get(key)) for key in keys),
        naming,
        *(in_words(person.agreed.get(kind)) for kind in CONSENTS),
    ]
