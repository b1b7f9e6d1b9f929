"""Every button, form, command and shortcut: one action, and what was done in its place."""

from datetime import timedelta

import pytest

from integrations.slack.standin.actor import Actor
from integrations.slack.standin.nouns import Message, View
from service.asks import queries as asks
from service.asks.queries import AskCard
from service.asks.rules import AskState, Mark, SettledBy
from service.nudges import queries as nudges
from service.nudges.rules import Level, NudgeKind
from service.people import queries as people
from service.people.rules import Joined
from tests.slack import Street, Team, about_asks, buttons, offering, settled_in, texts


@pytest.fixture
def team(town: Street) -> Team:
    return settled_in(town)


def asked(town: Street, team: Team, text: str = "@ben could you look at the printer?") -> tuple[Message, Message]:
    """A question, and the message in which its addressee hears of it."""
    question = team.ada.says(team.ops, text)
    town.passes(days=3)
    return question, about_asks(team.ben)[-1]


def the_ask(town: Street, team: Team, ts: str, channel: str | None = None) -> AskCard:
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        (found,) = asks.of_message(db, channel or team.ops.id, ts)
    return found


def said(view: View | None) -> str:
    assert view is not None
    return "\n".join(block.get("text", {}).get("text", "") for block in view.body["blocks"])


@pytest.mark.parametrize(
    ("button", "state", "by"),
    [
        ("asks.decline", AskState.SETTLED, SettledBy.DECLINED),
        ("asks.snooze", AskState.OPEN, None),
    ],
)
def test_a_tap_does_it_and_leaves_one_line(
    town: Street, team: Team, button: str, state: AskState, by: SettledBy | None
) -> None:
    question, digest = asked(town, team)
    assert team.ben.presses(digest, button).ok
    found = the_ask(town, team, question.ts)
    assert (found.state, found.settled_by) == (state, by)
    assert not any(name.startswith("asks.") for name in buttons(digest))
    assert "nudges.why" in buttons(digest)
    assert digest.metadata is not None


def test_a_day_is_given_and_reaches_the_asker(town: Street, team: Team) -> None:
    question, digest = asked(town, team)
    team.ben.presses(digest, "asks.promise")
    on = (town.clock() + timedelta(days=4)).date()
    assert team.ben.submits(values={"asks.promise": on.isoformat()}).ok
    found = the_ask(town, team, question.ts)
    assert (found.state, found.promised_on) == (AskState.PROMISED, on)
    assert not any(name.startswith("asks.") for name in buttons(digest))
    town.passes(days=1)
    assert any(team.ben.mention in texts(message) for message in team.ada.inbox)


def test_a_day_that_is_past_is_refused_at_its_field_and_nothing_is_lost(town: Street, team: Team) -> None:
    question, digest = asked(town, team)
    team.ben.presses(digest, "asks.promise")
    answer = team.ben.submits(values={"asks.promise": "2020-01-01"})
    assert answer.json["response_action"] == "errors"
    assert list(answer.json["errors"]) == ["on"]
    assert team.ben.view is not None
    assert the_ask(town, team, question.ts).state is AskState.OPEN


def test_not_for_me_may_name_somebody_else(town: Street, team: Team) -> None:
    question, digest = asked(town, team)
    team.owner.runs("/goldseam", "join")
    team.owner.submits()
    team.ben.presses(digest, "asks.not_mine")
    assert team.ben.submits(values={"asks.not_mine": team.owner.id}).ok
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        found = {each.asked: each.state for each in asks.of_message(db, team.ops.id, question.ts)}
    assert found[town.member(team.ben).id] is AskState.SETTLED
    assert found[town.member(team.owner).id] is AskState.OPEN


def test_a_second_tap_changes_nothing_and_says_so(town: Street, team: Team) -> None:
    question, digest = asked(town, team)
    before = list(digest.blocks)
    team.ben.presses(digest, "asks.decline")
    digest.blocks = before
    assert team.ben.presses(digest, "asks.decline").ok
    assert team.ben.view is not None
    assert the_ask(town, team, question.ts).settled_by is SettledBy.DECLINED
    assert not any(name.startswith("asks.") for name in buttons(digest))


