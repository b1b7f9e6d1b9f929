"""What is done with a card that was drawn: kept, left out, another kind, a pause, a word against it, a word of it."""

from collections.abc import Callable

from integrations.slack.blocks import cards as blocks
from integrations.slack.blocks import pieces
from integrations.slack.listeners import home
from integrations.slack.visits import Reply, Visit
from service.db import Session
from service.errors import ProblemKind, refused
from service.people import queries as people
from service.people.queries import MemberCard
from service.ruptures import Register
from service.suggestions import actions as suggestions
from service.suggestions import deck, sharing
from service.wording import slipping
from service.wording import suggestions as words
from service.wording.buttons import Button
from service.wording.voice import Voice


def keep(visit: Visit) -> Reply:
    """Keep It: it stands among one's cards anyway."""
    _show(visit, words.kept(visit.voice(visit.me())))
    return None


def _tap(act: Callable[[Session, MemberCard, Visit], None], say: Callable[[Voice], str]) -> Callable[[Visit], Reply]:
    """A button that needs no form: one action, and what was done in its place."""

    def tapped(visit: Visit) -> Reply:
        card = visit.me()
        with visit.transaction() as db:
            act(db, card, visit)
        _show(visit, say(visit.voice(card)))
        return None

    return tapped


def _omit(db: Session, card: MemberCard, visit: Visit) -> None:
    today = visit.now.astimezone(people.boundaries(db, [card.id])[card.id].tz).date()
    suggestions.omit(db, card.id, _card(visit.gesture.value), today)


def _other_kind(db: Session, card: MemberCard, visit: Visit) -> None:
    suggestions.other_kind(db, card.id)


def _card(card: str) -> str:
    """A card of the deck, by its id."""
    if deck.card(Register.TEAM, card) is None:
        raise refused(ProblemKind.NOT_FOUND)
    return card


def pause(visit: Visit) -> Reply:
    """Pause My Cards, and draw them again."""
    card = visit.me()
    again = visit.gesture.value == "again"
    with visit.transaction() as db:
        suggestions.pause(db, card.id, paused=not again)
    voice = visit.voice(card)
    if again:
        _show(visit, words.resumed(voice))
    else:
        home.done(visit, *blocks.paused(voice, visit.gesture.block))
    return None


def report_form(visit: Visit) -> Reply:
    """Unkind or Not Safe asks which."""
    visit.open(blocks.report(visit.voice(visit.me()), visit.keep(card=_card(visit.gesture.value))))
    return None


def report(visit: Visit) -> Reply:
    """Unkind counts against the words; not safe shows help, and keeps nothing."""
    voice = visit.voice(visit.me())
    match visit.gesture.said("what"):
        case "unkind":
            with visit.transaction() as db:
                suggestions.report(db, _card(visit.kept().get("card", "")), visit.now.date())
            said = words.reported_unkind(voice)
        case "unsafe":
            said = words.reported_unsafe(voice, words.contacts(voice, visit.home().help_at))
        case _:
            raise refused(ProblemKind.UNKNOWN_VALUE, "what")
    return {"response_action": "update", "view": pieces.notice(voice, said)}


def share_form(visit: Visit) -> Reply:
    """Share What I Will Try asks for one's own words, and whom to tell."""
    card = visit.me()
    voice = visit.voice(card)
    with visit.transaction(writes=False) as db:
        mine = people.circles_of(db, card.id)
        circles = [(each.id, each.name) for each in mine if sharing.may_share(db, card.id, each.id, visit.now)]
    if not mine:
        raise refused(ProblemKind.NOT_ALLOWED)
    if not circles:
        visit.open(pieces.notice(voice, slipping.share_later(voice)))
        return None
    visit.open(blocks.share(voice, circles, visit.keep(), sharing.LONGEST))
    return None


def share(visit: Visit) -> Reply:
    """It travels with the next morning list of everybody in the circle."""
    card, said = visit.me(), visit.gesture.said
    with visit.transaction() as db:
        sharing.share(db, card.id, said("circle"), said("words"), visit.now)
    visit.desk.runtime.soon()
    voice = visit.voice(card)
    home.done_before(visit, pieces.context(words.shared_done(voice)))
    return {"response_action": "update", "view": pieces.notice(voice, words.shared_done(voice))}


def _show(visit: Visit, said: str) -> None:
    home.done(visit, pieces.context(said, block=visit.gesture.block or None))


BUTTONS = {
    Button.SUGGESTIONS_KEEP: keep,
    Button.SUGGESTIONS_OMIT: _tap(_omit, words.left_out),
    Button.SUGGESTIONS_OTHER: _tap(_other_kind, words.other_kind),
    Button.SUGGESTIONS_PAUSE: pause,
    Button.SUGGESTIONS_REPORT: report_form,
    Button.SUGGESTIONS_SHARE: share_form,
}
FORMS = {Button.SUGGESTIONS_REPORT: report, Button.SUGGESTIONS_SHARE: share}
