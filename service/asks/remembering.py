"""What is remembered of a place between batches: in the process for speed, in the database for good."""

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.asks.beliefs import OpenAsk
from service.asks.linking import Window
from service.asks.models import HeardTurn, Watched
from service.asks.windows import KEPT, Turn
from service.people.actions import Mark
from service.prepared import Prepared, any_of, table
from service.sealing import Keyring

REMEMBERED_PLACES = 512
REMEMBERED_PEOPLE = 100_000
LATE = 32
"""How many messages may have come after one that is late, and it need not be a revision of its place."""


@dataclass(slots=True)
class Remembered:
    """A window, the mark for which it is good, and the last revision and the last late message that it knows."""

    window: Window
    mark: int
    revised: int
    late: int
    is_sure: bool = False
    """Whether the batch it belongs to is known to be committed."""


class Ears:
    """What a process remembers: the windows of places, and our keys."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring
        self._windows: OrderedDict[str, Remembered] = OrderedDict()
        self._unsure: dict[str, Remembered] = {}
        self._keys: dict[str, bytes] = {}
        self._people: dict[tuple[str, str], int] = {}
        self._names: dict[tuple[str, int], str] = {}
        self._lock = threading.Lock()

    def person(self, workspace: str, name: str) -> int:
        """The opaque number that stands for a person in the windows of a workspace."""
        found = self._people.get((workspace, name))
        if found is None:
            if len(self._people) >= REMEMBERED_PEOPLE:
                self._people.clear()
                self._names.clear()
            found = self._people[workspace, name] = self.keyring.fingerprint(f"people of {workspace}", name)
            self._names[workspace, found] = name
        return found

    def name(self, workspace: str, person: int) -> str | None:
        """Whom this number stands for, where this process heard of them."""
        return self._names.get((workspace, person))

    def key(self, workspace: str) -> bytes:
        """The key of the fingerprints of rare words in a workspace."""
        found = self._keys.get(workspace)
        if found is None:
            found = self._keys[workspace] = self.keyring.derived(f"words of {workspace}")
        return found

    def recall(self, place: str, mark: Mark) -> Remembered | None:
        """Take out the window of a place: as the database knows it, or surely as it knew it at some time since the
        last revision."""
        with self._lock:
            found = self._windows.pop(place, None)
        if found is None or (found.mark != mark.before and not (found.is_sure and found.revised == mark.revised)):
            return None
        return found

    def remember(self, place: str, mark: Mark, window: Window) -> None:
        """Keep a window for the next batch; its mark is good only if this batch is committed."""
        kept = Remembered(window, mark.after, mark.revised, mark.late)
        with self._lock:
            self._windows[place] = kept
            self._unsure[place] = kept
            while len(self._windows) > REMEMBERED_PLACES:
                gone, _ = self._windows.popitem(last=False)
                self._unsure.pop(gone, None)

    def ended(self, *, committed: bool) -> None:
        """What was heard in this process since the last time was committed, or may not have been."""
        with self._lock:
            for kept in self._unsure.values() if committed else ():
                kept.is_sure = True
            self._unsure = {}


def stamp(at: float) -> str:
    """The name of the message of this moment."""
    return f"{at:.6f}"


def recalled(db: Session, ears: Ears, marks: Mapping[str, Mark]) -> dict[str, Window]:
    """The windows of these places: remembered and brought up to date, or as the database keeps them."""
    remembered = {place: ears.recall(place, mark) for place, mark in marks.items()}
    found = {place: kept.window for place, kept in remembered.items() if kept is not None}
    behind = {place: kept for place, kept in remembered.items() if kept and kept.mark != marks[place].before}
    lost = _lost(db, behind, marks)
    return {place: found[place] if place in found and place not in lost else restored(db, place) for place in marks}


def _lost(db: Session, behind: Mapping[str, Remembered], marks: Mapping[str, Mark]) -> Collection[str]:
    """Let windows that fell behind hear what they missed, as whoever heard it did; returns those too far behind."""
    if not behind:
        return ()
    windows = {place: kept.window for place, kept in behind.items()}
    since = {
        place: kept.window.newest if kept.late == marks[place].late else _before_last(kept.window)
        for place, kept in behind.items()
    }
    rows = _CAME.rows(db, places=list(behind), since=min(since.values()))
    came = [
        (place, ts, at, kept)
        for place, ts, at, kept in rows
        if at > since[place] and (at > windows[place].newest or windows[place].find(at) is None)
    ]
    watched = set(_WATCHED.rows(db, places=list(behind), stamps=[ts for _, ts, _, _ in came])) if came else set()
    heard = dict.fromkeys(behind, 0)
    for place, ts, _, kept in came:
        heard[place] += 1
        if heard[place] < KEPT:
            windows[place].hear(Turn.decode(kept), watch=(place, ts) in watched)
    return [place for place, many in heard.items() if many >= KEPT]


def _before_last(window: Window) -> float:
    """The moment from which on something may have come late, or 0 where there are few turns."""
    turns = window.turns
    return turns[-LATE - 1].at if len(turns) > LATE else 0.0


_TURN, _ASKED = table(HeardTurn), table(Watched)
_CAME = Prepared(
    sa.select(_TURN.c.place_id, _TURN.c.ts, _TURN.c.at, _TURN.c.kept)
    .where(_TURN.c.place_id.in_(any_of("places")), _TURN.c.at > sa.bindparam("since"), _TURN.c.thread.is_(None))
    .order_by(_TURN.c.at),
    found=True,
)
_WATCHED = Prepared(
    sa.select(_ASKED.c.place_id, _ASKED.c.ts).where(
        _ASKED.c.place_id.in_(any_of("places")), _ASKED.c.ts.in_(any_of("stamps"))
    ),
    found=True,
)


def restored(db: Session, place: str) -> Window:
    """The window of a place as the database keeps it."""
    turns = db.scalars(
        sa.select(HeardTurn.kept)
        .where(HeardTurn.place_id == place, HeardTurn.thread.is_(None))
        .order_by(HeardTurn.at.desc())
        .limit(KEPT)
    )
    asks = db.scalars(sa.select(Watched.kept).where(Watched.place_id == place))
    return Window.restore([Turn.decode(kept) for kept in turns][::-1], [OpenAsk.decode(kept) for kept in asks])
