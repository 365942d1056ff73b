"""Nobody learns from our public forms whose address we know: same status, same words, same time."""

import re
import statistics
import time
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from events_service.model import Contact, OutboxMail
from tests import cast
from tests.conftest import Browser
from tests.follow_up import colleague

SECONDS = 0.05
TIMES = 15


def cities_that_we_know(db: Session) -> list[str]:
    newark = cast.invited(db, cast.event(db), "Newark").city
    known = [f"focal-point-{n}@newark.example.org" for n in range(TIMES)]
    newark.contacts += [Contact(name="Focal point", address=one, role="") for one in known]
    db.commit()
    return known


def organisers_that_we_know(db: Session) -> list[str]:
    known = [colleague(db, f"Organiser {n}", "organiser").address for n in range(TIMES)]
    db.commit()
    return known


@pytest.mark.parametrize(
    ("page", "people", "letter"),
    [
        ("/events/stockholm-2027/register", cities_that_we_know, "registration_link"),
        ("/sign-in", organisers_that_we_know, "sign_in"),
        ("/city", cities_that_we_know, "city_sign_in"),
    ],
)
def test_known_and_unknown_addresses_are_answered_alike(
    browser: Browser,
    db: Session,
    page: str,
    people: Callable[[Session], list[str]],
    letter: str,
) -> None:
    known = people(db)
    unknown = [address.replace("example.org", "example.net") for address in known]
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(page))
    assert token is not None
    took: dict[str, list[float]] = {"known": [], "unknown": []}
    said = set()
    for pair in zip(known, unknown, strict=True):
        for kind, address in zip(took, pair, strict=True):
            began = time.perf_counter()
            answer = browser.client.post(page, data={"csrf_token": token[1], "address": address})
            took[kind].append(time.perf_counter() - began)
            said.add((answer.status_code, answer.text.replace(address, "the address")))
    assert [status for status, _ in said] == [200]
    apart = statistics.median(took["known"]) - statistics.median(took["unknown"])
    assert abs(apart) < SECONDS
    written = [mail.to_address for mail in db.query(OutboxMail).filter_by(letter=letter)]
    assert sorted(written) == sorted(known)  # so the two kinds did differ
