"""Who may see what. Every view declares a rule; a view without one is never served."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.refusals import NotFound
from events_service.model import Account, Event, Series, SeriesGrant
from events_service.model.account import Role
from events_service.web.city_access import signed_in_voices
from events_service.web.context import now

View = TypeVar("View", bound=Callable[..., object])
Rule = Literal["public", "link", "city", "organiser", "staff", "administrator"]

LATELY = timedelta(minutes=30)
ROLES: dict[Rule, frozenset[Role]] = {
    "organiser": frozenset({"administrator", "staff", "organiser"}),
    "staff": frozenset({"administrator", "staff"}),
    "administrator": frozenset({"administrator"}),
}


def access(rule: Rule, *, lately_from: str = "") -> Callable[[View], View]:
    """Declare a view's rule: `public`, `link` (the token in the address decides), `city` (somebody
    signed in for a city), or the least role that may come in. Which series an organiser reaches,
    and which city somebody speaks for, is decided where a row is loaded.

    `lately_from`: the endpoint of the page that leads to this view, which takes people's data out
    of the service: who signed in longer than LATELY ago proves first that it is still them."""

    def declare(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        view.lately_from = lately_from  # type: ignore[attr-defined]
        return view

    return declare


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    return getattr(app.view_functions.get(endpoint), "access_rule", None)


def check_access() -> Response | None:
    """Before each request: let in, ask to sign in, or act as if there were no such page."""
    if request.endpoint is None:
        return None
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        raise NotFound
    if rule in ("public", "link"):
        return None
    if rule == "city":
        g.voices = signed_in_voices()
        return None if g.voices else redirect(url_for("city.ask"), 303)
    account = signed_in_account()
    if account is None:
        return redirect(url_for("signing_in.ask", next=_page_asked_for()), 303)
    if account.role not in ROLES[rule]:
        raise NotFound
    g.account = account
    return _proof_wanted(current_app.view_functions[request.endpoint])


def _proof_wanted(view: Callable[..., object]) -> Response | None:
    """The page that asks for it, which leads back to where the present view is reached from."""
    origin: str = getattr(view, "lately_from", "")
    if not origin or now() - datetime.fromtimestamp(session["since"], UTC) < LATELY:
        return None
    values: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(flat=False)}
    return redirect(url_for("signing_in.prove", next=url_for(origin, **values)), 303)


def _page_asked_for() -> str | None:
    """Where to go on after signing in; None when something was sent, which is not sent again."""
    return request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else None


def signed_in_account() -> Account | None:
    number, since = session.get("account"), session.get("since")
    if not isinstance(number, int) or not isinstance(since, float):
        return None
    with transaction() as db:
        account = db.get(Account, number)
    if account is None or account.disabled_at is not None:
        return None
    ends = account.sessions_end_before
    return None if ends is not None and since < ends.timestamp() else account


def sign_in(account: Account) -> None:
    session.clear()
    session["account"] = account.id
    session["since"] = now().timestamp()
    session.permanent = True


def me() -> Account:
    """The account that is signed in; only in views whose rule asks for one."""
    account: Account = g.account
    return account


def _reachable(account: Account) -> bool:
    return account.role in ("administrator", "staff")


def series_for(db: Session, account: Account, series_id: int) -> Series:
    """The series, if this account works on it. Loading is authorising: else NotFound."""
    series = db.get(Series, series_id)
    if series is None or not (_reachable(account) or series.id in granted_series(db, account)):
        raise NotFound
    return series


def event_for(db: Session, account: Account, event_id: int) -> Event:
    """The event, if this account works on its series. Loading is authorising: else NotFound."""
    event = db.get(Event, event_id)
    if event is None:
        raise NotFound
    series_for(db, account, event.series_id)
    return event


def granted_series(db: Session, account: Account) -> set[int]:
    """Numbers of the series an account works on; every series for staff."""
    if _reachable(account):
        return set(db.scalars(select(Series.id)))
    return set(
        db.scalars(select(SeriesGrant.series_id).where(SeriesGrant.account_id == account.id))
    )
