"""The app's home, and where what was done is shown."""

import json

from integrations import slack_text
from integrations.slack import outcomes
from integrations.slack.blocks import asks as ask_blocks
from integrations.slack.blocks import home as home_blocks
from integrations.slack.blocks.asks import Line
from integrations.slack.blocks.home import Standing
from integrations.slack.blocks.pieces import Block, View
from integrations.slack.listeners import standing
from integrations.slack.visits import Reply, Visit, log
from service.asks import queries as asks
from service.asks.queries import AskCard
from service.db import Session
from service.people import queries as people
from service.people import reaching
from service.people.queries import MemberCard
from service.people.rules import IdentityKind, Joined
from service.wording import again as lent
from service.wording import asks as ask_words
from service.wording import slack as words
from service.wording.voice import Voice


def opened(visit: Visit) -> Reply:
    """Somebody looks at the app's home."""
    if visit.gesture.event.get("tab") in (None, "home"):
        publish(visit)
    return None


def publish(visit: Visit) -> None:
    """Show whoever made this gesture their home as it is now."""
    view = _view(visit)
    try:
        visit.client.views_publish(user_id=visit.gesture.person, view=view)
    except outcomes.FAULTS as error:
        log.warning("a home was not shown", workspace=visit.installation.workspace, code=outcomes.code(error))


def done(visit: Visit, *said: Block) -> None:
    """Show what a button did, where it was pressed: on the home anew, in a message in the button's place."""
    if visit.gesture.in_home:
        publish(visit)
    elif visit.kept().get("short"):
        _go_on(visit, visit.gesture.view)
    else:
        visit.put_in_place(*said)


def done_before(visit: Visit, *said: Block) -> None:
    """Show what a form did, where it was opened."""
    if visit.kept().get("home"):
        publish(visit)
    elif visit.kept().get("short"):
        _go_on(visit, visit.kept()["short"])
    else:
        visit.put_in_place_before(*said)


def in_short(visit: Visit) -> View:
    """Everything that waits for whoever made this gesture, in short."""
    card = visit.me()
    voice = visit.voice(card)
    with visit.transaction(writes=False) as db:
        lines = _lines(visit, db, voice, card, asks.waiting_for_me(db, card.id), is_mine=False)
    return ask_blocks.triage(voice, lines, json.dumps({"short": "yes"}))


def _go_on(visit: Visit, view: str | None) -> None:
    """Show what is left of the many, and the home behind them."""
    try:
        visit.client.views_update(view_id=view or "", view=in_short(visit))
    except outcomes.FAULTS as error:
        log.warning("what is left was not shown", workspace=visit.installation.workspace, code=outcomes.code(error))
    publish(visit)


def _view(visit: Visit) -> dict[str, object]:
    card = visit.known(visit.gesture.person)
    voice = visit.voice(card)
    if card is None or card.joined is Joined.NO:
        return home_blocks.outside(voice)
    with visit.transaction(writes=False) as db:
        boundary = people.boundaries(db, [card.id])[card.id]
        waiting = asks.waiting_for_me(db, card.id)
        asked = asks.waiting_for_answer(db, card.id, visit.now)
        mine = _lines(visit, db, voice, card, waiting, is_mine=False)
        theirs = _lines(visit, db, voice, card, asked, is_mine=True)
        open_ones = [
            *standing.given(db, voice, card, visit.now),
            *standing.sent(db, voice, card, visit.now),
        ]
        found = Standing(
            mine,
            theirs,
            boundary,
            circles=standing.circles(db, card),
            thanked=standing.thanked(db, voice, card, visit.now.astimezone(boundary.tz)),
            open_ones=open_ones,
            is_owner=card.is_owner,
        )
    return home_blocks.inside(voice, found, visit.now.astimezone(boundary.tz))


def _lines(
    visit: Visit, db: Session, voice: Voice, card: MemberCard, asked: list[AskCard], *, is_mine: bool
) -> list[Line]:
    others = {id_ for each in asked for id_ in (each.asker, each.asked) if id_ and id_ != card.id}
    names = {id_: each.name for id_, each in people.members(db, others).items()}
    addresses = people.addresses(db, IdentityKind.SLACK, others)
    names |= {id_: slack_text.person(address) for id_, address in addresses.items()}
    tz = people.boundaries(db, [card.id])[card.id].tz
    today = visit.now.astimezone(tz).date()
    back = reaching.away(db, others, visit.now) if is_mine else {}
    lines = []
    for each in asked:
        on = each.asked_at.astimezone(tz).date()
        where = slack_text.channel(each.channel) if each.place is not None else None
        if not is_mine:
            said = ask_words.waiting(voice, names.get(each.asker or ""), where, on, today)
        elif each.promised_on is not None and each.asked in names:
            said = words.promised_by(voice, names[each.asked], each.promised_on, today)
        elif each.is_offered:
            said = lent.passed_on(voice)
        elif each.asked in back and each.asked in names:
            said = lent.away_until(voice, names[each.asked], back[each.asked], today)
        else:
            said = ask_words.open_for_asker(voice, on, today)
        link = slack_text.permalink(visit.installation.address, each.channel, each.ts)
        speaks_of = {*addresses.values(), each.channel}
        is_offered = each.is_offered and not is_mine
        lines.append(Line(each.id, said, link, each.place is not None, is_mine, speaks_of, is_offered))
    return lines


EVENTS = {"app_home_opened": opened}
