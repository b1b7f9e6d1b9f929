"""What a worker does: it walks every round that is due."""

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import structlog

from service import bootstrap, rounds, schema
from service.access import actions as access
from service.appreciations import actions as appreciations
from service.asks import actions as asks
from service.belongings import actions as belongings
from service.db import Session, new_id
from service.efforts import actions as efforts
from service.errors import StoreAway
from service.failpoints import fp
from service.insights import actions as insights
from service.moments import actions as moments
from service.nudges import actions as nudges
from service.nudges import delivery
from service.occasions import actions as occasions
from service.people import queries as people
from service.repairs import actions as repairs
from service.runtime import Plug, Runtime
from service.schedule import Round
from service.suggestions import actions as suggestions

BUDGET_S: Final = 60.0
"""How long one job goes on, in seconds; the next one takes up what is left."""

log = structlog.get_logger("jobs")

Walk = Callable[[Runtime], None]


def work_due(told_to_stop: Callable[[], bool] = lambda: False) -> None:
    """Walk every round that is due; the one job there is. Begins no further round once told to stop."""
    runtime = bootstrap.runtime()
    try:
        if schema.look(runtime.engine)[0] is schema.Fit.FITS:
            walk(runtime, bootstrap.plugs(runtime), told_to_stop)
        else:
            log.warning("the database does not fit this version; nothing is done until it does")
    except StoreAway:
        log.warning("the database is away")  # what is due stays due, and the next ring comes soon
    finally:
        runtime.engine.dispose()


def walk(runtime: Runtime, plugs: Iterable[Plug] = (), told_to_stop: Callable[[], bool] = lambda: False) -> list[Round]:
    """Walk what is due, each round for itself: one that fails keeps no other from being walked.

    Returns the rounds that were walked. Raises StoreAway where the database does not answer.
    """
    plugs = tuple(plugs)
    holder = new_id()
    until = time.monotonic() + BUDGET_S
    with runtime.housekeeping(writes=False) as session:
        due = rounds.due(session, runtime.now())
    walked = []
    for name in due:
        if time.monotonic() > until or told_to_stop():
            break
        with runtime.housekeeping() as session:
            taken = rounds.take(session, name, holder, runtime.now())
        if not taken:
            continue
        fp("round.begun")
        failure = _walked(runtime, plugs, name)
        fp("round.walked")
        with runtime.housekeeping() as session:
            rounds.let_go(session, name, holder, runtime.now(), failure)
        fp("round.done")
        walked.append(name)
    return walked


def _walked(runtime: Runtime, plugs: tuple[Plug, ...], name: Round) -> str | None:
    try:
        if name in WALKS:
            WALKS[name](runtime)
        for plug in plugs:
            if name in plug.rounds:
                plug.rounds[name](runtime.now())
    except StoreAway:
        raise
    except Exception as error:
        log.exception("a round failed", round=name.value)
        return type(error).__name__
    return None


def surface_asks(runtime: Runtime) -> None:
    """Offer the asks that are due, and the tip to those whose open question nobody took up."""
    _while_any(runtime, lambda session: asks.surface_due(session, runtime.now()))
    fp("asks.offered")
    _while_any(runtime, lambda session: asks.tip_due(session, runtime.now()))
    _while_any(runtime, lambda session: asks.tell_circles_due(session, runtime.now()))


def notice_unthanked(runtime: Runtime) -> None:
    """Look at the weekly slot of every lead that has come."""
    _in_each(runtime, lambda session: efforts.notice_unthanked(session, runtime.now(), runtime.random))


def night(runtime: Runtime) -> None:
    """Let chance work on every hat, one workspace after the other."""
    _in_each(runtime, lambda session: suggestions.night(session, runtime.random))
    fp("cards.night")


def draw_cards(runtime: Runtime) -> None:
    """Give hats to those who take part, and draw where the slot of the week has come."""

    def draw(session: Session) -> None:
        suggestions.hats_for_all(session, runtime.now())
        suggestions.draw_due(session, runtime.now(), runtime.random)

    _in_each(runtime, draw)
    fp("cards.drawn")


