"""Practices that cities shared: all of them, and each on a page of its own."""

from flask import Response, render_template, request

from events_service.alphabet import alphabetical
from events_service.db import transaction
from events_service.domain.refusals import NotFound
from events_service.domain.reporting.published import published_report
from events_service.queries.practices import beside, published_practice, published_practices
from events_service.web.access import access
from events_service.web.public import pages
from events_service.web.public.home import unkept


@pages.get("/practices")
@access("public")
def practices() -> Response:
    """`?theme=` shows those of one theme."""
    wanted = request.args.get("theme", "")
    with transaction() as db:
        found = published_practices(db)
        themes = sorted({one.theme.name for one in found if one.theme}, key=alphabetical)
        shown = [one for one in found if not wanted or (one.theme and one.theme.name == wanted)]
        page = render_template(
            "public/practices.html", practices=shown, themes=themes, wanted=wanted
        )
    return unkept(page)


@pages.get("/practices/<slug>")
@access("public")
def practice(slug: str) -> Response:
    with transaction() as db:
        found = published_practice(db, slug)
        if found is None:
            raise NotFound
        page = render_template(
            "public/practice.html",
            practice=found,
            others=beside(db, found),
            report=published_report(db, found.event.slug),
        )
    return unkept(page)
