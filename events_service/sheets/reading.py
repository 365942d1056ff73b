"""What kind of file it is, by its content whatever its name says, and its lines."""

from events_service.sheets.csv_reading import csv_in
from events_service.sheets.table import NoSheet, Sheet
from events_service.sheets.xlsx_reading import xlsx_in
from events_service.translation import lazy_gettext

MOST_BYTES = 2 * 1024 * 1024
MOST_LINES = 5_000  # below the headings
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

EMPTY = lazy_gettext("The file is empty.")
TOO_LARGE = lazy_gettext("The file is larger than 2 MB. Send the cities in several files.")
OLD_EXCEL = lazy_gettext(
    "This is an old Excel file, or one with a password. Save it as Excel workbook (.xlsx) without "
    "a password, or as CSV UTF-8."
)


def sheet_in(content: bytes) -> Sheet:
    """The lines of a CSV or XLSX file. NoSheet says what is wrong with one that can't be read."""
    if len(content) > MOST_BYTES:
        raise NoSheet(TOO_LARGE)
    if content.startswith(_OLE):
        raise NoSheet(OLD_EXCEL)
    found = (xlsx_in if content.startswith(_ZIP) else csv_in)(content, MOST_LINES)
    if not found.lines:
        raise NoSheet(EMPTY)
    return found