def test_nobody_else_can_press_for_somebody(town: Street, team: Team) -> None:
    question, digest = asked(town, team)
    assert team.ada.presses(digest, "asks.decline").ok
    assert the_ask(town, team, question.ts).state is AskState.OPEN


def test_watching_ones_own_message_asks_who_owes_the_answer(town: Street, team: Team) -> None:
    message = team.ada.says(team.ben, "about the keys, when you have a minute")
    team.ada.uses_message_shortcut("asks.watch", message)
    assert team.ada.submits(values={"asks.watch": team.ben.id}).ok
    found = the_ask(town, team, message.ts, message.channel)
    assert (found.asker, found.asked) == (town.member(team.ada).id, town.member(team.ben).id)
    town.passes(days=3)
    digest = about_asks(team.ben)[-1]
    assert "keys" not in texts(digest)
    assert team.ben.presses(digest, "asks.answer").ok
    assert the_ask(town, team, message.ts, message.channel).settled_by is SettledBy.TAP


def test_watching_anothers_message_joins_ones_own_list_alone(town: Street, team: Team) -> None:
    message = team.ada.says(team.ops, "the keys are in the drawer, take them on Friday")
    team.ben.uses_message_shortcut("asks.watch", message)
    found = the_ask(town, team, message.ts)
    assert (found.asker, found.asked) == (None, town.member(team.ben).id)
    town.passes(days=3)
    assert about_asks(team.ada) == []
    team.ben.opens_home()
    assert team.ben.home is not None
    assert "asks.promise" in str(team.ben.home.body)


def test_who_has_joined_is_not_told_to_whoever_watches(town: Street, team: Team) -> None:
    cleo = town.slack.person("cleo", team="Maple")
    shown = []
    for other in (team.ben, cleo):
        message = team.ada.says(team.ada, "mine")
        team.ada.uses_message_shortcut("asks.watch", message)
        answer = team.ada.submits(values={"asks.watch": other.id})
        shown.append(str(answer.json["view"]["blocks"]).replace(other.id, "them"))
    assert shown[0] == shown[1]
    assert town.known(cleo) is None


def test_the_asker_marks_and_lets_go_from_home(town: Street, team: Team) -> None:
    question, _ = asked(town, team)
    team.ada.opens_home()
    assert team.ada.home is not None
    team.ada.presses(team.ada.home, "asks.mark")
    team.ada.submits(values={("mark", "asks.mark"): Mark.NO_RUSH.value})
    assert the_ask(town, team, question.ts).mark is Mark.NO_RUSH
    team.ada.presses(team.ada.home, "asks.release")
    assert the_ask(town, team, question.ts).state is AskState.RELEASED
    assert "asks.release" not in str(team.ada.home.body)


def test_a_mark_with_a_day_needs_the_day(town: Street, team: Team) -> None:
    question, _ = asked(town, team)
    team.ada.opens_home()
    assert team.ada.home is not None
    team.ada.presses(team.ada.home, "asks.mark")
    answer = team.ada.submits(values={("mark", "asks.mark"): Mark.REPLY_BY.value})
    assert list(answer.json["errors"]) == ["reply_by"]
    day = (town.clock() + timedelta(days=3)).date().isoformat()
    assert team.ada.submits(values={("reply_by", "asks.mark"): day}).ok
    assert the_ask(town, team, question.ts).reply_by is not None


def test_not_an_ask_closes_it_for_everybody(town: Street, team: Team) -> None:
    question, _ = asked(town, team)
    team.ada.opens_home()
    assert team.ada.home is not None
    team.ada.presses(team.ada.home, "asks.not_an_ask")
    assert the_ask(town, team, question.ts).state is AskState.NOT_AN_ASK


def test_why_fewer_and_stop(town: Street, team: Team) -> None:
    _, digest = asked(town, team)
    team.ben.presses(digest, "nudges.why")
    assert said(team.ben.view)
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


def level(town: Street, actor: Actor) -> Level | None:
    member = town.member(actor).id
    with town.runtime.transaction(town.workspace(actor.person.team), writes=False) as db:
        return nudges.levels(db, [member]).get((member, NudgeKind.ASK_WAITING))


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
