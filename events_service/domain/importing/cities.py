"""A list of cities: kept while somebody looks at what it would do, then carried out as shown."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from events_service.domain.delivery.languages import write_drafts_anew
from events_service.domain.importing.known import known_cities
from events_service.domain.importing.lines import CityLines, as_kept, from_kept
from events_service.domain.importing.plan import Plan, check_list, plan_of
from events_service.domain.importing.steps import Step
from events_service.domain.naming import slug_of, unused
from events_service.domain.refusals import Conflict, NotFound
from events_service.model import Account, City, CityImport, Contact, OutboxMail
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext

KEPT = timedelta(days=1)
COLUMNS = {"region": "subdivision", "person": "name", "member_since": "joined_at"}
CHANGED = lazy_gettext(
    "Cities were changed since you looked, so that the list would do something else now. Read it "
    "again, then import it."
)


def keep_list(
    session: Session, found: CityLines, filename: str, account: Account, *, now: datetime
) -> CityImport:
    """Keep what was read for a day. ListRefused when it can't be imported; nothing is kept then."""
    forget_old_lists(session, now=now)
    check_list(found, known_cities(session), today=now.date())
    made = CityImport(
        asked_by=account,
        asked_at=now,
        expires_at=now + KEPT,
        filename=filename,
        lines=as_kept(found.lines),
        ignored=list(found.ignored),
    )
    session.add(made)
    session.flush()
    return made


def list_numbered(session: Session, number: int, *, now: datetime) -> CityImport:
    """The kept list. NotFound a day after it was read."""
    found = session.get(CityImport, number)
    if found is None or found.expires_at <= now:
        raise NotFound(_("This list is no longer kept. Import it again."))
    return found


def plan_for(session: Session, kept: CityImport, *, now: datetime) -> Plan:
    """What it would do now. ListRefused when something has changed that keeps it from that."""
    return plan_of(from_kept(kept.lines), known_cities(session), today=now.date())


def carry_out(session: Session, kept: CityImport, *, read: str, now: datetime) -> dict[str, int]:
    """Do what was read (`read`: the plan's digest), whole, and forget the lines; how many of what.
    Conflict when it would do something else by now. A second time does nothing."""
    session.refresh(kept, with_for_update=True)
    if kept.imported_at is None:
        session.execute(text("lock table city, contact in share row exclusive mode"))
        plan = plan_for(session, kept, now=now)
        if plan.digest != read:
            raise Conflict(CHANGED)
        _take(session, plan.steps)
        _write_in_their_languages(session, plan.steps, now)
        kept.imported_at, kept.lines, kept.outcome = now, [], plan.counts
        session.flush()
    return kept.outcome or {}


def drop_list(session: Session, kept: CityImport) -> None:
    """Decide against it. What was imported stays."""
    session.delete(kept)
    session.flush()


def forget_old_lists(session: Session, *, now: datetime) -> int:
    """Delete lists that were kept for a day; how many."""
    gone = delete(CityImport).where(CityImport.expires_at <= now).returning(CityImport.id)
    return len(session.execute(gone).all())


def _take(session: Session, steps: Sequence[Step]) -> None:
    added = [one for one in steps if one.kind == "city_added"]
    cities = dict(zip((one.position for one in added), _new_cities(session, added), strict=True))
    session.flush()
    session.add_all(
        Contact(
            city_id=one.city_number or cities[one.position].id,
            **{"role": "", **_columns(one)},
        )
        for one in steps
        if one.kind == "person_added"
    )
    for model, kind in ((City, "city_changed"), (Contact, "person_changed")):
        changes = [{"id": one.number, **_columns(one)} for one in steps if one.kind == kind]
        if changes:
            session.execute(update(model), changes)
    session.flush()
    session.expire_all()


def _write_in_their_languages(session: Session, steps: Sequence[Step], now: datetime) -> None:
    """Drafts to a city that has another language of letters now."""
    cities = [one.number for one in steps if one.what == "city" and "language" in one.values]
    write_drafts_anew(session, OutboxMail.city_id.in_(cities), now=now)


def _new_cities(session: Session, steps: Sequence[Step]) -> list[City]:
    taken = set(session.scalars(select(City.slug)))
    made = []
    for one in steps:
        slug = unused(taken, slug_of(one.city) or City.__tablename__)
        taken.add(slug)
        made.append(City(slug=slug, **_columns(one)))
    session.add_all(made)
    return made


def _columns(step: Step) -> dict[str, Any]:
    """The values under the names of the table's columns."""
    values = {COLUMNS.get(key, key): value for key, value in step.values.items()}
    if "joined_at" in values:
        values["joined_at"] = datetime.combine(values["joined_at"], time(), UTC)
    return values
