"""The coach in Slack, step by step: from what brings somebody here to a word that is sent, a deed, or nothing."""

from dataclasses import dataclass
from datetime import date

from integrations.slack.blocks import coach as blocks
from integrations.slack.blocks import pieces
from integrations.slack.blocks import repairs as repair_blocks
from integrations.slack.blocks.appreciations import Begun
from integrations.slack.blocks.coach import Fork, Way
from integrations.slack.blocks.pieces import View
from integrations.slack.listeners import moments, sending, suggestions, thanking
from integrations.slack.visits import Reply, Visit
from service.appreciations.rules import Door
from service.asks import queries as asks
from service.asks.rules import Mark
from service.db import Session, new_id
from service.errors import ProblemKind, refused
from service.moments import queries as noted
from service.people import queries as people
from service.people.queries import MemberCard
from service.people.rules import IdentityKind
from service.repairs import queries
from service.repairs.rules import Direction
from service.ruptures import Register, Rupture
from service.suggestions import deck
from service.wording import coaching, ready, slack
from service.wording import repairs as words
from service.wording import suggestions as card_words
from service.wording.buttons import Button
from service.wording.voice import Voice


def command(visit: Visit) -> Reply:
    """`/repair` opens the coach; with any words behind it, it says what it does."""
    if not visit.gesture.value:
        return begin(visit)
    voice, name = visit.voice(), visit.desk.runtime.settings.slack_command_repair
    said = coaching.usage(voice, name)
    shown = [pieces.section(said), repair_blocks.begin(voice, "usage"), pieces.context(slack.only_you(voice))]
    return {"response_type": "ephemeral", "text": said, "blocks": shown}


def begin(visit: Visit) -> Reply:
    """Start a Repair, from wherever: its value says what is known."""
    card = visit.full_member()
    about, _, id_ = visit.gesture.value.partition(".")
    match about:
        case "ask":
            view = _late(visit, card, id_)
        case "note":
            view = _in_answer(visit, card, id_)
        case "moment":
            view = _after_moment(visit, card, id_)
        case "card":
            drawn = deck.card(Register.TEAM, id_)
            kept = visit.keep(token=new_id())
            view = blocks.begin(visit.voice(card), kept, kind=drawn.rupture if drawn is not None else None)
        case _:
            view = blocks.begin(visit.voice(card), visit.keep(token=new_id()))
    visit.open(view)
    return None


def _late(visit: Visit, card: MemberCard, ask: str) -> View:
    """A late answer begins with its line: whose it is and what it is about are known."""
    voice, today = visit.voice(card), visit.today(card)
    with visit.transaction(writes=False) as db:
        found = asks.ask(db, ask)
        if found is None or found.asked != card.id:
            raise refused(ProblemKind.NOT_FOUND)
        to = _address(db, found.asker)
        asked_on = found.asked_at.astimezone(people.boundaries(db, [card.id])[card.id].tz).date()
    kind = Rupture.PERSONAL_WAITING if found.mark is Mark.PERSONAL else Rupture.REPLY_WAITING
    kept = visit.keep(token=new_id(), fork=Fork.MEND.value, kind=kind.value)
    return blocks.line(voice, kind, today, kept, to=to, about=words.from_ask(voice, asked_on, today))


def _in_answer(visit: Visit, card: MemberCard, repair: str) -> View:
    """In answer to a signed note: a line to whoever signed it."""
    with visit.transaction(writes=False) as db:
        found = queries.repair(db, repair, card.id)
        if found is None or found.receiver != card.id or found.direction is not Direction.HURT:
            raise refused(ProblemKind.NOT_FOUND)
        to = _address(db, found.sender)
    kept = visit.keep(token=new_id(), fork=Fork.MEND.value, kind=found.kind.value, note=found.id)
    return blocks.line(visit.voice(card), found.kind, visit.today(card), kept, to=to)


