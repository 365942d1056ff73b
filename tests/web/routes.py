"""The routes of the application, and asking them as whoever is signed in."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from events_service.web.access import ROLES, rule_of

SIGNED_IN = tuple(ROLES)


def undeclared(app: Flask) -> list[str]:
    return [
        rule.endpoint for rule in app.url_map.iter_rules() if rule_of(app, rule.endpoint) is None
    ]


def routes(app: Flask, *rules: str) -> list[Rule]:
    """Routes whose declared rule is one of these."""
    return [rule for rule in app.url_map.iter_rules() if rule_of(app, rule.endpoint) in rules]


def requests_of(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) & {"GET", "HEAD", "POST"})


class Answers:
    """Asks as the one who is signed in, and takes back whatever the answer has changed."""

    def __init__(self, client: FlaskClient, db: Session, token: str) -> None:
        self._client, self._db, self._token = client, db, token

    def to(self, method: str, path: str) -> tuple[int, str]:
        """Status, and where it leads."""
        self._db.commit()
        undo = self._db.connection().begin_nested()
        form = {"csrf_token": self._token} if method == "POST" else None
        answer = self._client.open(path, method=method, data=form)
        undo.rollback()
        self._db.expire_all()
        return answer.status_code, answer.headers.get("Location", "")
