"""Published reports: the newest version, every version, and each as PDF."""

from flask import Response, make_response, render_template

from events_service.db import transaction
from events_service.domain.refusals import LinkEnded, NotFound
from events_service.domain.reporting.document import Document
from events_service.domain.reporting.published import Published, published_report, report_pdf
from events_service.translation import gettext as _
from events_service.web.access import access
from events_service.web.maps import MapPlace, vignette
from events_service.web.public import pages
from events_service.web.public.home import unkept


def report_vignette(document: Document) -> str:
    """The land around the host city of a report."""
    event = document["event"]
    place = MapPlace(event["city"], event["latitude"], event["longitude"])
    return vignette(place, event["number"], is_next=False, shape="round")


@pages.get("/reports/<slug>")
@access("public")
def report(slug: str) -> Response:
    return _page(_found(slug))


@pages.get("/reports/<slug>/versions/<int:number>")
@access("public")
def report_version(slug: str, number: int) -> Response:
    return _page(_found(slug, number))


@pages.get("/reports/<slug>.pdf")
@access("public")
def report_as_pdf(slug: str) -> Response:
    return _pdf(_found(slug))


@pages.get("/reports/<slug>/versions/<int:number>.pdf")
@access("public")
def report_version_as_pdf(slug: str, number: int) -> Response:
    return _pdf(_found(slug, number))


def _found(slug: str, number: int | None = None) -> Published:
    with transaction() as db:
        found = published_report(db, slug, number)
    if found is None:
        raise NotFound
    return found


def _page(found: Published) -> Response:
    page = render_template(
        "public/report.html",
        found=found,
        document=found.document,
        vignette=report_vignette(found.document),
    )
    return unkept(page)


def _pdf(found: Published) -> Response:
    if not found.complete:
        raise LinkEnded(
            _(
                "A quotation in this version was withdrawn, so its PDF is no longer given out. "
                "The page is still there, without the quotation."
            )
        )
    with transaction() as db:
        content = report_pdf(db, found.event.slug, found.number)
    response = make_response(content or b"")
    response.mimetype = "application/pdf"
    name = f"{found.event.slug}-summary-{found.number}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.cache_control.no_cache = True
    return response
