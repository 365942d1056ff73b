"""A city's own pages, for whoever signs in by mail to speak for it."""

from flask import Blueprint

pages = Blueprint("city", __name__, url_prefix="/city")

from events_service.web.city import contacts, home, signing_in  # noqa: E402, F401
