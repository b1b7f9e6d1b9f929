"""A month of the made-up family: chores, questions, thanks, days that matter, and a word that was too short."""

from datetime import datetime, timedelta

from service.appreciations.rules import Job, Sharing
from service.asks import home as questions
from service.asks.rules import Mark
from service.demo.stage import Make, Play, Stage
from service.efforts import actions as efforts
from service.moments import actions as moments
from service.moments.rules import Moment
from service.occasions import actions as occasions
from service.occasions.rules import Day, OccasionKind
from service.repairs import actions as repairs
from service.repairs.rules import Answer, Direction
from service.repairs.rules import Draft as Repair
from service.ruptures import Rupture

BY_HABIT = (
    ("laundry", "daniel", 3, "19:20"),
    ("dinner", "amara", 2, "18:10"),
    ("dishes", "theo", 4, "19:05"),
    ("dishes", "daniel", 5, "19:10"),
    ("bins", "theo", 7, "07:30"),
    ("cat", "lily", 2, "07:45"),
)
"""Who does which job every how many days, and when."""


def tell(stage: Stage) -> None:
    """Everything that happened up to yesterday."""
    _chores(stage)
    _ask(stage)
    _thank(stage)
    _mend(stage)
    _days(stage)


def _chores(stage: Stage) -> None:
    for chore, who, every, clock in BY_HABIT:
        for days in range(30, 0, -every):
            stage.keeps(stage.days.ago(days, clock), f"{chore} of {who}", _done(stage, who, chore))


def _done(stage: Stage, who: str, chore: str) -> Make:
    return lambda db, now: efforts.done(db, stage[who], stage.kept[chore], now)


def _ask(stage: Stage) -> None:
    on = stage.days
    _question(stage, on.ago(21, "12:40"), "lift", "daniel", "amara", "Can you collect Lily from swimming on Thursday?")
    _answer(stage, on.ago(21, "13:25"), "lift", "amara", "Yes, at four.")
    _question(stage, on.ago(12, "20:15"), "film", "theo", "daniel", "Can Max stay over on Saturday?")
    _answer(stage, on.ago(12, "20:40"), "film", "daniel", "Yes. Tell him to bring a sleeping bag.")
    _question(stage, on.ago(6, "10:05"), "cake", "amara", "ruth", "Which cake would you like for your birthday?")
    _answer(stage, on.ago(5, "09:30"), "cake", "ruth", "The one with plums, please. And everybody at one table.")
    _question(
        stage,
        on.ago(4, "21:10"),
        "school",
        "theo",
        "amara",
        "Can we talk about school some time, just us?",
        Mark.PERSONAL,
    )
    _answer(
        stage, on.ago(3, "07:50"), "school", "amara", "I read this, and I'm glad you told me. Tonight, after dinner?"
    )


def _question(stage: Stage, at: datetime, name: str, who: str, whom: str, words: str, mark: Mark = Mark.NONE) -> None:
    circle = stage.circles["home"]
    stage.keeps(
        at, name, lambda db, now: questions.put(db, stage[who], circle, [stage[whom]], words, now, mark=mark)[0]
    )


def _answer(stage: Stage, at: datetime, name: str, who: str, words: str) -> None:
    stage.happens(at, lambda db, now: questions.answer(db, stage.kept[name], stage[who], words, now))


def _thank(stage: Stage) -> None:
    on = stage.days
    for at, who, whom, did, eased, job in (
        (
            on.ago(26, "20:05"),
            "amara",
            "daniel",
            "did three loads of laundry on Sunday",
            "Monday began with clean socks",
            Job.LAUNDRY,
        ),
        (
            on.ago(20, "18:40"),
            "daniel",
            "amara",
            "fetched Lily although your day was full",
            "I could stay to the end",
            Job.LIFT,
        ),
        (on.ago(17, "19:15"), "lily", "theo", "helped me with the fractions", "", Job.HOMEWORK),
        (on.ago(13, "09:10"), "ruth", "lily", "drew me a picture of the cat", "it hangs by my window", None),
        (on.ago(9, "21:20"), "theo", "daniel", "let Max stay, and made pancakes", "", Job.COOKING),
        (
            on.ago(5, "20:30"),
            "amara",
            "theo",
            "took the bins out before anybody asked",
            "one thing less on my list",
            Job.RUBBISH,
        ),
        (on.ago(2, "18:55"), "daniel", "ruth", "listened for an hour on the phone", "I slept better", Job.LISTENING),
    ):
        stage.thanks(at, who, whom, did, eased, job=job, sharing=Sharing.CIRCLE, circle="home")


def _mend(stage: Stage) -> None:
    on = stage.days
    short = Repair(stage["daniel"], stage["theo"], Direction.MINE, Rupture.SHARP_TONE)
    stage.keeps(on.ago(10, "20:10"), "short", lambda db, now: repairs.send(db, short, now))
    stage.happens(
        on.ago(10, "21:00"), lambda db, now: repairs.answer(db, stage.kept["short"], stage["theo"], Answer.THANK, now)
    )
    stage.happens(on.ago(9, "08:00"), lambda db, now: repairs.settle(db, stage.kept["short"], stage["theo"], now))
    screen = Repair(stage["theo"], stage["amara"], Direction.MINE, Rupture.DIVIDED_ATTENTION)
    stage.keeps(on.ago(2, "19:40"), "screen", lambda db, now: repairs.send(db, screen, now))
    for days, who, moment in (
        (
            11,
            "theo",
            Moment(Rupture.SHARP_TONE, stage["daniel"], "He snapped about the shoes. He was on the phone with work."),
        ),
        (
            6,
            "amara",
            Moment(Rupture.ONE_SIDED_START, None, "I planned all four weekends again. I like doing it, but not alone."),
        ),
        (4, "daniel", Moment(Rupture.DIVIDED_ATTENTION, stage["theo"], "What is mine here? I was on my phone first.")),
    ):
        _notes(stage, on.ago(days, "22:05"), who, moment)


def _notes(stage: Stage, at: datetime, who: str, moment: Moment) -> None:
    stage.happens(at, lambda db, now: moments.note(db, stage.runtime.keyring, stage[who], moment, now))


def _days(stage: Stage) -> None:
    for by, of, kind, ahead, name, title in (
        ("amara", "ruth", OccasionKind.BIRTHDAY, 3, "", ""),
        ("amara", "lily", OccasionKind.BIRTHDAY, 9, "", ""),
        ("amara", "amara", OccasionKind.ANNIVERSARY, 16, "", "Amara and Daniel's wedding day"),
        ("daniel", None, OccasionKind.BIRTHDAY, 24, "Uncle Ben", ""),
        ("daniel", None, OccasionKind.HARD_DAY, 31, "Grandpa Joe", "The day he died"),
    ):
        on = stage.days.today + timedelta(days=ahead)
        day, whose = Day(on.month, on.day), stage[of] if of is not None else None
        stage.happens(stage.days.ago(30, "19:40"), _day(stage, by, whose, kind, day, name, title))


def _day(stage: Stage, by: str, of: str | None, kind: OccasionKind, day: Day, name: str, title: str) -> Play:
    circle = stage.circles["home"]
    return lambda db, now: occasions.add(db, stage[by], circle, kind, day, now, of=of, name=name, title=title)
