"""The app's home, its hours and circles, and what it hears of people and channels."""

import pytest

from service.nudges.rules import Level, NudgeKind
from service.people import queries as people
from service.people.rules import Joined
from tests.e2e.slack.asking import asked, level, said
from tests.slack import Street, Team, about_asks, buttons, offering


def test_why_fewer_and_stop(town: Street, team: Team) -> None:
    _, digest = asked(town, team)
    team.ben.presses(digest, "nudges.why")
    assert "Nothing that was written there since looks like an answer." in said(team.ben.view)
    kinds = next(
        each["value"]
        for block in digest.blocks
        for each in block.get("elements", ())
        if each.get("action_id") == "nudges.why"
    )
    team.ben.closes()
    team.ben.presses(digest, "nudges.stop")
    if "," in kinds:
        assert team.ben.view is not None
        team.ben.presses(team.ben.view, "nudges.stop", value=NudgeKind.ASK_WAITING.value)
    else:
        assert "nudges.stop" not in buttons(digest)
    assert level(town, team.ben) is Level.STOPPED
    team.ada.says(team.ops, "@ben do you have the other key?")
    before = len(about_asks(team.ben))
    town.passes(days=3)
    assert len(about_asks(team.ben)) == before


def test_the_home_before_and_after_joining(town: Street, team: Team) -> None:
    cleo = town.slack.person("cleo", team="Maple")
    cleo.opens_home()
    assert cleo.home is not None
    assert town.known(cleo) is None
    cleo.presses(cleo.home, "people.join")
    assert town.member(cleo).joined is Joined.NO
    assert cleo.submits().ok
    assert town.member(cleo).joined is Joined.WHOLE
    assert "people.boundary" in str(cleo.home.body)


def test_whoever_joins_sits_in_the_circles_of_their_channels(town: Street, team: Team) -> None:
    cleo, dora = (town.slack.person(name, team="Maple") for name in ("cleo", "dora"))
    cleo.joins(team.ops)
    for each in (cleo, dora):
        each.runs("/goldseam", "join")
        assert each.submits().ok
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        (circle,) = people.circles(db)
    assert town.member(cleo).id in circle.members
    assert town.member(dora).id not in circle.members
    dora.joins(team.ops)
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        assert town.member(dora).id in people.circles(db)[0].members


def test_hours_are_set_and_wrong_ones_are_refused_at_their_field(town: Street, team: Team) -> None:
    assert team.ben.runs("/goldseam", "hours").ok
    wrong = team.ben.submits(values={("starts_at", "people.boundary"): "18:00"})
    assert "ends_at" in wrong.json["errors"]
    right = {
        ("starts_at", "people.boundary"): "08:00",
        ("ends_at", "people.boundary"): "16:00",
        ("digest_at", "people.boundary"): "08:30",
        ("zone", "people.boundary"): "Asia/Tokyo",
        ("days", "people.boundary"): ["0", "1"],
        ("weekly_allowance", "people.boundary"): "1",
    }
    assert team.ben.submits(values=right).ok
    member = town.member(team.ben).id
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        kept = people.boundaries(db, [member])[member]
    assert (kept.zone, kept.days, kept.weekly_allowance) == ("Asia/Tokyo", frozenset({0, 1}), 1)
    assert f"{kept.starts_at:%H:%M} {kept.ends_at:%H:%M} {kept.digest_at:%H:%M}" == "08:00 16:00 08:30"


def test_leaving_deletes_and_nobody_is_told(town: Street, team: Team) -> None:
    posts = len(town.slack.posts())
    team.ben.opens_home()
    assert team.ben.home is not None
    team.ben.presses(team.ben.home, "people.leave")
    assert team.ben.submits().ok
    assert town.known(team.ben) is None
    assert "people.join" in str(team.ben.home.body)
    assert len(town.slack.posts()) == posts


