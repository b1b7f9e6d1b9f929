"""A year of forty people through the real tables: who is named to whom, in which weeks, and who is left alone."""

import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from service import db
from service.efforts import actions as efforts
from service.efforts import unthanked
from service.efforts.rules import EffortKind
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind
from service.people import actions as people
from service.people import hours
from service.people.rules import ALL_WEEK, Boundary
from service.runtime import Runtime
from service.sealing import keyring, new_key
from service.settings import Settings
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock
from tests.integration.efforts.work import brought, change, deliver, inbox, known, look, named, notice, shown, thursday

SOAKS = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
PEOPLE, WEEKS = (40, 52) if SOAKS else (12, 14)
ACTS, IGNORES = "P00", "P01"
DIGEST, RECALL, ASKED = NudgeKind.EFFORT_UNTHANKED, NudgeKind.EFFORT_RECALL, NudgeKind.KEEP_OR_STOP
FROM_THE_ROUND = (DIGEST, RECALL, ASKED, NudgeKind.EFFORT_SEEN)

BOUNDARIES = st.builds(
    Boundary,
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "UTC"]),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    starts_at=st.integers(6, 9).map(time),
    ends_at=st.integers(15, 21).map(time),
    digest_at=st.just(time(10)),
    weekly_allowance=st.integers(0, 3),
    paused_until=st.none() | st.integers(0, 60).map(lambda days: MONDAY + timedelta(days=days)),
)


@dataclass
class Year:
    """What happened, as the simulation saw it from outside."""

    runtime: Runtime
    home: Home
    random: Random
    boundaries: dict[str, Boundary]
    paces: dict[str, float]
    worked: set[str] = field(default_factory=set)
    sent: dict[str, list[tuple[datetime, NudgeKind]]] = field(default_factory=lambda: defaultdict(list))
    readings: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    """Week and whom the lead who acts was told of, for each digest of theirs."""

    def week(self, number: int) -> None:
        """Everybody works, and the rounds are walked every few hours."""
        begins = thursday(number, 0) - timedelta(days=3)
        for name, pace in self.paces.items():
            for work in range(int(pace) + (self.random.random() < pace % 1)):
                at = begins + timedelta(hours=self.random.randrange(24 * 7))
                saw = self.random.sample([*self.home.members], 2)
                kind = EffortKind.HELP if pace >= 1 else self.random.choice([EffortKind.CHANGE, EffortKind.COVER])
                one = change(name, at, 1000 * number + 20 * [*self.home.members].index(name) + work, *saw, kind=kind)
                if notice(self.runtime, self.home, one, at) is not None:
                    self.worked.add(name)
        for hour in range(0, 24 * 7, 4):
            now = begins + timedelta(hours=hour, minutes=1)
            look(self.runtime, self.home, now)
            deliver(self.runtime, now)
            self.read(number, now)

    def read(self, week: int, now: datetime) -> None:
        """One lead thanks whoever they are told of, and the other never does anything."""
        for name in brought(self.runtime, self.home, now, FROM_THE_ROUND):
            for card in inbox(self.runtime, self.home, name, *FROM_THE_ROUND):
                if card.sent_at != now:
                    continue
                self.sent[name].append((now, card.kind))
                if name == ACTS:
                    self.act(week, card.subject, [item.subject for item in card.told.items], named(card), now)

    def act(self, week: int, subject: str, about: list[str], who: list[str | None], now: datetime) -> None:
        """Thank everybody a digest names, or note that a recall was read."""
        names = {member: name for name, member in self.home.members.items()}
        with self.runtime.transaction(self.home.id) as session:
            if who:
                self.readings.append((week, tuple(names[one] for one in who if one)))
                efforts.thanked(session, [one for one in who if one], about, now, by=self.home[ACTS])
            else:
                efforts.acted(session, self.home[ACTS])
            nudges.acted(session, subject, self.home[ACTS], now, DIGEST, RECALL)


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory, _sqlite_pattern: Path) -> Path:
    """Where each year finds an empty SQLite."""
    folder = tmp_path_factory.mktemp("years")
    shutil.copyfile(_sqlite_pattern, folder / "empty.db")
    return folder


