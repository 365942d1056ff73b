"""Pages behind a city's or a person's link. The link in the address is the permission."""

from flask import Blueprint

pages = Blueprint("officials", __name__)

from events_service.web.officials import (  # noqa: E402, F401
    answer,
    calendar,
    city,
    declining,
    details,
    details_list,
    details_steps,
    offer,
    people,
    register,
    replacing,
    shown,
)
