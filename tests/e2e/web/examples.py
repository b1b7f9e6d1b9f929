"""Every page there is, as the application itself lists them, with something on it to look at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import msgspec
from flask import Flask
from werkzeug.routing import Rule

from service.access import actions as access
from service.access.models import Passkey
from service.appreciations import actions as appreciations
from service.appreciations.rules import Draft, Sharing
from service.asks import home as questions
from service.asks import queries as asks
from service.db import Session
from service.efforts import actions as efforts
from service.efforts.rules import Job
from service.insights.models import Insight
from service.insights.rules import Burden, Figures, Measure, Silence, Thanked, Waits
from service.moments import actions as moments
from service.moments.rules import Moment
from service.occasions import actions as occasions
from service.occasions.rules import Day, OccasionKind
from service.people import actions as people
from service.people.rules import Role, ThanksWish
from service.repairs import actions as repairs
from service.repairs.rules import Direction
from service.repairs.rules import Draft as Repair
from service.runtime import Runtime
from service.ruptures import Rupture
from service.web.entry import Audience, policy_of
from tests.builders import Home, always_open, family
from tests.fakes import MONDAY, Clock
from tests.visitors import delivered

FILES = frozenset({"/keepsakes/file", "/kept/file", "/manifest.webmanifest", "/sw.js"})
"""What is opened like a page and is none."""
ELSEWHERE = frozenset({"/sign-in/with/<door>", "/sign-in/with/<door>/back", "/passkeys/new"})
"""What leads to pages of others, and back from them; and a page that is there under a name alone, see test_passkeys."""
BESIDE = ("/nowhere", "/sign-in/none")
"""Pages that no rule names: what is not there, and a link that has run out."""


@dataclass(frozen=True, slots=True)
class Furnished:
    """A family with one of everything, and the ids that its pages are opened with."""

    home: Home
    ids: Mapping[str, tuple[str, ...]]
    """By rule, the paths that show an example of it."""
    day: date
    """The day of whoever runs this, which turns the looks."""


def furnished(runtime: Runtime, clock: Clock) -> Furnished:
    """A family with one of everything; Maja looks at it."""
    home = family(runtime, Maja=Role.ADULT, Ben=Role.ADULT, Theo=Role.TEEN, Kim=Role.CHILD)
    always_open(runtime, home)
    maja, ben, now = home["Maja"], home["Ben"], runtime.now()
    with runtime.transaction(home.id) as db:
        people.make_circle(db, "The grown-ups", now, members=[maja, ben])  # so that lists of circles are there
        people.set_wishes(db, maja, thanks_wish=ThanksWish.CIRCLE, raise_with_me="Write first.")
        questions.put(db, ben, home.circle, [maja], "Are you free on Sunday?", now)
        questions.put(db, maja, home.circle, [ben], "Can you pick Kim up?", now)
        said = Draft(ben, (maja,), "You waited up.", "I slept.", sharing=Sharing.CIRCLE, circle=home.circle)
        appreciations.give(db, said, now)
        given = appreciations.give(db, Draft(maja, (home["Kim"],), "You set the table."), now)
        words = "I was short with you."
        repairs.send(db, Repair(ben, maja, Direction.MINE, Rupture.SHARP_TONE, words=words), now)
        repair = repairs.send(db, Repair(maja, ben, Direction.MINE, Rupture.SHARP_TONE, words=words), now)
        occasions.add(db, maja, home.circle, OccasionKind.BIRTHDAY, Day(3, 9), now, of=ben)
        for figures in (Thanked(5, 60, 25), Waits({1: 4, 5: 3}, {9: 2}, 2, 9), Burden(150, 31, 0, 5, 0)):
            _reckoned(db, home, figures)
        moments.note(db, runtime.keyring, maja, Moment(Rupture.LEFT_OUT, ben, "The plan for the weekend"), now)
        chore = efforts.make_chore(db, maja, home.circle, "The laundry", job=Job.LAUNDRY)
        efforts.done(db, ben, chore, now)
        efforts.note(db, ben, maja, "Sat with Kim until the homework was done.", now)
        invite = access.make_invite(db, runtime.keyring, home.circle, Role.ADULT, maja, now)
        today = now.date()
        passkey = Passkey(
            member_id=maja, credential="none", public_key="none", device="Phone", created_on=today, seen_on=today
        )
        db.add(passkey)
        db.flush()
        key = passkey.id
    delivered(runtime, clock)
    with runtime.transaction(home.id) as db:
        (to_maja,) = asks.waiting_for_me(db, maja)
        (of_maja,) = asks.waiting_for_answer(db, maja, runtime.now())
    return Furnished(
        home,
        {
            **{f"/asks/<ask>/{verb}": (f"/asks/{to_maja.id}/{verb}",) for verb in ("answer", "promise", "not-mine")},
            **{f"/asks/<ask>/{verb}": (f"/asks/{of_maja.id}/{verb}",) for verb in ("mark", "again")},
            "/chores/<chore>/done": (f"/chores/{chore}/done",),
            "/circles/<circle>": (f"/circles/{home.circle}",),
            "/insights/<circle>": (f"/insights/{home.circle}",),
            "/join/<token>": (f"/join/{invite}",),
            "/passkeys/<passkey>": (f"/passkeys/{key}",),
            "/people/<member>": (f"/people/{ben}",),
            "/people/<member>/profile": (f"/people/{home['Kim']}/profile",),
            "/people/<member>/role": (f"/people/{ben}/role",),
            "/repairs/<repair>": (f"/repairs/{repair}",),
            "/repairs/new/<way>": tuple(f"/repairs/new/{way}" for way in ("mine", "hurt", "saw")),
            "/sign-in/<token>": ("/sign-in/none",),
            "/start/<kind>": ("/start/family", "/start/team"),
            "/thanks/<appreciation>": (f"/thanks/{given}",),
            "/thanks/<appreciation>/edit": (f"/thanks/{given}/edit",),
        },
        datetime.now(UTC).date(),
    )


def _reckoned(db: Session, home: Home, figures: Figures) -> None:
    """What January came to, and why there is nothing to say of December."""
    measure = {Thanked: Measure.THANKED, Waits: Measure.ANSWERED, Burden: Measure.BURDEN}[type(figures)]
    kept = {"circle_id": home.circle, "measure": measure, "written_at": MONDAY}
    first, next_month = date(2026, 1, 1), date(2026, 2, 1)
    said = msgspec.to_builtins(figures, str_keys=True)
    db.add(Insight(**kept, begins_on=date(2025, 12, 1), ends_on=first, silence=Silence.TOO_FEW, figures={}))
    db.add(Insight(**kept, begins_on=first, ends_on=next_month, figures=said))


@dataclass(frozen=True, slots=True)
class Shown:
    """A page, and whether one has to be signed in to see it."""

    path: str
    inside: bool


def rules(app: Flask) -> Iterator[tuple[Rule, bool]]:
    """The rule of every page of ours, from the application's own list, and whether one has to be signed in for it."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if "GET" not in (rule.methods or ()) or rule.rule in FILES | ELSEWHERE or _is_signed(app, rule):
            continue
        found = policy_of(app.view_functions[rule.endpoint])
        yield rule, found is not None and found.audience is Audience.MEMBERS


def pages(app: Flask, there: Furnished) -> Iterator[Shown]:
    """Every page of ours; one that takes an id needs an example above."""
    for rule, inside in rules(app):
        examples = there.ids.get(rule.rule, () if rule.arguments else (rule.rule,))
        assert examples, f"{rule.rule} is a new page: give an example of it in tests/e2e/web/examples.py"
        yield from (Shown(path, inside) for path in examples)
    yield from (Shown(path, inside=False) for path in BESIDE)


def _is_signed(app: Flask, rule: Rule) -> bool:
    return rule.endpoint.partition(".")[0] in app.extensions["signed by their senders"]
