"""Every button of organisers is pressed with the token of its page, or nothing happens."""

from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import SignInAs


def test_no_form_is_taken_without_its_token(
    app: Flask, client: FlaskClient, sign_in_as: SignInAs
) -> None:
    """Control: with the protection switched off, not one answers so."""
    sign_in_as("administrator")
    paths = [
        app.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, 1))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("organiser.") and "POST" in (rule.methods or ())
    ]
    assert len(paths) >= 18
    assert {client.post(path).status_code for path in paths} == {400}
    app.config["WTF_CSRF_ENABLED"] = False
    assert 400 not in {client.post(path).status_code for path in paths}
