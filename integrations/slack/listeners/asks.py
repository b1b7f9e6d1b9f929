"""What is done with asks in Slack: watch, answer, give a day, pass on, put off, let go."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from integrations import slack_text
from integrations.slack.blocks import asks as ask_blocks
from integrations.slack.blocks import pieces
from integrations.slack.listeners import home
from integrations.slack.visits import Reply, Visit
from service.asks import actions as asks
from service.asks import queries
from service.asks.rules import Mark
from service.asks.settling import Where
from service.db import Session
from service.errors import ProblemKind, refused
from service.people import hours
from service.people import queries as people
from service.people.queries import MemberCard
from service.people.rules import Joined, PlaceKind
from service.wording import again as lent
from service.wording import asks as words
from service.wording.buttons import Button
from service.wording.voice import Voice


def watch(visit: Visit) -> Reply:
    """ "Watch for a Reply" on a message: on one's own it asks who owes the answer, on another's one owes it oneself."""
    on = visit.gesture.on
    if on is None:
        raise refused(ProblemKind.NOT_FOUND)
    card = visit.me()
    voice = visit.voice(card)
    if on.author == visit.gesture.person:
        where = visit.keep(channel=on.channel, ts=on.ts, thread=on.thread or "")
        visit.open(ask_blocks.watch(voice, where))
        return None
    with visit.transaction() as db:
        asks.watch(db, card.id, _where(db, on.channel, on.ts, on.thread), None, visit.now)
    visit.open(pieces.notice(voice, words.watching_mine(voice)))
    return None


def watched(visit: Visit) -> Reply:
    """The form says who owes the answer; whether they have joined is not told, and of others nothing is kept."""
    kept, asked = visit.kept(), visit.gesture.said("asked")
    if not asked:
        raise refused(ProblemKind.NOBODY_CHOSEN, "asked")
    card, other = visit.me(), visit.known(asked)
    if asked == visit.gesture.person:
        raise refused(ProblemKind.ONLY_YOURSELF, "asked")
    if card.joined is not Joined.WHOLE:
        raise refused(ProblemKind.NOT_JOINED)
    if other is not None and other.joined is Joined.WHOLE:
        with visit.transaction() as db:
            where = _where(db, kept.get("channel", ""), kept.get("ts", ""), kept.get("thread") or None)
            asks.watch(db, card.id, where, other.id, visit.now)
    voice = visit.voice(card)
    said = pieces.section(words.watching(voice, slack_text.person(asked)), {asked})
    return {"response_action": "update", "view": pieces.notice(voice, blocks=[said])}


def _where(db: Session, channel: str, ts: str, thread: str | None) -> Where:
    if not channel or not ts:
        raise refused(ProblemKind.EXPIRED)
    place = people.listening(db, PlaceKind.CHANNEL, [channel]).get(channel)
    return Where(channel, ts, place.id if place is not None else None, thread if thread != ts else None)


def _chosen(visit: Visit, name: str) -> MemberCard | None:
    """The person chosen in a field, if any; nobody is met only because somebody chose them."""
    slack_id = visit.gesture.said(name)
    if not slack_id:
        return None
    found = visit.known(slack_id)
    if found is None or not found.active:
        raise refused(ProblemKind.NOT_JOINED, name)
    return found


def _tap(act: Callable[[Session, str, str, datetime], None], say: Callable[[Voice], str]) -> Callable[[Visit], Reply]:
    """A button that needs no form: one action, and what was done in its place."""

    def tapped(visit: Visit) -> Reply:
        card = visit.me()
        with visit.transaction() as db:
            act(db, visit.gesture.value, card.id, visit.now)
        _show(visit, say(visit.voice(card)))
        return None

    return tapped


def answer(visit: Visit) -> Reply:
    """Where we hear a place, the button opens the message and the answer itself settles it; elsewhere the tap does."""
    with visit.transaction(writes=False) as db:
        found = queries.ask(db, visit.gesture.value)
    return None if found is not None and found.place is not None else _answered(visit)


_answered = _tap(asks.answered, words.settled)


def again(visit: Visit) -> Reply:
    """Ask Again lends three first lines; the asker writes where they asked, and then closes the old one."""
    card = visit.me()
    with visit.transaction(writes=False) as db:
        found = queries.ask(db, visit.gesture.value)
        boundary = people.boundaries(db, [card.id])[card.id]
    if found is None or found.asker != card.id:
        raise refused(ProblemKind.NOT_FOUND)
    link = slack_text.permalink(visit.installation.address, found.channel, found.ts)
    on = hours.after_working_days(boundary, visit.now, 2).astimezone(boundary.tz).date()
    kept = visit.keep(ask=found.id)
    visit.open(ask_blocks.again(visit.voice(card), kept, link, on, visit.today(card)))
    return None


def asked_again(visit: Visit) -> Reply:
    """It was asked again: the old question is closed."""
    card = visit.me()
    with visit.transaction() as db:
        asks.again(db, _ask(visit), card.id, visit.now)
    home.done_before(visit, pieces.context(words.settled(visit.voice(card))))
    return None


def triage(visit: Visit) -> Reply:
    """Many questions are gone through in short."""
    visit.open(home.in_short(visit))
    return None


def _show(visit: Visit, said: str) -> None:
    home.done(visit, pieces.context(said, block=visit.gesture.block or None))


def snooze(visit: Visit) -> Reply:
    """Later: until the next morning list."""
    card = visit.me()
    with visit.transaction() as db:
        boundary = people.boundaries(db, [card.id])[card.id]
        tomorrow = visit.now.astimezone(boundary.tz).date() + timedelta(days=1)
        until = hours.next_digest(boundary, hours.local(boundary, tomorrow, time(0)))
        if until is None:
            raise refused(ProblemKind.NO_WORKING_DAY)
        asks.snooze(db, visit.gesture.value, card.id, until, visit.now)
    until_on = until.astimezone(boundary.tz).date()
    _show(visit, words.snoozed(visit.voice(card), until_on, tomorrow - timedelta(days=1)))
    return None


def promise(visit: Visit) -> Reply:
    """Give a Day opens a form with tomorrow in it."""
    card = visit.me()
    kept = visit.keep(ask=visit.gesture.value)
    visit.open(ask_blocks.promise(visit.voice(card), kept, visit.today(card) + timedelta(days=1)))
    return None


def promised(visit: Visit) -> Reply:
    """The day was given."""
    card, on = visit.me(), _day(visit, "on")
    with visit.transaction() as db:
        asks.promise(db, _ask(visit), card.id, on, visit.now)
    said = words.promise_kept(visit.voice(card), on, visit.today(card))
    home.done_before(visit, pieces.context(said))
    return None


def not_mine(visit: Visit) -> Reply:
    """Not for Me asks whether somebody else may know."""
    card = visit.me()
    visit.open(ask_blocks.not_mine(visit.voice(card), visit.keep(ask=visit.gesture.value)))
    return None


def passed(visit: Visit) -> Reply:
    """It is not for me, and perhaps for somebody else."""
    card, other = visit.me(), _chosen(visit, "instead")
    with visit.transaction() as db:
        asks.not_mine(db, _ask(visit), card.id, visit.now, instead=other.id if other is not None else None)
    home.done_before(visit, pieces.context(words.not_mine(visit.voice(card))))
    return None


def mark(visit: Visit) -> Reply:
    """Mark It asks how the ask may wait."""
    card = visit.me()
    visit.open(ask_blocks.mark(visit.voice(card), visit.keep(ask=visit.gesture.value)))
    return None


def marked(visit: Visit) -> Reply:
    """The asker said how it may wait."""
    card = visit.me()
    try:
        how = Mark(visit.gesture.said("mark"))
    except ValueError:
        raise refused(ProblemKind.UNKNOWN_VALUE, "mark") from None
    with visit.transaction() as db:
        reply_by = None
        if how is Mark.REPLY_BY:
            boundary = people.boundaries(db, [card.id])[card.id]
            reply_by = hours.local(boundary, _day(visit, "reply_by"), boundary.ends_at)
        asks.mark(db, _ask(visit), card.id, how, visit.now, reply_by=reply_by)
    home.done_before(visit)
    return None


def _ask(visit: Visit) -> str:
    found = visit.kept().get("ask")
    if not found:
        raise refused(ProblemKind.EXPIRED)
    return found


def _day(visit: Visit, name: str) -> date:
    try:
        return date.fromisoformat(visit.gesture.said(name))
    except ValueError:
        raise refused(ProblemKind.MISSING, name) from None


BUTTONS = {
    Button.ASKS_ANSWER: answer,
    Button.ASKS_PROMISE: promise,
    Button.ASKS_DECLINE: _tap(asks.decline, words.declined),
    Button.ASKS_NOT_MINE: not_mine,
    Button.ASKS_SNOOZE: snooze,
    Button.ASKS_MARK: mark,
    Button.ASKS_AGAIN: again,
    Button.ASKS_ANSWERED: _answered,
    Button.ASKS_TAKE: _tap(asks.take, lent.taken),
    Button.ASKS_TRIAGE: triage,
    Button.ASKS_RELEASE: _tap(asks.release, words.released),
    Button.ASKS_NOT_AN_ASK: _tap(asks.not_an_ask, lambda voice: words.not_an_ask(voice, None)),
}
FORMS = {
    Button.ASKS_AGAIN: asked_again,
    Button.ASKS_WATCH: watched,
    Button.ASKS_PROMISE: promised,
    Button.ASKS_NOT_MINE: passed,
    Button.ASKS_MARK: marked,
}
SHORTCUTS = {Button.ASKS_WATCH: watch}
