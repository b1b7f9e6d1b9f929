"""What we said to a member, as cards on a page: our sentences, somebody's own words, and what can be done."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from service.nudges.queries import NudgeCard
from service.nudges.rules import Item, NudgeKind
from service.people.acts import Act
from service.people.rules import Joined
from service.repairs.rules import Answer
from service.web.asking import parted
from service.web.here import Here
from service.web.pieces import Act as Press
from service.web.pieces import Nudge, Why
from service.wording import look as around
from service.wording import nudges as words
from service.wording import reasons, today
from service.wording import repairs as repair_words
from service.wording.buttons import Button, label
from service.wording.nudges import Names

ASKS = frozenset({NudgeKind.ASK_WAITING, NudgeKind.ASK_PASSED_ON, NudgeKind.QUESTION_AT_HOME})
"""What stands among the questions as long as it is open."""


def speaks_of(cards: Iterable[NudgeCard]) -> set[str]:
    """Everybody these messages name."""
    found: set[str] = set()
    for card in cards:
        found.update(one for one in (card.told.who, *(item.who for item in card.told.items)) if one is not None)
    return found


def nudges(
    here: Here, cards: Iterable[NudgeCard], places: dict[str, str], waiting: Mapping[str, Sequence[str]]
) -> list[Nudge]:
    """Messages as cards, each with what can be done; `waiting` holds why each open question is thought open."""
    return [one for card in cards for one in _each(here, card, places, waiting)]


def _each(here: Here, card: NudgeCard, places: dict[str, str], waiting: Mapping[str, Sequence[str]]) -> list[Nudge]:
    names = Names({id_: one.name for id_, one in here.members.items()}, places)
    told, voice = card.told, here.voice
    if card.kind is NudgeKind.EFFORT_UNTHANKED:
        return _worth_a_word(here, card, names) if card.acted_at is None else []
    heading, rest = parted(words.body(voice, card.kind, told, names, here.today))
    small = words.footer(voice, card.kind, told)
    lines = (*rest, *words.lines(voice, card.kind, told, names, here.today), *([small] if small else []))
    by = here.face(told.who) if told.who is not None else None
    done = card.acted_at is not None
    return [
        Nudge(
            card.id,
            heading,
            () if done else _acts(here, card, waiting),
            lines=lines,
            said=told.words if card.kind not in _NOT_THEIR_WORDS else None,
            when=here.day(card.sent_at) if card.sent_at is not None else None,
            by=by,
            to=here.face(here.me.id) if by is not None and told.who != here.me.id else None,
            mended=done or card.kind in _GIFTS,
            private=around.only_you(voice) if card.kind in _PRIVATE else None,
            why=Why(_label(here, Button.NUDGES_WHY), (reasons.why(voice, card.kind), *waiting.get(card.subject, ()))),
            fewer=fewer(here, card.kind),
        )
    ]


_NOT_THEIR_WORDS = frozenset({NudgeKind.OCCASION_SOON, NudgeKind.OCCASION_TODAY, NudgeKind.WELCOME})
_GIFTS = frozenset(
    {NudgeKind.THANKS_RECEIVED, NudgeKind.THANKS_SHARED, NudgeKind.THANKS_WEEK, NudgeKind.ANSWER_AT_HOME}
)
_PRIVATE = frozenset(
    {
        NudgeKind.ASK_WAITING,
        NudgeKind.EFFORT_UNTHANKED,
        NudgeKind.EFFORT_RECALL,
        NudgeKind.EFFORT_SEEN,
        NudgeKind.MOMENT_PATTERN,
        NudgeKind.BALANCE_INVITE,
        NudgeKind.CARD_DRAWN,
    }
)


def _worth_a_word(here: Here, card: NudgeCard, names: Names) -> list[Nudge]:
    """One card for each person of a lead's weekly list; why it came stands below the last."""
    voice = here.voice
    lines = words.lines(voice, card.kind, card.told, names, here.today)
    doubt = words.body(voice, card.kind, card.told, names, here.today)
    found = []
    for number, (item, line) in enumerate(zip(card.told.items, lines, strict=True)):
        is_last = number == len(lines) - 1
        small = words.footer(voice, card.kind, card.told) if is_last else None
        found.append(
            Nudge(
                f"{card.id}-{number}",
                line,
                _thank(here, card.id, item),
                lines=(doubt, *([small] if small else [])),
                when=here.day(card.sent_at) if card.sent_at is not None else None,
                by=here.face(item.who),
                private=around.only_you(voice),
                why=Why(_label(here, Button.NUDGES_WHY), (reasons.why(voice, card.kind),)) if is_last else None,
                fewer=fewer(here, card.kind) if is_last else (),
            )
        )
    return found