def _after_moment(visit: Visit, card: MemberCard, moment: str) -> View:
    """After a pattern in one's own notes: what hurt, with whom, and its kind are known to oneself alone."""
    with visit.transaction(writes=False) as db:
        found = noted.moment(db, visit.desk.runtime.keyring, card.id, moment)
        if found is None:
            raise refused(ProblemKind.NOT_FOUND)
        to = _address(db, found.who) or found.who
    kept = visit.keep(token=new_id(), moment=found.id, **({"to": to} if to else {}))
    return blocks.begin(visit.voice(card), kept, fork=Fork.HURT, kind=found.kind)


def _address(db: Session, member: str | None) -> str | None:
    return people.addresses(db, IdentityKind.SLACK, [member]).get(member) if member is not None else None


@dataclass(frozen=True, slots=True)
class Step:
    """Where somebody is in the coach."""

    card: MemberCard
    voice: Voice
    today: date
    kept: dict[str, str]
    fork: Fork
    kind: Rupture


def onward(visit: Visit) -> Reply:
    """The next step, whichever was filled in."""
    card = visit.full_member()
    kept, said = visit.kept(), visit.gesture.said
    try:
        fork = Fork(said("fork") or kept.get("fork", ""))
        kind = Rupture(said("kind") or kept.get("kind", ""))
    except ValueError:
        raise refused(ProblemKind.UNKNOWN_VALUE, "fork") from None
    kept |= {"fork": fork.value, "kind": kind.value}
    step = Step(card, visit.voice(card), visit.today(card), kept, fork, kind)
    if "receiver" in visit.gesture.fields:
        return sending.look(visit, card, step.voice, step.today, kept, kind, _direction(fork))
    view = _chosen(visit, step) if "way" in visit.gesture.fields else _forked(visit, step)
    return {"response_action": "update", "view": view}


def _direction(fork: Fork) -> Direction:
    return Direction.HURT if fork is Fork.HURT else Direction.MINE


def _forked(visit: Visit, step: Step) -> View:
    voice, kept = step.voice, visit.keep(**step.kept)
    match step.fork:
        case Fork.BIGGER:
            return blocks.lines(voice, words.bigger(voice, card_words.contacts(voice, visit.home().help_at)))
        case Fork.MEND:
            return blocks.line(voice, step.kind, step.today, kept, to=step.kept.get("to"))
        case Fork.HURT | Fork.SAW:
            return blocks.ways(voice, step.fork, step.kind, step.today, kept)


def _chosen(visit: Visit, step: Step) -> View:
    try:
        way = Way(visit.gesture.said("way"))
    except ValueError:
        raise refused(ProblemKind.UNKNOWN_VALUE, "way") from None
    voice, kind = step.voice, step.kind
    match way:
        case Way.SIGN:
            return blocks.note(voice, kind, step.today, visit.keep(**step.kept), to=step.kept.get("to"))
        case Way.WORD:
            return blocks.lines(voice, coaching.for_the_person(voice), to_use=words.witness(voice))
        case Way.THANK:
            return thanking.form(visit, step.card, Begun(), Door.SHORTCUT)
        case Way.CARD:
            return suggestions.first(visit)
        case Way.CHAIR:
            return blocks.lines(voice, coaching.for_the_chair(voice), to_use=ready.to_chair(voice, kind))
        case Way.READY:
            return blocks.lines(voice, coaching.for_next_time(voice), to_use=ready.line(voice, kind))
        case Way.KEEP:
            return moments.form(visit, step.card, kind)
        case Way.NOTHING:
            return blocks.lines(voice, words.nothing(voice))


BUTTONS = {Button.REPAIRS_OPEN: begin}
FORMS = {Button.REPAIRS_OPEN: onward, Button.REPAIRS_SEND: sending.send}
SHORTCUTS = {Button.REPAIRS_OPEN: begin}
COMMANDS = {"slack_command_repair": command}
