"""What the script sends and gets, also when it sends twice, late or nonsense."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_service.config import shipped
from events_service.domain.door.passes import fingerprint
from events_service.model import CheckIn, Event
from events_service.web.assets import built_name
from tests import cast, door
from tests.conftest import SECRET, TestClock
from tests.door import FIRST, MORNING, SECOND, key, there

Answer = dict[str, Any]


@pytest.fixture
def send(client: FlaskClient, link: str):
    """Send entries as the script does, with the token that comes with the list."""

    def send(*entries: object, device: str = "0123abcd") -> list[tuple[str, str]]:
        token = client.get(f"{link}/list").json["csrf"]
        answer = client.post(
            f"{link}/entries",
            json={"device": device, "entries": list(entries)},
            headers={"X-CSRFToken": token},
        )
        assert answer.status_code == 200, answer.text
        return [(one["id"], one["outcome"]) for one in answer.json["results"]]

    return send


def came(person: str, **other: object) -> Answer:
    return {
        "id": "1",
        "kind": "in",
        "key": key(),
        "person": person,
        "day": FIRST.isoformat(),
        "came_at": "2027-05-31T07:05:00.000Z",
        **other,
    }


def test_the_list_as_a_device_keeps_it(
    db: Session, event: Event, link: str, client: FlaskClient, send
) -> None:
    mayor = door.member(db, "Mayor, Newark")
    sent = came(f"member:{mayor.id}")
    send(sent)
    state: Answer = client.get(f"{link}/list").json
    assert (state["zone"], state["phase"]) == ("Europe/Stockholm", "open")
    assert datetime.fromisoformat(state["now"]) == MORNING
    assert state["days"][0] == {"day": "2027-05-31", "name": "Monday 31\xa0May"}
    assert state["people"][0] == {
        "id": f"member:{mayor.id}",
        "name": "Mayor, Newark",
        "role": "Mayor",
        "home": "Newark",
        "sought": "mayor newark mayor newark",
        "code": fingerprint(SECRET, mayor.id),
        "days": ["2027-05-31", "2027-06-01"],
        "came": {"2027-05-31": {"at": "2027-05-31T07:05:00+00:00", "key": sent["key"]}},
    }
    assert len(state["people"]) == 3
    same: Answer = client.get(f"{link}/list?known={state['version']}").json
    assert "people" not in same and same["version"] == state["version"]
    send({"id": "2", "kind": "back", "key": sent["key"]})
    assert len(client.get(f"{link}/list?known={state['version']}").json["people"]) == 3
    assert event.door_version == 1


def test_entries_in_their_order_with_a_result_each(db: Session, event: Event, send) -> None:
    mayor, planner = door.member(db, "Mayor, Newark"), door.member(db, "Planner, Boise")
    dijon = cast.city(db, "Dijon")
    db.commit()
    first = came(f"member:{mayor.id}")
    walked = came("", id="4", kind="walk-in", name="Guest", role="", body=f"city:{dijon.id}")
    batch = [
        first,
        {"id": "2", "kind": "back", "key": first["key"]},
        came(f"member:{planner.id}", id="3"),
        walked,
        came("member:0", id="5"),
    ]
    told = [("1", "in"), ("2", "taken_back"), ("3", "in"), ("4", "in"), ("5", "refused")]
    assert send(*batch) == told
    again = [("1", "taken_back"), *told[1:]]
    assert send(*batch) == again  # the answer was lost on its way
    assert there(db, event) == [("Planner, Boise", [FIRST]), ("Guest", [FIRST])]
    entries = db.query(CheckIn).filter(CheckIn.taken_back_at.is_(None)).all()
    assert {one.recorded_by for one in entries} == {"door, device 0123abcd"}


def test_what_a_device_kept_over_night_is_taken_after_the_last_day(
    db: Session, event: Event, clock: TestClock, send
) -> None:
    planner = door.member(db, "Planner, Boise")
    clock.now = datetime(2027, 6, 5, 12, tzinfo=UTC)
    late = came(f"member:{planner.id}", day="2027-06-01", came_at="2027-06-01T07:00:00Z")
    assert send(late) == [("1", "in")]
    assert there(db, event) == [("Planner, Boise", [SECOND])]


def test_a_rehearsal_records_nothing_whoever_sends(
    db: Session, event: Event, clock: TestClock, send
) -> None:
    mayor = door.member(db, "Mayor, Newark")
    clock.now = MORNING - timedelta(days=1)
    assert send(came(f"member:{mayor.id}")) == [("1", "refused")]
    assert there(db, event) == []


@pytest.mark.parametrize(
    "entry",
    [
        {"id": "1"},
        {"id": "1", "kind": "in"},
        {"id": "1", "kind": "back", "key": "x"},
        came("member:1", key="x"),
        came("member:1", key=7),
        came("member:1", day="31 May"),
        came("member:1", day=None),
        came("member:1", came_at="2027-05-31T07:05:00"),
        came("member:1", came_at="9999-12-31T23:59:59+00:00"),
        came("member:1", came_at="yesterday"),
        came("member:1", came_at=5),
        came("member:1", kind="enter"),
        came("member:99999999999999999999"),
        came("member:²"),
        came(None),  # type: ignore[arg-type]
        came("", kind="walk-in", name=["x"], body="city:1"),
        came("", kind="walk-in", name="\x00", body="city:1"),
        came("", kind="walk-in", name="x", body="city:²"),
    ],
)
def test_nonsense_is_refused_by_itself(db: Session, event: Event, send, entry: Answer) -> None:
    planner = door.member(db, "Planner, Boise")
    assert send(entry, came(f"member:{planner.id}", id="2")) == [("1", "refused"), ("2", "in")]
    assert there(db, event) == [("Planner, Boise", [FIRST])]


@pytest.mark.parametrize(
    "body", [None, [], {}, {"entries": {}}, {"entries": [1, {"id": 5}, None]}, "x", 7]
)
def test_a_body_of_another_shape(client: FlaskClient, link: str, body: object) -> None:
    token = client.get(f"{link}/list").json["csrf"]
    answer = client.post(f"{link}/entries", json=body, headers={"X-CSRFToken": token})
    assert (answer.status_code, answer.json["results"]) == (200, [])


def test_at_most_fifty_in_one_request(db: Session, event: Event, send) -> None:
    sent = [came("member:0", id=str(number)) for number in range(60)]
    assert len(send(*sent)) == 50
    assert there(db, event) == []


def test_a_name_is_kept_on_one_line_and_short(db: Session, event: Event, send) -> None:
    body = f"city:{event.city_id}"
    name = "A\r\nBcc: x\u202e " + "B" * 300
    assert send(came("", kind="walk-in", name=name, role="", body=body)) == [("1", "in")]
    [(kept, _)] = there(db, event)
    assert (kept[:8], len(kept)) == ("A Bcc: x", 200)


def test_the_token_is_needed(client: FlaskClient, link: str) -> None:
    """Control: `send` has it."""
    assert client.post(f"{link}/entries", json={"entries": []}).status_code == 400


def test_the_worker_has_to_do_with_the_door_alone(client: FlaskClient) -> None:
    with client.get("/door/worker.js") as answer:
        worker = answer.text
        assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
        assert answer.headers["Cache-Control"] == "no-cache"
        assert "Service-Worker-Allowed" not in answer.headers
    script = (shipped("static") / built_name("door.js")).read_text()
    for code in (worker, script):
        assert "eval(" not in code and "new Function" not in code
