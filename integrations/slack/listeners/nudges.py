"""Why a message came, fewer of its kind, or none."""

from integrations.slack.blocks import asks as ask_blocks
from integrations.slack.blocks import nudges as nudge_blocks
from integrations.slack.blocks import pieces
from integrations.slack.listeners import home
from integrations.slack.visits import Reply, Visit
from service.asks import queries as asks
from service.errors import ProblemKind, refused
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind
from service.wording import evidence, reasons
from service.wording.buttons import Button
from service.wording.voice import Voice


def why(visit: Visit) -> Reply:
    """Why each kind in this message came."""
    card = visit.me()
    voice = visit.voice(card)
    visit.open(nudge_blocks.why(voice, _kinds(visit), _about_asks(visit, voice, card.id)))
    return None


def _about_asks(visit: Visit, voice: Voice, member: str) -> list[nudge_blocks.Because]:
    """Why each ask that waits for them in this message is thought open."""
    on = visit.gesture.on
    told = ask_blocks.named_in(on.blocks) if on is not None else []
    with visit.transaction(writes=False) as db:
        mine = [card for card in asks.waiting_for_me(db, member) if card.id in told]
        known = asks.understood(db, [card.id for card in mine], visit.now)
    return [
        nudge_blocks.Because(card.channel, evidence.because(voice, known[card.id].reasons, known[card.id].expected))
        for card in mine
        if card.id in known
    ]


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
