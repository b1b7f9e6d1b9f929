"""Why a message came, fewer of its kind, or none."""

from integrations.slack.blocks import nudges as nudge_blocks
from integrations.slack.blocks import pieces
from integrations.slack.listeners import home
from integrations.slack.visits import Reply, Visit
from service.errors import ProblemKind, refused
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind
from service.wording import reasons
from service.wording.buttons import Button


def why(visit: Visit) -> Reply:
    """Why each kind in this message came."""
    visit.open(nudge_blocks.why(visit.voice(visit.me()), _kinds(visit)))
    return None


def fewer(visit: Visit) -> Reply:
    """Fewer of these; a message of several kinds asks of which."""
    return _wished(visit, stop=False)


def stop(visit: Visit) -> Reply:
    """No more of these; a message of several kinds asks of which."""
    return _wished(visit, stop=True)


def _wished(visit: Visit, *, stop: bool) -> Reply:
    kinds = _kinds(visit)
    if len(kinds) > 1:
        return why(visit)
    card = visit.me()
    with visit.transaction() as db:
        (nudges.stop if stop else nudges.fewer)(db, card.id, kinds[0])
    voice = visit.voice(card)
    said = reasons.stopped(voice) if stop else reasons.fewer(voice)
    if visit.gesture.view is not None:
        visit.client.views_update(view_id=visit.gesture.view, view=pieces.notice(voice, said))
    else:
        home.done(visit, pieces.context(said))
    return None


def _kinds(visit: Visit) -> list[NudgeKind]:
    try:
        found = [NudgeKind(name) for name in visit.gesture.value.split(",") if name]
    except ValueError:
        found = []
    if not found:
        raise refused(ProblemKind.UNKNOWN_VALUE)
    return found


BUTTONS = {Button.NUDGES_WHY: why, Button.NUDGES_FEWER: fewer, Button.NUDGES_STOP: stop}
