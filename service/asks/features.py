"""What speaks for one turn belonging to another: for each pair, where to look in the tables of weights."""

import functools
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeVar

from service.asks.history import REACH, History
from service.asks.kinds import SIZES
from service.asks.reading import Form
from service.asks.scenes import LONG_AGO, PEOPLE_STEPS, Fact, Scene
from service.asks.tables import CLOSE, FAR, FLOW, KINDS, MOMENT, PARENT, RELATION, TIES, cells
from service.asks.windows import Turn

_DISTANCE_STEPS = (2, 3, 4, 5, 6, 7, 9, 11, 13, 16, 20, 26, 35, 50)
_LATELY_STEPS = (6, 21, REACH + 1)

# What is looked up for every pair, as distances in the tables.
_STEP = cells(_DISTANCE_STEPS, MOMENT.stride("step"))
_CLOSE = cells(_DISTANCE_STEPS, FLOW.stride("close"), CLOSE - 1)
_TOLD = cells(_LATELY_STEPS, RELATION.stride("told"))
_HEARD = cells(_LATELY_STEPS, RELATION.stride("heard"))
_NEVER_TOLD, _NEVER_HEARD = _TOLD[FAR], _HEARD[FAR]
_RELATED = RELATION.stride("other")
_GAP = MOMENT.stride("gap")
_SAME_AUTHOR = KINDS.stride("same")
_REPLIED = FLOW.stride("replied")
_AS_PARENT = PARENT.stride("parent")
_TURNED = PARENT.stride("turned")
_SHARING = PARENT.stride("shared")
# And once for all pairs of a turn.
_BY_PARTNER = RELATION.stride("has")
_IS_PARTNER = RELATION.stride("is_partner")
_BY_REPLY, _BY_SIZE = KINDS.stride("reply"), KINDS.stride("reply_size")
_IN_FLOW = FLOW.stride("reply")
_WHEN, _SINCE = MOMENT.stride("has"), PARENT.stride("has")

_GAP_STEPS = (5.0, 15.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 1200.0, 3600.0)
_PEOPLE = cells(PEOPLE_STEPS, 1)
_SHARED_STEPS = (0.1, 3.0, 4.5, 7.0, 10.0)
_SINCE_STEPS = (2, 4, 8, 16, 32, REACH + 1)
_PARTNER_STEPS = (3, 6, 11, 21, REACH + 1)
_OWN_GAP_STEPS = (60.0, 180.0, 600.0, 1800.0, 10800.0)
_PLACE_GAP_STEPS = (10.0, 30.0, 60.0, 180.0, 600.0)
_START_FORMS = (
    Form.ASKS, Form.MARK, Form.OPENS_AS_QUESTION, Form.REQUEST, Form.GREETING, Form.TO_ALL, Form.SPEAKS_OF_ME,
    Form.SPEAKS_TO_YOU, Form.POINTS_BACK, Form.CARRIES_ON, Form.PROBLEM,
)  # fmt: skip
_ASKS = int(Form.ASKS)
_SAME, _NAMES, _NAMED_BY, _MET, _STRANGER = range(TIES)

Cell = TypeVar("Cell", float, tuple[int, ...])


def summed(
    history: History, new: Turn, far: Iterable[Turn], tables: Sequence[Sequence[Cell]]
) -> tuple[list[tuple[Cell, float]], Cell]:
    """For each turn that `new`, coming last, may belong to, what the tables say of the pair, and for a start.

    What they say is added up: weights to a score, cells to the row that learning needs. A candidate is given by its
    moment. `far` are asks that stay candidates however long ago they were.
    """
    scene = Scene(history, new)
    facts = scene.near()
    scene.related(facts)
    for ask in far:
        scene.far(facts, ask)
    return _pairs(scene, facts, tables), _start(scene, tables)


