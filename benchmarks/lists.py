"""Lists of two thousand people and of as many cities, as an organiser reads, searches and exports
them. Each page is made of all of them anew, and nothing is kept between two readings."""

from typing import Any

from sqlalchemy import insert, select

from benchmarks import data
from benchmarks.http_load import Result, run_in_process
from benchmarks.stand import Stand
from benchmarks.table import Row
from events_service import create_app
from events_service.config import Settings
from events_service.db import transaction
from events_service.model import Account, City, Contact, Delegation, Invitation, Member

MANY, SECONDS = 2_000, 2.0
SEARCHED = "?q=Adviser+example&sort=-name&column=address&column=days&column=country&column=state"
TARGET = "≤ 300"


def measure(stand: Stand) -> list[Row]:
    number, event_id = _prepared()
    cookie, people = _cookie(stand.settings, number), f"/organise/events/{event_id}/people"

    def load(path: str) -> Result:
        return run_in_process(stand.settings.port, [[_get(path, cookie)]], SECONDS)

    with stand.web():
        load(people)
        pages = {
            f"list of {MANY:,} people, first page": load(people),
            "  … searched, other columns, sorted from the end": load(people + SEARCHED),
            "  … the last page": load(f"{people}?page=20"),
            f"list of {MANY:,} cities, first page": load("/organise/cities"),
            "  … searched, sorted by country": load("/organise/cities?q=example&sort=country"),
        }
        files = {
            "all people as CSV": load(f"{people}.csv"),
            "all people as Excel workbook": load(f"{people}.xlsx"),
        }
    assert all(set(one.statuses) == {200} for one in (*pages.values(), *files.values()))
    rows = []
    for name, result in pages.items():
        rows.append(Row(name, result.p50 * 1000, "ms", TARGET))
        rows.append(Row("    … 99 of 100 within", result.p99 * 1000, "ms", TARGET))
    return rows + [Row(name, result.p50 * 1000, "ms", "") for name, result in files.items()]


def _prepared() -> tuple[int, int]:
    """Numbers of an account, and of an event to which two thousand people come."""
    with transaction() as db:
        [event] = data.events(db, 1, capacity=MANY, prefix="listed")
        data.registered(db, event, MANY)
        people = select(Member.id, Member.days).join(Delegation)
        asked = db.execute(people.where(Delegation.event_id == event.id)).all()
        db.execute(insert(Invitation), [_accepted(*one) for one in asked])
        there = len(db.scalars(select(City.id)).all())
        if more := [_city(n) for n in range(MANY - there)]:  # other parts may have made enough
            db.execute(insert(City), more)
        db.execute(insert(Contact), [_focal_point(one) for one in db.scalars(select(City.id))])
        account = Account(
            address="lists@example.org",
            name="Programme lead",
            role="administrator",
            created_at=data.NOW,
        )
        db.add(account)
        db.flush()
        return account.id, event.id


def _accepted(member_id: int, days: list[Any]) -> dict[str, Any]:
    return {
        "member_id": member_id,
        "uid": f"{member_id}@listed",
        "days": days,
        "changed_at": data.NOW,
        "partstat": "ACCEPTED",
        "answered_at": data.NOW,
        "answered_by": "mail",
    }


def _city(number: int) -> dict[str, Any]:
    return {
        "slug": f"listed-{number}",
        "name": f"Žilina {number}",
        "country": ("SE", "SK", "US", "ZA")[number % 4],
        "latitude": 49.2,
        "longitude": 18.7,
        "timezone": "Europe/Bratislava",
    }


def _focal_point(city_id: int) -> dict[str, Any]:
    address = f"focal-point-{city_id}@cities.example.org"
    return {"city_id": city_id, "name": f"Head {city_id}", "role": "Head", "address": address}


def _cookie(settings: Settings, account: int) -> str:
    """As signing in would set it."""
    app = create_app(settings)
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    since = data.NOW.timestamp()
    return str(signer.dumps({"account": account, "since": since, "_permanent": True}))


def _get(path: str, cookie: str) -> bytes:
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: session={cookie}\r\n\r\n"
    return head.encode()
