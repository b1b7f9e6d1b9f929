"""A year of forty people, simulated: who is named to whom, when, and that it ends where nobody reads."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from service.efforts import cadence, closing, unthanked
from service.efforts.cadence import Brings, Reader
from service.efforts.closing import Acknowledgement, Trust
from service.efforts.rules import Effort, EffortKind
from service.efforts.unthanked import Candidate, Past
from service.nudges import rules as nudges
from service.nudges.rules import NudgeKind
from service.people import hours
from service.people.rules import Boundary

START = datetime(2026, 1, 5, tzinfo=UTC)
YEAR = timedelta(weeks=52)
PEOPLE = [f"m{number:02}" for number in range(40)]
ACTS, IGNORES = "m00", "m01"
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "UTC"]


@dataclass
class Desk:
    """What lies before one reader, and what they got."""

    reader: Reader
    boundary: Boundary
    acts: bool
    shown: dict[str, datetime] = field(default_factory=dict)
    named_at: dict[str, datetime] = field(default_factory=dict)
    got: list[tuple[datetime, Brings, tuple[Candidate, ...]]] = field(default_factory=list)
    delivered_at: list[datetime] = field(default_factory=list)
    waiting: dict[str, int] = field(default_factory=dict)
    """Readings in a row at which a member stood out and was not named."""


@dataclass
class Year:
    """Forty people, two leads of whom one acts, and all they did."""

    random: Random
    efforts: list[Effort]
    desks: dict[str, Desk]
    thanked_on: dict[str, date] = field(default_factory=dict)
    told: list[tuple[str, str, datetime]] = field(default_factory=list)
    """Peer, member, moment."""
    longest_wait: int = 0

    def acknowledge(self, given: Acknowledgement) -> None:
        closed = set(closing.closes(given, self.efforts))
        self.efforts = [replace(one, acknowledged=True) if one.id in closed else one for one in self.efforts]
        if given.trust is not Trust.MATCH:
            self.thanked_on[given.member] = given.at.date()

    def read(self, name: str, now: datetime) -> None:
        desk = self.desks[name]
        done = [one for one in self.efforts if one.done_at <= now]
        candidates = unthanked.unthanked(done, now, desk.shown)
        past = Past(desk.named_at, self.thanked_on)
        chosen = unthanked.named(candidates, past, now, self.random, not_of={name})
        what = cadence.brings(desk.reader, anybody=bool(chosen), now=now)
        desk.reader = cadence.looked(desk.reader, what, now)
        if what is Brings.NOTHING:
            return
        desk.got.append((now, what, chosen if what is Brings.NAMES else ()))
        self.deliver(desk, what, now)
        if what is Brings.NAMES:
            self.wait(desk, candidates, chosen, name)
            for candidate in chosen:
                self.name(desk, candidate, now)
        if desk.acts:
            desk.reader = cadence.acted(desk.reader)

    def deliver(self, desk: Desk, what: Brings, now: datetime) -> None:
        kind = NudgeKind.EFFORT_UNTHANKED if what is Brings.NAMES else NudgeKind.EFFORT_RECALL
        welcome_at = nudges.welcome_at(kind, desk.boundary, now, recent=tuple(desk.delivered_at[-7:]))
        if welcome_at is not None:
            desk.delivered_at.append(welcome_at)

    def wait(self, desk: Desk, candidates: tuple[Candidate, ...], chosen: tuple[Candidate, ...], name: str) -> None:
        standing = {candidate.member for candidate in candidates} - {name}
        for member in standing - {candidate.member for candidate in chosen}:
            desk.waiting[member] = desk.waiting.get(member, 0) + 1
        if desk.acts:
            self.longest_wait = max(self.longest_wait, *desk.waiting.values(), 0)
        for candidate in chosen:
            desk.waiting[candidate.member] = 0

    def name(self, desk: Desk, candidate: Candidate, now: datetime) -> None:
        for effort in candidate.efforts:
            assert effort.id not in desk.shown, "an effort was shown twice to one reader"
            desk.shown[effort.id] = now
        desk.named_at[candidate.member] = now
        peer = unthanked.peer(candidate, set(PEOPLE) - set(self.desks), self.random)
        if peer is not None:
            self.told.append((peer, candidate.member, now))
        if desk.acts:
            about = frozenset(effort.id for effort in candidate.efforts)
            self.acknowledge(Acknowledgement(Trust.THANKS, candidate.member, ACTS, now, about))


def lived(seed: int, boundaries: list[Boundary], weekday: int, at: time) -> Year:
    """The year, walked from one reader's slot to the next, with chat thanks in between."""
    random = Random(seed)
    paces = {member: random.choice([0.0, 0.2, 0.6, 1.5, 4.0]) for member in PEOPLE}
    efforts = [
        Effort(
            f"{member}-{day}-{count}",
            member,
            random.choice(list(EffortKind)),
            START + timedelta(days=day, hours=random.randrange(24)),
            place=random.choice([None, "ops", "desk"]),
            repeats=random.choice([None, None, "rota"]),
            witnesses=frozenset(random.sample(PEOPLE, random.randrange(3))),
        )
        for member, pace in paces.items()
        for day in range(364)
        for count in range(int(pace / 7) + (random.random() < (pace / 7) % 1))
    ]
    desks = {
        name: Desk(Reader(START, boundary.zone, weekday, at), boundary, acts=name == ACTS)
        for name, boundary in zip((ACTS, IGNORES), boundaries, strict=True)
    }
    year = Year(random, efforts, desks)
    now = START
    while now < START + YEAR:
        due = {name: cadence.next_at(desk.reader) for name, desk in desks.items()}
        coming = {name: max(now, due_at) for name, due_at in due.items() if due_at is not None}
        if not coming:
            break
        name = min(coming, key=lambda one: (coming[one], one))
        now = coming[name]
        for member in random.sample(PEOPLE, 4):
            year.acknowledge(Acknowledgement(Trust.MATCH, member, "m39", now, place="ops"))
        year.read(name, now)
    return year


