"""Forms: what people type, checked and turned into plain values."""

from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import ImmutableMultiDict


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
