"""Row 9: a round that finds a thousand due rows among a million, beside ten thousand, and asks once for all homes."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import event

from benchmarks import stores
from benchmarks.rows import Row, side_by_side, under, within
from service.asks import rounds
from service.people import actions as people
from service.people.rules import WorkspaceKind
from service.runtime import Runtime

MOST = 1.5
FEW = 10_000
DUE = 1_000
WORKSPACES = 50
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def measure(*, quick: bool) -> list[Row]:
    """Seconds to surface a thousand asks that are due in fifty workspaces, on both databases."""
    many, times = (50_000, 2) if quick else (1_000_000, 6)
    found = []
    for name, store in stores.ALL:
        with store() as urls, ExitStack() as stack:
            made = [stack.enter_context(stores.opened(next(urls), NOW)) for _ in range(2)]
            ours, peer = (_round(runtime, kept) for runtime, kept in zip(made, (many, FEW), strict=True))
            mine, theirs = side_by_side(ours, peer, rounds=times, processor=name == "sqlite")
            questions = _questions(made[0], ours)
        found.append(within(f"9 round with {DUE:,} due among {many:,}, beside {FEW:,}, {name}", mine, theirs, MOST))
        batches = DUE // rounds.AT_ONCE + 1
        path = f"9 questions for what is due in {WORKSPACES} workspaces, {name}"
        found.append(under(path, questions, batches, f"queries, for batches of {rounds.AT_ONCE}"))
    return found


def _round(runtime: Runtime, kept: int) -> Callable[[], None]:
    _fill(runtime, kept)

    def surface() -> None:
        """All that is due; taken back at the end, so that it is due again."""
        with runtime.housekeeping() as db:
            found = 0
            while some := rounds.surface_due(db, NOW):
                found += some
            assert found == DUE, found
            db.flush()
            db.get_transaction().rollback()  # type: ignore[union-attr]

    return surface


def _fill(runtime: Runtime, kept: int) -> None:
    homes, members = [], []
    for _ in range(WORKSPACES):
        with runtime.housekeeping() as db:
            homes.append(people.open_workspace(db, WorkspaceKind.TEAM, "Harbour", NOW))
        with runtime.transaction(homes[-1]) as db:
            member = people.meet(db, "Ada", NOW)
            people.join(db, member, NOW)
            members.append(member)
    began = NOW - timedelta(minutes=kept + DUE)
    numbers, padded, at = stores.numbers(runtime.engine.dialect.name, kept + DUE, began)
    columns = (
        "id, workspace_id, channel, ts, for_whom, asked_id, form, mark, asked_at, shows_at, drops_at, surfaces_at, "
        "state, settled_by, surfaced_at, closed_at"
    )
    later = "'2027-01-01 00:00:00.000000'" if runtime.engine.dialect.name == "sqlite" else "'2027-01-01T00:00:00Z'"
    home, who = stores.one_of(homes), stores.one_of(members)
    closed = f"i < {kept}"
    fixed = f"'C0HARBOUR', {padded}, {who}, {who}, 'named', 'none', {at}, {at}"
    moment = f"CAST({later} AS timestamptz)" if runtime.engine.dialect.name == "postgresql" else later
    state = f"CASE WHEN {closed} THEN 'settled' ELSE 'open' END, CASE WHEN {closed} THEN 'reply' END"
    seen = f"CASE WHEN {closed} THEN {at} END, CASE WHEN {closed} THEN {at} END"
    each = f"SELECT {padded}, {home}, {fixed}, {moment}, {at}, {state}, {seen} FROM n"  # noqa: S608 - ids of ours
    stores.run(runtime.engine, f"{numbers} INSERT INTO ask ({columns}) {each}")


def _questions(runtime: Runtime, surface: Callable[[], None]) -> int:
    """How often the round asks which asks are due."""
    asked: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT") and "FROM ask" in statement:
            asked.append(statement)

    event.listen(runtime.engine, "before_cursor_execute", heard)
    surface()
    event.remove(runtime.engine, "before_cursor_execute", heard)
    assert isinstance(runtime.engine, sa.Engine)
    return len(asked)
