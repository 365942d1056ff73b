"""`events-service demo --json`: the whole story on data of its own, told as data."""

import json

import pytest

from tests.running.running_service import events_service

pytestmark = pytest.mark.slow


def test_the_story_is_played_on_fresh_data_and_everything_ends(tmp_path):
    told = events_service("demo", "--json", "--data", str(tmp_path), seconds=300)
    assert told.returncode == 0, told.stderr
    happened = json.loads(told.stdout)
    assert [chapter["name"] for chapter in happened["chapters"]][:3] == [
        "Schedule",
        "Invite",
        "Register",
    ]
    assert set(happened["mails"]) == {"sent"}
    again = events_service("demo", "--json", "--data", str(tmp_path))
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == f"Error: {tmp_path} holds data already; --json wants fresh data.\n"
