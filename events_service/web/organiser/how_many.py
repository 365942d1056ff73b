"""How much waits for a person, as a sentence that begins with the number."""

from events_service.domain.reporting.wording import in_words
from events_service.translation import SOURCE, current_language, ngettext, number
from events_service.web.filters import spelt_first


def reports_to_draft(count: int) -> str:
    return ngettext(
        "%(count)s report is to be drafted",
        "%(count)s reports are to be drafted",
        count,
        count=spelt_first(count),
    )


def mails_unmatched(count: int) -> str:
    return ngettext(
        "%(count)s mail could not be matched",
        "%(count)s mails could not be matched",
        count,
        count=spelt_first(count),
    )


def letters_to_approve(count: int) -> str:
    return ngettext(
        "%(count)s letter waits for approval",
        "%(count)s letters wait for approval",
        count,
        count=spelt_first(count),
    )


def replies_to_decide(count: int) -> str:
    return ngettext(
        "%(count)s reply waits for your decision",
        "%(count)s replies wait for your decision",
        count,
        count=spelt_first(count),
    )


def cities_silent(count: int) -> str:
    return ngettext(
        "%(count)s city has not answered in 14 days",
        "%(count)s cities have not answered in 14 days",
        count,
        count=spelt_first(count),
    )


def letters_undelivered(count: int) -> str:
    return ngettext(
        "%(count)s letter was not delivered",
        "%(count)s letters were not delivered",
        count,
        count=spelt_first(count),
    )


def people_declined(count: int) -> str:
    return ngettext(
        "%(count)s person declined and holds a place",
        "%(count)s people declined and hold places",
        count,
        count=spelt_first(count),
    )


def people_unanswered(count: int) -> str:
    return ngettext(
        "%(count)s person has not answered in 14 days",
        "%(count)s people have not answered in 14 days",
        count,
        count=spelt_first(count),
    )


def delegations_waiting(count: int) -> str:
    return ngettext(
        "%(count)s delegation waits for places",
        "%(count)s delegations wait for places",
        count,
        count=spelt_first(count),
    )


def and_more(count: int) -> str:
    """The end of a list: four more."""
    return ngettext("%(count)s more", "%(count)s more", count, count=_in_words(count))


def _in_words(count: int) -> str:
    """In figures where words for numbers would go by the gender of what is counted."""
    return in_words(count) if current_language() == SOURCE else number(count)
