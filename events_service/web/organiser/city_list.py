"""All cities of the network, as a list and as a file, and the way from there to an invitation."""

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.registration.form import closed_because
from events_service.model import Event
from events_service.queries.network import NetworkCity, cities_of_network
from events_service.queries.organiser import courses
from events_service.translation import gettext as _
from events_service.web.access import access, granted_series, me
from events_service.web.context import now
from events_service.web.lists.cities import lines_of, list_of_cities
from events_service.web.lists.files import FileKind, exported, table_of
from events_service.web.lists.page import ListPage, list_page
from events_service.web.organiser import pages


@pages.get("/cities")
@access("organiser")
def network() -> str:
    """`?ticked=`: all rows of the page are chosen, for who has no JavaScript to do that."""
    with transaction() as db:
        return render_template(
            "organiser/network.html",
            page=_cities(db),
            ticked="ticked" in request.args,
            staff=me().role != "organiser",
        )


@pages.get("/cities.csv")
@access("staff", lately_from="organiser.network")
def network_as_csv() -> Response:
    return _exported("csv")


@pages.get("/cities.xlsx")
@access("staff", lately_from="organiser.network")
def network_as_xlsx() -> Response:
    return _exported("xlsx")


@pages.get("/cities/invite")
@access("organiser")
def invite_to() -> str | Response:
    """`?city=`: which were ticked. To which workshop they are invited, of those that take
    registrations; its own page then shows them ticked, and the letter."""
    cities = [one for one in request.args.getlist("city") if one.isascii() and one.isdigit()]
    if not cities:
        flash(_("Choose at least one city, then press again."))
        return redirect(url_for("organiser.network"), 303)
    with transaction() as db:
        return render_template("organiser/invite_to.html", events=_open_events(db), cities=cities)


def _cities(db: Session) -> ListPage[NetworkCity]:
    return list_page(list_of_cities(), cities_of_network(db, granted_series(db, me())))


def _open_events(db: Session) -> list[Event]:
    """Workshops that cities can be invited to, the next one first."""
    found = courses(db, granted_series(db, me()), now=now())
    events = [line.event for course in found for line in course.events]
    events = [event for event in events if closed_because(event, now()) is None]
    return sorted(events, key=lambda event: (event.starts_on, event.id))


def _exported(kind: FileKind) -> Response:
    """A line for each focal point, as an import takes them."""
    with transaction() as db:
        found = _cities(db).found
    table = table_of(found.columns, lines_of(found.rows))
    return exported(table, kind, what="cities", of="", day=now().date())
