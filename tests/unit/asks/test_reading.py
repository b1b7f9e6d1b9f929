"""What asks, what does not, and how a message is put; names are taken out of the text before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.asks import reading
from service.asks.reading import Form


@pytest.mark.parametrize(
    "text",
    [
        "could you look at the figures?",
        "could you look at the figures",
        "can you send me the file? Thanks in advance!",
        "are you free on Sunday?",
        "any idea?",
        "any ideas how we get rid of the mould?",
        "Has anyone seen the projector?",
        "does anybody know who ordered the chairs",
        "please review the draft by Thursday",
        "Please have a look at https://example.org/draft when you can",
        "hi all, is there a spare key somewhere?",
        "hey, when do we leave?",
        "what time does the train go",
        "The invoice came back. Who can sign it?",
        "I need help with the printer",
        "let me know if Tuesday works",
        "would you mind swapping shifts on Friday",
        "should we cancel the room?",
        "anyone up for lunch?",
        "which one is the right form?",
        "We ship on Friday, right?",
        "Don't you want the window seat?",
        "FYI the build is red. Can somebody look?",
        "thanks, that worked. do you know how to undo it?",
        "haha yes. could you still send the list?",
        "can someone help me lol",
        "quick question: who has the keys",
        "Can we move it to 3pm? I am stuck in traffic.",
        "wondering if the order has arrived",
        "do you want tea or coffee",
        "how’s the report coming along?",
    ],
)
def test_asks(text: str) -> None:
    assert reading.read(text).asks


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "ok?",
        "Right?",
        "really?",
        "I'll merge it now, ok?",
        "so what?",
        "who knows",
        "Who cares?",
        "What a day!",
        "what could possibly go wrong?",
        "how cool is that?",
        "guess what?",
        "FYI the office is closed on Monday",
        "fyi: is the headline of the article",
        "just a heads up, the lift is out of order",
        "no reply needed: is the report on the drive now?",
        "thanks!",
        "thank you, that helps",
        "never mind, found it",
        "The figures are on the drive.",
        "lunch is ready",
        "good morning everyone",
        "how are you?",
        "see https://example.org/search?q=figures",
        "`a ? b : c`",
        "```\nwhat = ask()?\n```",
        "!topic who",
        "/remind me what to do",
        "there is a spare key in the drawer",
        "give me a minute",
        "I'm not sure if the order has arrived",
        "lol what",
        "haha how",
        "yes",
        "+1",
        "?",
    ],
)
def test_does_not_ask(text: str) -> None:
    assert not reading.read(text).asks


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("thanks, that helps", Form.THANKS),
        ("ah great, thank you", Form.THANKS),
        ("that fixed it", Form.SOLVED),
        ("figured it out", Form.SOLVED),
        ("never mind", Form.NEVER_MIND),
        ("nvm, the key was in my bag", Form.NEVER_MIND),
        ("hello everyone", Form.GREETING),
        ("anyone?", Form.AGAIN),
        ("yes, I can do that", Form.AGREES),
        ("no, sorry", Form.DENIES),
        ("that's funny :)", Form.LAUGHS),
        ("look at https://example.org", Form.LINK),
        ("run `make check`", Form.CODE),
        ("/me waves", Form.ACTION),
    ],
)
def test_forms(text: str, form: Form) -> None:
    assert reading.read(text).form & form


def test_thanks_in_advance_closes_nothing() -> None:
    assert not reading.read("can you send me the file? Thanks in advance!").thanks
    assert not reading.read("could anybody lend me a ladder? thanks").thanks
    assert not reading.read("I need a ladder by noon. Thanks in advance").thanks


def test_thanks_for_one_thing_and_a_question_about_another_is_both() -> None:
    both = reading.read("thanks, that worked. do you know how to undo it?")
    assert both.thanks
    assert both.asks


def test_rare_words_are_those_worth_meeting_again() -> None:
    assert reading.read("Has anyone seen the projector of the Lisbon office?").rare == ("projector", "lisbon", "offic")


def test_a_word_meets_its_other_forms() -> None:
    assert reading.read("who books the rooms?").rare == reading.read("booked, booking: room").rare


@given(text=st.text(max_size=3000), language=st.sampled_from(sorted(reading.languages())))
def test_whatever_the_text_it_can_be_read(text: str, language: str) -> None:
    read = reading.read(text, language)
    assert 0 <= read.form < 1 << 29
    assert len(read.rare) <= 12
    assert reading.read(text, language) == read
