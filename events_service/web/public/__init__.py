"""What everybody may read: workshops, their series, reports, and about the service itself."""

from flask import Blueprint

pages = Blueprint("public", __name__)

# The views register themselves on `pages`, so they are imported once it is there.
from events_service.web.public import about, event, feeds, home, practices, reports  # noqa: E402, F401
