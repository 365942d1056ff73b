"""What is said about a record of each kind. Whole sentences: a noun can't be put into them in
languages where it has a gender."""

from dataclasses import dataclass

from events_service.translation import lazy_gettext as _


@dataclass(frozen=True)
class RecordWords:
    saved: str
    deleted: str
    delete_one: str  # what the page is about
    delete_this: str  # what its button does
    asked: str  # before it is done


NOTE = RecordWords(
    saved=_("The note is saved."),
    deleted=_("The note is deleted."),
    delete_one=_("Delete a note"),
    delete_this=_("Delete this note"),
    asked=_("Delete this note?"),
)
RECOMMENDATION = RecordWords(
    saved=_("The recommendation is saved."),
    deleted=_("The recommendation is deleted."),
    delete_one=_("Delete a recommendation"),
    delete_this=_("Delete this recommendation"),
    asked=_("Delete this recommendation?"),
)
NEXT_STEP = RecordWords(
    saved=_("The next step is saved."),
    deleted=_("The next step is deleted."),
    delete_one=_("Delete a next step"),
    delete_this=_("Delete this next step"),
    asked=_("Delete this next step?"),
)
PRACTICE = RecordWords(
    saved=_("The practice is saved."),
    deleted=_("The practice is deleted."),
    delete_one=_("Delete a practice"),
    delete_this=_("Delete this practice"),
    asked=_("Delete this practice?"),
)
QUOTE = RecordWords(
    saved=_("The quote is saved."),
    deleted=_("The quote is deleted."),
    delete_one=_("Delete a quote"),
    delete_this=_("Delete this quote"),
    asked=_("Delete this quote?"),
)
