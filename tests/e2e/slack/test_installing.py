"""Installing, taking out, and installing again: no token in the clear, no state used twice, nothing lost between."""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from integrations.slack import doctor, forgetting, installations, scopes
from integrations.slack.blueprint import COOKIE
from integrations.slack.standin import deliver, oauth_walk
from integrations.slack.standin.deliver import Answer
from migrations import tables
from service.app import create_app
from service.nudges.models import Nudge
from service.nudges.rules import NudgeState
from service.people import queries as people
from tests.slack import Street, about_asks, buttons, settled_in, with_slack


def begun(town: Street) -> tuple[dict[str, str], str]:
    """What Slack's consent page is asked, and the browser's cookie."""
    answer = town.knock("GET", "/slack/install")
    assert answer.status == 302
    asked = {name: each[0] for name, each in parse_qs(urlsplit(answer.headers["Location"]).query).items()}
    (cookie,) = [line for line in answer.cookies if line.startswith(COOKIE)]
    return asked, cookie


def returned(town: Street, query: Mapping[str, str], cookie: str) -> Answer:
    return town.knock("GET", f"/slack/oauth_redirect?{urlencode(query)}", {"Cookie": cookie.partition(";")[0]})


def agreed(town: Street, asked: dict[str, str], team: str = "Maple") -> dict[str, str]:
    there = town.slack.team(team)
    owner = town.slack.person("owner", team=there, is_owner=True)
    back = oauth_walk.agreed(town.slack.world, asked, there.id, owner.id)
    return {name: each[0] for name, each in parse_qs(urlsplit(back).query).items()}


def test_slack_is_asked_for_what_the_manifest_lists(town: Street) -> None:
    asked, cookie = begun(town)
    assert asked["scope"].split(",") == list(scopes.SCOPES)
    assert asked["redirect_uri"] == "http://127.0.0.1:8000/slack/oauth_redirect"
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/slack" in cookie


def test_a_return_is_good_once_and_in_the_same_browser(town: Street) -> None:
    asked, cookie = begun(town)
    query = agreed(town, asked)
    assert returned(town, query, f"{COOKIE}=another").status == 400
    assert returned(town, query, cookie).status == 400
    asked, cookie = begun(town)
    query = agreed(town, asked)
    assert returned(town, query, cookie).status == 200
    assert returned(town, agreed(town, asked), cookie).status == 400


@pytest.mark.parametrize(
    ("query", "status"),
    [({}, 400), ({"state": "x"}, 400), ({"state": "\ud800".encode("utf-8", "replace").decode()}, 400)],
)
def test_a_return_from_nowhere_installs_nothing(town: Street, query: dict[str, str], status: int) -> None:
    assert returned(town, query, f"{COOKIE}=x").status == status
    with town.runtime.housekeeping(writes=False) as db:
        assert people.workspaces(db) == []


def test_whoever_changes_their_mind_installs_nothing(town: Street) -> None:
    asked, cookie = begun(town)
    answer = returned(town, {"error": "access_denied", "state": asked["state"]}, cookie)
    assert answer.status == 200
    with town.runtime.housekeeping(writes=False) as db:
        assert people.workspaces(db) == []


@pytest.mark.parametrize("fault", ["refuse", "error", "garbage", "reset"])
def test_where_slack_does_not_agree_nothing_is_installed(town: Street, fault: str) -> None:
    asked, cookie = begun(town)
    query = agreed(town, asked)
    town.slack.fault(fault, "oauth.v2.access", name="invalid_code")
    assert returned(town, query, cookie).status == 400
    with town.runtime.housekeeping(writes=False) as db:
        assert people.workspaces(db) == []


def test_the_page_of_an_installation_speaks_plainly_and_runs_nothing(town: Street) -> None:
    asked, cookie = begun(town)
    answer = returned(town, agreed(town, asked), cookie)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.text
    assert "Maple" in answer.text
    assert not any(token in answer.text for token in town.slack.world.tokens)


@pytest.mark.parametrize("order", [("tokens_revoked", "app_uninstalled"), ("app_uninstalled", "tokens_revoked")])
def test_taken_out_and_put_in_again_a_workspace_goes_on(town: Street, order: tuple[str, str]) -> None:
    team = settled_in(town)
    team.ada.says(team.ops, "@ben could you look at the printer?")
    workspace = town.workspace(team.ops.team)
    town.clock.move(seconds=5)
    with town.slack.holding() as held:
        town.slack.uninstall("Maple")
    held.envelopes.sort(key=lambda each: order.index(each["event"]["type"]))
    assert all(answer.ok for answer in held.deliver(times=2))
    with town.runtime.housekeeping(writes=False) as db:
        assert [home.suspended_at is not None for home in people.workspaces(db)] == [True]
        assert installations.of_team(db, town.runtime.keyring, team.ops.team) is None
    posts = len(town.slack.posts())
    town.passes(days=3)
    assert len(town.slack.posts()) == posts
    town.slack.install("Maple", by=team.owner)
    town.slack.invite_app(team.ops, by=team.owner)
    assert town.workspace(team.ops.team) == workspace
    assert all(answer.ok for answer in held.deliver())
    town.passes(days=1)
    assert len(about_asks(team.ben)) == 1
    assert town.member(team.owner).is_owner


