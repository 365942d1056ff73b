"""The real 2024 series as sample data.

`series-2024.json` holds public facts, `invented-2024.json` what had to be made up to try the
service with; whatever comes from there is marked `sample` wherever a table can hold the mark.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.followup.onboarding import introduce_attending_cities
from events_service.model import Event, Series
from events_service.sample.accounts import add_accounts
from events_service.sample.attendance import add_attendance
from events_service.sample.facts import FACTS, INVENTED
from events_service.sample.places import add_places
from events_service.sample.records import add_records, add_resources
from events_service.sample.workshops import add_series


def load(session: Session, settings: Settings, now: datetime) -> None:
    """Write the sample once; a second call finds its series and changes nothing. Flushes."""
    if session.scalar(select(Series.id).where(Series.slug == INVENTED["series"]["slug"])):
        return
    places = add_places(session)
    series = add_series(session, places)
    add_accounts(session, settings, series, now=now)
    add_resources(session, series)
    for event in series.events:
        add_attendance(session, event, places)
        add_records(session, event, places)
    session.flush()
    for event in series.events:
        if _introduced(event):
            introduce_attending_cities(session, event, now=now)
    session.flush()


def _introduced(event: Event) -> bool:
    return any(
        known["key"] == event.slug and "introduced_cities" in known for known in FACTS["events"]
    )
