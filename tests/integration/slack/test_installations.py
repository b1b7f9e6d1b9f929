"""Where the app is installed: sealed, renewed, revoked in any order, and nobody else's state."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from integrations.slack import installations
from integrations.slack.installations import Grant, SlackInstallation, SlackState
from integrations.slack.teams import LIFE_S, Teams
from service.people import actions as people
from service.people.rules import WorkspaceKind
from service.runtime import Runtime
from tests.fakes import Clock

TOKEN = "xoxb-of-maple"


def grant(team: str = "T1", token: str = TOKEN, bot: str = "UB") -> Grant:
    return Grant(team, "Maple", bot, token, enterprise="", scopes=frozenset({"commands", "chat:write"}))


def keep(runtime: Runtime, made: Grant | None = None) -> str:
    made = made or grant()
    with runtime.housekeeping() as db:
        workspace = installations.workspace_of(db, made.team)
        if workspace is None:
            workspace = people.open_workspace(db, WorkspaceKind.TEAM, made.team_name, runtime.now())
        installations.keep(db, runtime.keyring, workspace, made, runtime.now())
    return workspace


def token_of(runtime: Runtime, team: str = "T1") -> str | None:
    with runtime.housekeeping(writes=False) as db:
        found = installations.of_team(db, runtime.keyring, team)
    return found.token if found is not None else None


def test_a_token_is_kept_sealed_and_shown_nowhere(runtime: Runtime) -> None:
    keep(runtime)
    with runtime.housekeeping(writes=False) as db:
        row = db.scalars(sa.select(SlackInstallation)).one()
        assert TOKEN not in str(vars(row))
        found = installations.of_team(db, runtime.keyring, "T1")
    assert found is not None
    assert found.token == TOKEN
    assert TOKEN not in repr(found)
    assert TOKEN not in repr(grant())


def test_a_token_copied_to_another_team_does_not_open(runtime: Runtime) -> None:
    keep(runtime)
    keep(runtime, grant("T2", "xoxb-of-birch"))
    with runtime.housekeeping() as db:
        rows = {row.team_id: row for row in db.scalars(sa.select(SlackInstallation))}
        rows["T2"].token = rows["T1"].token
    assert token_of(runtime, "T2") is None


def test_installing_again_renews_the_same_row(runtime: Runtime, clock: Clock) -> None:
    first = keep(runtime)
    clock.move(days=1)
    assert keep(runtime, grant(token="xoxb-new")) == first
    assert token_of(runtime) == "xoxb-new"
    with runtime.housekeeping(writes=False) as db:
        assert len(list(db.scalars(sa.select(SlackInstallation)))) == 1


def test_revoking_forgets_the_token_once(runtime: Runtime, clock: Clock) -> None:
    workspace = keep(runtime)
    clock.move(hours=1)
    with runtime.housekeeping() as db:
        assert installations.revoke(db, "T1", clock(), clock()) == workspace
        assert installations.revoke(db, "T1", clock(), clock()) is None
        assert db.scalars(sa.select(SlackInstallation)).one().token is None
    assert token_of(runtime) is None


def test_old_news_does_not_revoke_a_new_installation(runtime: Runtime, clock: Clock) -> None:
    keep(runtime)
    before = clock.move(hours=1)
    clock.move(hours=1)
    keep(runtime, grant(token="xoxb-new"))
    with runtime.housekeeping() as db:
        assert installations.revoke(db, "T1", before, clock()) is None
    assert token_of(runtime) == "xoxb-new"


def test_anothers_token_revoked_is_not_ours(runtime: Runtime, clock: Clock) -> None:
    keep(runtime)
    with runtime.housekeeping() as db:
        assert installations.revoke(db, "T1", clock(), clock(), bots=["UX"]) is None
        assert installations.revoke(db, "T1", clock(), clock(), bots=["UX", "UB"]) is not None


def test_an_installation_is_remembered_and_forgotten(runtime: Runtime) -> None:
    keep(runtime)
    elapsed = [0.0]
    teams = Teams(runtime, lambda: elapsed[0])
    assert teams.of("T1") is not None
    with runtime.housekeeping() as db:
        db.execute(sa.update(SlackInstallation).values(token=None))
    assert teams.of("T1") is not None
    elapsed[0] = LIFE_S + 1
    assert teams.of("T1") is None


def test_steady_state_asks_the_database_nothing(runtime: Runtime) -> None:
    workspace = keep(runtime)
    teams = Teams(runtime)
    teams.of("T1")
    teams.of_workspace(workspace)
    asked: list[str] = []
    sa.event.listen(runtime.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    for _ in range(100):
        assert teams.of("T1") is not None
        assert teams.of_workspace(workspace) is not None
    assert asked == []
    teams.drop("T1")
    teams.of("T1")
    assert asked


def test_a_state_is_good_once_in_its_own_browser(runtime: Runtime, clock: Clock) -> None:
    with runtime.housekeeping() as db:
        state, cookie = installations.begin(db, clock())
    with runtime.housekeeping() as db:
        assert installations.finish(db, state, cookie, clock())
        assert not installations.finish(db, state, cookie, clock())


@pytest.mark.parametrize(
    ("state", "cookie"), [("other", None), (None, "other"), ("", ""), (None, ""), ("\ud800", None)]
)
def test_another_state_or_browser_is_refused(
    runtime: Runtime, clock: Clock, state: str | None, cookie: str | None
) -> None:
    with runtime.housekeeping() as db:
        begun, own = installations.begin(db, clock())
    with runtime.housekeeping() as db:
        assert not installations.finish(
            db, begun if state is None else state, own if cookie is None else cookie, clock()
        )


def test_a_state_runs_out_and_is_cleared_away(runtime: Runtime, clock: Clock) -> None:
    with runtime.housekeeping() as db:
        state, cookie = installations.begin(db, clock())
    clock.move(minutes=10, seconds=1)
    with runtime.housekeeping() as db:
        installations.begin(db, clock())
        assert len(list(db.scalars(sa.select(SlackState)))) == 1
        assert not installations.finish(db, state, cookie, clock())


def test_a_state_raced_for_is_taken_once(runtime: Runtime, clock: Clock) -> None:
    for _ in range(5):
        with runtime.housekeeping() as db:
            state, cookie = installations.begin(db, clock())
        taken: list[bool] = []
        gate = threading.Barrier(6)

        def take(
            state: str = state, cookie: str = cookie, taken: list[bool] = taken, gate: threading.Barrier = gate
        ) -> None:
            gate.wait()
            with runtime.housekeeping() as db:
                taken.append(installations.finish(db, state, cookie, clock()))

        threads = [threading.Thread(target=take) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(taken) == [False] * 5 + [True]


def test_no_state_stands_in_the_table_as_it_is(runtime: Runtime, clock: Clock) -> None:
    with runtime.housekeeping() as db:
        state, cookie = installations.begin(db, clock())
        db.flush()
        row = db.scalars(sa.select(SlackState)).one()
        assert state not in str(vars(row))
        assert cookie not in str(vars(row))
        assert row.expires_at == clock() + timedelta(minutes=10)
