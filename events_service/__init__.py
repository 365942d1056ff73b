"""The workshop service of a network of cities. `create_app()` is wiring only."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from events_service.clock import Clock
    from events_service.config import Settings


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> Flask:
    """The web application. Settings come from the environment unless given; the database is
    connected by whoever runs the application, after it has forked."""
    # Imported here: the worker and beat import this package too, and need none of the web's code.
    from flask import Flask
    from flask_wtf import CSRFProtect
    from werkzeug.middleware.proxy_fix import ProxyFix

    from events_service.clock import clock_from
    from events_service.config import load_settings
    from events_service.logs import configure_logs
    from events_service.web import register_pages
    from events_service.web.layout import prepare_templates
    from events_service.web.public.choosing import WITHOUT_TOKEN

    settings = settings or load_settings()
    configure_logs(settings.log_format)
    app = Flask("events_service", static_folder=None, template_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="session",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        WTF_CSRF_SSL_STRICT=False,  # it asks for a Referer, and our pages have browsers send none
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_PARTS=2000,
    )
    app.extensions["settings"] = settings
    app.extensions["clock"] = clock or clock_from(settings.clock_starts_at)
    prepare_templates(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    register_pages(app)
    protect = CSRFProtect(app)  # after the pages: who may not come in is told so first
    for view in WITHOUT_TOKEN:
        protect.exempt(app.view_functions[view])
    return app
