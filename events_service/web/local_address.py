"""Addresses that a page is asked to lead back to."""

import re


def inside(target: str | None) -> str | None:
    """A path on this site, or None. Nothing that leads elsewhere: browsers read a backslash as a
    slash and leave out tabs and line ends."""
    found = re.fullmatch(r"/(?!/)[^\\\x00-\x1f\x7f]*", target or "")
    return found[0] if found else None
