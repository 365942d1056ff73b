"""Texts that a spreadsheet program would take for formulas: =, +, -, @ at their start, or a tab or
line end, after which some look again. An apostrophe before them makes them texts.

Both ways lose nothing: a text that begins with an apostrophe and then looks like a formula gets
another one, and reading takes one away.
"""

import re

_FORMULA = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")
_QUOTED = re.compile(r"'+\s*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """As a CSV file carries it: +32 2 → '+32 2."""
    return f"'{text}" if _FORMULA.match(text) else text


def kept_apart(text: str) -> str:
    """As a text cell of an XLSX file carries it: texts are texts there, and only those that would
    lose an apostrophe on reading get another."""
    return f"'{text}" if _QUOTED.match(text) else text


def unguarded(text: str) -> str:
    """As it was before `guarded` or `kept_apart`: '+32 2 → +32 2."""
    return text[1:] if _QUOTED.match(text) else text
