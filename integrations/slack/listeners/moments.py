"""Private moments in Slack: noted for oneself alone, and let be."""

from integrations.slack.blocks import moments as blocks
from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import View
from integrations.slack.listeners import home
from integrations.slack.visits import Reply, Visit
from service.errors import ProblemKind, refused
from service.moments import actions as moments
from service.moments.rules import Moment, Resolved
from service.people.queries import MemberCard
from service.ruptures import Rupture
from service.wording import moments as words
from service.wording.buttons import Button


def note_form(visit: Visit) -> Reply:
    """Note a Moment."""
    visit.open(form(visit, visit.full_member()))
    return None


def form(visit: Visit, card: MemberCard, kind: Rupture | None = None) -> View:
    """The form, with a kind where one is known."""
    return blocks.form(visit.voice(card), visit.keep(), kind=kind)


def note(visit: Visit) -> Reply:
    """It was noted. Nobody is met only because somebody noted a moment: whom we do not know stays a Slack id."""
    card, who = visit.full_member(), visit.gesture.said("who")
    try:
        kind = Rupture(visit.gesture.said("kind"))
    except ValueError:
        raise refused(ProblemKind.UNKNOWN_VALUE, "kind") from None
    known = visit.known(who) if who else None
    moment = Moment(kind, known.id if known is not None else who or None, visit.gesture.said("words"))
    with visit.transaction() as db:
        moments.note(db, visit.desk.runtime.keyring, card.id, moment, visit.now)
    voice = visit.voice(card)
    view = pieces.notice(voice, words.noted(voice), words.private(voice), blocks=blocks.mine_here(voice))
    return {"response_action": "update", "view": view}


def let_be(visit: Visit) -> Reply:
    """Let It Be: the pattern starts anew."""
    card = visit.me()
    with visit.transaction() as db:
        moments.resolve(db, card.id, visit.gesture.value, Resolved.LET_BE)
    home.done(visit, pieces.context(words.let_be(visit.voice(card)), block=visit.gesture.block or None))
    return None


BUTTONS = {Button.MOMENTS_NOTE: note_form, Button.MOMENTS_RESOLVE: let_be}
FORMS = {Button.MOMENTS_NOTE: note}
SHORTCUTS = {Button.MOMENTS_NOTE: note_form}
