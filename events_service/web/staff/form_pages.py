"""A form's page: as it is first shown, or refused and shown again."""

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from events_service.web.forms import PageForm

Page = str | Response | tuple[str, int]


def form_page(form: PageForm, template: str, **shown: Any) -> str | tuple[str, int]:
    """The page with its form; status 422 when what was sent needs another look."""
    page = render_template(template, form=form, **shown)
    return (page, 422) if form.is_submitted() else page
