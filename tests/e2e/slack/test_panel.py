"""The home as the place where everything is looked after: what it shows whom, and what owners may change there."""

import prometheus_client
import pytest
import sqlalchemy as sa

from integrations.slack import doctor, scopes, teams
from integrations.slack.installations import SlackInstallation
from integrations.slack.standin import envelopes
from integrations.slack.standin.actor import Actor
from service.appreciations import actions as appreciations
from service.appreciations.rules import Draft
from service.people import queries as people
from service.people.rules import Feature
from tests.slack import Street, Team, resent


@pytest.fixture(autouse=True)
def _nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What changes in the table is seen at once, as another process sees it."""
    monkeypatch.setattr(teams, "LIFE_S", 0)


def home_of(actor: Actor) -> str:
    """Everything somebody's home says."""
    actor.opens_home()
    assert actor.home is not None
    return str(actor.home.body["blocks"])


def joined(team: Team) -> None:
    """The owner leads, but has not joined for themselves yet."""
    team.owner.runs("/goldseam", "join")
    assert team.owner.submits().ok


def test_a_new_home_teaches_by_example_and_says_when_it_was_drawn(town: Street, team: Team) -> None:
    said = home_of(team.ben)
    for part in ("Can you check the figures?", "The handover was", "#ops", "English", "leads this circle"):
        assert part in said
    assert f"<!date^{int(town.clock().timestamp())}^" in said
    assert "people.settings" not in said
    assert "people.invite" not in said


def test_what_i_gave_and_received_stands_there_and_nobody_elses(town: Street, team: Team) -> None:
    with town.runtime.transaction(town.workspace(team.ops.team)) as db:
        draft = Draft(town.member(team.ada).id, (town.member(team.ben).id,), "held the fort", "it saved my day")
        appreciations.give(db, draft, town.runtime.now())
    assert "held the fort" in home_of(team.ben)
    assert team.ada.mention in home_of(team.ben)
    assert team.ben.mention in home_of(team.ada)
    joined(team)
    assert "held the fort" not in home_of(team.owner)


def test_owners_switch_features_and_nobody_else_does(town: Street, team: Team) -> None:
    joined(team)
    assert "people.settings" in home_of(team.owner)
    assert team.owner.home is not None
    team.owner.presses(team.owner.home, "people.settings")
    form = team.owner.view
    assert form is not None
    form.values = {"features": {"people.settings": {"type": "checkboxes", "selected_options": []}}}
    assert "errors" in resent(town, team.ben, form).json
    assert off(town, team) == set()
    form.values = {}
    assert team.owner.submits(values={("features", "people.settings"): ["asks", "thanks"]}).ok
    assert off(town, team) == {Feature.SUGGESTIONS, Feature.SOURCES, Feature.FEED}


def off(town: Street, team: Team) -> set[str]:
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        home = people.workspace(db, town.workspace(team.ops.team))
    assert home is not None
    return set(home.switched_off)


@pytest.fixture
def least(town: Street, team: Team) -> Team:
    """A team that granted what is required, and nothing else."""
    joined(team)
    for token in town.slack.world.tokens.values():
        token.scopes = frozenset(scopes.REQUIRED)
    with town.runtime.housekeeping() as db:
        db.execute(sa.update(SlackInstallation).values(scopes=",".join(sorted(scopes.REQUIRED))))
    return team


def test_with_what_is_required_alone_everything_else_works(town: Street, least: Team) -> None:
    assert least.ada.runs("/thanks", f"{least.ben.mention} for the keys").ok
    assert least.ada.view is not None
    garden = town.slack.channel("#garden", team="Maple")
    town.slack.invite_app(garden, by=least.ada)
    assert "has not granted" in str(least.ada.runs("/goldseam", "circle", channel=garden).json)
    cleo = town.slack.person("cleo", team="Maple")
    cleo.runs("/goldseam", "join")
    assert cleo.submits().ok
    (finding,) = doctor.teams(town.runtime)
    assert finding.well
    assert "public channels" in finding.said


def test_owners_read_what_more_could_be_granted_and_where(town: Street, least: Team) -> None:
    home_of(least.owner)
    assert least.owner.home is not None
    least.owner.presses(least.owner.home, "people.settings")
    assert least.owner.view is not None
    shown = str(least.owner.view.body["blocks"])
    assert "public channels" in shown
    assert "/slack/install|" in shown


def test_events_that_slack_held_back_are_shown_to_the_operator(town: Street, team: Team) -> None:
    assert [each.well for each in doctor.teams(town.runtime)] == [True]
    before = prometheus_client.generate_latest().decode()
    assert town.slack.limits_app("Maple").ok
    assert prometheus_client.generate_latest().decode() != before
    assert "goldseam_slack_limited_total" in before
    (finding,) = doctor.teams(town.runtime)
    assert not finding.well
    assert "held events back" in finding.said
    town.clock.move(days=2)
    assert [each.well for each in doctor.teams(town.runtime)] == [True]


def test_a_stranger_of_another_organisation_sees_nothing_of_this_one(town: Street, team: Team) -> None:
    stranger = town.slack.person("stranger", team="Maple", home_team="T0OTHER", is_stranger=True)
    assert "#ops" not in home_of(stranger)
    assert stranger.home is not None
    for door in ("people.join", "appreciations.open"):
        stranger.presses(stranger.home, door)
    for command in ("/goldseam", "/thanks", "/repair"):
        said = stranger.runs(command, "join")
        assert "#ops" not in str(said.json)
    assert town.known(stranger) is None


def test_somebody_of_an_enterprise_is_at_home_in_each_of_its_teams(town: Street, team: Team) -> None:
    with town.runtime.housekeeping() as db:
        db.execute(sa.update(SlackInstallation).values(enterprise_id="E0GRID"))
    dana = town.slack.person("dana", team="Maple", home_team="E0GRID")
    world = town.slack.world
    trigger = world.trigger(dana.person.team, dana.id)
    body = envelopes.gesture(world, dana.person, "shortcut", trigger, callback_id="moments.note")
    assert town.slack.courier.form(envelopes.interaction(body)).ok
