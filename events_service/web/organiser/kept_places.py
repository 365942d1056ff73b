"""Places of an event that are kept for some cities and people, and which cities these are."""

from collections.abc import Sequence

from flask import flash, redirect, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.alphabet import alphabetical
from events_service.db import transaction
from events_service.domain.refusals import Refusal
from events_service.domain.registration.keeping import keep_seats
from events_service.domain.registration.seating import (
    free_by_quota,
    more_kept_than_free,
    used_of,
)
from events_service.model import CityInvitation, Event
from events_service.translation import gettext as _
from events_service.translation import ngettext
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.forms import decisions as forms
from events_service.web.organiser import pages
from events_service.web.staff.form_pages import Page, form_page


@pages.route("/events/<int:event_id>/kept-places", methods=["GET", "POST"])
@access("organiser")
def kept_places(event_id: int) -> Page:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        invitations = _invitations(db, event)
        form = forms.kept_places_form(event, invitations)
        if form.validate_on_submit():
            try:
                promoted = _keep(db, event, invitations, form)
            except Refusal as refused:
                form.form_errors.append(str(refused))
            else:
                flash(_said(promoted))
                return redirect(url_for("organiser.kept_places", event_id=event_id), 303)
        used = used_of(db, event.id)
        return form_page(
            form,
            "organiser/kept_places.html",
            event=event,
            rows=_rows(form, invitations),
            used=used,
            open_seats=free_by_quota(event, used)[0],
            too_many=more_kept_than_free(event, used),
        )


def _invitations(db: Session, event: Event) -> Sequence[CityInvitation]:
    asked = select(CityInvitation).where(CityInvitation.event_id == event.id)
    return sorted(db.scalars(asked), key=lambda one: alphabetical(one.city.name))


def _keep(
    db: Session,
    event: Event,
    invitations: Sequence[CityInvitation],
    form: forms.KeptPlacesForm,
) -> int:
    """How many delegations came off the waiting list by it."""
    kinds = forms.kinds_in(form)
    counted = {one: kinds[one.id] for one in invitations if one.id in kinds}
    return len(keep_seats(db, settings(), event, forms.seats_in(form), counted, now=now()))


def _rows(
    form: forms.KeptPlacesForm, invitations: Sequence[CityInvitation]
) -> list[tuple[CityInvitation, forms.CityForm]]:
    by_number = {str(one.id): one for one in invitations}
    return [
        (by_number[entry.form.invitation_id.data], entry.form)
        for entry in form.cities
        if entry.form.invitation_id.data in by_number
    ]


def _said(promoted: int) -> str:
    if not promoted:
        return _("Saved. Nobody was written to.")
    return ngettext(
        "Saved. One delegation came off the waiting list; its letters wait in the outbox.",
        "Saved. %(num)s delegations came off the waiting list; their letters wait in the outbox.",
        promoted,
    )
