"""The end of the coach: exactly what will be read, then it goes or waits for the morning."""

from datetime import date

from integrations.slack.blocks import coach as blocks
from integrations.slack.blocks import pieces
from integrations.slack.blocks.coach import STEPS, Fork, Preview
from integrations.slack.listeners import home, recipients
from integrations.slack.visits import Reply, Visit
from service.errors import Problem, ProblemKind, Refused, refused
from service.moments import actions as moments
from service.moments.rules import Resolved
from service.people.queries import MemberCard
from service.repairs import actions as repairs
from service.repairs.rules import Answer, Direction, Draft
from service.ruptures import Rupture
from service.wording import coaching, notes, repair_lines, slots
from service.wording.voice import Voice

SLOT = "slot."
"""What comes before the name of a blank among what a form remembers."""


def look(
    visit: Visit,
    card: MemberCard,
    voice: Voice,
    today: date,
    kept: dict[str, str],
    kind: Rupture,
    direction: Direction,
) -> Reply:
    """What the receiver will read; or what is in the way, at its field."""
    to = visit.gesture.said("receiver")
    receiver = _receiver(visit, voice, to)
    if isinstance(receiver, str):
        return {"response_action": "errors", "errors": {"receiver": receiver}}
    own = "\n".join(filter(None, (visit.gesture.said(step).strip() for step in STEPS)))
    filled = {} if own else _filled(visit, voice, kind, direction)
    slots.parsed(filled, today)
    hold = visit.gesture.said("hold") == "tomorrow"
    kept = kept | {"to": to, "words": own, "hold": "yes" if hold else ""}
    kept |= {f"{SLOT}{slot}": value for slot, value in filled.items()}
    draft = _draft(card, receiver, kept)
    with visit.transaction(writes=False) as db:
        repairs.preview(db, draft, visit.now)
    theirs = Voice.for_language(receiver.language, formal=receiver.formal, register=voice.register)
    said = _said(theirs, draft, today)
    also = _said(voice, draft, today) if theirs.language != voice.language and not own else None
    shown = Preview(visit.gesture.person, to, direction, said, also, held=hold)
    remembered = {name: value for name, value in kept.items() if value}
    return {"response_action": "push", "view": blocks.preview(voice, shown, visit.keep(**remembered))}


def _receiver(visit: Visit, voice: Voice, to: str) -> MemberCard | str:
    """Whom it is for, or why it cannot reach them."""
    reached = recipients.reached(visit, voice, (to,))
    if reached.told:
        return " ".join(reached.told)
    if not reached.known:
        raise refused(ProblemKind.OUT_OF_REACH, "receiver", name=recipients.name_of(visit, to))
    return reached.known[0]


def _filled(visit: Visit, voice: Voice, kind: Rupture, direction: Direction) -> dict[str, str]:
    """The blanks of the text, every one of them."""
    wanted = (notes if direction is Direction.HURT else repair_lines).blanks(kind, voice.register)
    filled = {slot: visit.gesture.said(slot).strip() for slot in sorted(wanted)}
    if missing := [slot for slot, value in filled.items() if not value]:
        raise Refused(*(Problem(ProblemKind.MISSING, slot) for slot in missing))
    return filled


def _draft(card: MemberCard, receiver: MemberCard, kept: dict[str, str]) -> Draft:
    try:
        kind = Rupture(kept.get("kind", ""))
    except ValueError:
        raise refused(ProblemKind.EXPIRED) from None
    return Draft(
        sender=card.id,
        receiver=receiver.id,
        direction=Direction.HURT if kept.get("fork") == Fork.HURT else Direction.MINE,
        kind=kind,
        slots={name.removeprefix(SLOT): value for name, value in kept.items() if name.startswith(SLOT)},
        words=kept.get("words", ""),
        hold=bool(kept.get("hold")),
        token=kept.get("token", ""),
    )


def _said(voice: Voice, draft: Draft, today: date) -> str:
    if draft.words:
        return draft.words
    fillings = slots.parsed(draft.slots, today)
    if draft.direction is Direction.HURT:
        return str(notes.note(voice, draft.kind, fillings))
    return repair_lines.line(voice, draft.kind, fillings)


def send(visit: Visit) -> Reply:
    """It goes now or waits; what led to it is done."""
    card, kept = visit.full_member(), visit.kept()
    receiver = visit.known(kept.get("to", ""))
    if receiver is None:
        raise refused(ProblemKind.NOT_FOUND)
    draft = _draft(card, receiver, kept)
    note, moment = kept.get("note"), kept.get("moment")
    with visit.transaction() as db:
        repair = repairs.send(db, draft, visit.now)
        if note:
            repairs.answer(db, note, card.id, Answer.MEND, visit.now)
        if moment:
            moments.resolve(db, card.id, moment, Resolved.SAID)
    visit.desk.runtime.soon()
    voice = visit.voice(card)
    if note:
        home.done_before(visit, pieces.context(coaching.answered(voice, Direction.HURT, Answer.MEND)))
    elif moment:
        home.done_before(visit, pieces.context(coaching.begun(voice)))
    return {"response_action": "update", "view": blocks.sent(voice, repair, draft.direction, held=draft.hold)}
