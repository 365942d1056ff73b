"""Whether a server that we trust says that a mail is from whom it says (RFC 8601, RFC 7489)."""

import re
from collections.abc import Collection, Iterator
from email.message import Message

RESULTS = "Authentication-Results"
_METHOD = re.compile(r"([a-z0-9-]+)(?:\s*/\s*\d+)?\s*=\s*([a-z0-9-]+)(?=\s|$)", re.I)
_FROM = re.compile(r'(?:^|\s)header\.from\s*=\s*("[^"]*"|[^\s;]+)', re.I)


def dmarc_passed(message: Message, domain: str, trusted_servers: Collection[str]) -> bool:
    """Every word that trusted servers say about DMARC is a pass, for this domain of From.

    A sender can put any such header into a mail, below those that our servers add on top. So only
    the topmost count, down to the first that another server wrote or that lies further down the
    mail's way. Our servers must remove those that bear their own name (RFC 8601 §5).
    """
    trusted = {server.lower() for server in trusted_servers}
    said = [each for value in _topmost(message, trusted) for each in _dmarc(value)]
    return bool(said) and all(verdict == ("pass", domain) for verdict in said)


def _topmost(message: Message, trusted: Collection[str]) -> Iterator[str]:
    found = False
    for name, raw in message.raw_items():
        if name.strip().lower() == "received" and found:
            return
        if name.strip().lower() == RESULTS.lower():
            value = _without_comments(" ".join(str(raw).split()))
            if _server(value) not in trusted:
                return
            found = True
            yield value


def _server(value: str) -> str:
    """The authserv-id, lower case; a version may follow it."""
    words = value.partition(";")[0].split()
    return words[0].strip('"').lower() if words else ""


def _dmarc(value: str) -> Iterator[tuple[str, str]]:
    """Result and domain of each DMARC verdict. No domain, or two, is the domain ""."""
    for resinfo in _parts(value)[1:]:
        method = _METHOD.match(resinfo.strip())
        if method and method[1].lower() == "dmarc":
            domains = [each.strip('"').lower().rstrip(".") for each in _FROM.findall(resinfo)]
            yield method[2].lower(), domains[0] if len(domains) == 1 else ""


def _parts(value: str) -> list[str]:
    """The value parted at semicolons outside of quotation marks."""
    parts, start = [], 0
    for mark in re.finditer(r'"(?:[^"\\]|\\.)*"|;', value):
        if mark[0] == ";":
            parts.append(value[start : mark.start()])
            start = mark.end()
    return [*parts, value[start:]]


def _without_comments(value: str) -> str:
    """Without (comments), which may stand in each other. One that is not closed ends the value."""
    kept, depth = [], 0
    for piece in re.findall(r'"(?:[^"\\]|\\.)*"|\\.|.', value):
        if piece == "(":
            depth += 1
        elif piece == ")" and depth:
            depth -= 1
        elif not depth:
            kept.append(piece)
    return "".join(kept)