@contextmanager
def lived(folder: Path, seed: int, drawn: list[Boundary]) -> Iterator[Year]:
    """The year, on a database of its own."""
    path = folder / "year.db"
    for old in folder.glob("year.db*"):
        old.unlink()
    shutil.copyfile(folder / "empty.db", path)
    chosen = Settings.model_validate(
        {"database_url": f"sqlite:///{path}", "state_dir": folder, "secret_keys": (new_key(),)}
    )
    engine = db.engine(chosen.database)
    ring = keyring([key.get_secret_value() for key in chosen.secret_keys])
    runtime = Runtime(settings=chosen, engine=engine, keyring=ring, random=Random(seed), now=Clock())
    names = [f"P{number:02}" for number in range(PEOPLE)]
    home = builders.team(runtime, *names)
    known(runtime, home, MONDAY)
    random = Random(seed)
    boundaries = {name: random.choice(drawn) for name in names}
    # Whoever acts can be reached on each of their Thursdays; the others are as they are.
    boundaries[ACTS] = Boundary(days=ALL_WEEK, starts_at=time(9), ends_at=time(18))
    boundaries[IGNORES] = Boundary(zone="Europe/Berlin", days=frozenset({3, 4}))
    with runtime.transaction(home.id) as session:
        people.seat(session, home.circle, home[IGNORES], MONDAY, leads=True)
        for name in names:
            people.set_boundary(session, home[name], boundaries[name])
    year = Year(runtime, home, random, boundaries, {name: random.choice([0, 0, 0.3, 1, 2]) for name in names})
    try:
        for week in range(WEEKS):
            year.week(week)
        yield year
    finally:
        engine.dispose()


@settings(max_examples=4 if SOAKS else 1, phases=[Phase.explicit, Phase.generate])
@given(seed=st.integers(0, 10_000), drawn=st.lists(BOUNDARIES, min_size=4, max_size=8))
def test_a_year_through_the_tables(pattern: Path, seed: int, drawn: list[Boundary]) -> None:
    with lived(pattern, seed, drawn) as year:
        everybody_is_left_alone_when_they_wish(year)
        nothing_is_shown_twice(year)
        the_lead_who_acts_hears_most_weeks_and_of_everybody(year)
        the_lead_who_ignores_hears_ever_less(year)


def everybody_is_left_alone_when_they_wish(year: Year) -> None:
    for name, came in year.sent.items():
        boundary = year.boundaries[name]
        assert all(hours.is_open(boundary, at) for at, _ in came), "outside their hours"
        sparing = [at for at, kind in came if kind is not NudgeKind.EFFORT_SEEN]
        for at in sparing:
            within = [other for other in sparing if at - timedelta(days=7) < other <= at]
            assert len(within) <= boundary.weekly_allowance
        if name not in (ACTS, IGNORES):
            assert {kind for _, kind in came} <= {NudgeKind.EFFORT_SEEN}, "only a lead hears of others"


def nothing_is_shown_twice(year: Year) -> None:
    assert all(times == 1 for times in Counter(shown(year.runtime)).values())
    assert all(len(who) <= unthanked.MOST_NAMED and ACTS not in who for _, who in year.readings)


def the_lead_who_acts_hears_most_weeks_and_of_everybody(year: Year) -> None:
    kinds = [kind for _, kind in year.sent[ACTS] if kind in (DIGEST, RECALL)]
    assert kinds[:2] == [RECALL, RECALL]
    assert len(kinds) >= WEEKS * 0.7
    for earlier, later in pairwise(date_of(at) for at, kind in year.sent[ACTS] if kind is RECALL):
        assert later - earlier >= timedelta(days=7)
    # Somebody who helps every week comes up within a round of everybody with effort.
    steady = {name for name in year.worked if year.paces[name] >= 1} - {ACTS}
    patience = -(-len(year.worked) // unthanked.MOST_NAMED) + 2
    for start in range(len(year.readings) - patience):
        heard = {name for _, who in year.readings[start : start + patience] for name in who}
        assert steady <= heard


def the_lead_who_ignores_hears_ever_less(year: Year) -> None:
    came = [date_of(at) for at, kind in year.sent[IGNORES] if kind in (DIGEST, RECALL, ASKED)]
    gaps = [(later - earlier).days for earlier, later in pairwise(came[2:])]
    assert all(later > earlier for earlier, later in pairwise(gaps))
    if SOAKS:
        assert [kind for _, kind in year.sent[IGNORES] if kind is ASKED] == [ASKED]
        assert year.sent[IGNORES][-1][1] is ASKED


def date_of(at: datetime) -> date:
    return at.date()
