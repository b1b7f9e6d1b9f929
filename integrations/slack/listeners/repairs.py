"""Signed repair in Slack after it was sent: answered, settled, taken back."""

from collections.abc import Callable

from integrations.slack.blocks import pieces
from integrations.slack.blocks import repairs as blocks
from integrations.slack.listeners import home
from integrations.slack.visits import Reply, Visit
from service.errors import ProblemKind, refused
from service.repairs import actions as repairs
from service.repairs import queries
from service.repairs.rules import Answer, Direction, RepairState
from service.wording import appreciations as thanks
from service.wording import coach, coaching
from service.wording import repairs as words
from service.wording.buttons import Button


def _answer(how: Answer) -> Callable[[Visit], Reply]:
    """A full answer; what becomes of it is said in the place of the buttons."""

    def answered(visit: Visit) -> Reply:
        card, repair = visit.me(), visit.gesture.value
        with visit.transaction() as db:
            found = queries.repair(db, repair, card.id)
            if found is None:
                raise refused(ProblemKind.NOT_FOUND)
            repairs.answer(db, repair, card.id, how, visit.now)
        visit.desk.runtime.soon()
        voice = visit.voice(card)
        said = pieces.context(coaching.answered(voice, found.direction, how))
        if found.direction is Direction.MINE and found.state is RepairState.SENT:
            home.done(visit, said, blocks.settle(voice, repair))
        else:
            home.done(visit, said)
        return None

    return answered


def deed(visit: Visit) -> Reply:
    """Do Something Small, in answer to a note; nobody is told."""
    _answer(Answer.DEED)(visit)
    visit.open(pieces.notice(visit.voice(), words.smaller_way(visit.voice())))
    return None


def unfair(visit: Visit) -> Reply:
    """This Isn't Fair: the note is taken away, and its message soon after."""
    _answer(Answer.UNFAIR)(visit)
    visit.open(pieces.notice(visit.voice(), words.unfair(visit.voice())))
    return None


def settle(visit: Visit) -> Reply:
    """Call It Settled, which is for the one who was hurt."""
    card = visit.me()
    with visit.transaction() as db:
        repairs.settle(db, visit.gesture.value, card.id, visit.now)
    visit.desk.runtime.soon()
    home.done(visit, pieces.context(coach.is_settled(visit.voice(card))))
    return None


def withdraw(visit: Visit) -> Reply:
    """Take It Back, while it is held or for ten minutes after it went."""
    card = visit.me()
    with visit.transaction() as db:
        repairs.take_back(db, visit.gesture.value, card.id, visit.now)
    visit.desk.runtime.soon()
    voice = visit.voice(card)
    if visit.gesture.in_home:
        home.publish(visit)
    elif visit.gesture.view is not None:
        view = {**pieces.notice(voice, thanks.taken_back(voice)), "clear_on_close": True}
        visit.client.views_update(view_id=visit.gesture.view, view=view)
    return None


BUTTONS = {
    Button.REPAIRS_THANK: _answer(Answer.THANK),
    Button.REPAIRS_TALK: _answer(Answer.TALK),
    Button.REPAIRS_LATER: _answer(Answer.LATER),
    Button.REPAIRS_UNSETTLED: _answer(Answer.UNSETTLED),
    Button.REPAIRS_DEED: deed,
    Button.REPAIRS_UNFAIR: unfair,
    Button.REPAIRS_SETTLE: settle,
    Button.REPAIRS_WITHDRAW: withdraw,
}
