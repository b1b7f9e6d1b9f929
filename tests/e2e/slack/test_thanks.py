"""Thanks in Slack, over signed HTTP: every door, the preview, what arrives where, and the way back."""

import copy

import pytest

from integrations.slack.standin.actor import Actor
from integrations.slack.standin.deliver import Answer
from integrations.slack.standin.nouns import View
from service.appreciations import queries as appreciations
from service.appreciations.queries import AppreciationCard
from service.appreciations.rules import Sharing
from service.people import actions as people
from service.people.rules import Joined, ThanksWish
from tests.slack import Street, Team, buttons, offering, resent, settled_in, texts

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Where one database is enough: the walk below runs on both."""


@pytest.fixture
def team(town: Street) -> Team:
    return settled_in(town)


def said(view: View | None) -> str:
    assert view is not None
    return str(view.body["blocks"])


def given_by(town: Street, actor: Actor) -> list[AppreciationCard]:
    with town.runtime.transaction(town.workspace(actor.person.team), writes=False) as db:
        return list(appreciations.given(db, town.member(actor).id).cards)


def about_thanks(actor: Actor, words: str) -> list[str]:
    return [texts(each) for each in actor.inbox if words in texts(each)]


def sent(actor: Actor, **values: object) -> Answer:
    """Fill in the form in front, look at it, and send it."""
    answer = actor.submits(values={(name, "appreciations.open"): value for name, value in values.items()})
    assert answer.json["response_action"] == "push", answer.json
    return actor.submits()


def test_thanks_arrive_are_changed_and_taken_back(town: Street, team: Team) -> None:
    assert team.ada.runs("/thanks", "for @ben you covered the late shift").ok
    form = team.ada.modal
    assert form.body["callback_id"] == "appreciations.open"
    assert team.ben.id in said(form)
    assert "for you covered the late shift" in said(form)

    team.ada.submits(values={("eased", "appreciations.open"): "I got home in time"})
    preview = said(team.ada.view)
    assert "for you covered the late shift" in preview
    assert "I got home in time" in preview
    assert given_by(town, team.ada) == []
    team.ada.submits()
    (kept,) = given_by(town, team.ada)
    assert (kept.sharing, kept.did) == (Sharing.PRIVATE, "for you covered the late shift")
    town.passes(minutes=1)
    (told,) = about_thanks(team.ben, "covered the late shift")
    assert team.ada.mention in told
    assert "I got home in time" in told

    team.ada.presses(team.ada.modal, "appreciations.edit")
    assert team.ada.submits(values={("did", "appreciations.edit"): "you took over at eight"}).ok
    town.passes(minutes=1)
    assert about_thanks(team.ben, "covered the late shift") == []
    assert len(about_thanks(team.ben, "took over at eight")) == 1

    team.ada.closes()
    team.ada.opens_home()
    assert team.ada.home is not None
    team.ada.presses(team.ada.home, "appreciations.withdraw")
    assert "appreciations.withdraw" not in said(team.ada.home)
    town.passes(minutes=1)
    assert about_thanks(team.ben, "took over") == []
    assert given_by(town, team.ada) == []


def test_a_form_sent_twice_gives_thanks_once(town: Street, team: Team) -> None:
    team.ada.runs("/thanks", "@ben the list")
    team.ada.submits()
    preview = copy.deepcopy(team.ada.modal)
    first = team.ada.submits()
    again = resent(town, team.ada, preview)
    assert "on their way" in first.text
    assert first.json["view"]["blocks"] == again.json["view"]["blocks"]
    assert len(given_by(town, team.ada)) == 1


@SQLITE
def test_thanks_may_be_posted_in_a_channel_and_the_recipients_wish_wins(town: Street, team: Team) -> None:
    workspace, ben = town.workspace(team.ops.team), town.member(team.ben).id
    team.ada.uses_shortcut("appreciations.open")
    options = [
        each["value"]
        for block in team.ada.modal.body["blocks"]
        if block.get("block_id") == "sharing"
        for each in block["element"]["options"]
    ]
    channel = next(each for each in options if each.startswith("channel."))
    circle = next(each for each in options if each.startswith("circle."))
    assert options[0] == "private"
    what = {"recipients": [team.ben.id], "did": "for the quiet handover"}
    team.ada.submits(
        values={(name, "appreciations.open"): value for name, value in {**what, "sharing": channel}.items()}
    )
    assert "more quietly" in said(team.ada.view)
    team.ada.closes(every=True)

    for wish in (ThanksWish.ANYWHERE, ThanksWish.CIRCLE):
        with town.runtime.transaction(workspace) as db:
            people.set_wishes(db, ben, thanks_wish=wish)
        team.ada.uses_shortcut("appreciations.open")
        sent(team.ada, **what, sharing=channel)
        team.ada.closes(every=True)
        town.passes(minutes=1)
    assert [each.sharing for each in given_by(town, team.ada)] == [Sharing.CIRCLE, Sharing.CHANNEL]
    (post,) = [each for each in team.ben.sees(team.ops) if "quiet handover" in texts(each)]
    assert team.ada.mention in texts(post)
    assert team.ben.mention in texts(post)
    assert "nudges.why" not in buttons(post)
    team.ada.opens_home()
    assert team.ada.home is not None
    for each in given_by(town, team.ada):
        team.ada.presses(team.ada.home, "appreciations.withdraw", value=each.id)
    town.passes(minutes=1)
    assert [each for each in team.ben.sees(team.ops) if "quiet handover" in texts(each)] == []
    assert circle in options


@SQLITE
def test_a_whole_circle_is_thanked_with_what_is_valued(town: Street, team: Team) -> None:
    workspace = town.workspace(team.ops.team)
    with town.runtime.transaction(workspace) as db:
        people.value(db, workspace, "Care, Patience")
    team.ada.uses_shortcut("appreciations.open")
    offered = {
        block["block_id"]: [each["value"] for each in block["element"].get("options", ())]
        for block in team.ada.modal.body["blocks"]
        if block["type"] == "input"
    }
    assert offered["values"] == ["Care", "Patience"]
    assert "job" not in offered, "pictures of jobs are for a home"
    (circle,) = offered["everybody"]
    refusal = team.ada.submits(values={("did", "appreciations.open"): "the move"})
    assert list(refusal.json["errors"]) == ["recipients"]
    sent(team.ada, everybody=[circle], values=["Care"], did="the move", sharing=f"circle.{circle}")
    (kept,) = given_by(town, team.ada)
    assert (kept.everybody, kept.values, kept.sharing) == (circle, ("Care",), Sharing.CIRCLE)
    town.passes(minutes=1)
    (told,) = about_thanks(team.ben, "the move")
    assert "everybody in" in told
    assert "What we value in it: Care" in told
    assert about_thanks(team.ada, "the move") == []
    team.ada.closes(every=True)
    team.ada.opens_home()
    assert "everybody in" in said(team.ada.home)


@SQLITE
def test_a_week_of_shared_thanks_is_posted_once_its_lead_chose_so(town: Street, team: Team) -> None:
    workspace = town.workspace(team.ops.team)
    assert "mine on" in team.ada.runs("/goldseam", "week", channel=team.ops).text
    assert "for others to do" in team.ben.runs("/goldseam", "week on", channel=team.ops).text
    assert "From Friday on" in team.owner.runs("/goldseam", "week on", channel=team.ops).text
    assert "From Friday on" in team.ben.runs("/goldseam", "week mine on").text
    with town.runtime.transaction(workspace) as db:
        for actor in (team.ada, team.ben):
            people.set_wishes(db, town.member(actor).id, thanks_wish=ThanksWish.ANYWHERE)
    team.ada.uses_shortcut("appreciations.open")
    circle = next(
        each["value"]
        for block in team.ada.modal.body["blocks"]
        if block.get("block_id") == "everybody"
        for each in block["element"]["options"]
    )
    sent(team.ada, recipients=[team.ben.id], did="for the calm week", sharing=f"circle.{circle}")
    for _ in range(7 * 4):
        town.passes(hours=6)
    (post,) = [each for each in team.ben.sees(team.ops) if "for the calm week" in texts(each)]
    assert team.ada.mention in texts(post)
    assert len(about_thanks(team.ben, "shared this week")) == 1


@SQLITE
def test_a_message_fills_in_its_author_and_a_link_and_not_a_word_of_it(town: Street, team: Team) -> None:
    message = team.ben.says(team.ops, "I wrote the whole rota down, it is in the drawer")
    team.ada.uses_message_shortcut("appreciations.give", message)
    assert team.ben.id in said(team.ada.modal)
    assert "rota" not in said(team.ada.modal)
    sent(team.ada, did="so that nobody has to ask")
    (kept,) = given_by(town, team.ada)
    assert kept.link is not None
    assert message.ts.replace(".", "") in kept.link
    town.passes(minutes=1)
    assert "/archives/" in about_thanks(team.ben, "nobody has to ask")[0]


@SQLITE
def test_the_reaction_a_channel_chose_offers_the_form_to_whoever_puts_it_alone(town: Street, team: Team) -> None:
    message = team.ben.says(team.ops, "the rota is written down")
    team.ada.reacts(message, "pray")
    assert "appreciations.open" not in str([buttons(each) for each in team.ada.sees(team.ops)])
    assert "off" in team.owner.runs("/goldseam", "reaction", channel=team.ops).json["text"]
    team.ada.runs("/goldseam", "reaction :pray:", channel=team.ops)
    assert team.ada.view is not None  # it is the lead's to choose
    team.ada.closes(every=True)
    assert ":pray:" in team.owner.runs("/goldseam", "reaction :pray:", channel=team.ops).json["text"]
    other = team.ben.says(team.ops, "and the key is back")
    stranger = town.slack.person("cleo", team="Maple")
    for each in (team.ada, team.ben, stranger):
        each.reacts(other, "pray")
    offered = offering(team.ada.sees(team.ops), "appreciations.open")
    assert [buttons(each) for each in team.ben.sees(team.ops) if "appreciations.open" in buttons(each)] == []
    assert [buttons(each) for each in stranger.sees(team.ops) if "appreciations.open" in buttons(each)] == []
    assert town.known(stranger) is None
    team.ada.presses(offered, "appreciations.open")
    assert team.ben.id in said(team.ada.modal)
    sent(team.ada, did="for the key")
    assert given_by(town, team.ada)[0].link is not None
    team.owner.runs("/goldseam", "reaction off", channel=team.ops)
    team.ada.closes(every=True)
    third = team.ben.says(team.ops, "and the lamp")
    before = len(team.ada.sees(team.ops))
    team.ada.reacts(third, "pray")
    assert len(team.ada.sees(team.ops)) == before


@SQLITE
@pytest.mark.parametrize("typed", ["", "help", "what is this", "for the <late> shift & more"])
def test_anything_else_is_answered_with_usage_and_what_was_typed_is_kept(town: Street, team: Team, typed: str) -> None:
    answer = team.ada.runs("/thanks", typed)
    assert answer.json["response_type"] == "ephemeral"
    assert "/thanks" in answer.json["text"]
    usage = offering(team.ada.sees(team.ada.dm), "appreciations.open")
    team.ada.presses(usage, "appreciations.open")
    shown = team.ada.modal.body["blocks"]
    did = next(block["element"] for block in shown if block.get("block_id") == "did")
    assert did.get("initial_value", "") == ("" if typed in ("", "help") else typed)


@SQLITE
def test_whom_thanks_cannot_reach_is_said_at_the_field_and_nothing_is_lost(town: Street, team: Team) -> None:
    bot = town.slack.person("robot", team="Maple", is_bot=True)
    guest = town.slack.person("guest", team="Maple", is_restricted=True)
    gone = town.slack.person("gone", team="Maple", deleted=True)
    stranger = town.slack.person("stranger", team="Maple", home_team="T0OTHER", is_stranger=True)
    told = []
    for each in (bot, guest, gone, stranger, team.ada):
        team.ada.uses_shortcut("appreciations.open")
        values = {("recipients", "appreciations.open"): [each.id], ("did", "appreciations.open"): "the list"}
        answer = team.ada.submits(values=values)
        assert answer.json["response_action"] == "errors"
        assert list(answer.json["errors"]) == ["recipients"]
        told.append(answer.json["errors"]["recipients"])
        assert team.ada.modal.values["did"]["appreciations.open"]["value"] == "the list"
        team.ada.closes(every=True)
    assert len(set(told)) == 5
    assert given_by(town, team.ada) == []
    assert [town.known(each) for each in (bot, guest, gone, stranger)] == [None] * 4

    team.ada.uses_shortcut("appreciations.open")
    empty = {("recipients", "appreciations.open"): [team.ben.id], ("did", "appreciations.open"): "!!! 123"}
    assert list(team.ada.submits(values=empty).json["errors"]) == ["did"]
    assert "own" in team.ada.modal.errors["did"]


@SQLITE
def test_somebody_who_has_not_joined_gets_one_invitation_and_may_stop_it(town: Street, team: Team) -> None:
    cleo, dora = (town.slack.person(name, team="Maple") for name in ("cleo", "dora"))
    for words in ("for the first thing", "for the second thing"):
        team.ada.runs("/thanks", f"@cleo {words}")
        assert town.known(cleo) is None or words != "for the first thing"
        sent(team.ada)
        team.ada.closes(every=True)
        town.passes(minutes=1)
    first, second = cleo.inbox
    assert "appreciations.stop" in buttons(first)
    assert "appreciations.stop" not in buttons(second)
    assert town.member(cleo).joined is Joined.NO
    cleo.presses(first, "appreciations.stop")
    assert "appreciations.stop" not in buttons(first)
    team.ada.runs("/thanks", "@cleo for a third thing")
    answer = team.ada.submits()
    assert list(answer.json["errors"]) == ["recipients"]

    dora.runs("/thanks", "@ben for the door")
    assert "joins you for thanks alone" in said(dora.modal)
    sent(dora)
    assert town.member(dora).joined is Joined.THANKS
    assert len(given_by(town, dora)) == 1
