"""For load balancers and supervisors."""

from flask import Blueprint

from events_service.domain.readiness import problems
from events_service.web.access import access
from events_service.web.context import settings

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@access("public")
def healthz() -> tuple[str, int, dict[str, str]]:
    """The process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@pages.get("/readyz")
@access("public")
def readyz() -> tuple[dict[str, object], int]:
    """Database, broker and migrations are as this version needs them."""
    found = problems(settings())
    return {"ready": not found, "problems": found}, 503 if found else 200
