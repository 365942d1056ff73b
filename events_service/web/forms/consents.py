"""A new wording that people are to agree to, in each language."""

from collections.abc import Mapping

from wtforms import BooleanField, HiddenField, TextAreaField

from events_service.translation import LANGUAGES, NAMES, lazy_gettext
from events_service.web.forms import PageForm


class WordingForm(PageForm):
    """`text_…`: by language; `after`: the version it replaces; `press`: review, or hold."""

    asks_again = BooleanField(lazy_gettext("Ask those again who agreed to an earlier version"))
    after = HiddenField()
    press = HiddenField()

    def texts(self) -> dict[str, str]:
        return {language: self[f"text_{language}"].data or "" for language in LANGUAGES}

    def say(self, problems: Mapping[str, str]) -> None:
        for language, problem in problems.items():
            self[f"text_{language}"].errors = [problem]


for _language in LANGUAGES:
    setattr(WordingForm, f"text_{_language}", TextAreaField(NAMES[_language]))


def wording_form(texts: Mapping[str, str], version: int) -> WordingForm:
    """Filled from what was posted, else with what is in force."""
    shown = {f"text_{language}": texts.get(language, "") for language in LANGUAGES}
    return WordingForm(data={**shown, "after": str(version)})
