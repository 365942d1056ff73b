"""What the stand is filled with: many events of real length, cities with drafts of two people."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from events_service.domain.registration.draft import DelegationDraft, PersonDraft
from events_service.domain.registration.form import days_of
from events_service.domain.registration.saving import save_draft
from events_service.model import (
    AgendaSession,
    City,
    CityInvitation,
    Delegation,
    Event,
    EventPartner,
    Member,
    Series,
    Theme,
)

NOW = datetime.now(UTC)
STARTS_ON = (NOW + timedelta(days=200)).date()
TITLES = ["Welcome by the host city", "What the cities did next", "Working groups", "Site visits"]


def hosts(db: Session) -> list[City]:
    """Forty cities, each host of some events."""
    cities = [
        City(
            slug=f"host-{n}",
            name=f"Host City {n}",
            country="SE",
            latitude=59.3,
            longitude=18.1 - n / 2,
            timezone="Europe/Stockholm",
            joined_at=NOW,
        )
        for n in range(40)
    ]
    db.add_all(cities)
    db.flush()
    return cities


def events(db: Session, count: int, *, capacity: int, prefix: str) -> list[Event]:
    """Published events of three days with four sessions a day, partners and themes."""
    cities = hosts(db) if not (found := db.query(City).all()) else found
    series = Series(slug=prefix, title=f"Series {prefix}")
    made = [_event(n, series, cities, capacity, prefix) for n in range(count)]
    db.add_all(made)
    db.flush()
    return made


def _event(n: int, series: Series, cities: Sequence[City], capacity: int, prefix: str) -> Event:
    return Event(
        slug=f"{prefix}-{n}",
        series=series,
        title="City-led strategies for strengthening community resilience",
        summary="Three working days: two in session, one in the neighbourhoods. " * 3,
        city=cities[n % len(cities)],
        venue="City Hall",
        venue_address="Main Square 1",
        timezone="Europe/Stockholm",
        starts_on=STARTS_ON,
        ends_on=STARTS_ON + timedelta(days=2),
        languages=["en", "fr"],
        capacity=capacity,
        registration_closes_at=NOW + timedelta(days=150),
        published_at=NOW,
        sessions=[
            AgendaSession(
                held_on=STARTS_ON + timedelta(days=day),
                starts=time(9 + 2 * slot),
                ends=time(10 + 2 * slot, 30),
                title=title,
                note="Council chamber",
            )
            for day in range(3)
            for slot, title in enumerate(TITLES)
        ],
        partners=[
            EventPartner(role="partner", city=city, position=p) for p, city in enumerate(cities[:4])
        ],
        themes=[Theme(name=f"Theme {n}", position=n) for n in range(5)],
    )


def registered(db: Session, event: Event, people: int) -> None:
    """Delegations of five, confirmed, without mail: weight for the tables."""
    days = days_of(event)
    for n in range(people // 5):
        invitation = _invitation(event, n, "heavy")
        delegation = Delegation(
            city_invitation=invitation,
            event=event,
            city=invitation.city,
            state="confirmed",
            seats=5,
            contact_address=invitation.address,
            started_at=NOW,
            members=[
                Member(name=f"Adviser {m}", address=f"{m}@example.org", days=days, position=m)
                for m in range(5)
            ],
        )
        db.add(delegation)
    event.seats_taken += people
    db.flush()


def _invitation(event: Event, n: int, prefix: str) -> CityInvitation:
    city = City(
        slug=f"{prefix}-{event.id}-{n}",
        name=f"City {n}",
        country="US",
        latitude=40,
        longitude=-80,
        timezone="America/New_York",
    )
    address = f"office-{event.id}-{n}@example.org"
    return CityInvitation(event=event, city=city, address=address, seats=5, invited_at=NOW)


def drafts(db: Session, event: Event, count: int, prefix: str) -> list[CityInvitation]:
    """City invitations whose delegations of two are typed and not confirmed."""
    days: tuple[date, ...] = tuple(days_of(event))
    invitations = [_invitation(event, n, prefix) for n in range(count)]
    db.add_all(invitations)
    db.flush()
    for n, invitation in enumerate(invitations):
        people = tuple(
            PersonDraft(role, role, f"{who}-{event.id}-{n}@example.org", "", days)
            for who, role in (("mayor", "Deputy mayor"), ("lead", "Prevention lead"))
        )
        save_draft(db, invitation, DelegationDraft(invitation.address, people), now=NOW)
    return invitations
