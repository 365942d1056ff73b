"""Layouts and macros: what they show, and that an unknown name is never shown."""

import re

import pytest
from flask import Flask, render_template_string
from jinja2 import UndefinedError
from lxml import html
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from events_service.translation import lazy_gettext

PAGE = """{% extends "layouts/base.html" %}
{% from "macros/forms.html" import error_summary, fields %}
{% block title %}A page{% endblock %}
{% block main %}{{ error_summary(form) }}{{ fields(form) }}{% endblock %}"""


class Member(Form):
    name = StringField("Name", [InputRequired(lazy_gettext("Enter the name"))])
    address = EmailField("E-mail address", [InputRequired("Enter the address")])


class Delegation(Form):
    role = StringField("Role", [Length(max=5, message="Shorten the role")])
    days = RadioField("Days", [InputRequired("Choose the days")], choices={"a": "All", "s": "Some"})
    zone = SelectField("Zone", choices={"Europe/Paris": "Paris", "Africa/Johannesburg": "Jo’burg"})
    note = TextAreaField("Note", description="Shown to nobody")
    agreed = BooleanField("They know")
    people = FieldList(FormField(Member), min_entries=2)


def refused() -> Delegation:
    form = Delegation(
        data={
            "role": '<b>"Mayor"</b>',
            "zone": "Africa/Johannesburg",
            "note": "one\n  two",
            "agreed": True,
            "people": [{"name": "A"}, {}],
        }
    )
    form.role.raw_data = [form.role.data]
    form.validate()
    return form


def render(app: Flask, template: str, **names: object) -> str:
    with app.test_request_context("/"):
        return render_template_string(template, **names)


def test_the_error_summary_leads_to_each_field(app: Flask) -> None:
    page = render(app, PAGE, form=refused())
    summary = page[page.index("govuk-error-summary") : page.index("govuk-form-group")]
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary)
    assert links == [
        ("role", "Shorten the role"),
        ("days", "Choose the days"),
        ("people-0-name", "Enter the name"),
        ("people-0-address", "Enter the address"),
        ("people-1-name", "Enter the name"),
        ("people-1-address", "Enter the address"),
    ]
    assert "Six answers need another look" in summary
    assert [target for target, _ in links if f'id="{target}"' not in page] == []


def test_each_field_says_what_is_wrong_with_it(app: Flask) -> None:
    page = html.document_fromstring(render(app, PAGE, form=refused()))
    said = page.find_class("govuk-error-message")
    assert [(one.get("id"), " ".join(one.text_content().split())) for one in said] == [
        ("role-error", "Error: Shorten the role"),
        ("days-error", "Error: Choose the days"),
        ("people-0-name-error", "Error: Enter the name"),
        ("people-0-address-error", "Error: Enter the address"),
        ("people-1-name-error", "Error: Enter the name"),
        ("people-1-address-error", "Error: Enter the address"),
    ]


def test_fields_show_what_was_typed_and_nothing_else(app: Flask) -> None:
    page = render(app, PAGE, form=refused())
    assert "<b>" not in page[page.index("<main") :].replace("&lt;b&gt;", "")
    assert 'value="&lt;b&gt;&#34;Mayor&#34;&lt;/b&gt;"' in page
    assert re.search(r"<textarea[^>]*>one\n  two</textarea>", page)
    assert '<option value="Africa/Johannesburg" selected>' in page
    assert re.search(r'name="agreed"[^>]*value="y"[^>]* checked', page)
    assert 'id="note-hint"' in page


def test_a_page_without_errors_has_no_summary(app: Flask) -> None:
    assert "govuk-error-summary" not in render(app, PAGE, form=Delegation())


def test_a_name_that_was_not_given_is_never_shown(app: Flask) -> None:
    for template in ("{{ form }}", "{{ form.role }}", "{% for part in form %}{% endfor %}"):
        with pytest.raises(UndefinedError):
            render(app, template)
    assert render(app, "{% if form.role %}{% else %}asked{% endif %}") == "asked"


def test_every_page_names_the_network_and_keeps_to_its_own_files(app: Flask) -> None:
    page = render(app, PAGE, form=Delegation())
    assert "<title>A page – Network of Cities</title>" in page
    assert '<a href="#main" class="govuk-skip-link">' in page
    assert re.findall(r'style=|<script>|(?:src|href)="(?:https?:)?//', page) == []
