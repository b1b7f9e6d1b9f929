"""Row 11: what a circle may know of itself, where a million efforts are kept, beside ten thousand."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta

import msgspec
from flask.testing import FlaskClient

from benchmarks import stores
from benchmarks.rows import Row, side_by_side, within
from service.access import actions as access
from service.access.rules import Entrance
from service.app import create_app
from service.insights import spans
from service.insights.models import Insight
from service.insights.rules import Burden, Figures, Measure, Mended, Thanked, Waits
from service.people import actions as people
from service.people.rules import WorkspaceKind
from service.runtime import Runtime
from service.web import entry

MOST = 1.5
FEW = 10_000
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
PAGES_A_ROUND = 20
FIGURES: dict[Measure, Figures] = {
    Measure.THANKED: Thanked(12, 55, 20),
    Measure.ANSWERED: Waits({1: 9, 3: 5, 8: 4}, {42: 3}, 3, 21),
    Measure.BURDEN: Burden(180, 40, 0, 12, 3),
    Measure.MENDED: Mended(12, 6, 4),
}


def measure(*, quick: bool) -> list[Row]:
    """Seconds for the page of a circle, on both databases."""
    many, rounds = (50_000, 3) if quick else (1_000_000, 8)
    found = []
    for name, store in stores.ALL:
        with store() as urls, ExitStack() as stack:
            ours, peer = (_page(stack.enter_context(stores.opened(next(urls), NOW)), kept) for kept in (many, FEW))
            mine, theirs = side_by_side(ours, peer, rounds=rounds, processor=name == "sqlite")
        path = f"11 insights where {many:,} efforts are kept, beside {FEW:,}, {name}"
        found.append(within(path, mine / PAGES_A_ROUND, theirs / PAGES_A_ROUND, MOST))
    return found


def _page(runtime: Runtime, kept: int) -> Callable[[], None]:
    with runtime.housekeeping() as db:
        home = people.open_workspace(db, WorkspaceKind.TEAM, "Harbour", NOW)
    with runtime.transaction(home) as db:
        members = [people.meet(db, f"Member {number}", NOW) for number in range(20)]
        for member in members:
            people.join(db, member, NOW)
        circle = people.make_circle(db, "Harbour", NOW, leads=members[:1], members=members)
        for what, begins_on, ends_on in _spans(NOW.date()):
            figures = msgspec.to_builtins(FIGURES[what], str_keys=True)
            db.add(
                Insight(
                    circle_id=circle,
                    measure=what,
                    begins_on=begins_on,
                    ends_on=ends_on,
                    figures=figures,
                    written_at=NOW,
                )
            )
    _fill(runtime, home, members, kept)
    client, path = _signed_in(runtime, home, members[0]), f"/insights/{circle}"
    assert client.get(path).text.count("<figure") == len(FIGURES)

    def serve() -> None:
        for _ in range(PAGES_A_ROUND):
            assert client.get(path).status_code == 200

    return serve


def _spans(today: date) -> Iterator[tuple[Measure, date, date]]:
    """A year of them."""
    for back in range(1, 12):
        first, after = (spans.first_of_month(today, later=later) for later in (-back, 1 - back))
        yield Measure.THANKED, first, after
        for what in (Measure.ANSWERED, Measure.BURDEN):
            yield what, first, first.replace(day=16)
            yield what, first.replace(day=16), after
        if first == spans.first_of_quarter(first):
            yield Measure.MENDED, first, spans.first_of_month(first, later=3)


def _fill(runtime: Runtime, home: str, members: list[str], kept: int) -> None:
    numbers, padded, at = stores.numbers(runtime.engine.dialect.name, kept, NOW - timedelta(minutes=kept))
    columns = "id, workspace_id, member_id, source, reference, kind, done_at, noticed_at"
    who = stores.one_of(members)
    each = f"SELECT {padded}, '{home}', {who}, 'note', {padded}, 'note', {at}, {at} FROM n"  # noqa: S608 - ids of ours
    stores.run(runtime.engine, f"{numbers} INSERT INTO effort ({columns}) {each}")


def _signed_in(runtime: Runtime, home: str, member: str) -> FlaskClient:
    with runtime.housekeeping() as db:
        cookie = access.open_session(db, runtime.keyring, Entrance(home, member), "Firefox, Linux", NOW)
    client = create_app(runtime).test_client()
    with client.session_transaction() as session:
        session[entry.COOKIE_KEY] = cookie
    return client
