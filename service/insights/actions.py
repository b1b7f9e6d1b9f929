"""Write down what a circle may know of itself, once for each span of days; forget it after a year."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, assert_never
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.db import insert_into
from service.insights import queries, rules, spans, tallying
from service.insights.models import Insight
from service.insights.rules import Figures, Measure, Silence
from service.insights.spans import Span
from service.people import queries as people
from service.people.cards import CircleCard, WorkspaceCard
from service.people.models import CircleMember, Member
from service.people.rules import Feature, Joined

KEPT_FOR: Final = timedelta(days=400)
RESTS_ON: Final = {Measure.THANKED: Feature.SOURCES, Measure.ANSWERED: Feature.ASKS}


def write_due(db: Session, now: datetime) -> int:
    """Write what has come due for the circles of this workspace; returns how many lines.

    A span is written once for all circles, and never again: no two figures about the same days are of different
    people, so that nothing is learnt by comparing before with after.
    """
    home = people.workspace(db, db.info["scope"])
    if home is None:
        return 0
    zone = ZoneInfo(home.zone)
    due = spans.due(now.astimezone(zone).date())
    circles = people.circles(db)
    there = queries.written(
        db, [circle.id for circle in circles], min((span.begins_on for span in due), default=date.max)
    )
    lines = []
    for span in due:
        left = [circle for circle in circles if (circle.id, span.measure, span.begins_on) not in there]
        if left:
            lines += _written(db, home, span, circles, left, zone, now)
    if lines:
        db.execute(insert_into(db, Insight).on_conflict_do_nothing(), lines)
    return len(lines)


def _written(
    db: Session,
    home: WorkspaceCard,
    span: Span,
    circles: list[CircleCard],
    left: list[CircleCard],
    zone: ZoneInfo,
    now: datetime,
) -> list[dict[str, object]]:
    belonged = _belonged(db, circles, span.begins_on, zone)
    there = [circle for circle in left if belonged[circle.id]]
    silent = {circle.id: _silence(home, span.measure, circle, belonged, now) for circle in there}
    spoken = {circle: belonged[circle] for circle, why in silent.items() if why is None}
    found = _reckoned(db, span, spoken, zone, now) if spoken else {}
    lines: list[dict[str, object]] = []
    for circle, why in silent.items():
        said = why or found[circle]
        lines.append(
            {
                "workspace_id": home.id,
                "circle_id": circle,
                "measure": span.measure,
                "begins_on": span.begins_on,
                "ends_on": span.ends_on,
                "silence": said if isinstance(said, Silence) else None,
                "figures": {} if isinstance(said, Silence) else msgspec.to_builtins(said, str_keys=True),
                "written_at": now,
            }
        )
    return lines


def _silence(
    home: WorkspaceCard, measure: Measure, circle: CircleCard, belonged: Mapping[str, frozenset[str]], now: datetime
) -> Silence | None:
    if measure in RESTS_ON and RESTS_ON[measure] in home.switched_off:
        return Silence.OFF
    if circle.quiet_until is not None and circle.quiet_until > now:
        return Silence.QUIET
    return rules.silence(circle.id, belonged, rules.LEAST[measure])


def _belonged(db: Session, circles: list[CircleCard], since: date, zone: ZoneInfo) -> dict[str, frozenset[str]]:
    """Who belonged to each circle from that day on, and had joined by then."""
    began = datetime.combine(since, time(), zone).astimezone(UTC)
    seats = db.execute(
        sa.select(CircleMember.circle_id, CircleMember.member_id)
        .join(Member, Member.id == CircleMember.member_id)
        .where(CircleMember.since_on <= since, Member.active)
        .where(Member.joined == Joined.WHOLE, Member.joined_at <= began)
    )
    found: dict[str, set[str]] = {circle.id: set() for circle in circles}
    for circle, member in seats:
        found[circle].add(member)
    return {circle: frozenset(members) for circle, members in found.items()}


def _reckoned(
    db: Session, span: Span, circles: Mapping[str, frozenset[str]], zone: ZoneInfo, now: datetime
) -> Mapping[str, Figures | Silence]:
    since, until = (datetime.combine(on, time(), zone).astimezone(UTC) for on in (span.begins_on, span.ends_on))
    match span.measure:
        case Measure.THANKED:
            return tallying.efforts(db, circles, since, until)
        case Measure.ANSWERED:
            return tallying.questions(db, circles, since, until, now)
        case Measure.BURDEN:
            return tallying.burden(db, circles, span.days, since, until, now)
        case Measure.MENDED:
            return tallying.repairs(db, circles, since, until)
        case _:
            assert_never(span.measure)


def forget_due(db: Session, now: datetime) -> None:
    """Delete what was reckoned long ago."""
    old = (now - KEPT_FOR).date()
    db.execute(sa.delete(Insight).where(Insight.begins_on < old), execution_options={"synchronize_session": False})
