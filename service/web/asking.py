"""Questions as cards on a page: what waits for me, and what I wait for."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from service.asks import queries
from service.asks.queries import AskCard
from service.asks.rules import MANY, WAITING, AskForm, AskState, Mark
from service.db import Session
from service.people.acts import Act
from service.ruptures import Rupture
from service.web.here import Here
from service.web.pieces import Act as Press
from service.web.pieces import ButtonKind, Nudge, Why
from service.wording import again, evidence
from service.wording import asks as words
from service.wording.buttons import Button, label


def because(here: Here, db: Session, asks: Sequence[AskCard]) -> dict[str, tuple[str, ...]]:
    """Why each of these is thought open, in sentences; none of one that was put by hand."""
    known = queries.understood(db, [ask.id for ask in asks], here.now)
    found: dict[str, tuple[str, ...]] = dict.fromkeys((ask.id for ask in asks), ())
    found.update({ask: evidence.because(here.voice, one.reasons, one.expected) for ask, one in known.items()})
    return found


def waiting_for_me(
    here: Here, asks: Sequence[AskCard], places: Mapping[str, str | None], why: Mapping[str, Sequence[str]]
) -> list[Nudge]:
    """Questions to me, many of them in short; the strong button stands on the first."""
    if len(asks) > MANY:
        return [_in_short(here, ask, places.get(ask.place or "")) for ask in asks]
    return [
        _asked(here, ask, places.get(ask.place or ""), why.get(ask.id, ()), is_first=ask is asks[0]) for ask in asks
    ]


def _asked(here: Here, ask: AskCard, place: str | None, why: Sequence[str], *, is_first: bool) -> Nudge:
    who = here.name(ask.asker) if ask.asker is not None else None
    if ask.form is AskForm.HOME and who is not None:
        title = words.asked_at_home(here.voice, who)
    else:
        title = words.waiting(here.voice, who, place, here.day_of(ask.asked_at), here.today)
    lines = []
    if ask.mark is Mark.PERSONAL:
        lines.append(words.waiting_personal(here.voice, who))
    if ask.state is AskState.PROMISED and ask.promised_on is not None:
        lines.append(words.you_promised(here.voice, ask.promised_on, here.today))
    heading, rest = parted(title)
    return Nudge(
        ask.id,
        heading,
        _acts(here, ask, is_first=is_first),
        lines=(*rest, *lines),
        said=ask.words,
        when=here.day(ask.asked_at),
        by=here.face(ask.asker) if ask.asker is not None else None,
        to=here.face(here.me.id) if ask.asker is not None else None,
        why=Why(label(here.voice, Button.NUDGES_WHY), tuple(why)) if why else None,
    )


def _acts(here: Here, ask: AskCard, *, is_first: bool) -> tuple[Press, ...]:
    """What the one asked may do, in the order of how much it helps."""
    at = f"/asks/{ask.id}"
    kind: ButtonKind = "strong" if is_first else "plain"
    if ask.is_offered and here.may(Act.ASKS_TAKE):
        return (
            Press(label(here.voice, Button.ASKS_TAKE), action=f"{at}/take", kind=kind),
            Press(label(here.voice, Button.ASKS_DECLINE), action=f"{at}/decline"),
            Press(label(here.voice, Button.ASKS_NOT_MINE), href=f"{at}/not-mine", kind="quiet"),
        )
    answer = (
        Press(label(here.voice, Button.ASKS_ANSWER), href=f"{at}/answer", kind=kind)
        if ask.form is AskForm.HOME
        else Press(words.i_answered(here.voice), action=f"{at}/answered", kind=kind)
    )
    every: tuple[tuple[Act, Press], ...] = (
        (Act.ASKS_ANSWER, answer),
        (Act.ASKS_PROMISE, Press(label(here.voice, Button.ASKS_PROMISE), href=f"{at}/promise")),
        (Act.ASKS_DECLINE, Press(label(here.voice, Button.ASKS_DECLINE), action=f"{at}/decline")),
        (Act.ASKS_NOT_MINE, Press(label(here.voice, Button.ASKS_NOT_MINE), href=f"{at}/not-mine", kind="quiet")),
        (Act.ASKS_SNOOZE, Press(label(here.voice, Button.ASKS_SNOOZE), action=f"{at}/snooze", kind="quiet")),
    )
    acts = (*(press for act, press in every if here.may(act)), *_late(here, ask))
    if ask.form is AskForm.HOME or not here.may(Act.ASKS_NOT_AN_ASK):
        return acts
    return *acts, Press(label(here.voice, Button.ASKS_NOT_AN_ASK), action=f"{at}/not-an-ask", kind="quiet")


def _in_short(here: Here, ask: AskCard, place: str | None) -> Nudge:
    """Yes, no, or when."""
    at, who = f"/asks/{ask.id}", here.name(ask.asker) if ask.asker is not None else None
    if ask.form is AskForm.HOME and who is not None:
        heading, said = words.asked_at_home(here.voice, who), {"quick": words.quick_answers(here.voice)[0]}
        yes = Press(again.yes(here.voice), action=f"{at}/answer", hidden=said)
    else:
        heading, _ = parted(words.waiting(here.voice, who, place, here.day_of(ask.asked_at), here.today))
        yes = Press(words.i_answered(here.voice), action=f"{at}/answered")
    if ask.is_offered:
        yes = Press(again.yes(here.voice), action=f"{at}/take")
    no = Press(again.no(here.voice), action=f"{at}/decline")
    when = Press(again.when(here.voice), href=f"{at}/promise")
    return Nudge(ask.id, heading, (yes, no, when), said=ask.words)


def _late(here: Here, ask: AskCard) -> tuple[Press, ...]:
    """Beside a question that has waited since it was said to me: the way to a word of repair."""
    late = ask.surfaced_at is not None and ask.asked_at < here.now - timedelta(days=1)
    if not late or ask.asker is None or not here.may(Act.REPAIRS_OPEN):
        return ()
    kind = Rupture.PERSONAL_WAITING if ask.mark is Mark.PERSONAL else Rupture.REPLY_WAITING
    href = f"/repairs/new/mine?to={ask.asker}&kind={kind}"
    return (Press(label(here.voice, Button.REPAIRS_OPEN), href=href, kind="quiet"),)


def asked_by_me(here: Here, ask: AskCard, away: Mapping[str, date]) -> Nudge:
    """A question of mine that is open; it is shown when I look, and nobody is pushed."""
    on = here.day_of(ask.asked_at)
    whom = None if ask.is_offered else ask.asked
    title = words.asked_of_all(here.voice) if ask.asked is None else words.asked_of(here.voice, here.name(ask.asked))
    if ask.is_offered:
        title = again.passed_on(here.voice)
    if ask.state is AskState.PROMISED and ask.promised_on is not None:
        line = words.promised_until(here.voice, here.name(ask.asked), ask.promised_on, here.today)
    elif whom is not None and whom in away:
        line = again.away_until(here.voice, here.name(whom), away[whom], here.today)
    elif ask.form is AskForm.OPEN:
        line = words.open_tip(here.voice, on, here.today)
    elif ask.mark is Mark.PERSONAL:
        line = words.personal_for_asker(here.voice)
    else:
        line = words.open_for_asker(here.voice, on, here.today)
    at = f"/asks/{ask.id}"
    acts = [Press(label(here.voice, Button.ASKS_RELEASE), action=f"{at}/release")]
    acts.append(Press(label(here.voice, Button.ASKS_AGAIN), href=f"{at}/again"))
    acts.append(Press(words.add_mark(here.voice), href=f"{at}/mark", kind="quiet"))
    return Nudge(
        ask.id,
        title,
        tuple(acts),
        lines=(line,),
        said=ask.words,
        when=here.day(ask.asked_at),
        by=here.face(here.me.id) if whom is not None else None,
        to=here.face(whom) if whom is not None else None,
    )


def is_open(ask: AskCard | None) -> bool:
    """Whether it still waits."""
    return ask is not None and ask.state in WAITING


def parted(text: str) -> tuple[str, tuple[str, ...]]:
    """The first sentence for a heading, and whatever follows it."""
    for end in (". ", "? "):
        first, mark, rest = text.partition(end)
        if mark:
            return first + end.strip(), (rest,)
    return text, ()
