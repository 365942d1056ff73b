"""Finds sentences in Python that are not given to be translated."""

import ast
import re
from collections.abc import Iterator

SAID = {"_", "gettext", "ngettext", "pgettext", "lazy_gettext"}
QUIET = {"log", "logger", "text", "info", "warning", "error", "debug", "compile", "execute"}
_SENTENCE = re.compile(r"[A-ZÀ-Ž][^\W\d_]*[’'\w]* .*[a-z]|[A-Z][a-z]+.*[.!?]$")


def plain_code(source: str) -> list[str]:
    """Strings that begin with a capital and go on with a word; f-strings with … for what is put
    in. Docstrings, log lines, statements of SQL and errors for programmers don't count."""
    return [text for text in _strings(ast.parse(source)) if _SENTENCE.match(text)]


def _strings(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and _name(node.func) in SAID | QUIET:
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Raise) and _raises_a_fault(node):
        return
    if isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.value
    else:
        for child in ast.iter_child_nodes(node):
            yield from _strings(child)


def _name(called: ast.expr) -> str:
    return getattr(called, "attr", "") or getattr(called, "id", "")


def _raises_a_fault(node: ast.Raise) -> bool:
    """ValueError, RuntimeError, …: no page shows them."""
    called = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return called is not None and _name(called).endswith("Error")
