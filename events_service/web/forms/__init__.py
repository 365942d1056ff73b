"""Forms: what people type, checked and turned into plain values."""

from functools import cache
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import ImmutableMultiDict
from wtforms.i18n import get_translations

from events_service.translation import current_language


class PageForm(FlaskForm):
    """Base of every form: carries the CSRF token, and drops the one character (NUL) that a
    database can't keep and nobody can type."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            given = super().wrap_formdata(form, formdata)
            if not isinstance(given, ImmutableMultiDict):
                return given
            texts = given.items(multi=True)
            return ImmutableMultiDict((name, text.replace("\x00", "")) for name, text in texts)

        def get_translations(self, _form: Any) -> Any:
            return _own_words(current_language())


@cache
def _own_words(language: str) -> Any:
    """What WTForms says by itself, as its translators wrote it."""
    return get_translations([language])
