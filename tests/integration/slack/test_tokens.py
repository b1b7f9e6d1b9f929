"""Tokens that run out: renewed before they do, by one worker alone, and never lost on the way."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from integrations.slack import installations, tokens
from integrations.slack.installations import SlackInstallation
from integrations.slack.standin.actor import Actor
from integrations.slack.standin.installing import TOKEN_SECONDS
from integrations.slack.teams import Teams
from service import bootstrap
from service.errors import StoreAway
from service.people import queries as people
from tests.slack import Street


@pytest.fixture
def owner(town: Street) -> Actor:
    """Whoever installed the app in a team whose tokens run out."""
    town.slack.world.app.rotates_tokens = True
    there = town.slack.team("Maple")
    found = town.slack.person("owner", team=there, is_owner=True)
    assert town.slack.install("Maple", by=found).status == 200
    town.plugs = bootstrap.plugs(town.runtime)
    return found


def renewals(town: Street) -> int:
    return len(
        [call for call in town.slack.calls("oauth.v2.access") if call.arguments.get("grant_type") == "refresh_token"]
    )


def kept(town: Street, owner: Actor) -> installations.Installation | None:
    with town.runtime.housekeeping(writes=False) as db:
        return installations.of_team(db, town.runtime.keyring, owner.person.team)


def test_a_token_is_renewed_before_it_runs_out_and_both_are_kept_sealed(town: Street, owner: Actor) -> None:
    before = kept(town, owner)
    assert before is not None
    town.passes(hours=9)
    assert renewals(town) == 0
    town.passes(hours=2)
    after = kept(town, owner)
    assert after is not None
    assert renewals(town) == 1
    assert after.token != before.token
    assert after.expires_at is not None
    assert after.expires_at > town.clock() + timedelta(hours=9)
    with town.runtime.housekeeping(writes=False) as db:
        row = db.scalars(sa.select(SlackInstallation)).one()
        assert not any(token in str(vars(row)) for token in town.slack.world.tokens)
        assert "xoxe-" not in str(vars(row))


def test_a_team_is_written_to_for_days(town: Street, owner: Actor) -> None:
    town.passes(days=3)
    assert len(owner.inbox) == 1
    assert owner.runs("/goldseam", "join").ok
    assert owner.view is not None
    assert renewals(town) in range(6, 9)


def test_two_workers_at_once_renew_once(town: Street, owner: Actor) -> None:
    town.clock.move(seconds=TOKEN_SECONDS - 60)
    found: list[str] = []
    gate = threading.Barrier(4)

    def look() -> None:
        gate.wait()
        installation = Teams(town.runtime).of(owner.person.team)
        assert installation is not None
        found.append(installation.token)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert renewals(town) == 1
    assert len(found) == 4


def test_where_nobody_came_by_in_time_whoever_needs_it_renews_it(town: Street, owner: Actor) -> None:
    town.clock.move(days=4)
    assert owner.runs("/goldseam", "join").ok
    assert owner.view is not None
    assert renewals(town) == 1


@pytest.mark.parametrize("fault", ["error", "reset", "rate_limited", "garbage"])
def test_what_passes_is_tried_again_and_the_old_token_serves_meanwhile(town: Street, owner: Actor, fault: str) -> None:
    town.clock.move(hours=10, minutes=30)
    town.slack.fault(fault, "oauth.v2.access", times=2, seconds=1)
    town.works()
    assert renewals(town) == 1
    assert owner.runs("/goldseam", "join").ok
    assert owner.view is not None
    town.passes(minutes=30, look_every_s=300)
    assert renewals(town) == 3
    found = kept(town, owner)
    assert found is not None
    assert found.expires_at is not None
    assert found.expires_at > town.clock() + timedelta(hours=9)


def test_while_none_is_to_be_had_slack_is_asked_to_come_again(
    town: Street, owner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "PAUSE_S", 0.01)
    town.clock.move(days=1)
    town.slack.fault("error", "oauth.v2.access", times=99)
    with pytest.raises(StoreAway):
        Teams(town.runtime).of(owner.person.team)
    assert owner.runs("/goldseam", "join").status == 503
    with town.runtime.housekeeping(writes=False) as db:
        assert [home.suspended_at for home in people.workspaces(db)] == [None]


def test_a_refresh_token_that_is_spent_holds_the_workspace_until_it_is_installed_again(
    town: Street, owner: Actor
) -> None:
    town.slack.fault("refuse", "oauth.v2.access", name="invalid_refresh_token", times=1)
    town.passes(hours=11)
    assert kept(town, owner) is None
    with town.runtime.housekeeping(writes=False) as db:
        assert [home.suspended_at is not None for home in people.workspaces(db)] == [True]
    assert town.slack.install("Maple", by=owner).status == 200
    assert kept(town, owner) is not None


def test_what_an_older_renewal_brings_is_not_kept_over_a_new_installation(town: Street, owner: Actor) -> None:
    town.clock.move(hours=11)
    before = town.clock() + tokens.IN_TIME
    keyring = town.runtime.keyring
    with town.runtime.housekeeping() as db:
        renewal = installations.begin_renewal(db, keyring, owner.person.team, before, town.clock())
    assert renewal is not None
    with town.runtime.housekeeping() as db:
        assert installations.begin_renewal(db, keyring, owner.person.team, before, town.clock()) is None
    assert town.slack.install("Maple", by=owner).status == 200
    with town.runtime.housekeeping() as db:
        assert not installations.end_renewal(db, keyring, renewal, "old", "older", town.clock())
    found = kept(town, owner)
    assert found is not None
    assert found.token != "old"


def test_whoever_died_at_it_keeps_nobody_from_trying_again(town: Street, owner: Actor) -> None:
    town.clock.move(hours=11)
    with town.runtime.housekeeping() as db:
        before = town.clock() + tokens.IN_TIME
        assert installations.begin_renewal(db, town.runtime.keyring, owner.person.team, before, town.clock())
    town.works()
    assert renewals(town) == 0
    town.passes(minutes=6, look_every_s=60)
    assert renewals(town) == 1
