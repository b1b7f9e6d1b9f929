"""Requests that arrive together share a commit, and none is answered before it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from integrations.slack.intake import Intake
from service import db
from service.asks.models import HeardTurn
from service.asks.rules import Said
from service.errors import StoreAway
from service.people import actions as people
from service.people import circles
from service.people.rules import PlaceKind, WorkspaceKind
from service.runtime import Runtime


def workspace(runtime: Runtime, name: str, channel: str) -> str:
    with runtime.housekeeping() as session:
        made = people.open_workspace(session, WorkspaceKind.TEAM, name, runtime.now())
    with runtime.transaction(made) as session:
        circle = circles.make_circle(session, "ops", runtime.now())
        circles.listen(session, circle, PlaceKind.CHANNEL, channel, runtime.now())
    return made


def said(runtime: Runtime, channel: str, number: int) -> Said:
    return Said(channel, f"{runtime.now().timestamp() + number:.6f}", "U1", f"word {number}")


def heard(runtime: Runtime) -> int:
    with runtime.housekeeping(writes=False) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(HeardTurn)) or 0


def test_a_crowd_is_heard_whole_in_fewer_commits(runtime: Runtime) -> None:
    homes = [(workspace(runtime, name, channel), channel) for name, channel in (("Maple", "C1"), ("Birch", "C2"))]
    commits: list[object] = []
    sa.event.listen(runtime.engine, "commit", commits.append)
    intake = Intake(runtime)
    with ThreadPoolExecutor(16) as pool:
        for number in range(200):
            home, channel = homes[number % 2]
            pool.submit(intake.hear, home, said(runtime, channel, number))
    assert heard(runtime) == 200
    assert len(commits) < 200


def test_each_is_committed_when_it_is_answered(runtime: Runtime) -> None:
    home = workspace(runtime, "Maple", "C1")
    intake = Intake(runtime)
    for number in range(5):
        intake.hear(home, said(runtime, "C1", number))
        assert heard(runtime) == number + 1


def test_while_the_database_is_away_nobody_is_told_otherwise_and_nobody_hangs(runtime: Runtime) -> None:
    home = workspace(runtime, "Maple", "C1")
    intake, here = Intake(runtime), runtime.engine
    runtime.engine = db.engine("postgresql+psycopg://nobody@/nothing?host=/nowhere/at/all")
    refused: list[int] = []

    def hear(number: int) -> None:
        try:
            intake.hear(home, said(runtime, "C1", number))
        except StoreAway:
            refused.append(number)

    threads = [threading.Thread(target=hear, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(refused) == list(range(20))
    runtime.engine = here
    intake.hear(home, said(runtime, "C1", 99))
    assert heard(runtime) == 1


def test_a_workspace_that_fails_fails_alone(runtime: Runtime) -> None:
    maple, birch = workspace(runtime, "Maple", "C1"), workspace(runtime, "Birch", "C2")
    intake = Intake(runtime)
    with pytest.raises(StoreAway):
        intake.hear(maple, Said("C1", "no moment at all", "U1", "word"))
    intake.hear(birch, said(runtime, "C2", 1))
    intake.hear(maple, said(runtime, "C1", 2))
    assert heard(runtime) == 2