@pytest.mark.parametrize("text", ["", "help", "what?", "join us now", "<@U1>", "🦆" * 500])
def test_anything_else_is_answered_with_usage(town: Street, team: Team, text: str) -> None:
    answer = team.ada.runs("/goldseam", text)
    assert answer.json["response_type"] == "ephemeral"
    assert "/goldseam join" in str(answer.json["blocks"])


def test_a_channel_is_made_a_circle_by_command(town: Street, team: Team) -> None:
    garden = town.slack.channel("#garden", team="Maple")
    assert "blocks" not in team.ada.runs("/goldseam", "circle", channel=garden).json
    town.slack.invite_app(garden, by=team.ada)
    team.ada.runs("/goldseam", "circle", channel=garden)
    question = offering(team.ada.sees(garden), "people.make_circle")
    assert team.ada.presses(question, "people.make_circle").ok
    with town.runtime.transaction(town.workspace(garden.team), writes=False) as db:
        assert "#garden" in [circle.name for circle in people.circles(db)]
    assert "people.make_circle" not in str([buttons(each) for each in team.ada.sees(garden)])


def test_a_channel_is_added_to_a_circle_one_leads(town: Street, team: Team) -> None:
    garden = town.slack.channel("#garden", team="Maple")
    town.slack.invite_app(garden, by=team.owner)
    town.passes(minutes=1)
    offer = offering(team.owner.inbox, "people.add_to_circle")
    team.owner.presses(offer, "people.add_to_circle")
    with town.runtime.transaction(town.workspace(garden.team), writes=False) as db:
        (circle,) = people.circles(db)
    assert team.owner.submits(values={"people.add_to_circle": circle.id}).ok
    with town.runtime.transaction(town.workspace(garden.team), writes=False) as db:
        assert {place.external for place in people.places(db)} == {team.ops.id, garden.id}
    assert "people.add_to_circle" not in buttons(offer)


def test_a_circle_is_invited_twice_at_most(town: Street, team: Team) -> None:
    for _ in range(4):
        team.owner.opens_home()
        if team.owner.home is not None and "people.invite" not in str(team.owner.home.body):
            team.owner.presses(team.owner.home, "people.join")
            team.owner.submits()
        assert team.owner.home is not None
        team.owner.presses(team.owner.home, "people.invite")
        team.owner.closes()
        town.passes(minutes=1)
    assert len([each for each in team.ada.sees(team.ops) if "people.join" in buttons(each)]) == 2


def test_guests_and_strangers_stay_outside(town: Street, team: Team) -> None:
    guest = town.slack.person("guest", team="Maple", is_restricted=True)
    guest.runs("/goldseam", "join")
    assert guest.view is None
    assert town.member(guest).joined is Joined.NO
    stranger = town.slack.person("stranger", team="Maple", home_team="T0OTHER", is_stranger=True)
    stranger.joins(team.ops)
    stranger.presses(offering(stranger.sees(team.ops), "people.join"), "people.join")
    assert town.known(stranger) is None
    stranger.says(team.ops, "@ben could you call me?")
    town.passes(days=3)
    assert about_asks(team.ben) == []


def test_a_new_name_is_followed_and_somebody_removed_hears_no_more(town: Street, team: Team) -> None:
    team.ben.changes(real_name="Benedikt", name="benedikt")
    assert town.member(team.ben).name == "benedikt"
    team.ben.changes(deleted=True)
    assert not town.member(team.ben).active
    cleo = town.slack.person("cleo", team="Maple")
    cleo.changes(name="cleopatra")
    assert town.known(cleo) is None


@pytest.mark.parametrize("how", ["removed", "archived"])
def test_nothing_is_heard_where_the_app_is_no_more(town: Street, team: Team, how: str) -> None:
    if how == "removed":
        town.slack.remove_app(team.ops, by=team.owner)
    else:
        town.slack.sends(team.ops.team, {"type": "channel_archive", "channel": team.ops.id, "user": team.owner.id})
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        assert [place.listens for place in people.places(db)] == [False]
