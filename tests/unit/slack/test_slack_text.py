"""Slack's markup read as words, and words written so that they move nothing."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from integrations import slack_text

ATTACKS = [
    "<!channel>",
    "<!here|here>",
    "<!subteam^S0123ABCD>",
    "<@U0123ABCD>",
    "<#C0123ABCD|general>",
    "<https://evil.example/|Slack>",
    "https://evil.example/pay",
    "mailto:a@b.example",
    "@channel @here @everyone @Channel",
    "&lt;!channel&gt;",
    "\ue000@U0123ABCD\ue001",
    "\ue000@U\ue0010123ABCD\ue001",
    "\u202egnp.exe",
    "a\u2028<!channel>\u2029b",
    "<" * 50 + "!channel" + ">" * 50,
    "```<!channel>```",
    "*_~`bold`~_*",
]
MARKUP = st.lists(
    st.one_of(
        st.sampled_from(ATTACKS),
        st.text(max_size=20),
        st.text(alphabet="<>&!@#|^`*_~\ue000\ue001UC0123456789:/", max_size=30),
    ),
    max_size=8,
).map("".join)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("<@U012AB3CD> could you look at this?", "could you look at this?"),
        ("is <#C024BE7LR|ops> the right place", "is the right place"),
        ("see <https://example.org/a?b=1>", "see"),
        ("read <https://example.org|the plan> today", "read the plan today"),
        ("read <https://example.org|example.org/plan> today", "read today"),
        ("write to <mailto:ada@example.org|ada@example.org>", "write to"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("it is &amp;lt; here", "it is &lt; here"),
        ("run `rm -rf?` now", "run now"),
        ("```\nwhy?\n``` well", "well"),
        ("``` never closed?", ""),
        ("&gt; who takes this?\nnot me", "not me"),
        ("*could* _you_ ~not~ help", "could you not help"),
        ("snake_case stays, 2*3*4 too", "snake_case stays, 2*3*4 too"),
        ("<!here> anyone?", "anyone?"),
        ("<!date^1392734382^{date}|18 February> at noon", "at noon"),
    ],
)
def test_reads_words_alone(said: str, read: str) -> None:
    assert slack_text.plain(said) == read


def test_names_people_once_and_never_in_code_or_quotes() -> None:
    said = "<@U1A> and <@W2B|bo>, <@U1A> `<@U3C>`\n&gt; <@U4D>\n```<@U5E>``` <@notanid>"
    assert slack_text.named(said) == ("U1A", "W2B")


@pytest.mark.parametrize("said", ["<!channel>", "<!here|here>", "<!everyone>", "<!subteam^S1|@ops>"])
def test_hears_a_call_to_all(said: str) -> None:
    assert slack_text.to_all(f"{said} who knows?")
    assert not slack_text.to_all(f"`{said}` who knows?")


def test_a_call_written_out_is_no_call() -> None:
    assert not slack_text.to_all("&lt;!channel&gt; @channel")


@given(MARKUP)
def test_reading_never_fails_and_leaves_no_markup_of_people(said: str) -> None:
    read = slack_text.plain(said)
    if "&" not in said:
        assert "<@U0123ABCD>" not in read
    slack_text.named(said)
    slack_text.to_all(said)


def test_a_mark_becomes_a_mention_of_somebody_spoken_of() -> None:
    said = f"{slack_text.person('U1A')} asked you in {slack_text.channel('C2B')} & left"
    assert slack_text.sentence(said, {"U1A", "C2B"}) == "<@U1A> asked you in <#C2B> &amp; left"


def test_a_mark_of_anybody_else_is_dropped() -> None:
    assert slack_text.sentence(f"{slack_text.person('U9Z')} asks", {"U1A"}) == " asks"


@given(MARKUP)
@example("\ue000\ue000@U0123ABCD\ue001\ue001")
def test_a_sentence_holds_no_markup_but_the_mentions_it_was_given(said: str) -> None:
    shown = slack_text.sentence(said, {"U0123ABCD"})
    assert re.fullmatch(r"(?:[^<>]|<@U0123ABCD>)*", shown, re.DOTALL)
    assert "\ue000" not in shown
    assert "\ue001" not in shown
    assert_tame(shown)
    assert re.fullmatch(r"(?:[^&]|&(?:amp|lt|gt);)*", shown, re.DOTALL)
    unknown = slack_text.sentence(said)
    assert "<" not in unknown
    assert ">" not in unknown


@given(MARKUP)
def test_words_are_tame_and_keep_what_can_be_read(said: str) -> None:
    shown = slack_text.words(said)
    assert_tame(shown)
    assert len(shown) <= slack_text.LONGEST
    assert "\u202e" not in shown
    harmless = not re.search("@(channel|here|every)|//|mailto:|tel:", said, re.IGNORECASE)
    if said.isascii() and said.isprintable() and harmless:
        assert shown == said


def test_long_words_are_cut_with_a_mark() -> None:
    assert slack_text.words("a" * 5000) == "a" * 2899 + "…"


def assert_tame(shown: str) -> None:
    assert not re.search(r"@(?:channel|here|everyone)", shown, re.IGNORECASE)
    assert "://" not in shown
    assert "mailto:" not in shown.lower().replace("mailto:\u2060", "")
