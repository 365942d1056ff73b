"""Refusals and faults as pages, in one place."""

from collections.abc import Sequence

import structlog
from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from events_service.domain.refusals import Conflict, LinkEnded, NotFound, Refusal, TooOften
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext
from events_service.web.way_back import Way, sign_in_page, ways_back

STATUS: dict[type[Refusal], int] = {NotFound: 404, LinkEnded: 410, Conflict: 409, TooOften: 429}
TITLES = {
    400: lazy_gettext("This page can’t be read"),
    403: lazy_gettext("This page is not open to you"),
    404: lazy_gettext("Page not found"),
    405: lazy_gettext("This address doesn’t take that"),
    409: lazy_gettext("Something has changed in the meantime"),
    410: lazy_gettext("This link no longer works"),
    413: lazy_gettext("That is too much at once"),
    422: lazy_gettext("This can’t be done as it stands"),
    429: lazy_gettext("Please wait a little"),
    503: lazy_gettext("The service is busy for a moment"),
    500: lazy_gettext("Something went wrong on our side"),
}
log = structlog.get_logger("web")


def status_of(refusal: Refusal) -> int:
    return next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)


def error_page(
    status: int, message: str, ways: Sequence[Way] = (), ask_again: str = ""
) -> tuple[str, int]:
    """`ways`: links back to the work that it is about; none: to the workshops. `ask_again`: where
    one gets another link."""
    title = TITLES.get(status, TITLES[400])
    page = render_template(
        "layouts/error.html", title=title, message=message, ways=ways, ask_again=ask_again
    )
    return page, status


def refused(refusal: Refusal) -> tuple[str, int]:
    ways = ways_back(missing=isinstance(refusal, NotFound))
    ask_again = sign_in_page() if isinstance(refusal, LinkEnded) else ""
    return error_page(status_of(refusal), str(refusal), ways, ask_again)


def stale_form(_error: CSRFError) -> tuple[str, int]:
    return error_page(
        400,
        _(
            "The page was open for too long or cookies are switched off, so nothing was changed. "
            "Go back, load the page again and send it once more."
        ),
    )


def http_error(error: HTTPException) -> tuple[str, int] | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    messages = {
        404: _("We can’t find this page. Check the address."),
        413: _("What you sent is larger than this form takes. Shorten it and send it again."),
    }
    return error_page(status, messages.get(status, _("Go back and try again.")))


def database_away(error: Exception) -> tuple[str, int]:
    log.error("database away", exc_info=error)
    return error_page(503, _("Nothing was changed. Wait a few seconds and try again."))


def fault(error: Exception) -> tuple[str, int]:
    log.error("fault", exc_info=error)
    return error_page(
        500, _("Nothing was changed. We have a record of it; if it happens again, write to us.")
    )


def register_error_pages(app: Flask) -> None:
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OperationalError, database_away)
    app.register_error_handler(PoolTimeout, database_away)
    app.register_error_handler(Exception, fault)