BOUNDARIES = st.builds(
    Boundary,
    zone=st.sampled_from(ZONES),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    starts_at=st.integers(6, 10).map(time),
    ends_at=st.integers(15, 21).map(time),
    digest_at=st.just(time(10)),
    weekly_allowance=st.integers(0, 3),
    paused_until=st.none() | st.integers(0, 200).map(lambda days: START + timedelta(days=days)),
)


@settings(max_examples=12)
@given(
    seed=st.integers(0, 10_000),
    boundaries=st.lists(BOUNDARIES, min_size=2, max_size=2),
    weekday=st.integers(0, 4),
    at=st.sampled_from([time(8), time(10), time(2, 30), time(16, 45)]),
)
def test_a_year_of_forty_people(seed: int, boundaries: list[Boundary], weekday: int, at: time) -> None:
    year = lived(seed, boundaries, weekday, at)
    acting, ignoring = year.desks[ACTS], year.desks[IGNORES]

    for desk in (acting, ignoring):
        keeps_its_slot(desk, weekday, at)
        obeys_the_boundary(desk)
        names_within_the_rules(desk)

    # Somebody who acts hears on most of their slots, first by recall, then by names.
    assert [what for _, what, _ in acting.got][:2] == [Brings.RECALL, Brings.RECALL]
    assert len(acting.got) >= 40
    assert Brings.KEEP_OR_STOP not in {what for _, what, _ in acting.got}

    # Whoever stands out comes up within a round of everybody with effort.
    others = {effort.member for effort in year.efforts} - {ACTS}
    assert year.longest_wait <= -(-len(others) // unthanked.MOST_NAMED) + 2

    # Ignored digests become rarer, ask once and end.
    assert [what for _, what, _ in ignoring.got].count(Brings.KEEP_OR_STOP) == 1
    assert ignoring.got[-1][1] is Brings.KEEP_OR_STOP
    gaps = [later - earlier for (earlier, *_), (later, *_) in pairwise(ignoring.got[2:])]
    assert all(earlier < later for earlier, later in pairwise(gaps))
    assert cadence.next_at(ignoring.reader) is None

    # A peer saw what they are told of.
    for peer, member, _ in year.told:
        assert any(effort.member == member and peer in effort.witnesses for effort in year.efforts)
        assert peer != member


def keeps_its_slot(desk: Desk, weekday: int, at: time) -> None:
    for now, _, _ in desk.got:
        local = now.astimezone(ZoneInfo(desk.reader.zone))
        assert local.weekday() == weekday
        # Half past two does not exist on one Sunday in spring; no slot here falls on a Sunday.
        assert local.time() == at
    assert all(later - earlier > timedelta(days=6) for (earlier, *_), (later, *_) in pairwise(desk.got))


def obeys_the_boundary(desk: Desk) -> None:
    for now in desk.delivered_at:
        assert hours.is_open(desk.boundary, now)
        week = [one for one in desk.delivered_at if now - timedelta(days=7) < one <= now]
        assert len(week) <= desk.boundary.weekly_allowance


def names_within_the_rules(desk: Desk) -> None:
    last: dict[str, datetime] = {}
    for now, _, chosen in desk.got:
        assert len(chosen) <= unthanked.MOST_NAMED
        for candidate in chosen:
            assert candidate.weight >= unthanked.WEIGHTY
            assert now - last.get(candidate.member, now - YEAR) >= unthanked.NAMED_AGAIN_AFTER
            last[candidate.member] = now
            assert all(timedelta(days=7) <= now - effort.done_at <= timedelta(days=21) for effort in candidate.efforts)


def test_eight_weeks_are_fair_to_equals() -> None:
    """Eight weeks of a circle of twenty-five, all equally busy: nobody is named again before everybody was once."""
    members = [f"m{number}" for number in range(24)]
    efforts = [
        Effort(f"{member}-{day}", member, EffortKind.COVER, START + timedelta(days=day))
        for member in members
        for day in range(0, 90, 3)
    ]
    random = Random(7)
    named_at: dict[str, datetime] = {}
    thanked_on: dict[str, date] = {}
    order: list[str] = []
    for week in range(8):
        now = START + timedelta(weeks=4 + week)
        chosen = unthanked.named(unthanked.unthanked(efforts, now), Past(named_at, thanked_on), now, random)
        for candidate in chosen:
            named_at[candidate.member] = now
            thanked_on[candidate.member] = now.date()
            order.append(candidate.member)
    assert sorted(order) == sorted(members)