def _thank(here: Here, nudge: str, item: Item) -> tuple[Press, ...]:
    hidden = {"member": item.who or "", "effort": item.subject}
    at = f"/nudges/{nudge}"
    return (
        Press(_label(here, Button.APPRECIATIONS_OPEN), href=f"/thanks/new?to={item.who}&effort={item.subject}"),
        Press(_label(here, Button.EFFORTS_ALREADY), action=f"{at}/already", hidden=hidden),
        Press(_label(here, Button.EFFORTS_SKIP), action=f"{at}/skip", hidden=hidden, kind="quiet"),
    )


def _label(here: Here, button: Button) -> str:
    return label(here.voice, button)


def fewer(here: Here, kind: NudgeKind) -> tuple[Press, ...]:
    """Fewer of these, or none; nobody is told."""
    return (
        Press(_label(here, Button.NUDGES_FEWER), action=f"/nudges/{kind}/fewer", kind="quiet"),
        Press(_label(here, Button.NUDGES_STOP), action=f"/nudges/{kind}/stop", kind="quiet"),
    )


def _acts(here: Here, card: NudgeCard, waiting: Collection[str]) -> tuple[Press, ...]:
    told, at = card.told, f"/nudges/{card.id}"
    match card.kind:
        case NudgeKind.ASK_WAITING | NudgeKind.ASK_PASSED_ON | NudgeKind.QUESTION_AT_HOME:
            is_open = card.subject in waiting
            return (Press(today.open_here(here.voice), href=f"/questions#nudge-{card.subject}"),) if is_open else ()
        case NudgeKind.THANKS_RECEIVED if here.me.joined is Joined.NO:
            return (Press(_label(here, Button.APPRECIATIONS_STOP), action="/thanks/stop", kind="quiet"),)
        case NudgeKind.EFFORT_RECALL:
            return (Press(_label(here, Button.APPRECIATIONS_OPEN), href="/thanks/new"),)
        case NudgeKind.EFFORT_SEEN:
            effort = card.subject.partition(".")[0]
            href = f"/thanks/new?to={told.who}&effort={effort}"
            return (Press(_label(here, Button.APPRECIATIONS_OPEN), href=href),)
        case NudgeKind.KEEP_OR_STOP:
            return (
                Press(_label(here, Button.NUDGES_MONTHLY), action=f"{at}/keep-monthly"),
                Press(_label(here, Button.NUDGES_STOP), action=f"{at}/keep-none"),
            )
        case NudgeKind.REPAIR_RECEIVED | NudgeKind.NOTE_RECEIVED:
            return answers(here, card.subject, told.who, is_note=card.kind is NudgeKind.NOTE_RECEIVED)
        case NudgeKind.CARD_DRAWN | NudgeKind.HOUSE_CARD | NudgeKind.CARD_SHARE if here.may(Act.SUGGESTIONS_HOUSE_CARD):
            return (Press(today.open_here(here.voice), href="/cards"),)
        case NudgeKind.MOMENT_PATTERN if here.may(Act.MOMENTS_LIST):
            return (Press(today.open_here(here.voice), href=f"/moments#moment-{card.subject}"),)
        case NudgeKind.BALANCE_INVITE if here.may(Act.ASKS_PUT):
            return (
                Press(today.open_here(here.voice), href=f"/questions?to={told.who}#words"),
                Press(
                    _label(here, Button.MOMENTS_DISMISS),
                    action="/starts/dismiss",
                    hidden={"member": told.who or ""},
                    kind="quiet",
                ),
            )
        case _:
            return ()


def answers(here: Here, repair: str, sender: str | None, *, is_note: bool) -> tuple[Press, ...]:
    """What a receiver may say to a repair, or do about a note; each is a full answer."""
    at = f"/repairs/{repair}/answer"

    def press(button: Button, answer: Answer, *, quiet: bool = False) -> Press:
        hidden = {"answer": answer.value}
        return Press(_label(here, button), action=at, hidden=hidden, kind="quiet" if quiet else "plain")

    if is_note:
        return (
            Press(repair_words.send_line(here.voice), href=f"/repairs/new/mine?to={sender or ''}"),
            press(Button.REPAIRS_DEED, Answer.DEED),
            press(Button.REPAIRS_LATER, Answer.LATER, quiet=True),
            press(Button.REPAIRS_UNFAIR, Answer.UNFAIR, quiet=True),
        )
    return (
        press(Button.REPAIRS_THANK, Answer.THANK),
        press(Button.REPAIRS_TALK, Answer.TALK),
        Press(_label(here, Button.REPAIRS_SETTLE), action=f"/repairs/{repair}/settle"),
        press(Button.REPAIRS_LATER, Answer.LATER, quiet=True),
        press(Button.REPAIRS_UNSETTLED, Answer.UNSETTLED, quiet=True),
    )
