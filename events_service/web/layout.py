"""What the layouts and macros may ask for on every page."""

import re
from typing import Any, NoReturn

from flask import Flask, g
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
)
from markupsafe import Markup

from events_service.config import Settings, shipped
from events_service.model import Account
from events_service.translation import SOURCE, current_language, lazy_gettext, teach


class NeverShown(ChainableUndefined):
    """A name that a page was not given: it may be asked about, as the macros of GOV.UK Frontend
    do throughout, but showing it or walking through it is an error."""

    def _fail(self, *_args: Any) -> NoReturn:
        self._fail_with_undefined_error()

    __str__ = __iter__ = _fail


_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def straight(shown: Any) -> Any:
    """What a page shows, without characters that turn the direction of writing (UAX #9): in a
    name they would turn the words beside it. Scripts from right to left need none of them."""
    if not isinstance(shown, str) or shown.isascii() or not _TURNING.search(shown):
        return shown
    left = _TURNING.sub("", shown)
    return Markup(left) if isinstance(shown, Markup) else left  # noqa: S704 (was Markup before)


def as_written() -> Markup:
    """An attribute for what people wrote, which stays as it is: its language, where the page is in
    another one (WCAG 3.1.2). Organisers write in English."""
    return Markup("") if current_language() == SOURCE else Markup(' lang="en"')


def signed_in() -> Account | None:
    """The account that a page of the network team is shown to."""
    account: Account | None = g.get("account")
    return account


def prepare_templates(app: Flask) -> None:
    """Where templates lie, and what they may show. Before anything asks for the environment."""
    app.jinja_options = {
        "undefined": NeverShown,
        "finalize": straight,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(shipped("templates")),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )


def register_layout(app: Flask, settings: Settings) -> None:
    teach(app.jinja_env)
    app.jinja_env.globals.update(
        network_name=settings.network_name,
        mail_goes_out=settings.smtp_url is not None,
        signed_in=signed_in,
        as_written=as_written,
        current_language=current_language,
        lazy_gettext=lazy_gettext,
    )
