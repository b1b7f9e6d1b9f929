"""Private moments in Slack: noted for oneself alone, and let be."""

from integrations.slack.blocks import moments as blocks
from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import View
from integrations.slack.listeners import home
from integrations.slack.visits import Reply, Visit
from service.errors import ProblemKind, refused
from service.moments import actions as moments
from service.moments import queries, starting
from service.moments.rules import Moment, Resolved
from service.people import queries as people
from service.people.queries import MemberCard
from service.ruptures import Rupture
from service.wording import balance as starts
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


def who_starts(visit: Visit) -> Reply:
    """Who Starts: with whom somebody agreed to look, and with whom they could."""
    visit.open(_starting(visit, visit.full_member()))
    return None


def _starting(visit: Visit, card: MemberCard, *told: str) -> View:
    with visit.transaction(writes=False) as db:
        looks = queries.looks_with(db, card.id)
        may = [each for each in starting.may_look_with(db, card.id) if each.id not in looks]
        names = {id_: each.name for id_, each in people.members(db, looks).items()}
    mine = sorted(((id_, names[id_], both) for id_, both in looks.items()), key=lambda each: each[1].casefold())
    return blocks.who_starts(visit.voice(card), mine, [(each.id, each.name) for each in may], told)


def agree(visit: Visit) -> Reply:
    """Yes, to looking with these; nobody is told."""
    card, chosen = visit.full_member(), visit.gesture.chosen("member")
    if not chosen:
        raise refused(ProblemKind.NOBODY_CHOSEN, "member")
    with visit.transaction() as db:
        for other in chosen:
            starting.agree(db, card.id, other, visit.now)
    view = _starting(visit, card, starts.agreed(visit.voice(card)))
    return {"response_action": "update", "view": view}


def started(visit: Visit) -> Reply:
    """I Started This, where nobody could have seen it."""
    card, other = visit.me(), visit.gesture.value
    with visit.transaction() as db:
        if not queries.looks_with(db, card.id).get(other, False):
            raise refused(ProblemKind.NOT_FOUND)
        starting.started(db, card.id, [other], visit.now)
        name = people.the_member(db, other).name
    return _again(visit, card, starts.started(visit.voice(card), name))


def end(visit: Visit) -> Reply:
    """Look No More: what was kept about it goes."""
    card = visit.me()
    with visit.transaction() as db:
        starting.disagree(db, card.id, visit.gesture.value)
    return _again(visit, card, starts.ended(visit.voice(card)))


def _again(visit: Visit, card: MemberCard, told: str) -> Reply:
    visit.client.views_update(view_id=visit.gesture.view, view=_starting(visit, card, told))
    return None


def dismiss(visit: Visit) -> Reply:
    """Not Now, said to an invitation; after the second there is none."""
    card = visit.me()
    with visit.transaction() as db:
        starting.dismiss(db, card.id, visit.gesture.value, visit.now)
    home.done(visit, pieces.context(starts.dismissed(visit.voice(card)), block=visit.gesture.block or None))
    return None


BUTTONS = {
    Button.MOMENTS_NOTE: note_form,
    Button.MOMENTS_RESOLVE: let_be,
    Button.MOMENTS_BALANCE: who_starts,
    Button.MOMENTS_STARTED: started,
    Button.MOMENTS_END: end,
    Button.MOMENTS_DISMISS: dismiss,
}
FORMS = {Button.MOMENTS_NOTE: note, Button.MOMENTS_BALANCE: agree}
SHORTCUTS = {Button.MOMENTS_NOTE: note_form}
