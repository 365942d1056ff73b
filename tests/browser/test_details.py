"""From the city's list to the person who tells about themselves: each page, its errors, and the
erasing of all of it; on a phone without JavaScript, and at a desk."""

import pytest
from sqlalchemy.orm import Session

from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.form import days_of
from events_service.domain.registration.saving import save_draft
from events_service.model import CityInvitation
from tests import cast
from tests.browser import scenes
from tests.browser.post import PostOffice
from tests.browser.visitor import Visitor
from tests.browser.whole_service import WholeService

pytestmark = pytest.mark.browser


def typed(db: Session, slug: str) -> CityInvitation:
    """Newark has typed two people, and confirmed nobody."""
    event = scenes.workshop(db, slug, "Details")
    newark = scenes.invited(db, event, "Newark")
    people = cast.people("Deputy mayor", "Liaison", where="Newark", days=days_of(event))
    for one in people:
        one["address"] = str(one["address"]).replace("newark", slug)
    draft = DelegationDraft.from_json({"contact_address": newark.address, "people": people})
    save_draft(db, newark, draft, now=cast.LONG_AGO)
    return newark


def answer_the_rest(person: Visitor) -> None:
    for _ in range(3):
        person.press("Skip this")  # organisation, languages, diet
    person.write("What do you need to take part fully?", "A place near the front")
    person.press("Save and continue")
    person.press("Skip this")  # travel
    person.tick("Yes")
    person.press("Save and continue")
    person.write("What is your name as in your passport, and your nationality?", "D. Mayor, US")
    person.press("Save and continue")
    person.press("Skip this")  # emergency contact
    person.tick("English")
    person.press("Save and continue")


@pytest.mark.parametrize(("screen", "scripts"), [("phone", False), ("desktop", True)])
def test_a_person_tells_about_themselves(
    service: WholeService, post: PostOffice, visits, screen: str, scripts: bool
) -> None:
    slug = f"details-{screen}"
    with service.session() as db:
        city = scenes.city_page(typed(db, slug))
    lead: Visitor = visits(service, screen=screen, scripts=scripts)
    lead.open(f"{city}/details")
    lead.sees("Not asked")
    lead.press("Send a link Deputy mayor, Newark")
    lead.sees("A link is on its way to Deputy mayor, Newark.", "Asked on")
    lead.follow("Fill in: Liaison, Newark")
    lead.write("When and how do you arrive and leave?", "x" * 2001)
    lead.press("Save")
    assert [target for target, _ in lead.slips()] == ["travel"]
    lead.write("When and how do you arrive and leave?", "By train")
    lead.press("Save")
    lead.sees("Typed by the city")

    letter = post.wait_for(f"deputy.mayor@{slug}.example.org", "Your details for Stockholm")
    lead.judge.look_at_letter(letter.html, where="member_details")
    person: Visitor = visits(service, screen=screen, scripts=scripts)
    person.open(letter.link("/me/"))
    person.sees("Newark names Deputy mayor for its delegation to this workshop.")
    person.press("Start")
    person.write("How should we address you?", "x" * 2001)
    person.press("Save and continue")
    assert [target for target, _ in person.slips()] == ["title"]
    person.write("How should we address you?", "Deputy Mayor")
    person.press("Save and continue")
    person.sees("Saved. You can close this page")
    person.open(letter.link("/me/"))
    person.sees("What we hold about you", "Deputy Mayor")
    person.press("Continue")
    answer_the_rest(person)
    person.press("Save and continue")
    assert [text for _, text in person.slips()] == ["Choose how we may name you"]
    person.tick("By my name and role")
    person.press("Save and continue")
    person.press("Save and continue")
    assert len(person.slips()) == 3
    for group in ("data", "sensitive_data", "photographs"):
        person.page.locator(f"input[name=say_{group}][value=yes]").check()
    person.press("Save and continue")
    assert person.heading == "Check your answers"
    person.press("Confirm")
    person.sees("Thank you. Your details are saved", "A place near the front")
    lead.open(f"{city}/details")
    lead.sees("Completed", "By themselves, on")
    lead.follow("Fill in: Deputy mayor, Newark")
    lead.sees("Dealt with by the person")
    lead.misses("A place near the front")

    person.follow("Erase all of it")
    person.press("Erase all of it")
    person.sees("What you told us about yourself is erased.")
    person.misses("A place near the front")
