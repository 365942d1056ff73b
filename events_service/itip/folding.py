"""Folding of content lines (RFC 5545 §3.1): at most 75 octets, no character split."""

LIMIT = 75


def unfold(folded: bytes) -> bytes:
    return folded.replace(b"\r\n ", b"")


def fold(unfolded: bytes) -> bytes:
    """Fold each CRLF-ended line. The same lengths fold alike, whatever the letters are."""
    lines = unfolded.split(b"\r\n")
    return b"\r\n".join([line if len(line) <= LIMIT else _fold_line(line) for line in lines])


def _fold_line(line: bytes) -> bytes:
    parts: list[bytes] = []
    start, room = 0, LIMIT
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:  # inside a UTF-8 character
            end -= 1
        parts.append(line[start:end])
        start, room = end, LIMIT - 1  # the space that continues a line counts
    parts.append(line[start:])
    return b"\r\n ".join(parts)