def _pairs(scene: Scene, facts: list[Fact], tables: Sequence[Sequence[Cell]]) -> list[tuple[Cell, float]]:  # noqa: C901 - a call for each pair would cost more than the pair
    """Every pair, looked up by who both are to each other, when, in which kinds, and what lies between."""
    relations, moments, kinds_of, flows, parents, betweens = tables[:6]
    me, names, has, low, end = scene.me, scene.names, scene.has, scene.low, scene.end
    told_at, heard_at, kin, partner, at = scene.told, scene.heard, scene.kin, scene.partner, scene.new.at
    by_partner = has * _BY_PARTNER + bisect_right(_LATELY_STEPS, scene.partner_ago)
    by_reply = scene.kind * _BY_REPLY + scene.size * _BY_SIZE
    in_flow, when, since = scene.kind * _IN_FLOW, has * _WHEN, has * _SINCE
    # Has its author written since? All that lies farther than this comes before their last.
    turn_at, turned = end - scene.last, _TURNED
    if scene.last < 0:
        turn_at, turned = 0, 2 * _TURNED
    found: list[tuple[Cell, float]] = []
    for seat, distance, between, since_named, replied, shared in facts:
        turn = seat.turn
        author = turn.author
        relation = 0
        if replied:
            mentions = turn.mentions
            relation = 1
            if me in mentions:
                relation = 5 if len(mentions) > 1 else 4
            if has:
                for person in names:
                    if person in mentions:
                        relation |= 2
        if author == me:
            of_both = _SAME_AUTHOR
            tie = _SAME
            related = (relation + 16) * _RELATED + _NEVER_TOLD + _NEVER_HEARD
        else:
            of_both = 0
            tie = _NAMED_BY if relation >= 4 else _STRANGER
            told = heard = FAR
            if author in kin:
                if (number := told_at.get(author, -1)) >= low:
                    told = end - number
                    tie = _MET if tie == _STRANGER else tie
                if (number := heard_at.get(author, -1)) >= low:
                    heard = end - number
                    tie = _MET if tie == _STRANGER else tie
                if author in names:
                    relation += 8
                    tie = _NAMES
            related = relation * _RELATED + _TOLD[told] + _HEARD[heard]
        found.append(
            (
                relations[related + by_partner + (_IS_PARTNER if author == partner else 0)]
                + moments[when + bisect_right(_GAP_STEPS, at - turn.at) * _GAP + _STEP[distance] + tie]
                + kinds_of[by_reply + of_both + seat.look]
                + flows[in_flow + _CLOSE[distance] + replied * _REPLIED + tie]
                + parents[
                    since + seat.parent * _AS_PARENT + (turned if distance > turn_at else 0) + since_named
                    + (bisect_right(_SHARED_STEPS, shared) * _SHARING if shared else 0) + tie
                ]
                + betweens[between + tie],
                turn.at,
            )
        )  # fmt: skip
    return found


def _start(scene: Scene, tables: Sequence[Sequence[Cell]]) -> Cell:
    """What the tables say of starting a talk."""
    by_kind, by_since, by_gaps, by_shared, by_named, by_people, by_form = tables[6:]
    new, has, low = scene.new, scene.has, scene.low
    history = scene.history
    seats = history.seats
    since = FAR
    own = gap = math.inf
    if scene.last >= 0:
        since = scene.end - scene.last
        own = new.at - seats[scene.last - history.base].turn.at
    if seats:
        gap = new.at - seats[-1].turn.at
    step = bisect_right(_SINCE_STEPS, since)
    mine = len(scene.mine) - bisect_left(scene.mine, low)
    known = has and any(history.by_author.get(person, LONG_AGO)[-1] >= low for person in scene.names)
    shared = bisect_right(_SHARED_STEPS, max(scene.shared.values())) if scene.shared else 0
    return (
        by_kind[(scene.kind * 2 + has) * 7 + step]
        + by_since[(step * 6 + bisect_right(_PARTNER_STEPS, scene.partner_ago)) * 2 + has]
        + by_gaps[bisect_right(_OWN_GAP_STEPS, own) * 6 + bisect_right(_PLACE_GAP_STEPS, gap)]
        + by_shared[(shared * SIZES + scene.size) * 2 + (new.form & _ASKS)]
        + by_named[(known * 2 + has) * 4 + min(3, mine)]
        + by_people[_PEOPLE[scene.present]]
        + by_form[_start_forms(new.form)]
    )


@functools.lru_cache(maxsize=4096)
def _start_forms(form: int) -> int:
    cell = 0
    for bit in _START_FORMS:
        cell = cell * 2 + bool(form & bit)
    return cell
