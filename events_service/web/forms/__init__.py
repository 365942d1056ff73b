"""Forms: what people type, checked and turned into plain values."""

from flask_wtf import FlaskForm


class PageForm(FlaskForm):
    """Base of every form: carries the CSRF token."""
