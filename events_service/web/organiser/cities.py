"""Inviting cities: whom, with a letter to read first; then who was asked, and their links."""

from collections import Counter
from collections.abc import Sequence

from flask import Response as Answer
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.recipients import city_language
from events_service.domain.refusals import Conflict, NotFound
from events_service.domain.registration.form import closed_because
from events_service.domain.scheduling.city_invitations import invite_cities
from events_service.domain.scheduling.city_letters import city_invited_facts
from events_service.domain.scheduling.event_plan import MOST_PER_CITY
from events_service.domain.scheduling.invitees import (
    LONGEST_ADDRESSEE,
    Invitee,
    check_invitees,
)
from events_service.letters import LETTERS
from events_service.letters.sender import sender_in
from events_service.model import City, CityInvitation, Event
from events_service.queries.board import board_of
from events_service.queries.cities import cities_of_event
from events_service.queries.organiser import all_cities, invited_city_ids, open_requests
from events_service.translation import gettext as _
from events_service.translation import ngettext, speaking
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.forms import cities as forms
from events_service.web.organiser import pages
from events_service.web.staff.form_pages import Page
from events_service.web.staff.reading import framed


@pages.get("/events/<int:event_id>/cities")
@access("organiser")
def cities(event_id: int) -> str:
    """`?show=`: only the cities in that state."""
    show = request.args.get("show", "all")
    with transaction() as db:
        event = event_for(db, me(), event_id)
        every = cities_of_event(db, event)
        shown = [one for one in every if show in ("all", one.state)]
        silent = [row for row in board_of(db, event, now=now()).silent if row.questions]
        return render_template(
            "organiser/cities.html",
            event=event,
            asked=[one for one in shown if one.state != "not_invited"],
            others=[one for one in shown if one.state == "not_invited"],
            show=show,
            counts=Counter(one.state for one in every),
            silent={row.invitation.id for row in silent},
            requests=open_requests(db, event.id),
            closed=closed_because(event, now()),
        )


@pages.route("/events/<int:event_id>/cities/invite", methods=["GET", "POST"])
@access("organiser")
def invite(event_id: int) -> Page:
    """The form, with the cities of `?city=` ticked; sent, its review; and with that confirmed, the
    letters."""
    pressed = request.form.get("press", "")
    with transaction() as db:
        event = event_for(db, me(), event_id)
        if reason := closed_because(event, now()):
            raise Conflict(reason)
        asked = invited_city_ids(db, event.id)
        offered = [city for city in all_cities(db) if city.id not in asked]
        if request.method == "GET" and len(offered) > forms.MOST_CITIES:
            offered = [one for one in offered if str(one.id) in request.args.getlist("city")]
            if not 0 < len(offered) <= forms.MOST_CITIES:
                flash(
                    _("There are many cities. Choose here whom to invite, then press the button.")
                )
                return redirect(url_for("organiser.network"), 303)
        form = forms.cities_form(offered, event)
        if not form.is_submitted():
            forms.choose(form, request.args.getlist("city"))
        elif pressed in ("members", "share_out"):
            if pressed == "members":
                forms.choose_members(form, offered)
            elif form.validate():
                forms.share_out(form)
            return _choose(event, form, offered, missing=False)
        invitees = forms.chosen_in(form, offered) if form.validate_on_submit() else []
        problems = check_invitees(invitees, capacity=event.capacity)
        forms.show_problems(form, problems, offered)
        if not invitees or problems or pressed == "change":
            missing = form.is_submitted() and not invitees and not form.errors
            page = _choose(event, form, offered, missing=missing)
            return (page, 422) if missing or form.errors else page
        if pressed != "send":
            return _review(event, invitees, offered)
        made = invite_cities(db, settings(), event, invitees, now=now())
        return _sent(event, made)


def _choose(event: Event, form: forms.CitiesForm, offered: Sequence[City], *, missing: bool) -> str:
    rows = {entry.form.city_id.data: entry.form for entry in form.cities}
    return render_template(
        "organiser/invite.html",
        event=event,
        form=form,
        rows=[(city, rows[str(city.id)]) for city in offered if str(city.id) in rows],
        missing=missing,
        members=sum(city.joined_at is not None for city in offered),
    )


def _review(event: Event, invitees: Sequence[Invitee], offered: Sequence[City]) -> str:
    by_id = {city.id: city for city in offered}
    return render_template(
        "organiser/invite_review.html",
        event=event,
        invitees=[(by_id[one.city_id], one) for one in invitees],
    )


def _sent(event: Event, made: Sequence[CityInvitation]) -> Response:
    flash(
        ngettext(
            "%(num)s invitation waits in the outbox. Read it there, then release it.",
            "%(num)s invitations wait in the outbox. Read them there, then release them.",
            len(made),
        )
    )
    return redirect(url_for("organiser.outbox", event_id=event.id), 303)


@pages.get("/events/<int:event_id>/cities/letter/<int:city_id>")
@access("organiser")
def invitation_letter(event_id: int, city_id: int) -> Answer:
    """The letter to a city as it would be now, for a frame; its link opens nothing."""
    seats = request.args.get("seats", default=1, type=int)
    elected = request.args.get("elected", default=0, type=int)
    with transaction() as db:
        event = event_for(db, me(), event_id)
        city = db.get(City, city_id)
        if city is None:
            raise NotFound
        invitation = CityInvitation(
            id=0,
            event=event,
            city=city,
            addressee=request.args.get("addressee", "")[:LONGEST_ADDRESSEE],
            seats=max(1, min(seats, MOST_PER_CITY)),
            seats_elected=max(0, min(elected, seats, MOST_PER_CITY)),
            link_version=1,
        )
        with db.no_autoflush:
            facts = city_invited_facts(invitation, again=False)
        with speaking(city_language(city)):
            letter = LETTERS["city_invited"](facts, sender_in(settings()))
    return framed(letter.html)
