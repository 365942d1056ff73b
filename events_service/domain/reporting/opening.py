"""The opening paragraphs: who met, where, when, for what and about what."""

import re
from collections import Counter
from collections.abc import Iterable

from events_service.domain.reporting.facts import Organisation, Place, SummaryFacts
from events_service.domain.reporting.places import place_name, region_of
from events_service.domain.reporting.wording import (
    amount,
    counted,
    in_time,
    in_words,
    listed,
    once_each,
    opening_count,
    sentence,
    with_article,
)
from events_service.model.place import OrganisationKind

# "Mayor, Newark" and "Lord Mayor" lead a city; "Mayor's chief of staff" works for who does.
_LEADS = re.compile(r"(lord |district |acting |first |executive )*mayor\b(?!['’])", re.IGNORECASE)
_DEPUTISES = re.compile(
    r"(first |second |third |acting )*(deputy|vice)[- ](lord )?mayor\b(?!['’])", re.IGNORECASE
)
_BODIES: dict[OrganisationKind, tuple[str, str]] = {
    "national_government": ("national authority", "national authorities"),
    "academia": ("university", "universities"),
    "civil_society": ("civil society organisation", "civil society organisations"),
    "city_network": ("city network", "city networks"),
    "multilateral": ("international organisation", "international organisations"),
    "donor": ("donor", "donors"),
}


def opening(facts: SummaryFacts) -> list[str]:
    """One to three paragraphs; what nobody recorded is not spoken of."""
    people = " ".join(filter(None, [met(facts), delegates(facts), guests(facts)]))
    return list(filter(None, [people, subjects(facts)]))


def occasion(facts: SummaryFacts) -> str:
    """ "a workshop of the Transatlantic Dialogue Initiative", "the Fifth Global Summit"."""
    if facts.kind == "summit":
        return facts.title if facts.title.startswith("The ") else f"the {facts.title}"
    programme = facts.programme.removeprefix("The ").removeprefix("the ")
    return f"a workshop of the {programme}" if programme else "a workshop"


def met(facts: SummaryFacts) -> str:
    cities = _cities(facts)
    when = in_time(facts.starts_on, facts.ends_on)
    partners = [with_article(line.text) for line in facts.partners]
    beside = f", in partnership with {listed(partners)}" if partners else ""
    if not cities:
        held = sentence(occasion(facts))
        return f"{held} was held in {place_name(facts.place)} {when}{beside}."
    regions = listed(_commonest(map(region_of, cities)))
    who = opening_count(len(cities), "city", "cities")
    return f"{who} from {regions} met in {facts.place.name} {when} for {occasion(facts)}{beside}."


def delegates(facts: SummaryFacts) -> str:
    """ "They sent 58 people, 31 from North America and 27 from Europe: six mayors, …"."""
    people = [(one.role, one.body) for one in facts.attendees if isinstance(one.body, Place)]
    if not people:
        return ""
    sender = "They" if len(_cities(facts)) > 1 else "It"
    regions = Counter(region_of(body) for _, body in people)
    spread = f", {_spread(regions)}" if len(regions) > 1 else ""
    roles = _roles([role for role, _ in people])
    if len(roles) == 1:
        return f"{sender} sent {roles[0]}{spread}."
    sent = counted(len(people), "person", "people")
    return f"{sender} sent {sent}{spread}: {listed(roles)}."


def _spread(regions: Counter[str]) -> str:
    names = _commonest(regions)
    if len(set(regions.values())) == 1:
        return f"{amount(regions[names[0]])} each from {listed(names)}"
    return listed(f"{amount(regions[name])} from {name}" for name in names)


def guests(facts: SummaryFacts) -> str:
    there = [one.body for one in facts.attendees if isinstance(one.body, Organisation)]
    if not there:
        return ""
    kinds = Counter(body.kind for body in dict.fromkeys(there))
    bodies = listed(counted(kinds[kind], *_BODIES[kind]) for kind in _BODIES if kinds[kind])
    came = "joined them from" if _cities(facts) else "came from"
    return f"{opening_count(len(there), 'guest', 'guests')} {came} {bodies}."


def subjects(facts: SummaryFacts) -> str:
    names = [theme.name for theme in facts.themes]
    if not names:
        return ""
    days = (facts.ends_on - facts.starts_on).days + 1
    time = "The day was" if days == 1 else f"The {in_words(days)} days were"
    what = "one theme" if len(names) == 1 else counted(len(names), "theme", "themes")
    return f"{time} given to {what}: {listed(names)}."


def _cities(facts: SummaryFacts) -> list[Place]:
    return list(dict.fromkeys(one.body for one in facts.attendees if isinstance(one.body, Place)))


def _commonest(names: Iterable[str]) -> list[str]:
    """Names once each, the most frequent first, equals by name."""
    found = names if isinstance(names, Counter) else Counter(names)
    return once_each(sorted(found, key=lambda name: (-found[name], name)))


def _roles(roles: list[str]) -> list[str]:
    mayors = sum(1 for role in roles if _LEADS.match(role.strip()))
    deputies = sum(1 for role in roles if _DEPUTISES.match(role.strip()))
    others = len(roles) - mayors - deputies
    other = "other " if mayors or deputies else "city "
    counts = [
        (mayors, "mayor", "mayors"),
        (deputies, "deputy mayor", "deputy mayors"),
        (others, f"{other}official", f"{other}officials"),
    ]
    return [counted(*count) for count in counts if count[0]]
