"""QR codes as pictures of ours: dark on white, with the quiet margin that cameras look for."""

from io import BytesIO

from flask import Response, url_for

from events_service.db import transaction
from events_service.domain.door.links import door_behind
from events_service.domain.door.passes import pass_behind
from events_service.web.access import access
from events_service.web.context import now, settings
from events_service.web.door import pages


def pass_url(token: str) -> str:
    return settings().public_url + url_for("door.entry_code", token=token)


def door_url(token: str) -> str:
    return settings().public_url + url_for("door.door", token=token)


def qr_code(text: str) -> Response:
    """An SVG file. Level M: a quarter of a smudged or folded code can be missing."""
    import segno  # here, since few processes ever draw one

    drawn = BytesIO()
    segno.make_qr(text, error="m").save(
        drawn,
        kind="svg",
        scale=8,
        border=4,
        light="#fff",
        dark="#000",
        svgclass=None,
        lineclass=None,
    )
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


@pages.get("/pass/<token>/code.svg")
@access("link")
def entry_code_picture(token: str) -> Response:
    with transaction() as db:
        pass_behind(db, settings().secret_key, token)
    return qr_code(pass_url(token))


@pages.get("/door/<token>/link.svg")
@access("link")
def door_link_picture(token: str) -> Response:
    with transaction() as db:
        door_behind(db, settings().secret_key, token, now=now())
    return qr_code(door_url(token))
