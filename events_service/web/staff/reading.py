"""A mail opened for a person to read: the same bytes that its recipient gets."""

import re
from dataclasses import replace

from flask import Response
from sqlalchemy.orm import Session

from events_service.domain.refusals import NotFound
from events_service.letters import LetterName
from events_service.letters.message import seal
from events_service.letters.opened import OpenedMail, opened
from events_service.model import OutboxMail
from events_service.tokens import hide_placeholders
from events_service.translation import gettext as _
from events_service.web.access import me
from events_service.web.context import settings

# A mail is foreign matter on our pages: no scripts, nothing fetched, nothing submitted. Its links
# open in a new tab, which is free of the sandbox, since registration forms must work there.
READING_CSP = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
# Of a stranger's mail not even the links open.
STRANGERS_CSP = READING_CSP.replace(" allow-popups allow-popups-to-escape-sandbox", "")
SIGN_IN: LetterName = "sign_in"


def mail_numbered(db: Session, mail_id: int) -> OutboxMail:
    """The mail, if the account that is signed in may read it. Loading is authorising: a link that
    signs in would make staff administrators, so that only administrators read those."""
    found = db.get(OutboxMail, mail_id)
    if found is None or (found.letter == SIGN_IN and not reads_sign_in_links()):
        raise NotFound
    return found


def reads_sign_in_links() -> bool:
    return me().role == "administrator"


def sealed(mail: OutboxMail) -> bytes:
    """The exact bytes that are sent. NotFound while the mail is not rendered."""
    if mail.rendered is None:
        raise NotFound(_("This letter is still being written. Load the page again in a moment."))
    return seal(settings().secret_key, mail.rendered)


def opened_or_none(mail: OutboxMail) -> OpenedMail | None:
    return opened(sealed(mail)) if mail.rendered is not None else None


def opened_without_links(mail: OutboxMail) -> OpenedMail | None:
    """The mail for somebody who may read it, but not open what its links open. None: unrendered."""
    if mail.rendered is None:
        return None
    found = opened(mail.rendered)
    return replace(
        found,
        headers=tuple((name, hide_placeholders(value)) for name, value in found.headers),
        text=hide_placeholders(found.text),
        html=hide_placeholders(found.html),
        attachments=(),
    )


def framed(html: str, policy: str = READING_CSP) -> Response:
    """The HTML of a mail, to be shown within a frame."""
    head = re.search(r"<head[^>]*>", html)
    at = head.end() if head else 0
    page = html[:at] + '<base target="_blank">' + html[at:]
    answer = Response(page, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = policy
    return answer


def downloaded(content: bytes, content_type: str, name: str) -> Response:
    """Bytes to keep, never to be shown as a page of ours."""
    answer = Response(content, mimetype=content_type)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
