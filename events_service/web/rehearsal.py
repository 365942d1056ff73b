"""Doing before the processes fork what each of them would else do, and keep, for itself."""

import logging
import re

from flask import Flask

from events_service.web.coastline import rings

# More of them would cost memory: what both processes use is held three times, once by the one that
# forked them; what one of them reads for itself, twice.
READ_MOST = ("layouts/", "macros/", "public/event")
SOME_LINK = "a" * 32  # opens nothing
PAGES = ("/healthz", "/privacy", "/sign-in", f"/r/{SOME_LINK}/review", "/")


def rehearse(app: Flask) -> None:
    """Read templates and outlines of land, and serve what is asked for most: that compiles
    statements and sets up routes, forms, sessions and all that first requests set up. Without a
    database the last pages fail, and the processes do that part for themselves."""
    environment = app.jinja_env
    for name in environment.list_templates(filter_func=lambda name: name.startswith(READ_MOST)):
        environment.get_template(name)
    rings("110m"), rings("50m")
    logging.disable(logging.CRITICAL)  # nobody asked for these pages
    try:
        visitor = app.test_client()
        home = [visitor.get(path) for path in PAGES][-1]
        for path in re.findall(r'href="(/events/[^"#?]+)"', home.text)[:1]:
            visitor.get(path)
            visitor.get(f"{path}?clock=")
    finally:
        logging.disable(logging.NOTSET)
