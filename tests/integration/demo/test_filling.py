"""The month of the demo: whatever day it begins on, the same is due with the first parcels."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from integrations.slack import manifest
from integrations.slack.standin import deliver, server
from integrations.slack.standin.driver import Slack
from service import bootstrap, jobs
from service.app import create_app
from service.asks import queries as asks
from service.asks.rules import AskState
from service.demo import casting, clock, filling
from service.demo.clock import Move
from service.nudges import queries as nudges
from service.nudges.rules import NudgeKind
from service.people import queries as people
from service.runtime import Runtime
from service.settings import Settings
from tests.slack import SECRET, Later, about_asks, texts, with_slack

EVER = datetime.min.replace(tzinfo=UTC)


@contextmanager
def begun(database: Path, folder: Path, ahead: timedelta) -> Iterator[tuple[Slack, Runtime]]:
    """A demo that was filled, with the web beside it and no worker."""
    given = Settings.model_validate({"state_dir": folder, "database_url": f"sqlite:///{database}"})
    later = Later()
    described = manifest.manifest(with_slack(given))
    with server.running(later, signing_secret=SECRET, described=described) as slack:
        settings = with_slack(
            given, goldseam_demo=True, slack_api_url=slack.api_url, slack_authorize_url=slack.authorize_url
        )
        runtime = bootstrap.runtime(settings)
        later.door = deliver.over_wsgi(create_app(runtime))
        try:
            filling.fill(settings, ahead)
            yield slack, runtime
        finally:
            runtime.engine.dispose()


def kinds(runtime: Runtime, who: str, since: datetime = EVER) -> list[NudgeKind]:
    """What reached somebody since then."""
    member = casting.member(runtime.settings, who)
    assert member is not None
    with runtime.housekeeping(writes=False) as db:
        return [one.kind for one in nudges.inbox(db, member) if one.sent_at is not None and one.sent_at >= since]


def spoken(slack: Slack) -> set[str]:
    """What stands in Slack, without the ids of people."""
    everything = [message.text for place in slack.world.messages.values() for message in place.values()]
    return {re.sub(r"<@\w+>", "@", text) for text in everything}


def goes_on(runtime: Runtime, **by: float) -> datetime:
    """Time passes, and a worker looks; returns when it began to."""
    ahead = (runtime.now() - datetime.now(UTC)) + timedelta(**by)
    clock.turn(runtime.settings, ahead.total_seconds())
    began = runtime.now()
    for _ in range(2):
        jobs.walk(runtime, bootstrap.plugs(runtime))
    return began


@pytest.fixture
def database(_sqlite_pattern: Path, tmp_path: Path) -> Path:
    path = tmp_path / "demo.db"
    path.write_bytes(_sqlite_pattern.read_bytes())
    return path


@pytest.mark.parametrize(
    ("weekday", "at"),
    [(0, time(0, 5)), (3, time(12)), (4, time(8, 30)), (5, time(23, 59, 40))],
    ids=["night to Monday", "Thursday noon", "Friday morning", "midnight after Saturday"],
)
def test_the_same_is_due_on_whatever_day_it_begins(database: Path, tmp_path: Path, weekday: int, at: time) -> None:
    today = datetime.now(UTC)
    on = today.date() + timedelta(days=(weekday - today.weekday()) % 7)
    with begun(database, tmp_path, datetime.combine(on, at, clock.zone()) - today) as (slack, runtime):
        now = goes_on(runtime, seconds=13)
        assert kinds(runtime, "ada", now).count(NudgeKind.ASK_WAITING) == 1
        assert kinds(runtime, "ines", now).count(NudgeKind.ASK_WAITING) == 2
        assert kinds(runtime, "theo", now).count(NudgeKind.ASK_WAITING) == 1
        assert NudgeKind.EFFORT_UNTHANKED in kinds(runtime, "ines")
        assert kinds(runtime, "kim") == []
        assert "asked you something" in texts(about_asks(slack.person("ada"))[-1])


def test_the_month_holds_something_for_every_page_and_begins_anew(database: Path, tmp_path: Path) -> None:
    with begun(database, tmp_path, timedelta(0)) as (slack, runtime):
        with runtime.housekeeping(writes=False) as db:
            counted = asks.counted(db)
            homes = {home.name: home.id for home in people.workspaces(db)}
        assert set(homes) == {home for home, _ in casting.HOMES}
        assert counted[AskState.SETTLED] >= 8
        assert counted[AskState.OPEN] == 7
        said = spoken(slack)
        ada = casting.member(runtime.settings, "ada")
        filling.fill(runtime.settings)
        with runtime.housekeeping(writes=False) as db:
            assert asks.counted(db) == counted
            assert len(people.workspaces(db)) == 2
        assert spoken(slack) == said
        assert casting.member(runtime.settings, "ada") != ada


def test_each_button_of_the_clock_brings_what_it_names(database: Path, tmp_path: Path) -> None:
    with begun(database, tmp_path, timedelta(0)) as (slack, runtime):
        goes_on(runtime, seconds=13)
        clock.move(runtime, Move.THURSDAY)
        shown = runtime.now().astimezone(clock.zone())
        assert (shown.weekday(), shown.hour) == (3, 10)
        assert abs(slack.world.now() - runtime.now().timestamp()) < 1
        goes_on(runtime)
        assert named_to(runtime, "ines") == {"Priya Shah", "Ravi Menon", "Sam Osei"}
        clock.move(runtime, Move.FAMILY_CARD)
        assert NudgeKind.HOUSE_CARD in kinds(runtime, "lily", goes_on(runtime))
        clock.move(runtime, Move.CARD)
        assert NudgeKind.HOUSE_CARD in kinds(runtime, "ada", goes_on(runtime))


def test_the_next_mornings_bring_their_parcels(database: Path, tmp_path: Path) -> None:
    with begun(database, tmp_path, timedelta(0)) as (_slack, runtime):
        goes_on(runtime, seconds=13)
        for _ in range(3):  # Ravi's day is in three days
            clock.move(runtime, Move.MORNING)
            today = goes_on(runtime)
        assert NudgeKind.OCCASION_TODAY in kinds(runtime, "ada", today)


def named_to(runtime: Runtime, who: str) -> set[str]:
    """Whose work without thanks a lead heard of last."""
    member = casting.member(runtime.settings, who)
    assert member is not None
    with runtime.housekeeping(writes=False) as db:
        digest = next(one for one in nudges.inbox(db, member) if one.kind is NudgeKind.EFFORT_UNTHANKED)
        return {people.the_member(db, item.who or "").name for item in digest.told.items}


def test_somebody_who_has_not_come_yet_is_asked_for_again(database: Path, tmp_path: Path) -> None:
    """The first page answers while the month is still being told."""
    given = Settings.model_validate(
        {"state_dir": tmp_path / "empty", "database_url": f"sqlite:///{database}", "goldseam_demo": True}
    )
    client = create_app(bootstrap.runtime(given)).test_client()
    assert client.get("/demo").status_code == 200
    assert client.get("/demo/as/amara").status_code == 503
    assert client.get("/demo/as/nobody").status_code == 404
