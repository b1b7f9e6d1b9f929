"""The draw, simulated over many weeks and circles: what a card tells, and what it cannot tell."""

import math
import os
from collections.abc import Callable
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


Note = Callable[[str, object], None]
"""Notes a figure in the report of the run, from which docs/anonymity-figures.md is made."""


def least(draws: int) -> float:
    """The least share of chance that a fair coin leaves in so many draws: half, less what chance itself does."""
    return 0.5 - 3 * math.sqrt(0.25 / draws)


@pytest.mark.parametrize("slips", [0.0, 0.05, 0.2])
def test_everybody_draws_each_week_and_half_is_chance(record_property: Note, slips: float) -> None:
    tally = simulated(slips, seed=11)
    share = tally.by_chance / tally.draws
    record_property(f"share of chance, each of seven slipping {slips} cards a week into one hat", f"{share:.3f}")
    record_property("weeks simulated, in each of which everybody drew once", tally.draws)
    assert tally.draws == CIRCLES * WEEKS
    assert share >= least(tally.draws)


def test_even_a_campaign_into_one_hat_leaves_half_to_chance(record_property: Note) -> None:
    """Five cards a week; a card that chance put in, or the coin brought, is one of chance, whoever slipped it too."""
    chance = Random(5)
    by_chance = draws = 0
    for _ in range(CIRCLES):
        hat = slipped = 0
        for _ in range(WEEKS):
            for _ in range(7):
                hat = rules.night(hat, SIZE, chance)
            for place in chance.sample(range(SIZE), 5):
                hat, slipped = rules.slipped(hat, place), slipped | 1 << place
            before = chance.getstate()
            heads = chance.random() < 0.5
            chance.setstate(before)
            drawn, hat = rules.draw(hat, range(SIZE), chance)
            assert drawn is not None
            by_chance += heads or not slipped >> drawn & 1
            slipped &= hat
            draws += 1
    record_property("share of chance, five cards a week slipped into one hat", f"{by_chance / draws:.3f}")
    assert by_chance / draws >= least(draws)


def test_a_slipped_card_is_a_quiet_hint(record_property: Note) -> None:
    tally = simulated(0.02, seed=23)
    shares = (tally.drawn_next, tally.drawn_in_two, tally.drawn_in_the_end)
    after_one, after_two, ever = (count / tally.slipped for count in shares)
    record_property(
        "a slipped card is drawn next time, within two draws, in the end",
        f"{after_one:.3f}, {after_two:.3f}, {ever:.3f}",
    )
    assert 0.2 < after_one < 0.5
    assert after_two < 0.75
    assert ever > 0.6


@pytest.mark.parametrize("slips", [0.02, 0.1, 0.2])
def test_the_last_to_open_the_panel_is_no_better_guess_than_anybody(record_property: Note, slips: float) -> None:
    """Guessing among the seven who could have is right in one of seven; watching the door adds three points at most.

    Of all draws: a drawer cannot tell a slipped card from chance, so a guess after a card of chance is wrong too.
    """
    tally, alone = simulated(slips, seed=31), simulated(slips, seed=31, other_use=0)
    right = tally.right / tally.draws
    record_property(
        f"whoever names the last to open the panel is right, at {slips} cards a week; without any other use of it",
        f"{right:.3f}; {alone.right / alone.draws:.3f} (guessing among seven: {1 / (MEMBERS - 1):.3f})",
    )
    assert right <= 1 / (MEMBERS - 1) + 0.03
