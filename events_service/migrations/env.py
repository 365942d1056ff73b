"""Alembic's entry: migrations run on the connection that `upgrade()` hands over."""

from alembic import context

import events_service.model  # noqa: F401  (fills Base.metadata)
from events_service.db import Base, Instant


def render_item(kind: str, item: object, autogen_context: object) -> str | bool:  # noqa: ARG001
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
