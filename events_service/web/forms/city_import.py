"""A list of cities to be read."""

from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage

from events_service.translation import lazy_gettext as _
from events_service.web.forms import PageForm


class CityListForm(PageForm):
    file = FileField(
        _("The list"),
        [FileRequired(_("Choose a file"))],
        description=_("CSV (UTF-8) or an Excel workbook (.xlsx), at most 2 MB and 5,000 lines."),
    )

    @property
    def sent(self) -> FileStorage:
        """Once the form is valid."""
        sent: FileStorage = self.file.data
        return sent
