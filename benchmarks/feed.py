"""Row 11: a page of the feed out of a million thanks, beside the same page where nothing has to be looked up."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from jinja2 import Template

from benchmarks import stores
from benchmarks.rows import Row, side_by_side, within
from service.access import actions as access
from service.access.rules import Entrance
from service.app import create_app
from service.appreciations import queries
from service.people import actions as people
from service.people.rules import WorkspaceKind
from service.runtime import Runtime
from service.web import entry

MOST = 1.5
BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
VIEW = "keepsakes.feed"
PAGES_A_ROUND = 20
PRIVATE_EACH = 5
"""One in so many is private, and has to be passed over."""


def measure(*, quick: bool) -> list[Row]:
    """Seconds for the first page and for one from the middle, on both databases."""
    found = []
    for name, store in stores.ALL:
        with store() as urls:
            found += _rows(next(urls), name, 20_000 if quick else 1_000_000, rounds=3 if quick else 8)
    return found


def _rows(url: str, database: str, thanks: int, rounds: int) -> list[Row]:
    with stores.opened(url, NOW) as runtime:
        home, circle, members = _opened(runtime)
        _fill(runtime.engine, home, circle, members, thanks)
        app = create_app(runtime)
        found = []
        for what, after in (("first page", None), ("page from the middle", _middle(runtime, home, circle, thanks))):
            ours, peer = _times(app, runtime, (home, members[0]), after, rounds)
            found.append(within(f"11 feed of {thanks:,} thanks, {what}, {database}", ours, peer, MOST))
    return found


def _opened(runtime: Runtime) -> tuple[str, str, list[str]]:
    """A workspace with one circle of twenty people."""
    with runtime.housekeeping() as db:
        home = people.open_workspace(db, WorkspaceKind.TEAM, "Harbour", BEGAN)
    with runtime.transaction(home) as db:
        members = [people.meet(db, f"Member {number}", BEGAN) for number in range(20)]
        for member in members:
            people.join(db, member, BEGAN)
        return home, people.make_circle(db, "Harbour", BEGAN, members=members), members


def _fill(engine: sa.Engine, home: str, circle: str, members: list[str], thanks: int) -> None:
    """Let the database write the thanks by itself, one each minute: no edge of ours would be done in time."""
    words = "You covered my shift on Friday, and the kitchen was clean when I came back."
    numbers, padded, at = stores.numbers(engine.dialect.name, thanks, BEGAN)
    key = f"replace(replace(replace(replace({padded}, '0', 'q'), '1', 'r'), '8', 's'), '9', 't')"
    shared = f"CASE {stores.rest(PRIVATE_EACH)} WHEN 0 THEN 'private' ELSE 'circle' END"
    fixed = f"'{circle}', '{words}', 'I slept.', '', 'web'"
    columns = "id, workspace_id, giver_id, sharing, circle_id, did, eased, value_tags, door, token, given_at"
    given = f"INSERT INTO appreciation ({columns})"
    kept = "INSERT INTO appreciation_received (appreciation_id, workspace_id, member_id, given_at, invited)"
    stores.run(
        engine,
        f"{numbers} {given} SELECT {key}, '{home}', {stores.one_of(members)}, {shared}, {fixed}, {padded}, {at} FROM n",  # noqa: S608 - ids and words of ours, in a database of ours
        f"{numbers} {kept} SELECT {key}, '{home}', {stores.one_of(members, 'i + 1')}, {at}, CAST(0 AS boolean) FROM n",  # noqa: S608 - the same
    )


def _middle(runtime: Runtime, home: str, circle: str, thanks: int) -> str:
    """The mark of a page half way back."""
    at = BEGAN + timedelta(minutes=thanks // 2)
    mark = f"{(at - queries.EPOCH) // queries.MICROSECOND}.{'z' * 16}"
    with runtime.transaction(home, writes=False) as db:
        assert len(queries.feed(db, circle, after=mark).cards) == queries.PAGE
    return mark


def _times(app: Flask, runtime: Runtime, who: tuple[str, str], after: str | None, rounds: int) -> tuple[float, float]:
    """Asking for a page, and asking for the same page where what it shows is at hand; both as somebody signed in."""
    client = _signed_in(app, runtime, *who)
    path = f"/thanks?after={after}" if after else "/thanks"
    kept: list[tuple[Template, dict[str, Any]]] = []

    def keep(_app: Flask, template: Template, context: dict[str, Any]) -> None:
        kept.append((template, context))

    with template_rendered.connected_to(keep, app):
        page = client.get(path)
    template, context = kept[-1]
    assert page.text.count("You covered my shift") == queries.PAGE
    asked = app.view_functions[VIEW]

    def at_hand() -> str:
        return template.render(context)

    def served(view: Callable[..., Any]) -> Callable[[], None]:
        def serve() -> None:
            app.view_functions[VIEW] = view
            for _ in range(PAGES_A_ROUND):
                assert client.get(path).status_code == 200

        return serve

    # SQLite works inside this process, whose own time is free of what else the machine does.
    inside = runtime.engine.dialect.name == "sqlite"
    mine, theirs = side_by_side(served(asked), served(at_hand), rounds=rounds, processor=inside)
    app.view_functions[VIEW] = asked
    return mine / PAGES_A_ROUND, theirs / PAGES_A_ROUND


def _signed_in(app: Flask, runtime: Runtime, home: str, member: str) -> FlaskClient:
    with runtime.housekeeping() as db:
        cookie = access.open_session(db, runtime.keyring, Entrance(home, member), "Firefox, Linux", NOW)
    client = app.test_client()
    with client.session_transaction() as session:
        session[entry.COOKIE_KEY] = cookie
    return client
