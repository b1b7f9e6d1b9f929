"""Tombstones: who was erased, so that a restored backup does not bring them back."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.db import Base


class Tombstone(Base):
    """That a member was erased; a digest of their id, which names nobody."""

    __tablename__ = "tombstone"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    erased_on: Mapped[date]
