"""Pages of the secretariat: what follows an event, and the letters that wait for a person."""

from flask import Blueprint

pages = Blueprint("staff", __name__, url_prefix="/staff")

# The views register themselves on `pages`, so they are imported once it is there.
