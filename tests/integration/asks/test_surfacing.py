"""An ask comes up once to whoever was asked, in hours that are theirs, and never once it is settled."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import hypothesis
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from migrations import tables
from service import db as store
from service import jobs
from service.asks import actions as asks
from service.asks.models import Ask
from service.asks.rules import WAITING, AskState, Said, Unsaid
from service.errors import Refused
from service.nudges.rules import NudgeKind
from service.people import actions as people
from service.people import hours
from service.people.models import Workspace
from service.people.rules import Boundary, WorkspaceKind, first_boundary
from service.runtime import Runtime
from service.sealing import keyring, new_key
from service.settings import Settings
from tests import builders
from tests.fakes import Clock, Satchel

PLACE = "C0HARBOUR"
ZONES = (
    "Europe/Berlin", "Europe/London", "Europe/Lisbon", "Europe/Dublin", "Europe/Helsinki", "Europe/Chisinau",
    "Europe/Istanbul", "Africa/Cairo", "Africa/Casablanca", "Africa/Lagos", "Asia/Beirut", "Asia/Jerusalem",
    "Asia/Gaza", "Asia/Tehran", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Tokyo", "Asia/Shanghai",
    "Asia/Kabul", "Asia/Yangon", "Australia/Sydney", "Australia/Adelaide", "Australia/Lord_Howe", "Australia/Eucla",
    "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Marquesas",
    "Pacific/Norfolk", "America/New_York", "America/Chicago", "America/Los_Angeles", "America/St_Johns",
    "America/Havana", "America/Santiago", "America/Asuncion", "America/Scoresbysund", "America/Nuuk",
)  # fmt: skip
BEFORE_A_CHANGE = tuple(
    datetime(2026, month, day, 4, tzinfo=UTC)
    for month, day in ((3, 6), (3, 26), (4, 2), (9, 3), (9, 25), (10, 1), (10, 22), (10, 29))
)
"""A few days before clocks change somewhere."""
NAMES = ("Ada", "Bob", "Cy")


class Asking(RuleBasedStateMachine):
    """A team in which things are asked, answered, put off and taken back while the clock runs."""

    runtime: Runtime
    satchel: Satchel
    clock: Clock

    @initialize(began=st.sampled_from(BEFORE_A_CHANGE), zones=st.permutations(ZONES), seed=st.integers(0, 999))
    def begin(self, began: datetime, zones: list[str], seed: int) -> None:
        """Three people in three zones, one of them with holidays and a short week."""
        self.clock.at = began
        self.runtime.random = Random(seed)
        self.satchel.delivered.clear()
        self.home = builders.team(self.runtime, *NAMES, now=began, courier="inbox")
        builders.channel(self.runtime, self.home, PLACE, now=began)
        self.bounds: dict[str, Boundary] = {}
        with self.runtime.transaction(self.home.id) as db:
            for name, zone in zip(NAMES, zones, strict=False):
                bound = first_boundary(WorkspaceKind.TEAM, zone)
                if name == "Cy":
                    bound = Boundary(zone, frozenset({0, 3}), holidays=("DE", None))
                people.set_boundary(db, self.home[name], bound)
                self.bounds[self.home[name]] = bound
        self.said: list[Said] = []
        self.seen: Counter[tuple[str, str]] = Counter()
        self.carried: set[str] = set()

    @rule(who=st.sampled_from(NAMES), whom=st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
    def ask(self, who: str, whom: list[str]) -> None:
        """Somebody asks one, two or all."""
        self._say("could you look at the figures for me?", who, tuple(whom))

    @rule(who=st.sampled_from(NAMES), data=st.data())
    def reply(self, who: str, data: st.DataObject) -> None:
        """Somebody replies in a thread."""
        if self.said:
            about = data.draw(st.sampled_from(self.said))
            self._say("they are fine", who, (), thread=about.thread or about.ts)

    @rule(hours_on=st.sampled_from((20, 26, 50)), by=st.sampled_from(("reply", "decline")))
    def settle_before_it_is_told(self, hours_on: int, by: str) -> None:
        """Something is asked; it is settled when it is about to be told, and not told yet."""
        self.ask("Ada", ["Bob"])
        said = self.said[-1]
        self.wait(hours_on)
        with self.runtime.transaction(self.home.id, writes=False) as db:
            found = db.execute(
                sa.select(Ask.id, Ask.asked_id).where(Ask.ts == said.ts, Ask.surfaced_at.is_not(None))
            ).one_or_none()
        if found is None or found.asked_id is None or self.seen[found.id, found.asked_id]:
            return
        if by == "reply":
            self._say("they are fine", "Bob", (), thread=said.ts)
        else:
            with self.runtime.transaction(self.home.id) as db:
                asks.decline(db, found.id, found.asked_id, self.clock())
        self.wait(30)

    @rule(data=st.data())
    def unsay(self, data: st.DataObject) -> None:
        """A message is deleted."""
        if self.said:
            with self.runtime.transaction(self.home.id) as db:
                asks.hear(
                    db, self.runtime.ears, [Unsaid(PLACE, data.draw(st.sampled_from(self.said)).ts)], self.clock()
                )

    @rule(does=st.sampled_from(("decline", "answered", "snooze", "promise", "not_an_ask", "not_mine")), data=st.data())
    def tap(self, does: str, data: st.DataObject) -> None:
        """Whoever was asked presses a button."""
        with self.runtime.transaction(self.home.id) as db:
            rows = db.execute(sa.select(Ask.id, Ask.asked_id).order_by(Ask.ts, Ask.for_whom))
            mine = [(ask, asked) for ask, asked in rows if asked is not None]
        if not mine:
            return
        ask, member = data.draw(st.sampled_from(mine))
        now = self.clock()
        try:
            with self.runtime.transaction(self.home.id) as db:
                match does:
                    case "snooze":
                        asks.snooze(db, ask, member, now + timedelta(days=1), now)
                        self.seen.pop((ask, member), None)  # put off by themselves: it may come up once more
                    case "promise":
                        asks.promise(db, ask, member, (now + timedelta(days=2)).date(), now)
                        self.seen.pop((ask, member), None)
                    case _:
                        getattr(asks, does)(db, ask, member, now)
        except Refused:
            pass  # it was closed already

    @rule(hours_on=st.sampled_from((5, 13, 30, 70)))
    def wait(self, hours_on: int) -> None:
        """Time passes, and a worker looks each quarter of a day."""
        until = self.clock() + timedelta(hours=hours_on)
        while self.clock() < until:
            self.clock.at = min(until, self.clock() + timedelta(hours=5, minutes=7))
            with self.runtime.transaction(self.home.id, writes=False) as db:
                states = {row.id: row.state for row in db.scalars(sa.select(Ask))}
            for each in (jobs.drop_asks, jobs.surface_asks, jobs.deliver_nudges):
                each(self.runtime)
            self._look(states)

    def _look(self, states: dict[str, AskState]) -> None:
        for parcel in list(self.satchel.delivered.values()):
            if parcel.id in self.carried:
                continue
            self.carried.add(parcel.id)
            member = parcel.reader.member
            assert member is not None
            assert hours.is_open(self.bounds[member], self.clock()), "written to outside their hours"
            for nudge in parcel.nudges:
                if nudge.kind is NudgeKind.ASK_WAITING:
                    assert states[nudge.subject] in WAITING, "a settled ask came up"
                    self.seen[nudge.subject, member] += 1

    @invariant()
    def nothing_comes_up_twice(self) -> None:
        """Each ask reaches each person once at most."""
        assert all(times <= 1 for times in getattr(self, "seen", {}).values())

    def _say(self, text: str, who: str, whom: tuple[str, ...], thread: str | None = None) -> None:
        self.clock.move(seconds=61)
        named = tuple(f"U{name.upper()}" for name in whom if name != who)
        said = Said(PLACE, f"{self.clock().timestamp():.6f}", f"U{who.upper()}", text, named, thread=thread)
        with self.runtime.transaction(self.home.id) as db:
            asks.hear(db, self.runtime.ears, [said], self.clock())
        self.said.append(said)

    def teardown(self) -> None:
        """Empty the database for the next team."""
        if hasattr(self, "home"):
            with self.runtime.engine.begin() as connection:
                connection.execute(sa.delete(Workspace).where(Workspace.id == self.home.id))


def test_an_ask_comes_up_once_in_open_hours_and_never_when_settled(tmp_path: Path) -> None:
    engine = store.engine(f"sqlite:///{tmp_path}/asking.db")
    tables.metadata().create_all(engine)
    clock, satchel = Clock(), Satchel("inbox")
    settings = Settings.model_validate({"state_dir": tmp_path})
    runtime = Runtime(settings, engine, keyring([new_key()]), now=clock, couriers={"inbox": satchel})

    Asking.runtime, Asking.satchel, Asking.clock = runtime, satchel, clock
    # A week of three people costs far more than a scene does: a quarter of the profile's examples.
    fewer = hypothesis.settings().max_examples // 4
    few_steps = hypothesis.settings(
        max_examples=fewer, stateful_step_count=10, suppress_health_check=[*hypothesis.HealthCheck]
    )
    run_state_machine_as_test(Asking, settings=few_steps)
    engine.dispose()
