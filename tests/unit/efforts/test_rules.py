"""What efforts weigh, and titles fit to show."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.efforts import rules
from service.efforts.rules import Effort, EffortKind
from service.people.rules import Boundary

NOW = datetime(2026, 3, 5, 10, tzinfo=UTC)
ANY_TEXT = st.text(st.characters(categories=None), max_size=400)


@pytest.mark.parametrize(
    ("weight", "kinds"),
    [
        (3, {EffortKind.NOTE, EffortKind.COVER, EffortKind.HELP}),
        (2, {EffortKind.MENTORING, EffortKind.REVIEW, EffortKind.GLUE}),
        (1, {EffortKind.CHANGE, EffortKind.TASK, EffortKind.ANSWER, EffortKind.CHORE, EffortKind.REPEATED_CHORE}),
    ],
)
def test_every_kind_weighs_what_was_agreed(weight: int, kinds: set[EffortKind]) -> None:
    assert {kind for kind in EffortKind if rules.weight(kind) == weight} == kinds


def chore(day: int, repeats: str = "dishes") -> Effort:
    return Effort(f"{repeats}{day}", "ada", EffortKind.REPEATED_CHORE, NOW + timedelta(days=day), repeats=repeats)


def test_a_repeated_chore_counts_once_a_week() -> None:
    monday = -3
    week = [chore(monday + day) for day in range(7)]
    assert rules.together(week) == 1
    assert rules.together([*week, chore(monday + 7)]) == 2
    assert rules.together([*week, chore(0, "laundry")]) == 2


def test_efforts_that_do_not_repeat_add_up() -> None:
    kinds = [EffortKind.COVER, EffortKind.REVIEW, EffortKind.CHANGE, EffortKind.CHORE, EffortKind.CHORE]
    assert rules.together(Effort(str(number), "ada", kind, NOW) for number, kind in enumerate(kinds)) == 8


@given(text=ANY_TEXT, suffix=st.sampled_from(["", " (#418)"]))
def test_any_title_becomes_one_short_printable_line(text: str, suffix: str) -> None:
    shown = rules.title(text, suffix)
    if shown is None:
        return
    assert len(shown) <= rules.LONGEST_TITLE
    assert shown.endswith(suffix)
    assert shown == " ".join(shown.split())
    shown.encode("utf-8")
    assert "\x00" not in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  Fix\n the\tlogin ", "Fix the login"),
        ("", None),
        ("\u202e\u200b\x00", None),
        (None, None),
        (418, None),
        ("pay\u202eload", "pay load"),
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_a_title_hides_nothing(text: object, shown: str | None) -> None:
    assert rules.title(text) == shown


def test_the_suffix_of_a_long_title_stays_whole() -> None:
    shown = rules.title("x" * 300, " (#418)")
    assert shown is not None
    assert len(shown) == rules.LONGEST_TITLE
    assert shown.endswith("… (#418)")


@pytest.mark.parametrize(
    ("done_at", "outside"),
    [
        (datetime(2026, 3, 5, 8, tzinfo=UTC), False),
        (datetime(2026, 3, 5, 7, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 5, 16, 30, tzinfo=UTC), True),
        (datetime(2026, 3, 7, 12, tzinfo=UTC), True),
    ],
)
def test_work_outside_the_doer_s_own_hours_is_known_as_such(done_at: datetime, *, outside: bool) -> None:
    berlin = Boundary(zone="Europe/Berlin", paused_until=NOW + timedelta(days=90))
    assert rules.out_of_hours(berlin, done_at) is outside


@pytest.mark.parametrize(
    "text", ["https://github.com/a/b/pull/1#r2", "http://git.home:8080/x?y=1&z=%20", "https://example.org"]
)
def test_a_web_address_is_kept(text: str) -> None:
    assert rules.link(text) == text


@pytest.mark.parametrize(
    "text",
    [
        None,
        7,
        "",
        "javascript:alert(1)",
        "//x.org",
        "https://",
        "https://a b",
        "https://x.org/|<!channel>",
        "https://x.org/\n",
        "https://x.org/" + "a" * 500,
    ],
)
def test_what_is_no_web_address_or_could_end_a_link_is_not(text: object) -> None:
    assert rules.link(text) is None
