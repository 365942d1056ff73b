"""Doing before the processes fork what each of them would else do, and keep, for itself."""

import logging

from flask import Flask

from events_service.web.coastline import rings

READ_MOST = ("layouts/", "macros/", "public/", "officials/")


def rehearse(app: Flask) -> None:
    """Read templates and outlines of land, and serve pages that need no database: that sets up
    routes, forms, sessions and all that a first request sets up."""
    environment = app.jinja_env
    for name in environment.list_templates(filter_func=lambda name: name.startswith(READ_MOST)):
        environment.get_template(name)
    rings("110m"), rings("50m")
    logging.disable(logging.INFO)  # nobody asked for these pages
    try:
        visitor = app.test_client()
        for path in ("/healthz", "/privacy", "/sign-in"):
            visitor.get(path)
    finally:
        logging.disable(logging.NOTSET)
