"""Whatever order messages come in, a window ends in the same state, and keeps little."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.asks import linking, reading, windows
from service.asks.beliefs import OpenAsk, Reason
from service.asks.history import PLACED
from service.asks.windows import KEPT, KEPT_SECONDS, Turn

KEY = b"a place's own key"
ANN, BEN, CAT, DAN = 1, 2, 3, 4
SAID = (
    "could you look at the figures?",
    "has anyone booked the large room for thursday?",
    "any idea?",
    "yes, they are fine",
    "I booked it for the workshop",
    "thanks, that helps",
    "never mind, solved",
    "hello everyone",
    "the kettle in the kitchen leaks again",
    "no",
)


def turn(at: float, author: int, text: str, *named: int) -> Turn:
    return windows.turn(reading.read(text), at, author, named, KEY)


@st.composite
def talks(draw: st.DrawFn) -> list[Turn]:
    """A talk of some people, busy or slow, each message with a moment of its own."""
    gaps = draw(st.lists(st.sampled_from((1.0, 7.0, 40.0, 300.0, 900.0)), min_size=2, max_size=40))
    found = []
    at = 1000.0
    for gap in gaps:
        at += gap
        author = draw(st.sampled_from((ANN, BEN, CAT, DAN)))
        named = draw(st.sets(st.sampled_from((ANN, BEN, CAT, DAN)), max_size=2))
        found.append(turn(at, author, draw(st.sampled_from(SAID)), *sorted(named)))
    return found


def heard(turns: list[Turn]) -> linking.Window:
    window = linking.Window()
    for one in turns:
        window.hear(one, watch=reads_as_ask(one))
    return window


def reads_as_ask(one: Turn) -> bool:
    return bool(one.form & reading.Form.ASKS)


def state(window: linking.Window) -> tuple[object, ...]:
    return (
        window.turns,
        tuple(ask.encode() for ask in window.asks),
        tuple(window.unanswered(ask.at) for ask in window.asks),
        tuple(window.answer(ask.at) for ask in window.asks),
        tuple(window.reasons(ask.at) for ask in window.asks),
    )


@given(talks(), st.randoms(use_true_random=False))
def test_any_order_ends_in_the_same_state(talk: list[Turn], chance: object) -> None:
    shuffled = list(talk)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert state(heard(shuffled)) == state(heard(talk))


@given(talks(), st.data())
def test_a_message_heard_again_changes_nothing(talk: list[Turn], data: st.DataObject) -> None:
    window = heard(talk)
    before = state(window)
    again = data.draw(st.sampled_from(talk))
    assert window.hear(again, watch=reads_as_ask(again)) == linking.Heard(None)
    assert state(window) == before


@given(talks(), st.data())
def test_a_deleted_message_leaves_no_trace(talk: list[Turn], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(talk))
    window = heard(talk)
    window.take_out(gone.at)
    assert state(window) == state(heard([one for one in talk if one is not gone]))


@given(talks(), st.data())
def test_an_edited_message_counts_as_it_now_stands(talk: list[Turn], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(talk) - 1))
    edited = replace(turn(talk[index].at, talk[index].author, data.draw(st.sampled_from(SAID))))
    window = heard(talk)
    if reads_as_ask(talk[index]) and not reads_as_ask(edited):
        window.drop(edited.at)
    window.hear(edited, watch=reads_as_ask(edited))
    assert state(window) == state(heard([*talk[:index], edited, *talk[index + 1 :]]))


@given(talks(), st.data())
def test_a_late_close_counts_from_its_own_moment(talk: list[Turn], data: st.DataObject) -> None:
    asks = [one for one in talk if reads_as_ask(one)]
    if not asks:
        return
    ask = data.draw(st.sampled_from(asks))
    closed_at = ask.at + data.draw(st.sampled_from((0.5, 100.5, 2000.5)))
    late = heard(talk)
    late.close(ask.at, closed_at)
    timely = linking.Window()
    for one in talk:
        if one.at > closed_at:
            timely.close(ask.at, closed_at)
        timely.hear(one, watch=reads_as_ask(one))
    timely.close(ask.at, closed_at)
    assert state(late) == state(timely)


@given(talks(), st.integers(0, 40))
def test_a_window_restored_goes_on_as_if_it_had_never_stopped(talk: list[Turn], index: int) -> None:
    window = heard(talk[:index])
    kept = [one.encode() for one in window.turns], [ask.encode() for ask in window.asks]
    again = linking.Window.restore(map(Turn.decode, kept[0]), map(OpenAsk.decode, kept[1]))
    for one in talk[index:]:
        assert again.hear(one, watch=reads_as_ask(one)).linked == window.hear(one, watch=reads_as_ask(one)).linked
    assert state(again) == state(window)


@given(talks(), st.randoms(use_true_random=False))
def test_what_is_told_adds_up_to_what_is(talk: list[Turn], chance: object) -> None:
    shuffled = list(talk)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    window = linking.Window()
    settled: set[float] = set()
    for one in shuffled:
        told = window.hear(one, watch=reads_as_ask(one))
        settled |= {answer.ask_at for answer in told.answered}
        settled -= set(told.reopened)
    assert settled == {ask.at for ask in window.asks if window.answer(ask.at)}


def test_late_turns_find_their_place_in_a_long_busy_talk() -> None:
    talk = [turn(1000.0 + 13 * n, (ANN, BEN, CAT, DAN)[n * n % 4], SAID[n * 7 % 10]) for n in range(KEPT + 150)]
    late = talk[-PLACED]
    window = heard([one for one in talk if one is not late])
    window.hear(late, watch=reads_as_ask(late))
    assert state(window) == state(heard(talk))


def test_a_turn_that_comes_too_late_is_kept_out() -> None:
    window = heard([turn(1000.0 + 30 * n, ANN, SAID[3]) for n in range(KEPT + 50)])
    before = state(window)
    assert window.hear(turn(1001.0, BEN, "yes"), watch=True) == linking.Heard(None)
    assert state(window) == before


def test_state_is_bounded() -> None:
    talk = [turn(60.0 * n, n % 7, SAID[n % 3]) for n in range(2000)]
    window = heard(talk)
    assert len(window.turns) <= KEPT
    assert window.turns[-1].at - window.turns[0].at <= KEPT_SECONDS
    assert max(len(ask.encode()) for ask in window.asks) < 10_000


def test_an_old_turn_leaves_after_a_day() -> None:
    window = heard([turn(0.0, ANN, "hello"), turn(KEPT_SECONDS + 1, BEN, "hello")])
    assert [one.at for one in window.turns] == [KEPT_SECONDS + 1]


def test_an_ask_outlives_its_turn_and_is_still_answered() -> None:
    def chatter(first: int, count: int) -> list[Turn]:
        return [
            turn(20.0 * n, CAT, "the kettle leaks", DAN) if n % 2 else turn(20.0 * n, DAN, "mend it", CAT)
            for n in range(first, first + count)
        ]

    window = heard([*chatter(0, 30), turn(601.0, ANN, "could you look at the quarterly figures?", BEN)])
    for one in chatter(31, KEPT + 20):
        window.hear(one)
    assert window.turns[0].at > 601.0
    assert window.unanswered(601.0) > 0.6
    told = window.hear(turn(9000.0, BEN, "the quarterly figures are fine", ANN))
    assert [answer.ask_at for answer in told.answered] == [601.0]
    assert told.linked is not None
    assert told.linked.parent == 601.0


@pytest.mark.parametrize(
    ("reply", "answered"),
    [
        (turn(60.0, BEN, "yes, they are fine", ANN), True),
        (turn(60.0, BEN, "yes, they are fine"), True),
        (turn(60.0, CAT, "the kettle in the kitchen leaks again", DAN), False),
        (turn(60.0, ANN, "any idea?"), False),
    ],
)
def test_who_answers_a_direct_ask(reply: Turn, answered: bool) -> None:
    window = heard([turn(0.0, ANN, "could you look at the figures?", BEN)])
    window.hear(reply)
    assert (window.answer(0.0) is not None) is answered


def test_the_first_message_of_another_in_a_slow_place_is_a_reply() -> None:
    window = heard([turn(0.0, ANN, "has anyone booked the room?")])
    window.hear(turn(7200.0, BEN, "I booked it for the workshop"))
    assert window.answer(0.0) is not None
    assert Reason.FIRST_IN_SLOW_PLACE in window.reasons(0.0)


def test_a_deleted_reply_opens_the_ask_again() -> None:
    window = heard([turn(0.0, ANN, "could you look at the figures?", BEN)])
    window.hear(turn(60.0, BEN, "yes, they are fine", ANN))
    assert window.answer(0.0) is not None
    assert window.take_out(60.0).reopened == (0.0,)
    assert window.reasons(0.0) == (Reason.NOTHING_SINCE,)


def test_a_bot_answers_nobody() -> None:
    window = heard([turn(0.0, ANN, "has anyone booked the room?")])
    window.hear(windows.turn(reading.read("I have booked the room"), 30.0, 99, [ANN], KEY, bot=True))
    assert window.answer(0.0) is None


def test_an_ask_watched_by_hand_is_linked_from_then_on() -> None:
    window = linking.Window()
    window.hear(turn(0.0, ANN, "the door code has changed", BEN))
    window.hear(turn(60.0, BEN, "ok, noted", ANN))
    assert [answer.at for answer in window.watch(0.0).answered] == [60.0]
    assert window.watch(12345.0) == linking.Heard(None)


def test_the_asker_may_close_the_ask() -> None:
    window = heard([turn(0.0, ANN, "could you look at the figures?", BEN)])
    told = window.hear(turn(30.0, ANN, "never mind, found it"))
    assert [(answer.at, answer.author) for answer in told.answered] == [(30.0, ANN)]
    assert window.reasons(0.0)[0] is Reason.ASKER_CLOSED


def test_thanks_for_a_reply_settles_the_ask() -> None:
    window = heard([turn(0.0, ANN, "has anyone booked the room?"), turn(40.0, BEN, "Lisbon did", ANN)])
    window.hear(turn(70.0, ANN, "thanks!", BEN))
    assert window.unanswered(0.0) < 0.05


def test_thanks_in_advance_settles_nothing() -> None:
    window = heard([turn(0.0, ANN, "has anyone booked the room?"), turn(5.0, ANN, "thanks in advance")])
    assert window.answer(0.0) is None
