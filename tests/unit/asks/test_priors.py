"""What taps teach a place: bounded, fading, and never by one member alone enough to switch a reading off."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from service.asks import priors, reading
from service.asks.priors import MOST, ONE_ALONE, UNTAUGHT, Prior, Taught, Voice
from service.asks.reading import Form
from tests.fakes import MONDAY

LATER = st.timedeltas(timedelta(), timedelta(days=900))
TAUGHT = st.sampled_from(Taught)


def voice_of(taps: list[timedelta], taught: Taught) -> Voice | None:
    """One member's voice after taps at these times, in the order of time."""
    voice = None
    for after in sorted(taps):
        voice = priors.tapped(voice, taught, MONDAY + after)
    return voice


VOICES = st.builds(voice_of, st.lists(LATER, min_size=1, max_size=12), TAUGHT)


@given(st.lists(VOICES, max_size=40), LATER)
def test_a_prior_is_bounded(voices: list[Voice], after: timedelta) -> None:
    found = priors.prior(voices, MONDAY + after)
    assert 0 <= found.asks <= MOST
    assert 0 <= found.answered <= MOST


@given(st.lists(st.tuples(LATER, TAUGHT), max_size=60), LATER)
def test_one_member_alone_silences_no_question_put_to_somebody(
    taps: list[tuple[timedelta, Taught]], at: timedelta
) -> None:
    said = [voice_of([after for after, one in taps if one is taught], taught) for taught in Taught]
    found = priors.prior([voice for voice in said if voice is not None], MONDAY + at)
    assert found.asks <= ONE_ALONE
    assert found.answered <= ONE_ALONE
    for form in (Form.MARK, Form.OPENS_AS_QUESTION, Form.REQUEST, Form.AGAIN):
        assert priors.asks(form | Form.ASKS, found, named=True)
    assert priors.asks(Form.MARK | Form.OPENS_AS_QUESTION | Form.ASKS, found, named=False)


def test_nor_does_a_whole_place_silence_a_plain_request_to_somebody() -> None:
    of_all = [Voice(Taught.NOT_AN_ASK, priors.FULL_VOICE, MONDAY)] * 50
    found = priors.prior(of_all, MONDAY)
    assert found.asks == MOST
    plain = reading.read("please send me the figures")
    assert plain.form & Form.REQUEST
    assert priors.asks(plain.form, found, named=True)
    assert not priors.asks(reading.read("the figures?").form, found, named=False)


@given(st.lists(VOICES, max_size=8), LATER, LATER)
def test_taps_of_one_kind_fade(voices: list[Voice], after: timedelta, more: timedelta) -> None:
    against = [voice for voice in voices if voice.taught is Taught.NOT_AN_ASK]
    sooner = MONDAY + timedelta(days=900) + after
    assert priors.prior(against, sooner + more).asks <= priors.prior(against, sooner).asks
    assert priors.prior(against, sooner + timedelta(days=3000)).asks < 0.001


@given(st.lists(VOICES, max_size=8), TAUGHT)
def test_each_tap_moves_the_prior_its_own_way(voices: list[Voice], taught: Taught) -> None:
    now = MONDAY + timedelta(days=900)
    before = priors.prior(voices, now)
    after = priors.prior([*voices, Voice(taught, 1.0, now)], now)
    match taught:
        case Taught.NOT_AN_ASK:
            assert after.asks >= before.asks
            assert after.answered == before.answered
        case Taught.ALREADY_ANSWERED:
            assert after.asks <= before.asks
            assert after.answered >= before.answered
        case Taught.RIGHTLY_READ:
            assert after.asks <= before.asks
            assert after.answered <= before.answered


@given(st.integers(0, (1 << 29) - 1), st.booleans())
def test_where_nothing_was_taught_nothing_changes(form: int, named: bool) -> None:
    assert priors.asks(form, UNTAUGHT, named=named) == bool(form & Form.ASKS)
    assert priors.bar(0.65, UNTAUGHT) == 0.65


@given(st.floats(0.01, 0.99), st.floats(0, MOST))
def test_what_was_taught_asks_for_a_surer_belief_and_never_for_certainty(learnt: float, answered: float) -> None:
    assert learnt <= priors.bar(learnt, Prior(answered=answered)) < 1
