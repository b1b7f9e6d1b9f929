"""Signed repair in Slack, over signed HTTP: every way through the coach, both directions, and whose word settles it."""

import pytest

from integrations.slack.standin.actor import Actor
from integrations.slack.standin.nouns import Message, View
from service.asks.rules import Mark
from service.repairs import queries as repairs
from service.repairs.queries import RepairCard
from service.repairs.rules import Answer, Direction, RepairState
from tests.slack import Street, Team, about_asks, buttons, settled_in, texts

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Where one database is enough: the walk below runs on both."""
COACH = "repairs.open"


@pytest.fixture
def team(town: Street) -> Team:
    return settled_in(town)


def said(view: View | None) -> str:
    assert view is not None
    return str(view.body["blocks"])


def sent_by(town: Street, actor: Actor) -> list[RepairCard]:
    with town.runtime.transaction(town.workspace(actor.person.team), writes=False) as db:
        return repairs.sent_by(db, town.member(actor).id)


def with_button(actor: Actor, does: str) -> list[Message]:
    return [each for each in actor.inbox if does in buttons(each)]


def forked(actor: Actor, fork: str, kind: str = "talked_over") -> None:
    actor.runs("/repair")
    actor.submits(values={("fork", COACH): fork, ("kind", COACH): kind})


def test_from_a_late_answer_to_settled(town: Street, team: Team) -> None:
    team.ada.says(team.ops, "@ben could you look at the printer?")
    town.passes(days=3)
    digest = about_asks(team.ben)[-1]
    team.ben.presses(digest, COACH)
    form = said(team.ben.modal)
    assert team.ada.id in form
    assert "About the question" in form
    missing = team.ben.submits()
    assert list(missing.json["errors"]) == ["answer"]
    shown = team.ben.submits(values={("answer", COACH): "yes, at four"})
    assert shown.json["response_action"] == "push"
    assert "Sorry for the wait" in said(team.ben.modal)
    assert "yes, at four" in said(team.ben.modal)
    assert "You can copy it" in said(team.ben.modal)
    assert sent_by(town, team.ben) == []
    assert team.ben.submits().ok
    assert "repairs.withdraw" in said(team.ben.modal)
    assert "asks.answer" in buttons(digest)
    town.passes(minutes=1)

    (message,) = with_button(team.ada, "repairs.thank")
    assert team.ben.mention in texts(message)
    assert "yes, at four" in texts(message)
    team.ada.presses(message, "repairs.thank")
    assert "repairs.thank" not in buttons(message)
    town.passes(minutes=1)
    assert any("says thank you" in texts(each) for each in team.ben.inbox)
    team.ada.presses(message, "repairs.settle")
    assert "repairs.settle" not in buttons(message)
    (kept,) = sent_by(town, team.ben)
    assert (kept.state, kept.answer) == (RepairState.SETTLED, Answer.THANK)
    town.passes(minutes=1)
    assert any("this is settled" in texts(each) for each in team.ben.inbox)


@SQLITE
def test_ones_own_words_take_the_place_of_the_line_and_may_wait_and_be_taken_back(town: Street, team: Team) -> None:
    forked(team.ben, "mend", "sharp_tone")
    team.ben.submits(
        values={
            ("receiver", COACH): team.ada.id,
            ("acknowledge", COACH): "I was short with you.",
            ("reconnect", COACH): "Shall we try again?",
            ("hold", COACH): "tomorrow",
        }
    )
    assert "I was short with you." in said(team.ben.modal)
    assert "tomorrow morning" in said(team.ben.modal)
    team.ben.submits()
    (held,) = sent_by(town, team.ben)
    assert (held.state, held.words) == (RepairState.HELD, "I was short with you.\nShall we try again?")
    team.ben.closes(every=True)
    team.ben.opens_home()
    assert team.ben.home is not None
    team.ben.presses(team.ben.home, "repairs.withdraw")
    assert "repairs.withdraw" not in said(team.ben.home)
    town.passes(days=2)
    assert with_button(team.ada, "repairs.thank") == []


@SQLITE
def test_a_note_waits_for_the_morning_and_its_writer_settles(town: Street, team: Team) -> None:
    forked(team.ada, "hurt")
    assert "with your name" in said(team.ada.modal)
    team.ada.submits(values={("way", COACH): "sign"})
    team.ada.submits(values={("receiver", COACH): team.ben.id})
    assert "I stopped before the end" in said(team.ada.modal)
    team.ada.submits()
    team.ada.closes(every=True)
    town.passes(minutes=5)
    assert with_button(team.ben, "repairs.unfair") == []
    town.passes(days=2)
    (note,) = with_button(team.ben, "repairs.unfair")
    assert team.ada.mention in texts(note)
    assert buttons(note)[:4] == [COACH, "repairs.deed", "repairs.later", "repairs.unfair"]
    team.ben.presses(note, COACH)
    assert team.ada.id in said(team.ben.modal)
    team.ben.submits()
    team.ben.submits()
    assert "repairs.unfair" not in buttons(note)
    town.passes(minutes=1)
    assert len(with_button(team.ada, "repairs.settle")) == 1
    team.ada.opens_home()
    assert team.ada.home is not None
    team.ada.presses(team.ada.home, "repairs.settle")
    (kept,) = sent_by(town, team.ada)
    assert (kept.direction, kept.state, kept.answer) == (Direction.HURT, RepairState.SETTLED, Answer.MEND)
    again = forked_note(team.ada, team.ben)
    assert "receiver" in again


def forked_note(actor: Actor, other: Actor) -> dict[str, str]:
    """What is in the way of a second note."""
    forked(actor, "hurt")
    actor.submits(values={("way", COACH): "sign"})
    errors: dict[str, str] = actor.submits(values={("receiver", COACH): other.id}).json["errors"]
    return errors


@SQLITE
def test_a_note_that_is_not_fair_is_taken_away(town: Street, team: Team) -> None:
    forked(team.ada, "hurt")
    team.ada.submits(values={("way", COACH): "sign"})
    team.ada.submits(values={("receiver", COACH): team.ben.id})
    team.ada.submits()
    town.passes(days=2)
    (note,) = with_button(team.ben, "repairs.unfair")
    before = list(note.blocks)
    team.ada.presses(note, "repairs.unfair")  # it is not hers to answer
    assert sent_by(town, team.ada)[0].state is RepairState.SENT
    note.blocks = before
    heard = len(team.ada.inbox)
    team.ben.presses(note, "repairs.unfair")
    assert "costs nobody anything" in said(team.ben.view)
    town.passes(minutes=1)
    assert note.deleted
    assert sent_by(town, team.ada)[0].state is RepairState.UNFAIR
    assert len(team.ada.inbox) == heard  # its writer hears nothing of it


@SQLITE
@pytest.mark.parametrize(
    ("fork", "way", "words"),
    [
        ("hurt", "chair", "whoever leads your meetings"),
        ("hurt", "ready", "have this ready"),
        ("hurt", "nothing", "a good end too"),
        ("hurt", "keep", "Only you can read this"),
        ("hurt", "card", "This is for small things"),
        ("saw", "word", "write this yourself"),
        ("saw", "thank", "thank"),
        ("saw", "nothing", "a good end too"),
        ("bigger", "", "bigger than a small repair"),
    ],
)
def test_every_other_way_ends_without_a_trace(town: Street, team: Team, fork: str, way: str, words: str) -> None:
    posts = len(town.slack.posts())
    forked(team.ada, fork)
    if way:
        team.ada.submits(values={("way", COACH): way})
    assert words in said(team.ada.view)
    assert sent_by(town, team.ada) == []
    town.passes(minutes=5)
    assert len(town.slack.posts()) == posts


@SQLITE
def test_whom_it_cannot_reach_is_said_at_the_field(town: Street, team: Team) -> None:
    cleo = town.slack.person("cleo", team="Maple")
    robot = town.slack.person("robot", team="Maple", is_bot=True)
    for other in (cleo, robot, team.ben):
        forked(team.ben, "mend")
        answer = team.ben.submits(values={("receiver", COACH): other.id})
        assert list(answer.json["errors"]) == ["receiver"]
        assert other is team.ben or town.known(other) is None
        team.ben.closes(every=True)
    cleo.runs("/repair")
    cleo.submits(values={("fork", COACH): "mend", ("kind", COACH): "talked_over"})
    answer = cleo.submits(values={("receiver", COACH): team.ben.id})
    assert "joined" in str(answer.json["errors"])


@SQLITE
def test_the_command_with_words_says_what_it_does(town: Street, team: Team) -> None:
    answer = team.ada.runs("/repair", "help")
    assert answer.json["response_type"] == "ephemeral"
    assert "/repair" in answer.json["text"]
    assert COACH in str(answer.json["blocks"])


@SQLITE
def test_a_personal_question_begins_with_a_personal_line(town: Street, team: Team) -> None:
    team.ada.says(team.ops, "@ben could I talk to you this week?")
    town.passes(days=3)
    team.ada.opens_home()
    assert team.ada.home is not None
    team.ada.presses(team.ada.home, "asks.mark")
    team.ada.submits(values={("mark", "asks.mark"): Mark.PERSONAL.value})
    team.ben.presses(about_asks(team.ben)[-1], COACH)
    assert "I read what you wrote" in said(team.ben.modal)
