"""The draw, simulated over many weeks and circles: what a card tells, and what it cannot tell."""

import os
from dataclasses import dataclass
from random import Random

import pytest

from service.suggestions import rules

SIZE = 54
MEMBERS = 8
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
CIRCLES, WEEKS = (500, 26) if SOAK else (60, 26)
OPENS_A_WEEK = 0.5
"""How likely a member opens the panel for something else in a week: the coach, thanks and cards share one door."""


@dataclass
class Tally:
    """What came of a simulation."""

    draws: int = 0
    by_chance: int = 0
    slipped: int = 0
    drawn_next: int = 0
    drawn_in_two: int = 0
    drawn_in_the_end: int = 0
    guesses: int = 0
    right: int = 0


def simulated(slips_a_week: float, seed: int, *, other_use: float = OPENS_A_WEEK) -> Tally:
    """One hat of one person in each circle; the attacker sees who opened the panel, and when."""
    chance, tally = Random(seed), Tally()
    for _ in range(CIRCLES):
        hat, from_asker = 0, {}
        last_opened: list[tuple[float, int]] = []
        for week in range(WEEKS):
            for _ in range(7):
                hat = rules.night(hat, SIZE, chance)
            last_opened += [
                (week + chance.random(), member) for member in range(1, MEMBERS) if chance.random() < other_use
            ]
            for member in [one for one in range(1, MEMBERS) if chance.random() < slips_a_week]:
                place = chance.randrange(SIZE)
                last_opened.append((week + chance.random(), member))
                if not hat >> place & 1:
                    from_asker[place] = (member, week)
                    tally.slipped += week < WEEKS - 12
                hat = rules.slipped(hat, place)
            drawn, stays = rules.draw(hat, range(SIZE), chance)
            assert drawn is not None
            tally.draws += 1
            held = bool(hat >> drawn & 1)
            source = from_asker.get(drawn) if held else None
            tally.by_chance += source is None
            if source is not None:
                asker, since = source
                if since < WEEKS - 12:
                    tally.drawn_next += week == since
                    tally.drawn_in_two += week <= since + 1
                    tally.drawn_in_the_end += 1
                if last_opened:
                    tally.guesses += 1
                    tally.right += max(last_opened)[1] == asker
            hat = stays
            from_asker = {place: asked for place, asked in from_asker.items() if hat >> place & 1}
            last_opened = [opened for opened in last_opened if opened[0] > week - 3]
    return tally


@pytest.mark.parametrize("slips", [0.0, 0.05, 0.2])
def test_everybody_draws_each_week_and_half_is_chance(slips: float) -> None:
    tally = simulated(slips, seed=11)
    assert tally.draws == CIRCLES * WEEKS
    assert tally.by_chance / tally.draws >= 0.5 - 0.02


def test_even_a_campaign_into_one_hat_leaves_half_to_chance() -> None:
    chance = Random(5)
    by_chance = draws = 0
    for _ in range(CIRCLES):
        hat = 0
        for _ in range(WEEKS):
            slipped = {chance.randrange(SIZE) for _ in range(5)}
            for place in slipped:
                hat = rules.slipped(hat, place)
            before = chance.getstate()
            by_chance += chance.random() < 0.5
            chance.setstate(before)
            _, hat = rules.draw(hat, range(SIZE), chance)
            draws += 1
    assert by_chance / draws >= 0.5 - 0.02


def test_a_slipped_card_is_a_quiet_hint() -> None:
    tally = simulated(0.02, seed=23)
    assert 0.2 < tally.drawn_next / tally.slipped < 0.5
    assert tally.drawn_in_two / tally.slipped < 0.75
    assert tally.drawn_in_the_end / tally.slipped > 0.6


def test_the_last_to_open_the_panel_is_no_better_guess_than_anybody() -> None:
    """Guessing among the seven who could have is right in one of seven; watching the door adds three points at most.

    Of all draws: a drawer cannot tell a slipped card from chance, so a guess after a card of chance is wrong too.
    """
    tally = simulated(0.1, seed=31)
    assert tally.right / tally.draws <= 1 / (MEMBERS - 1) + 0.03
