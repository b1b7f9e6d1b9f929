"""The table of what was reckoned; no column of it names anybody."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.db import Base, EnumText, Scoped
from service.insights.rules import Measure, Silence


class Insight(Scoped, Base):
    """What a circle may know of some days, or why it may not; written once, and never again."""

    __tablename__ = "insight"

    circle_id: Mapped[str] = mapped_column(sa.ForeignKey("circle.id", ondelete="CASCADE"), primary_key=True)
    measure: Mapped[Measure] = mapped_column(EnumText(Measure), primary_key=True)
    begins_on: Mapped[date] = mapped_column(primary_key=True, index=True)
    ends_on: Mapped[date]
    silence: Mapped[Silence | None] = mapped_column(EnumText(Silence))
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    written_at: Mapped[datetime]
