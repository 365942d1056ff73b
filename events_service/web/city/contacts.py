"""A focal point manages the contacts of their city."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.accounts.city_contacts import (
    LAST,
    ContactsOfCity,
    contact_numbered,
    contacts_of,
)
from events_service.domain.accounts.speaking import Voice
from events_service.domain.refusals import Conflict
from events_service.translation import gettext as _
from events_service.web.access import access
from events_service.web.city import pages
from events_service.web.city.voices import city_managed
from events_service.web.context import now, settings
from events_service.web.forms.contacts import ContactForm
from events_service.web.staff.form_pages import Page, form_page

CONTACTS = "/<int:city_id>/contacts"
CONTACT = f"{CONTACTS}/<int:contact_id>"


@pages.route(f"{CONTACTS}/new", methods=["GET", "POST"])
@access("city")
def new_contact(city_id: int) -> Page:
    voice, form = city_managed(city_id), ContactForm()
    with transaction() as db:
        if form.validate_on_submit() and _done(form, lambda: _manager(db, voice).add(*form.typed)):
            flash(_("%(name)s is a contact now, and is told by letter.", name=form.name.data))
            return _to_city(voice)
        return form_page(form, "city/contact.html", voice=voice, contact=None)


@pages.route(CONTACT, methods=["GET", "POST"])
@access("city")
def change_contact(city_id: int, contact_id: int) -> Page:
    voice = city_managed(city_id)
    with transaction() as db:
        contact = contact_numbered(db, voice, contact_id)
        form = ContactForm(obj=contact)
        if form.validate_on_submit() and _done(
            form, lambda: _manager(db, voice).change(contact, *form.typed)
        ):
            flash(_("The contact %(name)s is saved.", name=contact.name))
            return _to_city(voice)
        return form_page(form, "city/contact.html", voice=voice, contact=contact)


@pages.get(f"{CONTACT}/remove")
@access("city")
def ask_to_remove_contact(city_id: int, contact_id: int) -> str:
    voice = city_managed(city_id)
    with transaction() as db:
        contact = contact_numbered(db, voice, contact_id)
        last = len(contacts_of(db, city_id)) < 2
        return render_template(
            "city/contact_remove.html", voice=voice, contact=contact, last=LAST if last else ""
        )


@pages.post(f"{CONTACT}/remove")
@access("city")
def remove_contact(city_id: int, contact_id: int) -> Response:
    voice = city_managed(city_id)
    with transaction() as db:
        contact = contact_numbered(db, voice, contact_id)
        _manager(db, voice).remove(contact)
        gone = _(
            "%(name)s is no longer a contact of %(city)s.", name=contact.name, city=voice.city.name
        )
        flash(gone)
    return _to_city(voice)


def _manager(db: Session, voice: Voice) -> ContactsOfCity:
    return ContactsOfCity(db, settings(), voice, now=now())


def _done(form: ContactForm, change: Callable[[], object]) -> bool:
    """False: another contact has that address, which is said at its field."""
    try:
        change()
    except Conflict as refused:
        form.address.errors = [str(refused)]
        return False
    return True


def _to_city(voice: Voice) -> Response:
    return redirect(url_for("city.city", city_id=voice.city.id), 303)
