"""How Alembic runs our steps: over a connection that `service.schema` opened and locked."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from migrations import tables
from service.db import EnumText, UtcDateTime


def _rendered(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """A step says plain types, so that it stays true when ours change."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, EnumText) and isinstance(item.impl_instance, sa.String):
        return f"sa.String(length={item.impl_instance.length})"
    return False


def _compared(
    _context: object, inspected: sa.Column[Any], _declared: object, found: object, meant: sa.types.TypeEngine[Any]
) -> bool | None:
    """SQLite keeps no time zone with a moment; there is nothing to change about that."""
    if isinstance(meant, UtcDateTime):
        return not isinstance(found, sa.DateTime)
    return None


connection: sa.Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=tables.metadata(),
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_rendered,
    compare_type=_compared,
)
context.run_migrations()
