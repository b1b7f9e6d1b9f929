"""How far an import has come: one row a channel, of numbers alone, so that it can be ended and taken up again."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.db import Base, Scoped


class ImportProgress(Scoped, Base):
    """What has been read of one channel of one archive."""

    __tablename__ = "slack_import"

    archive: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspace.id", ondelete="CASCADE"), primary_key=True)
    last_file: Mapped[str] = mapped_column(sa.String(300))
    files: Mapped[int] = mapped_column(default=0)
    messages: Mapped[int] = mapped_column(default=0)
    asks: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    kept: Mapped[int] = mapped_column(default=0)
    passed_over: Mapped[int] = mapped_column(default=0)
    window: Mapped[bytes] = mapped_column(default=b"")
    """The turns and asks the next file goes on from, under keys and without text; emptied with the last file."""


def of(db: Session, archive: str) -> dict[str, ImportProgress]:
    """What has been read of this archive, by channel."""
    rows = db.scalars(sa.select(ImportProgress).where(ImportProgress.archive == archive))
    return {row.channel: row for row in rows}
