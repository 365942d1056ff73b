"""What the service says, in the language of whoever reads it.

English text is the key (gettext). The language is a property of the task at hand: a request sets
it for its reader, a worker for each letter. Catalogues are the .po files of the package, read as
they are, so that none is ever older than its source.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import LazyProxy, NullTranslations, Translations
from jinja2 import Environment

SOURCE = "en"
LANGUAGES = (SOURCE, "fr", "sv", "sk")  # that pages for cities and all letters are complete in
NAMES = {"en": "English", "fr": "Français", "sv": "Svenska", "sk": "Slovenčina"}
LOCALES = {"en": "en_GB", "fr": "fr_FR", "sv": "sv_SE", "sk": "sk_SK"}
CATALOGUES = Path(__file__).parent / "translations"

_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def current_language() -> str:
    """One of LANGUAGES."""
    return _language.get()


def current_locale() -> str:
    """How the language writes days and numbers, for Babel: en_GB."""
    return LOCALES[_language.get()]


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in this language meanwhile; in English if it is none of ours."""
    token = _language.set(language if language in LANGUAGES else SOURCE)
    try:
        yield
    finally:
        _language.reset(token)


def speak(language: str) -> None:
    """Say everything in this language from here on, in this task."""
    _language.set(language if language in LANGUAGES else SOURCE)


def gettext(message: str, **values: Any) -> str:
    """The message in the current language, `%(name)s` filled in from `values`."""
    text = catalogue(_language.get()).gettext(message)
    return text % values if values else text


def said(text: str) -> str:
    """A text that is kept, in the current language if it is one of ours: else as it is. Not for
    texts in the program, which are collected by the name `gettext`."""
    return catalogue(_language.get()).gettext(text) if text else ""


def ngettext(singular: str, plural: str, num: int, **values: Any) -> str:
    """The form that goes with `num`, which fills `%(num)s`."""
    text = catalogue(_language.get()).ngettext(singular, plural, num)
    return text % {"num": num, **values}


def pgettext(context: str, message: str, **values: Any) -> str:
    """A message that means different things in different places."""
    text = str(catalogue(_language.get()).pgettext(context, message))
    return text % values if values else text


def lazy_gettext(message: str, **values: Any) -> str:
    """Said when it is shown: for labels that are written once, as the program starts."""
    return cast(str, LazyProxy(gettext, message, enable_cache=False, **values))


def number(value: int) -> str:
    """As the language writes it: 1,000 or 1 000."""
    return format_decimal(value, locale=current_locale())


def lazy_number(value: int) -> str:
    """Written when it is shown: inside what `lazy_gettext` says."""
    return cast(str, LazyProxy(number, value, enable_cache=False))


@cache
def catalogue(language: str) -> NullTranslations:
    if language == SOURCE:
        return NullTranslations()
    with (CATALOGUES / language / "messages.po").open("rb") as file:
        messages = read_po(file, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(fp=compiled)


def read_catalogues() -> None:
    """Read all of them now: done before a fork, its processes share them."""
    for language in LANGUAGES:
        catalogue(language)


def teach(environment: Environment) -> None:
    """Templates say `_("…")`, `ngettext(…)` and {% trans %}, and do things by {% do %}."""
    environment.add_extension("jinja2.ext.i18n")
    environment.add_extension("jinja2.ext.do")
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        _bare_gettext, _bare_ngettext, newstyle=True, pgettext=_bare_pgettext
    )


def _bare_gettext(message: str) -> str:
    return catalogue(_language.get()).gettext(message)


def _bare_ngettext(singular: str, plural: str, num: int) -> str:
    return catalogue(_language.get()).ngettext(singular, plural, num)


def _bare_pgettext(context: str, message: str) -> str:
    return str(catalogue(_language.get()).pgettext(context, message))
