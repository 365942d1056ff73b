"""What every view may ask of the application it runs in."""

from datetime import datetime
from typing import cast

from flask import current_app

from events_service.clock import Clock
from events_service.config import Settings


def settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])


def now() -> datetime:
    """The service's present instant, aware, in UTC."""
    return cast(Clock, current_app.extensions["clock"])()