def send_held(runtime: Runtime) -> None:
    """Send the repairs whose morning has come."""
    with runtime.housekeeping() as session:
        repairs.go_due(session, runtime.now())
    fp("repairs.gone")


def tell_days(runtime: Runtime) -> None:
    """Tell of days that matter, in time."""
    _in_each(runtime, lambda session: occasions.tell_due(session, runtime.now()))


def invite_quieter(runtime: Runtime) -> None:
    """Invite the quieter side of pairs that agreed to look."""
    _in_each(runtime, lambda session: moments.invite_due(session, runtime.now()))


def tell_weeks(runtime: Runtime) -> None:
    """Tell circles that chose it what they shared in the week that ended."""
    _in_each(runtime, lambda session: appreciations.tell_due(session, runtime.now()))


def deliver_nudges(runtime: Runtime) -> None:
    """Send what is due and what has changed, until nothing is."""
    until = time.monotonic() + BUDGET_S
    while time.monotonic() < until:
        done = delivery.deliver_due(runtime.housekeeping, runtime.couriers, runtime.now())
        changed = delivery.change_due(runtime.housekeeping, runtime.couriers, runtime.now())
        if not done.any and not changed.any:
            return


def trace_nudges(runtime: Runtime) -> None:
    """Ask after what may or may not have arrived."""
    delivery.trace_due(runtime.housekeeping, runtime.couriers, runtime.now())


def drop_asks(runtime: Runtime) -> None:
    """Let go in silence of what has waited long enough."""
    _while_any(runtime, lambda session: asks.drop_due(session, runtime.now()))


def trim_windows(runtime: Runtime) -> None:
    """Forget what windows no longer need."""
    with runtime.housekeeping() as session:
        asks.trim_due(session, runtime.now())


def write_insights(runtime: Runtime) -> None:
    """Reckon what circles may know of themselves, where the days it is about are over."""
    _in_each(runtime, lambda session: insights.write_due(session, runtime.now()))


def forget(runtime: Runtime) -> None:
    """Delete what has been kept as long as we say we keep it."""
    _while_any(runtime, lambda session: asks.forget_due(session, runtime.now()))
    _while_any(runtime, lambda session: nudges.forget_due(session, runtime.now()))
    with runtime.housekeeping() as session:
        access.forget_due(session, runtime.now())
        efforts.forget_due(session, runtime.now())
        insights.forget_due(session, runtime.now())
        moments.fade_due(session, runtime.now())
        suggestions.forget_due(session, runtime.now().date())
        belongings.purge_due(session, runtime.now())


def _in_each(runtime: Runtime, work: Callable[[Session], object]) -> None:
    """Once in each workspace that is not suspended, each time in a transaction that sees it alone."""
    with runtime.housekeeping(writes=False) as session:
        homes = [home.id for home in people.workspaces(session) if home.suspended_at is None]
    for home in homes:
        with runtime.transaction(home) as session:
            work(session)
        fp("round.home")


def _while_any(runtime: Runtime, some: Callable[[Session], int]) -> None:
    """Again and again, each time in a transaction of its own, until there was nothing to do."""
    until = time.monotonic() + BUDGET_S
    while time.monotonic() < until:
        with runtime.housekeeping() as session:
            done = some(session)
        fp("round.batch")
        if not done:
            return


WALKS: Final[Mapping[Round, Walk]] = {
    Round.SURFACE_ASKS: surface_asks,
    Round.NOTICE_UNTHANKED: notice_unthanked,
    Round.NIGHT: night,
    Round.DRAW_CARDS: draw_cards,
    Round.SEND_HELD: send_held,
    Round.TELL_DAYS: tell_days,
    Round.INVITE_QUIETER: invite_quieter,
    Round.TELL_WEEKS: tell_weeks,
    Round.DELIVER_NUDGES: deliver_nudges,
    Round.TRACE_NUDGES: trace_nudges,
    Round.DROP_ASKS: drop_asks,
    Round.TRIM_WINDOWS: trim_windows,
    Round.WRITE_INSIGHTS: write_insights,
    Round.FORGET: forget,
}
