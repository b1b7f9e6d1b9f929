"""What is kept of a message is small, comes back as it was, and holds no word of it."""

from hypothesis import given
from hypothesis import strategies as st

from service.asks import reading, windows
from service.asks.beliefs import Evidence, OpenAsk, Tally
from service.asks.windows import Turn

people = st.integers(0, 2**64 - 1)
moments = st.floats(0, 4e9).map(lambda at: round(at, 6))
turns = st.builds(
    Turn,
    at=moments,
    author=people,
    mentions=st.lists(people, max_size=16, unique=True).map(tuple),
    form=st.integers(0, 2**28 - 1),
    length=st.integers(0, 255),
    prints=st.lists(st.integers(0, 65535), max_size=16, unique=True).map(tuple),
)
evidence = st.builds(Evidence, moments, people, st.integers(0, 1000), st.integers(0, 1023))
asks = st.builds(
    OpenAsk,
    turn=turns,
    starts=st.integers(0, 1000),
    names=st.integers(0, 1000),
    closed_at=st.none() | moments,
    evidence=st.lists(evidence, max_size=5),
    folded=st.builds(
        Tally,
        survives=st.floats(0, 1),
        best=st.integers(0, 1000),
        best_at=moments,
        best_author=people,
        asker_wrote=st.integers(0, 65535),
        asker_named_another=st.integers(0, 65535),
        asker_named=st.integers(0, 65535),
        named_wrote=st.integers(0, 65535),
        signs=st.integers(0, 1023),
        last_at=moments,
        settled_at=moments,
    ),
)


@given(turns)
def test_a_turn_comes_back_as_it_was(turn: Turn) -> None:
    assert Turn.decode(turn.encode()) == turn


@given(asks)
def test_an_ask_comes_back_as_it_was(ask: OpenAsk) -> None:
    again = OpenAsk.decode(ask.encode())
    assert again.encode() == ask.encode()
    assert (again.turn, again.evidence, again.total) == (ask.turn, ask.evidence, ask.total)


@given(st.text(max_size=2000), st.lists(people, max_size=40))
def test_any_text_makes_a_turn_that_can_be_kept(text: str, named: list[int]) -> None:
    turn = windows.turn(reading.read(text), 1.5, 7, named, b"key")
    assert Turn.decode(turn.encode()) == turn
    assert len(turn.encode()) < 250


@given(st.lists(st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=4, max_size=12), min_size=1))
def test_no_word_is_kept(words: list[str]) -> None:
    kept = windows.turn(reading.read(" ".join(words)), 1.5, 7, [], b"key").encode()
    for word in words:
        assert word.encode() not in kept


def test_the_same_word_meets_itself_only_under_the_same_key() -> None:
    one = windows.fingerprints(["kettle", "figures"], b"here")
    assert one == windows.fingerprints(["figures", "kettle"], b"here")
    assert one != windows.fingerprints(["kettle", "figures"], b"there")
    assert all(0 <= mark < 65536 for mark in one)


def test_nobody_names_themselves_and_everybody_once() -> None:
    assert windows.turn(reading.read("hello"), 1.0, 1, [2, 1, 2, 3], b"key").mentions == (2, 3)
