"""What people tell about themselves: the questions of a workshop, and the links by which each
person answers them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from events_service.db import transaction
from events_service.demo.schedule import invitation_of
from events_service.demo.story import Happened, Story
from events_service.domain.particulars.asking import ask_those_silent
from events_service.domain.particulars.configuring import ask_also
from events_service.domain.particulars.consents import current_texts
from events_service.domain.particulars.filling import (
    answer_consents,
    asked_in,
    choose_attribution,
    complete,
    open_steps,
    opened,
    save_answer,
)
from events_service.domain.particulars.people import people_named
from events_service.domain.particulars.question_plan import QuestionPlan, is_own
from events_service.domain.particulars.questions import questions_of
from events_service.domain.reporting.wording import in_words, sentence
from events_service.model import Particulars
from events_service.queries.particulars import details_of_event

OWN_QUESTION = QuestionPlan(
    kind="choice",
    label="Which working group would you like to join?",
    purpose="The hosts plan the rooms and the size of each group by it.",
    keep_days=30,
    choices=("Schools and young people", "Hate speech online", "Support for those who are hurt"),
)
TELLS_ALL = "deputy-mayor@newark.example.org"
TELLS_PART = "schools-liaison@newark.example.org"
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    TELLS_ALL: {
        "title": "Deputy Mayor",
        "organisation": "Office of the Mayor",
        "languages": "English, Spanish",
        "dietary": "No nuts: I am allergic",
        "access": "Step-free ways, and a place near the front",
        "travel": "By plane, on the evening before; I leave after the last session",
        "visa_letter": False,
        "emergency_contact": "Chief of staff, +1 973 555 0100",
        "letters": "English",
        "own-1": "Schools and young people",
    },
    TELLS_PART: {
        "title": None,  # left out knowingly
        "organisation": "Department of Education",
        "languages": "English, Portuguese",
        "dietary": "Vegetarian",
    },
}
CONSENTS = {"data": True, "sensitive_data": True, "photographs": False}


def each_person_is_asked(story: Story) -> Happened:
    """The organiser adds a question; whoever registers Newark sends each person their own link.
    The letters leave while the next chapter is played."""
    with transaction() as db:
        event = story.coming(db, "stockholm")
        if not any(is_own(one) for one in questions_of(db, event)):
            ask_also(db, event, OWN_QUESTION, now=story.now)
            newark = invitation_of(db, event, "newark")
            people = people_named(db, newark, now=story.now)
            ask_those_silent(db, story.settings, newark, people, now=story.now)
        asked = questions_of(db, event)
        own = sum(is_own(one) for one in asked)
        sent = sum(form.link_sent_at is not None for form in _forms(db, story).values())
        return Happened(
            f"Stockholm asks each person {in_words(len(asked))} questions, {in_words(own)} of its "
            f"own; Newark sends {in_words(sent)} people a link each",
            story.url(f"/organise/events/{event.id}/questions"),
        )


def people_tell_about_themselves(story: Story) -> Happened:
    """One goes through to the end, one leaves the rest for later; the link shows what is left."""
    with transaction() as db:
        forms = _forms(db, story)
        for address, answers in ANSWERS.items():
            if forms[address].opened_at is None:
                _answer(db, story, forms[address], answers)
        whole = forms[TELLS_ALL]
        if whole.completed_at is None:
            _say_how_to_be_named(db, story, whole)
            complete(db, whole, by="person", now=story.now)
        part = forms[TELLS_PART]
        answers = asked_in(db, part)[1]
        return Happened(
            "Newark’s deputy mayor answers everything and says no to photographs; its schools "
            f"liaison stops after {in_words(len(answers))} questions and goes on by the same link, "
            f"with {in_words(len(open_steps(db, part)))} steps left",
            story.link("me", "self", part.id, part.link_version),
        )


def the_organiser_reads_what_was_told(story: Story) -> Happened:
    with transaction() as db:
        event = story.coming(db, "stockholm")
        found = details_of_event(db, event, questions_of(db, event))
        told = sum(bool(one.answers) for one in found.people)
        meals = ", ".join(f"“{words}”" for words, _people in found.needs("dietary"))
        return Happened(
            f"{sentence(in_words(found.asked))} people are asked, {in_words(told)} has told "
            "everything and agreed to its being read; of the others nobody reads a word yet. The "
            f"kitchen reads, without names: {meals}",
            story.url(f"/organise/events/{event.id}/details"),
        )


def _answer(db: Session, story: Story, form: Particulars, answers: Mapping[str, Any]) -> None:
    opened(form, now=story.now)
    for key, value in answers.items():
        save_answer(db, form, key, value, saved_by="person", now=story.now)


def _say_how_to_be_named(db: Session, story: Story, form: Particulars) -> None:
    choose_attribution(form, "name")
    answer_consents(db, form, current_texts(db, "en"), CONSENTS, now=story.now)


def _forms(db: Session, story: Story) -> dict[str, Particulars]:
    """Forms of the people of Newark at Stockholm, by their address."""
    newark = invitation_of(db, story.coming(db, "stockholm"), "newark")
    people = people_named(db, newark, now=story.now)
    return {one.address: one.form for one in people if one.form is not None}
