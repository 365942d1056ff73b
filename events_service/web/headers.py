"""What goes with every answer: a request number, security headers, one structured log line."""

import re
import secrets
import time

import structlog
from flask import Flask, Response, g, request

from events_service.trace import trace_id

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; frame-src 'self'"
)
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
log = structlog.get_logger("web")


def _begin() -> None:
    given = request.headers.get("X-Request-Id", "")
    trace_id.set(given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8))
    g.began = time.perf_counter()


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", CSP)
    response.headers["X-Request-Id"] = trace_id.get() or ""
    if not response.cache_control:
        response.headers["Cache-Control"] = "no-store"
    if request.endpoint != "asset":
        _log(response)
    return response


def _log(response: Response) -> None:
    # The rule, never the path: paths hold links that open something.
    rule = request.url_rule.rule if request.url_rule else "(no such page)"
    took = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
    log.info(f"{request.method} {rule} {response.status_code} {took:.0f} ms")


def register_headers(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_finish)
