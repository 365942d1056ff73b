"""Alembic's entry: migrations run on the connection that `upgrade()` hands over."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

import events_service.model  # noqa: F401  (fills Base.metadata)
from events_service.db import Base, Instant


def render_item(_kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    return "sa.DateTime(timezone=True)" if isinstance(item, Instant) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_item=render_item,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
