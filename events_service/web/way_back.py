"""From a refusal back to the work that it was about. Browsers tell no page where they come from
(Referrer-Policy), so the way is that of the address: up from what was asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request, url_for
from werkzeug.exceptions import HTTPException

from events_service.translation import lazy_gettext as _

PLACES = {
    "organiser.outbox_group": _("Go back to these letters"),
    "organiser.outbox_letter": _("Go back to this letter"),
    "organiser.outbox": _("Go back to the outbox"),
    "organiser.waiting": _("Go back to the change that waits"),
    "organiser.decisions": _("Go back to the decisions"),
    "organiser.person": _("Go back to this person"),
    "organiser.people": _("Go back to the list of people"),
    "organiser.cities": _("Go back to the cities"),
    "organiser.replies": _("Go back to the replies"),
    "organiser.board": _("Go back to who is coming"),
    "staff.letters": _("Go back to the letters"),
    "staff.mailbox": _("Go back to the mailbox"),
    "staff.onboarding": _("Go back to the onboarding"),
    "organiser.start": _("Go to your workshops"),
}


@dataclass(frozen=True)
class Way:
    text: str
    href: str


def ways_back(*, missing: bool) -> list[Way]:
    """For somebody of the network's team: the two nearest pages above. Empty for everybody else.
    `missing`: what the address names is not there, so pages about the same are not either."""
    if g.get("account") is None:
        return []
    found: dict[str, str] = {}
    for name, path, about in _above():
        if name in PLACES and not (missing and about == request.view_args):
            found.setdefault(name, path)
    return [Way(str(PLACES[name]), path) for name, path in [*found.items()][:2]]


def sign_in_page() -> str:
    """Where to ask for another link, of who came by one that signs in; else empty."""
    if request.endpoint in ("city.confirm", "city.enter"):
        return url_for("city.ask")
    return url_for("signing_in.ask") if request.blueprint == "signing_in" else ""


def _above() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Name and address of each page above the present one, and what it is about; the nearest
    first."""
    values, group = request.view_args or {}, request.form.get("group")
    if group and request.endpoint == "organiser.release_letters":
        path = url_for("organiser.outbox_group", group=group, **values)
        yield "organiser.outbox_group", path, {**values, "group": group}
    routes = current_app.url_map.bind("")
    path = request.path
    while path:
        path = path.rpartition("/")[0]
        try:
            name, about = routes.match(path, method="GET")
        except HTTPException:  # no page there
            continue
        yield name, path, about
