"""A language in which whatever was translated stands between « and », and the text of a page that
does not."""

from collections.abc import Iterator
from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.support import NullTranslations
from lxml import html
from lxml.html import HtmlElement

from events_service.translation import CATALOGUES

SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-city", "data-label")
UNSEEN = {"script", "style", "path", "svg", "link"}


@cache
def collected() -> Catalog:
    """The texts that `make messages` collects from the program."""
    with (CATALOGUES / "sk" / "messages.po").open("rb") as file:
        return read_po(file)


class Pseudo(NullTranslations):
    """Translates by framing. A text that was not collected, so that no translator ever sees it,
    stays as it is."""

    def gettext(self, message: str) -> str:
        return f"«{message}»" if collected().get(message) else message

    def ngettext(self, msgid1: str, msgid2: str, num: int) -> str:
        said = msgid1 if num == 1 else msgid2
        return f"«{said}»" if collected().get(msgid1) else said

    def pgettext(self, context: str, message: str) -> str:
        return f"«{context}: {message}»" if collected().get(message, context) else message


def untranslated(page: str) -> list[str]:
    """Text with letters outside of all marks, in the order of the page. Content that is marked as
    being in another language than the page is left out; so are the names of languages."""
    root = html.document_fromstring(page)
    stream = "".join(_texts(root, root.get("lang", "")))
    said = [stream, *_attributes(root)]
    return [part for text in said for part in _outside(text) if any(c.isalpha() for c in part)]


def _texts(element: HtmlElement, page: str) -> Iterator[str]:
    if isinstance(element.tag, str) and element.get("lang", page) == page:
        if element.tag not in UNSEEN:
            yield element.text or ""
        for child in element:
            yield from _texts(child, page)
    if element.tag not in ("a", "b", "span", "small"):
        yield "\n"
    yield element.tail or ""


def _attributes(root: HtmlElement) -> Iterator[str]:
    for element in root.iter():
        if isinstance(element.tag, str):
            yield from (element.attrib[name] for name in SPOKEN if name in element.attrib)


def _outside(text: str) -> Iterator[str]:
    """The pieces that no « » and no ‹ › surround, line by line."""
    depth, kept = 0, []
    for character in text:
        depth += (character in "«‹") - (character in "»›")
        kept.append(character if depth == 0 and character not in "»›" else "\n")
    assert depth == 0, "a mark is open to the end"
    for line in "".join(kept).split("\n"):
        if line.strip():
            yield " ".join(line.split())
