"""Finds text in a template that is not given to be translated."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment, nodes

SAID = {"_", "gettext", "ngettext", "pgettext", "lazy_gettext"}
HOLE = "§"  # where code stood
SPOKEN = {"aria-label", "alt", "title", "placeholder", "data-city"}
_BLOCK = re.compile(r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}", re.DOTALL)
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_WORDS = re.compile(r"^[A-ZÀ-Ž][^\W\d_]+|[^\W\d_]{2,} [^\W\d_]{2,}|[^\W\d_]+[.!?]$| [a-z]+$")
_CLASSES = re.compile(r"( ?(govuk-|ws-|is-)[\w!-]*)+ ?")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ATTRIBUTE = re.compile(r'"? ?data-[a-z-]+="')  # of a macro that makes some


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        if self.lasttag != "style":
            self.found.append(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [text or "" for name, text in attrs if name in SPOKEN]


def plain_text(source: str) -> list[str]:
    """Literal text of the page itself."""
    page = _Text()
    page.feed(_CODE.sub(HOLE, _BLOCK.sub("", source)))
    pieces = (piece.strip() for text in page.found for piece in text.split(HOLE))
    return [piece for piece in pieces if _LETTERS.search(piece) and not _is_code(piece)]


def _is_code(piece: str) -> bool:
    return piece.startswith("&") or _ATTRIBUTE.fullmatch(piece) is not None


def plain_strings(environment: Environment, source: str) -> list[str]:
    """Strings of expressions that read like words for people."""
    return [text for text in _strings(environment.parse(source)) if _reads_like_words(text)]


def _reads_like_words(text: str) -> bool:
    ours = _CLASSES.fullmatch(text) or text.startswith(("/", "#", "<")) or "%" in text
    return bool(_WORDS.search(text)) and not ours


_KEYS: dict[type[nodes.Node], tuple[str, ...]] = {
    nodes.Pair: ("key",),
    nodes.Getitem: ("arg",),
    nodes.Compare: ("expr", "ops"),
    nodes.Test: ("args",),
}


def _strings(node: nodes.Node) -> Iterator[str]:
    called = node.node if isinstance(node, nodes.Call) else None
    if isinstance(called, nodes.Name) and called.name in SAID:
        return
    if isinstance(node, nodes.Const):
        if isinstance(node.value, str):
            yield node.value
        return
    for child in node.iter_child_nodes(exclude=_KEYS.get(type(node), ())):
        yield from _strings(child)
