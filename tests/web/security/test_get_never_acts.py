"""Mail scanners and browsers follow links: looking changes nothing, whoever looks."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from events_service.db import Base
from tests.conftest import SignInAs
from tests.web.city_session import signed_in_for
from tests.web.routes import routes
from tests.web.world import World

EVERYBODY = ("public", "link", "city", "organiser", "staff", "administrator")


def rows(db: Session) -> dict[str, tuple[int, str]]:
    """Of each table: how many rows, and a digest of all that stands in them."""
    count = "count(*), md5(coalesce(string_agg(t::text, '|' order by t::text), ''))"
    return {
        table.name: tuple(db.execute(text(f"select {count} from {table.name} as t")).one())
        for table in Base.metadata.sorted_tables
    }


def test_the_digest_sees_every_change(db: Session, own: World) -> None:
    before = rows(db)
    own.event.summary = "Other words."
    db.flush()
    assert [name for name, found in rows(db).items() if found != before[name]] == ["event"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_at_every_page_changes_nothing(
    app: Flask,
    client: FlaskClient,
    own: World,
    sign_in_as: SignInAs,
    db: Session,
    method: str,
) -> None:
    sign_in_as("administrator")
    signed_in_for(client, own.focal_point, app.extensions["clock"])
    before = rows(db)
    paths = [
        path
        for rule in routes(app, *EVERYBODY)
        if "GET" in (rule.methods or set())
        for path in own.paths(rule)
    ]
    assert len(paths) >= 60
    failed = [path for path in paths if client.open(path, method=method).status_code >= 500]
    assert [path for path in failed if path != "/readyz"] == []  # there is no broker here
    db.expire_all()
    assert {name: found for name, found in rows(db).items() if found != before[name]} == {}
