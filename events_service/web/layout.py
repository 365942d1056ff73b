"""What the layouts and macros may ask for on every page."""

from typing import Any, NoReturn

from flask import Flask, g
from jinja2 import ChainableUndefined

from events_service.config import Settings
from events_service.model import Account


class NeverShown(ChainableUndefined):
    """A name that a page was not given: it may be asked about, as the macros of GOV.UK Frontend
    do throughout, but showing it or walking through it is an error."""

    def _fail(self, *_args: Any) -> NoReturn:
        self._fail_with_undefined_error()

    __str__ = __iter__ = _fail


def signed_in() -> Account | None:
    """The account that a page of the network team is shown to."""
    account: Account | None = g.get("account")
    return account


def register_layout(app: Flask, settings: Settings) -> None:
    app.jinja_env.globals.update(
        network_name=settings.network_name,
        mail_goes_out=settings.smtp_url is not None,
        signed_in=signed_in,
    )
