"""The migrations make exactly the tables of the model, and take all of them away again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    CheckConstraint,
    Connection,
    create_engine,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.db import Base
from events_service.migrations import alembic_config, is_current, upgrade
from events_service.model import OutboxMail
from tests.conftest import Databases, TestClock, alchemy
from tests.domain.registration.test_deciding import Desk

OWN_TABLE = "alembic_version"


@pytest.fixture
def empty(databases: Databases) -> Iterator[Connection]:
    """A connection to a database that has nothing in it, and never keeps what is done here."""
    name = "events_empty"
    databases.execute("create database {}", name)
    engine = create_engine(alchemy(databases.server.url(name)))
    with engine.connect() as connection:
        yield connection
    engine.dispose()
    databases.execute("drop database {}", name)


def differences(connection: Connection) -> list[object]:
    """What `alembic check` finds: the steps of the migration that is missing."""
    options = {"compare_type": True, "compare_server_default": True}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, Base.metadata))


def checks_there(connection: Connection) -> set[str]:
    """Names of the check constraints in the database, which Alembic does not compare."""
    tables = inspect(connection)
    found = (tables.get_check_constraints(name) for name in tables.get_table_names())
    return {str(one["name"]) for several in found for one in several}


def checks_meant() -> set[str]:
    constraints = (one for table in Base.metadata.tables.values() for one in table.constraints)
    return {str(one.name) for one in constraints if isinstance(one, CheckConstraint)}


def test_an_empty_database_gets_the_tables_of_the_model(empty: Connection) -> None:
    assert not is_current(empty)
    upgrade(empty)
    assert is_current(empty)
    assert differences(empty) == []
    assert checks_there(empty) == checks_meant()


@pytest.mark.parametrize(
    "forgotten",
    [
        "drop index ix_member_delegation_id",
        "alter table event drop column programme",
        "alter table event alter column title drop not null",
        "alter table event alter column capacity type bigint",
        "alter table delegation alter column seats set default 1",
    ],
)
def test_control_what_a_migration_forgets_is_found(empty: Connection, forgotten: str) -> None:
    upgrade(empty)
    empty.execute(text(forgotten))
    assert len(differences(empty)) == 1


def test_control_a_check_that_a_migration_forgets_is_found(empty: Connection) -> None:
    upgrade(empty)
    empty.execute(text("alter table event drop constraint ck_event_never_overbooked"))
    assert checks_meant() - checks_there(empty) == {"ck_event_never_overbooked"}


def test_all_of_it_goes_away_again(empty: Connection) -> None:
    upgrade(empty)
    command.downgrade(alembic_config(empty), "base")
    assert inspect(empty).get_table_names() == [OWN_TABLE]
    assert not is_current(empty)
    upgrade(empty)
    assert differences(empty) == []


def test_letters_that_waited_are_tied_to_their_decision(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    """0007. Control: what the city did itself, and what is sent again, is no letter of it."""
    desk = Desk(db, settings, clock)
    newark = desk.handed_in("Newark", "Mayor")
    clock.advance(timedelta(minutes=1))
    desk.approve(newark)
    ties = select(OutboxMail.letter, OutboxMail.decided_at)
    meant = {row.letter: row.decided_at for row in db.execute(ties)}
    assert meant == {
        "delegation_submitted": None,
        "member_invited": clock.now,
        "delegation_approved": clock.now,
    }
    db.execute(update(OutboxMail).values(decided_at=None))
    scripts = ScriptDirectory.from_config(alembic_config())
    db.execute(text(scripts.get_revision("0007").module.LETTERS_OF_NOW))
    assert {row.letter: row.decided_at for row in db.execute(ties)} == meant
