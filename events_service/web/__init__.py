"""Pages and their wiring, a blueprint per audience."""

from flask import Flask

from events_service.web import city, door, health, officials, organiser, public, signing_in, staff
from events_service.web.access import check_access
from events_service.web.assets import register_assets
from events_service.web.filters import register_filters
from events_service.web.headers import register_headers
from events_service.web.language import register_language
from events_service.web.layout import register_layout
from events_service.web.refusals import register_error_pages
from events_service.web.uploads import register_uploads


def register_pages(app: Flask) -> None:
    register_headers(app)
    register_language(app)  # before access is checked: a refusal has a language too
    app.before_request(check_access)
    register_uploads(app)
    register_error_pages(app)
    register_assets(app)
    register_filters(app)
    register_layout(app, app.extensions["settings"])
    for blueprint in (
        health.pages,
        signing_in.pages,
        public.pages,
        officials.pages,
        city.pages,
        door.pages,
        organiser.pages,
        staff.pages,
    ):
        app.register_blueprint(blueprint)
