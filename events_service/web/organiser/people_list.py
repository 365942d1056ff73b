"""Everybody of the delegations to a workshop, as a list and as a file."""

from flask import render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.registration.form import days_of
from events_service.model import Event
from events_service.queries.event_people import EventPerson, people_of_event
from events_service.web.access import access, event_for, me
from events_service.web.context import now
from events_service.web.lists.files import FileKind, exported, table_of
from events_service.web.lists.page import ListPage, list_page
from events_service.web.lists.people import list_of_people
from events_service.web.organiser import pages

PEOPLE = "/events/<int:event_id>/people"


@pages.get(PEOPLE)
@access("organiser")
def people(event_id: int) -> str:
    """`?ticked=`: all rows of the page are chosen, for who has no JavaScript to do that."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        return render_template(
            "organiser/people.html",
            event=event,
            page=people_page(db, event),
            ticked="ticked" in request.args,
        )


@pages.get(f"{PEOPLE}.csv")
@access("organiser", lately_from="organiser.people")
def people_as_csv(event_id: int) -> Response:
    return _exported(event_id, "csv")


@pages.get(f"{PEOPLE}.xlsx")
@access("organiser", lately_from="organiser.people")
def people_as_xlsx(event_id: int) -> Response:
    return _exported(event_id, "xlsx")


def people_page(db: Session, event: Event) -> ListPage[EventPerson]:
    """As the address of the present request asks for it."""
    return list_page(list_of_people(event, days_of(event)), people_of_event(db, event.id))


def _exported(event_id: int, kind: FileKind) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        found = people_page(db, event).found
        table = table_of(found.columns, found.rows)
        today = now().astimezone(event.zone).date()
        return exported(table, kind, what="people", of=event.slug, day=today)
