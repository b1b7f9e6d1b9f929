"""A circle's week of thanks: told once where its lead and its members chose so, and true to the feed ever after."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from service.appreciations import actions as appreciations
from service.appreciations import rules
from service.appreciations.rules import Sharing
from service.nudges import actions as nudges
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind, NudgeState
from service.people import actions as people
from service.people.rules import Feature, ThanksWish
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Satchel
from tests.integration.appreciations.given import deliver, give, nudged

WEEK = NudgeKind.THANKS_WEEK
FRIDAY = rules.week_ends_at(MONDAY + timedelta(days=7), ZoneInfo("UTC"))


@pytest.fixture
def home(runtime: Runtime) -> Home:
    made = builders.team(runtime, "Ada", "Ben", "Cleo", "Dora")
    with runtime.transaction(made.id) as db:
        for member in made:
            people.set_wishes(db, member, thanks_wish=ThanksWish.ANYWHERE)
        people.tell_week(db, made.circle, on=True)
        nudges.as_usual(db, made["Dora"], WEEK)
    return made


def share(runtime: Runtime, home: Home, giver: str, *to: str, **more: Any) -> str:
    return give(runtime, home, giver, *to, sharing=Sharing.CIRCLE, circle=home.circle, **more)


def told(runtime: Runtime, home: Home, now: datetime = FRIDAY) -> list[Nudge]:
    with runtime.transaction(home.id) as db:
        appreciations.tell_due(db, now)
    return nudged(runtime, WEEK)


def words(nudge: Nudge) -> list[str]:
    return [item["words"] for item in nudge.told["items"] if item.get("words")]


def test_a_week_is_told_once_in_the_channel_and_to_those_who_chose_it(runtime: Runtime, home: Home) -> None:
    place = builders.channel(runtime, home)
    share(runtime, home, "Ada", "Ben", "Cleo")
    give(runtime, home, "Ada", "Ben", did="in private")
    share(runtime, home, "Ada", "Ben", did="too late", now=FRIDAY)
    share(runtime, home, "Ada", "Ben", did="long ago", now=FRIDAY - timedelta(days=8))
    assert told(runtime, home, FRIDAY - timedelta(minutes=1)) == []
    rows = told(runtime, home)
    assert {row.reader for row in rows} == {place, home["Dora"]}
    assert [words(row) for row in rows] == [["covered my shift on Friday"]] * 2
    named = [item["who"] for item in rows[0].told["items"]]
    assert (named[0], {*named[1:]}) == (home["Ada"], {home["Ben"], home["Cleo"]})
    assert len(told(runtime, home, FRIDAY + timedelta(hours=3))) == 2, "once"


def test_nothing_is_said_where_nothing_was_shared_or_nobody_chose_it(runtime: Runtime, home: Home) -> None:
    assert told(runtime, home) == []
    share(runtime, home, "Ada", "Ben")
    assert told(runtime, home, FRIDAY + timedelta(hours=13)) == [], "what is stale is not told"
    with runtime.transaction(home.id) as db:
        people.tell_week(db, home.circle, on=False)
    assert told(runtime, home) == []
    with runtime.transaction(home.id) as db:
        people.tell_week(db, home.circle, on=True)
        people.quiet_time(db, home.circle, FRIDAY.date() + timedelta(days=3))
    assert told(runtime, home) == []
    with runtime.transaction(home.id) as db:
        people.quiet_time(db, home.circle, None)
        people.switch(db, home.id, Feature.FEED, on=False)
    assert told(runtime, home) == []
    with runtime.transaction(home.id) as db:
        people.switch(db, home.id, Feature.FEED, on=True)
        nudges.stop(db, home["Dora"], WEEK)
    assert told(runtime, home) == []


def test_a_channel_reads_only_what_its_recipients_would_like_there(runtime: Runtime, home: Home) -> None:
    place = builders.channel(runtime, home)
    share(runtime, home, "Ada", "Ben")
    share(runtime, home, "Ada", "Cleo", did="for the circle alone")
    with runtime.transaction(home.id) as db:
        people.set_wishes(db, home["Cleo"], thanks_wish=ThanksWish.CIRCLE)
        people.keep_apart(db, home["Dora"], home["Ben"])
    said = {row.reader: words(row) for row in told(runtime, home)}
    assert said == {place: ["covered my shift on Friday"], home["Dora"]: ["for the circle alone"]}


def test_what_is_changed_or_taken_back_is_so_in_its_week_too(runtime: Runtime, home: Home) -> None:
    satchel = Satchel()
    runtime.couriers["slack"] = satchel
    builders.channel(runtime, home)
    soon = FRIDAY - timedelta(minutes=5)
    first, second = (
        share(runtime, home, "Ada", "Ben", now=soon),
        share(runtime, home, "Ada", "Cleo", did="tea", now=soon),
    )
    told(runtime, home)
    deliver(runtime, FRIDAY)

    def posted() -> list[list[str | None]]:
        return [
            [item.words for item in nudge.told.items if item.words]
            for parcel in satchel.delivered.values()
            for nudge in parcel.nudges
            if nudge.kind is WEEK and parcel.reader.is_place
        ]

    with runtime.transaction(home.id) as db:
        appreciations.edit(db, first, home["Ada"], "covered two shifts", "", FRIDAY)
        appreciations.withdraw(db, second, home["Ada"], FRIDAY)
    deliver(runtime, FRIDAY)
    assert posted() == [["covered two shifts"]]
    assert {row.state for row in nudged(runtime, WEEK)} == {NudgeState.SENT, NudgeState.WAITING}
    with runtime.transaction(home.id) as db:
        appreciations.delete_received(db, first, home["Ben"], FRIDAY)
    deliver(runtime, FRIDAY)
    assert posted() == []
    assert all(not row.told.get("items") for row in nudged(runtime, WEEK) if row.state is NudgeState.WITHDRAWN)


@drawn(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001 - hypothesis adds the zone
    st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Auckland"]),
)
def test_every_moment_has_its_friday(naive: datetime, name: str) -> None:
    now, zone = naive.replace(tzinfo=UTC), ZoneInfo(name)
    ends_at = rules.week_ends_at(now, zone)
    assert ends_at <= now < ends_at + timedelta(days=7, hours=2)
    assert (ends_at.astimezone(zone).weekday(), ends_at.astimezone(zone).hour) == (4, 15)
    assert rules.week_ends_at(ends_at, zone) == ends_at
