"""Work noticed, in Slack: noted by hand, and what a reader does with their weekly list."""

from integrations import slack_text
from integrations.slack.blocks import efforts as blocks
from integrations.slack.blocks import pieces
from integrations.slack.listeners import home, recipients
from integrations.slack.visits import Reply, Visit
from service.db import new_id
from service.efforts import actions as efforts
from service.efforts import queries
from service.efforts.cadence import Wish
from service.efforts.queries import EffortCard
from service.errors import ProblemKind, refused
from service.wording import efforts as words
from service.wording.buttons import Button


def command(visit: Visit, typed: str) -> Reply:
    """`/goldseam noticed` with a name and the work, in any order."""
    named = slack_text.named(typed)
    _form(visit, named[0] if named else None, slack_text.plain(typed))
    return None


def note_form(visit: Visit) -> Reply:
    """Note What Someone Did asks who, and what."""
    _form(visit, None, "")
    return None


def _form(visit: Visit, who: str | None, said: str) -> None:
    card = visit.me()
    visit.open(blocks.note(visit.voice(card), who, said, visit.keep(token=new_id())))


def note(visit: Visit) -> Reply:
    """It was noted; whom we have not met, nothing is kept about."""
    card, doer = visit.me(), visit.gesture.said("doer")
    voice = visit.voice(card)
    reached = recipients.reached(visit, voice, (doer,))
    if reached.told:
        return {"response_action": "errors", "errors": {"doer": " ".join(reached.told)}}
    if not reached.known:
        name = recipients.name_of(visit, doer)
        raise refused(ProblemKind.OUT_OF_REACH, "doer", name=name)
    other = reached.known[0]
    token = visit.kept().get("token")
    with visit.transaction() as db:
        effort = efforts.note(db, card.id, other.id, visit.gesture.said("words"), visit.now, token=token)
    said = words.noted_own(voice) if other.id == card.id else words.noted(voice, slack_text.person(doer))
    view = blocks.noted(voice, said, {doer}, effort if other.id != card.id else None)
    return {"response_action": "update", "view": view}


def already(visit: Visit) -> Reply:
    """Already Did: it leaves the list."""
    card = visit.me()
    with visit.transaction() as db:
        found = _effort(queries.efforts(db, [visit.gesture.value]))
        efforts.already(db, card.id, found.member, visit.now, [found.id])
    home.done(visit, pieces.context(words.already_done(visit.voice(card)), block=visit.gesture.block or None))
    return None


def skip(visit: Visit) -> Reply:
    """Not This One."""
    card = visit.me()
    with visit.transaction() as db:
        efforts.skip(db, card.id, _effort(queries.efforts(db, [visit.gesture.value])).member)
    home.done(visit, pieces.context(words.skipped(visit.voice(card)), block=visit.gesture.block or None))
    return None


def _effort(found: list[EffortCard]) -> EffortCard:
    if not found:
        raise refused(ProblemKind.NOT_FOUND)
    return found[0]


def keep_monthly(visit: Visit) -> Reply:
    """Keep Them Monthly; its value says of which circle."""
    card = visit.me()
    circle, _, _ = visit.gesture.value.partition(".")
    with visit.transaction() as db:
        efforts.answer_wish(db, card.id, circle, Wish.MONTHLY)
    home.done(visit, pieces.context(words.kept_monthly(visit.voice(card)), block=visit.gesture.block or None))
    return None


BUTTONS = {
    Button.EFFORTS_NOTE: note_form,
    Button.EFFORTS_ALREADY: already,
    Button.EFFORTS_SKIP: skip,
    Button.NUDGES_MONTHLY: keep_monthly,
}
FORMS = {Button.EFFORTS_NOTE: note}
SHORTCUTS = {Button.EFFORTS_NOTE: note_form}
