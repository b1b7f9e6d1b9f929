"""What is heard in a place, in any order, ends in the same asks; and no word of it is kept."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations
from random import Random

import pytest
import sqlalchemy as sa

from service.asks import actions as asks
from service.asks import queries
from service.asks.models import Ask
from service.asks.rules import AskForm, AskState, Heard, Reacted, Said, SettledBy, Unsaid
from service.people import actions as people
from service.people.rules import Feature, PlaceKind
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY

PLACE = "C0HARBOUR"
START = MONDAY.timestamp()


def at(seconds: float) -> str:
    return f"{START + seconds:.6f}"


def said(seconds: float, who: str, text: str, *named: str, **more: object) -> Said:
    return Said(PLACE, at(seconds), f"U{who.upper()}", text, tuple(f"U{one.upper()}" for one in named), **more)  # type: ignore[arg-type]


@pytest.fixture
def home(runtime: Runtime) -> Home:
    home = builders.team(runtime, "Ada", "Bob", "Cy")
    builders.channel(runtime, home, PLACE)
    return home


def hear(runtime: Runtime, home: Home, *messages: Heard) -> None:
    with runtime.hearing() as hearing:
        with hearing.of(home.id) as db:
            asks.hear(db, runtime.ears, messages, MONDAY + timedelta(hours=1))
        assert hearing.lost == {}


def ends(runtime: Runtime, home: Home) -> list[tuple[str, str, AskForm, AskState, SettledBy | None]]:
    with runtime.transaction(home.id, writes=False) as db:
        rows = db.scalars(sa.select(Ask).order_by(Ask.ts, Ask.for_whom))
        return [(row.ts, row.for_whom, row.form, row.state, row.settled_by) for row in rows]


QUESTION = said(0, "ada", "could you look at the figures for the harbour report?", "bob")


def test_a_question_to_somebody_who_joined_is_an_ask(runtime: Runtime, home: Home) -> None:
    hear(runtime, home, QUESTION)
    assert ends(runtime, home) == [(at(0), home["Bob"], AskForm.NAMED, AskState.OPEN, None)]


def test_each_person_named_gets_a_row_and_the_first_reply_settles_all(runtime: Runtime, home: Home) -> None:
    hear(runtime, home, said(0, "ada", "can one of you take the late shift on Friday?", "bob", "cy"))
    assert len(ends(runtime, home)) == 2
    hear(runtime, home, said(30, "cy", "yes I can take it", thread=at(0)))
    assert {row[1]: row[4] for row in ends(runtime, home)} == {
        home["Bob"]: SettledBy.ANOTHER,
        home["Cy"]: SettledBy.REPLY,
    }


def test_an_open_question_waits_for_anybody(runtime: Runtime, home: Home) -> None:
    hear(runtime, home, said(0, "ada", "does anyone know the code for the store room?"))
    assert ends(runtime, home) == [(at(0), "all", AskForm.OPEN, AskState.OPEN, None)]
    hear(runtime, home, said(600, "cy", "it is on the board", thread=at(0)))
    assert ends(runtime, home)[0][3:] == (AskState.SETTLED, SettledBy.ANOTHER)


@pytest.mark.parametrize(
    ("heard", "by"),
    [
        (said(60, "bob", "on it, you have them by noon", thread=at(0)), SettledBy.REPLY),
        (said(60, "ada", "never mind, found it, thanks!", thread=at(0)), SettledBy.THANKS),
        (Unsaid(PLACE, at(0)), SettledBy.DELETION),
        (Reacted(PLACE, at(0), "UBOB", "white_check_mark"), SettledBy.REACTION),
        (said(0, "ada", "the figures are in the folder", "bob", edited_at=START + 50), SettledBy.EDIT),
    ],
    ids=["reply", "thanks", "deletion", "reaction", "edit"],
)
def test_what_settles_an_ask_settles_it_in_any_order_and_however_often(
    runtime: Runtime, home: Home, heard: Heard, by: SettledBy
) -> None:
    with runtime.transaction(home.id) as db:
        people.agree_reaction(db, PlaceKind.CHANNEL, PLACE, "white_check_mark")
    hear(runtime, home, heard)
    hear(runtime, home, QUESTION)
    hear(runtime, home, heard, QUESTION, heard)
    assert [row[3:] for row in ends(runtime, home)] in (
        [(AskState.SETTLED, by)],
        [] if by in (SettledBy.DELETION, SettledBy.EDIT) else None,
    )


def test_an_answered_ask_that_is_edited_away_stays_away(runtime: Runtime, home: Home) -> None:
    hear(runtime, home, QUESTION, said(60, "bob", "on it, you have them by noon", thread=at(0)))
    assert ends(runtime, home)[0][4] is SettledBy.REPLY
    hear(runtime, home, said(0, "ada", "the figures are in the folder", "bob", edited_at=START + 90))
    assert ends(runtime, home)[0][3:] == (AskState.SETTLED, SettledBy.EDIT)
    hear(runtime, home, Unsaid(PLACE, at(60)))
    assert ends(runtime, home)[0][3:] == (AskState.SETTLED, SettledBy.EDIT)


def test_a_reply_of_the_one_asked_in_the_channel_settles(runtime: Runtime, home: Home) -> None:
    hear(runtime, home, QUESTION, said(40, "bob", "yes, sending the figures now", "ada"))
    assert ends(runtime, home)[0][3:] == (AskState.SETTLED, SettledBy.REPLY)


def test_a_greeting_of_somebody_else_settles_nothing(runtime: Runtime, home: Home) -> None:
    hear(runtime, home, QUESTION, said(30, "cy", "good morning all"))
    assert ends(runtime, home)[0][3] is AskState.OPEN


def test_after_somebody_elses_words_the_reply_still_counts(runtime: Runtime, home: Home) -> None:
    hear(runtime, home, QUESTION, said(30, "cy", "good morning all"))
    hear(runtime, home, said(900, "bob", "the figures are done, see the folder", "ada"))
    assert ends(runtime, home)[0][3] is AskState.SETTLED


def test_taking_the_reply_back_opens_the_ask_again(runtime: Runtime, home: Home) -> None:
    hear(runtime, home, QUESTION, said(60, "bob", "on it", thread=at(0)))
    hear(runtime, home, Unsaid(PLACE, at(60)))
    assert ends(runtime, home)[0][3] is AskState.OPEN


def test_a_reaction_taken_away_opens_it_again_whichever_was_heard_last(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        people.agree_reaction(db, PlaceKind.CHANNEL, PLACE, "eyes")
    put = Reacted(PLACE, at(0), "UBOB", "eyes", added=True, at=START + 10)
    taken = Reacted(PLACE, at(0), "UBOB", "eyes", added=False, at=START + 20)
    hear(runtime, home, QUESTION, taken)
    hear(runtime, home, put)
    assert ends(runtime, home)[0][3] is AskState.OPEN


SCENE: Sequence[Heard] = (
    said(0, "ada", "could you look at the figures?", "bob"),
    said(90, "cy", "is the crane free on Tuesday?", "ada"),
    said(200, "bob", "looking now", thread=at(0)),
    said(300, "ada", "the crane is free", thread=at(90)),
    said(400, "cy", "which key opens the store?", "bob"),
    Unsaid(PLACE, at(300)),
)


def test_any_order_of_a_scene_ends_alike(runtime: Runtime, home: Home) -> None:
    """One installation hears them in order; others in orders drawn at random, in batches of any size, twice."""
    hear(runtime, home, *SCENE)
    expected = [(ts, form, state, by) for ts, _, form, state, by in ends(runtime, home)]
    orders = list(permutations(range(len(SCENE))))
    for seed in range(25):
        chance = Random(seed)
        order = list(chance.choice(orders)) * 2
        other = builders.team(runtime, "Ada", "Bob", "Cy")
        builders.channel(runtime, other, PLACE)
        while order:
            size = chance.randint(1, 3)
            batch, order = order[:size], order[size:]
            hear(runtime, other, *(SCENE[index] for index in batch))
        assert [(ts, form, state, by) for ts, _, form, state, by in ends(runtime, other)] == expected, seed


def test_nothing_is_kept_where_nobody_listens_or_nobody_joined(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", "Bob", joined=False)
    hear(runtime, home, QUESTION)
    builders.channel(runtime, home, PLACE)
    before = _dump(runtime)
    hear(runtime, home, Said("C0ELSEWHERE", at(0), "UADA", "could you look?", ("UBOB",)))
    assert _dump(runtime) == before
    hear(runtime, home, QUESTION)
    assert ends(runtime, home) == []


def test_only_the_one_asked_must_have_joined_and_of_the_asker_nothing_is_kept(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", "Bob", joined=False)
    builders.channel(runtime, home, PLACE)
    with runtime.transaction(home.id) as db:
        people.join(db, home["Bob"], MONDAY)
    hear(runtime, home, QUESTION)
    with runtime.transaction(home.id, writes=False) as db:
        (row,) = db.scalars(sa.select(Ask))
        assert (row.asked_id, row.asker_id) == (home["Bob"], None)


def test_where_the_owner_switched_asks_off_nothing_is_heard(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        people.switch(db, home.id, Feature.ASKS, on=False)
    hear(runtime, home, QUESTION)
    assert ends(runtime, home) == []


def test_a_bot_asks_nobody_and_answers_nothing(runtime: Runtime, home: Home) -> None:
    hear(runtime, home, said(0, "ada", "could you look at the build?", "bob", by_bot=True))
    assert ends(runtime, home) == []
    hear(runtime, home, QUESTION, said(20, "cy", "have you tried the manual?", by_bot=True, thread=at(0)))
    assert [state for *_, state, _ in ends(runtime, home)] in ([AskState.OPEN], [])


def test_a_burst_of_lines_is_one_ask(runtime: Runtime, home: Home) -> None:
    hear(
        runtime,
        home,
        said(0, "ada", "could you check the figures?", "bob"),
        said(20, "ada", "and can you send me the total too?", "bob"),
    )
    assert len(ends(runtime, home)) == 1


def test_a_line_of_a_burst_answers_for_nobody_else_whichever_was_heard_first(runtime: Runtime, home: Home) -> None:
    first = said(0, "bob", "could you look at the figures?", "cy")
    to_both = said(4, "bob", "could you look at the figures?", "ada", "cy")
    seen = Reacted(PLACE, at(4), "UCY", "white_check_mark", added=True, at=START + 8)
    with runtime.transaction(home.id) as db:
        people.agree_reaction(db, PlaceKind.CHANNEL, PLACE, "white_check_mark")
    hear(runtime, home, to_both, seen)
    hear(runtime, home, first)
    waiting = {(row[0], row[1]) for row in ends(runtime, home) if row[3] is AskState.OPEN}
    assert waiting == {(at(0), home["Cy"]), (at(4), home["Ada"])}


def test_another_process_hears_on_where_the_first_left_off(runtime: Runtime, home: Home) -> None:
    hear(runtime, home, QUESTION)
    runtime.ears = asks.Ears(runtime.keyring)
    hear(runtime, home, said(40, "bob", "yes, sending the figures now", "ada"))
    assert ends(runtime, home)[0][3] is AskState.SETTLED


def test_a_batch_that_was_rolled_back_leaves_no_trace_in_memory(runtime: Runtime, home: Home) -> None:
    class LostError(Exception):
        """A fault after the batch was heard."""

    def hear_and_lose() -> None:
        with runtime.transaction(home.id) as db:
            asks.hear(db, runtime.ears, [QUESTION], MONDAY)
            raise LostError

    with pytest.raises(LostError):
        hear_and_lose()
    hear(runtime, home, said(40, "bob", "yes, sending the figures now", "ada"))
    assert ends(runtime, home) == []
    hear(runtime, home, QUESTION)
    assert len(ends(runtime, home)) == 1


def test_no_word_of_a_message_is_in_the_database(runtime: Runtime, home: Home) -> None:
    words = "quarterly zeppelin maintenance"
    hear(runtime, home, said(0, "ada", f"could you do the {words}?", "bob"), said(9, "cy", f"not the {words} again"))
    everything = repr(_dump(runtime)).lower()
    assert not [word for word in words.split() if word in everything]


def test_why_an_ask_is_thought_open_can_be_told(runtime: Runtime, home: Home) -> None:
    hear(runtime, home, QUESTION)
    with runtime.transaction(home.id, writes=False) as db:
        (row,) = db.scalars(sa.select(Ask))
        found = queries.understood(db, [row.id], MONDAY)[row.id]
    assert found.unanswered > 0.5
    assert found.reasons


def _dump(runtime: Runtime) -> dict[str, list[str]]:
    with runtime.engine.connect().execution_options(reads_only=True) as connection:
        tables = sa.inspect(connection).get_table_names()
        return {
            table: sorted(map(repr, connection.execute(sa.text(f'SELECT * FROM "{table}"'))))  # noqa: S608
            for table in tables
        }