@pytest.mark.parametrize("order", [("tokens_revoked", "app_uninstalled"), ("app_uninstalled", "tokens_revoked")])
def test_a_month_after_it_was_taken_out_every_row_of_a_workspace_is_gone(town: Street, order: tuple[str, str]) -> None:
    maple, birch = settled_in(town), settled_in(town, "Birch")
    for team in (maple, birch):
        team.ada.says(team.ops, "@ben could you look at the printer?")
        team.ada.runs("/thanks", f"{team.ben.mention} for the keys")
    workspace = town.workspace(maple.ops.team)
    town.clock.move(seconds=5)
    with town.slack.holding() as held:
        town.slack.uninstall("Maple")
    held.envelopes.sort(key=lambda each: order.index(each["event"]["type"]))
    assert all(answer.ok for answer in held.deliver())
    town.passes(days=29, look_every_s=86_400)
    assert rows_of(town, workspace)
    town.passes(days=2, look_every_s=86_400)
    assert rows_of(town, workspace) == []
    assert rows_of(town, town.workspace(birch.ops.team))
    assert all(answer.ok for answer in held.deliver())
    assert town.slack.install("Maple", by=maple.owner).status == 200
    assert town.workspace(maple.ops.team) != workspace
    assert town.member(maple.owner).is_owner


def test_an_owner_who_asks_for_it_is_forgotten_at_once_and_nobody_else(town: Street) -> None:
    maple = settled_in(town)
    workspace, forget = town.workspace(maple.ops.team), forgetting.command(town.runtime)
    assert "still installed" in str(CliRunner().invoke(forget, [maple.ops.team, "--yes"]).exception)
    town.slack.uninstall("Maple")
    assert CliRunner().invoke(forget, [maple.ops.team], input="n").exit_code == 1
    assert rows_of(town, workspace)
    assert CliRunner().invoke(forget, [maple.ops.team, "--yes"]).exit_code == 0
    assert rows_of(town, workspace) == []
    assert "nothing is kept" in str(CliRunner().invoke(forget, [maple.ops.team, "--yes"]).exception)


def rows_of(town: Street, workspace: str) -> list[str]:
    """The tables that hold anything of a workspace."""
    found = []
    with town.runtime.housekeeping(writes=False) as db:
        for table in tables.metadata().sorted_tables:
            column = table.c.get("workspace_id") if table.name != "workspace" else table.c.id
            if column is not None and db.connection().execute(sa.select(column).where(column == workspace)).first():
                found.append(table.name)
    return found


def test_a_token_revoked_in_silence_holds_what_is_due(town: Street) -> None:
    team = settled_in(town)
    team.ada.says(team.ops, "@ben could you look at the printer?")
    town.slack.revoke("Maple", silently=True)
    town.passes(days=3)
    assert about_asks(team.ben) == []
    with town.runtime.housekeeping(writes=False) as db:
        waiting = list(db.scalars(sa.select(Nudge.state).where(Nudge.state == NudgeState.WAITING)))
        assert waiting
    town.slack.install("Maple", by=team.owner)
    town.passes(days=1)
    assert len(about_asks(team.ben)) == 1


def test_no_token_stands_in_the_database_in_the_clear(town: Street) -> None:
    settled_in(town)
    with town.runtime.housekeeping(writes=False) as db:
        connection = db.connection()
        for table in sa.inspect(connection).get_table_names():
            kept = str(list(connection.exec_driver_sql(f'SELECT * FROM "{table}"')))  # noqa: S608 - our own tables
            assert not any(token in kept for token in town.slack.world.tokens), table
            assert "xoxb-" not in kept, table


def test_one_workspace_by_its_token_alone(town: Street) -> None:
    seat = town.slack.seats("Maple")
    town.runtime.settings = with_slack(
        town.runtime.settings, slack_bot_token=seat.token, slack_client_id=None, slack_client_secret=None
    )
    town.slack.courier.door = deliver.over_wsgi(create_app(town.runtime))
    boss = town.slack.person("boss", team="Maple", is_admin=True)
    boss.opens_home()
    assert boss.home is not None
    boss.presses(boss.home, "people.join")
    assert boss.submits().ok
    assert town.member(boss).is_owner
    assert town.knock("GET", "/slack/install").status == 404
    town.passes(minutes=1)
    assert "nudges.why" in buttons(boss.inbox[-1])


def test_the_doctor_looks_at_tokens_and_scopes(town: Street) -> None:
    assert [finding.well for finding in doctor.teams(town.runtime)] == [False]
    town.slack.install("Maple")
    assert [finding.well for finding in doctor.teams(town.runtime)] == [True]
    assert all(finding.well for finding in doctor.settings(town.runtime))
    town.slack.revoke("Maple", silently=True)
    (finding,) = doctor.teams(town.runtime)
    assert not finding.well
    assert finding.remedy
    assert "xox" not in finding.said


def test_the_doctor_names_the_scopes_that_are_missing(town: Street) -> None:
    town.slack.install("Maple")
    for token in town.slack.world.tokens.values():
        token.scopes -= {"im:history"}
    with town.runtime.housekeeping() as db:
        db.execute(sa.update(installations.SlackInstallation).values(scopes="commands,chat:write"))
    (finding,) = doctor.teams(town.runtime)
    assert not finding.well
    assert "im:history" in finding.said
