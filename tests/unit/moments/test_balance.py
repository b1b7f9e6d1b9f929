"""Who starts: silent unless chance will not explain it, in two windows running."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from service.moments import balance
from service.moments.balance import Start

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(("most", "starts"), [(7, 8), (9, 10), (10, 12), (12, 16), (15, 20), (20, 30)])
def test_the_bounds_are_those_of_chance(most: int, starts: int) -> None:
    assert balance.chance_of(most, starts) <= balance.BY_CHANCE < balance.chance_of(most - 1, starts)


def _starts(pattern: str, until: datetime) -> list[Start]:
    return [Start(by, until - timedelta(days=27) * (n + 1) / (len(pattern) + 1)) for n, by in enumerate(pattern)]


def test_one_window_alone_is_silent_and_two_speak_to_the_quieter() -> None:
    latest = _starts("aaaaaaab", NOW)
    assert balance.invite(latest, "a", "b", NOW) is None
    assert balance.invite([*latest, *_starts("aaaaaaab", NOW - balance.WINDOW)], "a", "b", NOW) == "b"
    assert balance.invite([*latest, *_starts("bbbbbbba", NOW - balance.WINDOW)], "a", "b", NOW) is None


def test_seven_starts_are_too_few() -> None:
    both = [*_starts("aaaaaaa", NOW), *_starts("aaaaaaa", NOW - balance.WINDOW)]
    assert balance.invite(both, "a", "b", NOW) is None


def test_an_even_pair_is_spoken_to_in_fewer_than_one_of_two_hundred() -> None:
    chance, spoken, pairs = Random(9), 0, 4000
    for _ in range(pairs):
        patterns = ("".join(chance.choice("ab") for _ in range(chance.randint(8, 30))) for _ in range(2))
        starts = [start for n, pattern in enumerate(patterns) for start in _starts(pattern, NOW - n * balance.WINDOW)]
        spoken += balance.invite(starts, "a", "b", NOW) is not None
    assert spoken / pairs < 1 / 200
