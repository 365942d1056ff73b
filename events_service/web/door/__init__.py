"""At the door, behind a link that an organiser made; and the entry codes that are shown there."""

from flask import Blueprint

pages = Blueprint("door", __name__)

# The views register themselves on `pages`, so they are imported once it is there.
from events_service.web.door import codes, devices, entering, page, passes  # noqa: E402, F401
