"""What everybody may read: workshops, their series, reports, and about the service itself."""

from flask import Blueprint

pages = Blueprint("public", __name__)

# The views register themselves on `pages`, so they are imported once it is there.
from events_service.web.public import (  # noqa: E402
    about,  # noqa: F401
    choosing,  # noqa: F401
    event,  # noqa: F401
    feeds,  # noqa: F401
    home,  # noqa: F401
    practices,  # noqa: F401
    reports,  # noqa: F401
)
