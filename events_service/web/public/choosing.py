"""What a reader may choose on every page: a language, and whose clock times are shown by too.

Public pages are kept and the same for many readers, so their forms hold no token. Instead a browser
says whether the form was on this site; all that a choice changes is a cookie of the reader's own.
"""

from flask import Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from events_service.domain.refusals import Refusal
from events_service.translation import LANGUAGES
from events_service.translation import gettext as _
from events_service.web import language, reader
from events_service.web.access import access
from events_service.web.came_from import choose_own_clock, city_of_clock
from events_service.web.choices import keep_choice
from events_service.web.local_address import inside
from events_service.web.public import pages
from events_service.web.public.home import unkept
from events_service.web.zones import zones_by_region

WITHOUT_TOKEN = ("public.choose_language", "public.choose_times")


@pages.post("/language")
@access("public")
def choose_language() -> AnyResponse:
    _from_here()
    wanted = request.form.get("language", "")
    return _chosen(language.COOKIE, wanted if wanted in LANGUAGES else "")


@pages.get("/times")
@access("public")
def times() -> Response:
    """`?next=` is where one comes back to."""
    came_from = city_of_clock()
    page = render_template(
        "public/times.html",
        regions=zones_by_region(),
        chosen=came_from.timezone if came_from else reader.chosen_zone() or "",
        came_from=came_from,
        back_to=inside(request.args.get("next")) or "/",
    )
    return unkept(page)


@pages.post("/times")
@access("public")
def choose_times() -> AnyResponse:
    """No zone: only the event's clock from here on."""
    _from_here()
    wanted = request.form.get("zone", "")
    choose_own_clock()
    return _chosen(reader.COOKIE, wanted if reader.is_zone(wanted) else "")


def _from_here() -> None:
    """Browsers that say nothing are older ones; they send no cookie along from another site."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Refusal(_("This form was on another site. Open the page here and choose again."))


def _chosen(cookie: str, value: str) -> AnyResponse:
    """Back to the page, with the choice kept; an empty one is forgotten."""
    return keep_choice(redirect(inside(request.form.get("next")) or "/", 303), cookie, value)
