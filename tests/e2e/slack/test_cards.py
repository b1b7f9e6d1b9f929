"""Unsigned cards in Slack, over signed HTTP: slipped step by step, refused with a sentence, drawn and answered."""

import copy
import json
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from integrations.slack.standin.actor import Actor
from integrations.slack.standin.nouns import Message, View
from service.people import circles as seats
from service.people import queries as people
from service.suggestions import queries as suggestions
from service.suggestions.counting import MOST_A_DAY
from tests.slack import Street, Team, buttons, offering, resent, settled_in, texts

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Where one database is enough: the walk below runs on both."""
DAY_S = 86_400
ASK = "suggestions.open"


@dataclass(frozen=True)
class Crowd:
    """A team in which one person's hat takes a card: the owner leads, and everybody below them joined."""

    team: Team
    circle: str
    others: tuple[Actor, ...]


@pytest.fixture
def crowd(town: Street) -> Crowd:
    team = settled_in(town)
    others = tuple(town.slack.person(name, team="Maple") for name in ("cleo", "dora", "emil", "finn", "gita"))
    for each in (*others, team.owner):
        each.joins(team.ops)
        each.runs("/goldseam", "join")
        assert each.submits().ok
        each.closes(every=True)
    with town.runtime.transaction(town.workspace(team.ops.team)) as db:
        circle = people.circles(db)[0].id
        seats.seat(db, circle, town.member(team.owner).id, town.clock(), leads=True)
    town.passes(minutes=2)
    return Crowd(team, circle, others)


def said(view: View | None) -> str:
    assert view is not None
    return str(view.body["blocks"])


def hats(town: Street, crowd: Crowd) -> dict[str, bytes]:
    """What lies in every hat, which no page and no query of ours can show."""
    with town.runtime.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT coalesce(member_id, circle_id), cards FROM hat"))
        return {str(owner): bytes(cards) for owner, cards in rows}


def filled(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {owner for owner, cards in after.items() if cards != before[owner]}


def asked(actor: Actor, *, person: str | None = None, circle: str | None = None) -> None:
    """Walk to the last view."""
    actor.uses_shortcut(ASK)
    actor.submits(values={("for", ASK): circle or "one", ("kind", ASK): "talked_over"})
    if person is not None:
        actor.submits(values={("person", ASK): person})
    actor.submits(values={("act", ASK): "2", ("setting", ASK): "calls"})


def test_a_card_for_a_colleague_then_one_for_all_of_us(town: Street, crowd: Crowd) -> None:
    ada, ben = crowd.team.ada, crowd.team.ben
    member = town.member(ben).id
    posts, before = len(town.slack.posts()), hats(town, crowd)
    heard: list[str] = []
    ids = {ada.id, town.member(ada).id}

    def listen(_: Any, __: Any, statement: str, parameters: Any, ___: Any, ____: bool) -> None:
        heard.append(f"{statement} {parameters}")

    event.listen(town.runtime.engine, "before_cursor_execute", listen)
    ada.uses_shortcut(ASK)
    first = said(ada.modal)
    assert first.index("If you are afraid") < first.index("with your name") < first.index("For all of us")
    assert first.index("For all of us") < first.index("For one person")
    assert "No field, row, log line or queue entry" in first
    ada.submits(values={("for", ASK): "one", ("kind", ASK): "talked_over"})
    assert member in said(ada.modal)
    assert not any(each in said(ada.modal) for each in ids)
    ada.submits(values={("person", ASK): member})
    ada.submits(values={("act", ASK): "2", ("setting", ASK): "calls"})
    last = said(ada.modal)
    assert "One of these could have sent it: ada, cleo, dora, emil, finn and gita." in last
    for promise in ("Your name is not kept", "A card is a quiet hint", "If they are not drawing cards now"):
        assert promise in last
    answer = ada.submits()
    event.remove(town.runtime.engine, "before_cursor_execute", listen)
    assert answer.json["response_action"] == "update"
    assert "Done." in said(ada.view)
    assert filled(before, hats(town, crowd)) == {member}
    assert len(town.slack.posts()) == posts
    assert heard
    assert [line for line in heard if any(each in line for each in ids)] == []
    ada.closes(every=True)

    asked(ada, circle=crowd.circle)
    assert "It is for everybody in #ops" in said(ada.modal)
    assert "If they are not drawing" not in said(ada.modal)
    ada.submits()
    assert filled(before, hats(town, crowd)) == {member, crowd.circle}


@SQLITE
def test_a_replayed_form_changes_nothing_and_a_forged_one_is_refused(town: Street, crowd: Crowd) -> None:
    ada, ben, owner = crowd.team.ada, crowd.team.ben, crowd.team.owner
    member = town.member(ben).id
    asked(ada, person=member)
    view, before = copy.deepcopy(ada.modal), hats(town, crowd)
    ada.submits()
    after = hats(town, crowd)
    assert "Done." in resent(town, ada, view).text
    assert hats(town, crowd) == after != before

    forged = {"for": "one", "person": town.member(owner).id, "kind": "talked_over", "act": "2", "setting": "calls"}
    for actor, kept in (
        (owner, {**forged, "person": member}),  # a lead to whom they lead
        (ada, {**forged, "person": "m" * 16}),
        (ada, {**forged, "for": "c" * 16}),
        (ada, {**forged, "person": member, "act": "9"}),
        (ada, {**forged, "person": member, "kind": "rude"}),
        (ada, {**forged, "person": town.member(ada).id}),
        (town.slack.person("hana", team="Maple"), {**forged, "person": member}),
        (town.slack.person("s", team="Maple", home_team="T0OTHER", is_stranger=True), {**forged, "person": member}),
    ):
        view.body["private_metadata"] = json.dumps(kept)
        answer = resent(town, actor, view)
        assert answer.ok, kept
        assert "Done." not in answer.text, kept
        assert answer.json["view"]["blocks"], kept
    view.body["private_metadata"] = "[not json"
    assert "Done." not in resent(town, ada, view).text
    assert hats(town, crowd) == after


@SQLITE
def test_a_lead_a_small_circle_and_whoever_has_not_joined_are_told_why_not(town: Street, crowd: Crowd) -> None:
    owner, ben, before = crowd.team.owner, crowd.team.ben, hats(town, crowd)
    owner.uses_shortcut(ASK)
    owner.submits(values={("for", ASK): "one", ("kind", ASK): "talked_over"})
    owner.submits(values={("person", ASK): town.member(ben).id})
    assert "You lead this person" in said(owner.view)
    assert "repairs.open" in said(owner.view)
    owner.closes(every=True)
    asked(owner, circle=crowd.circle)
    owner.submits()
    assert filled(before, hats(town, crowd)) == {crowd.circle}

    crowd.others[0].opens_home()
    assert crowd.others[0].home is not None
    crowd.others[0].presses(crowd.others[0].home, "people.leave")
    crowd.others[0].submits()
    crowd.team.ada.uses_shortcut(ASK)
    crowd.team.ada.submits(values={("for", ASK): "one", ("kind", ASK): "talked_over"})
    crowd.team.ada.submits(values={("person", ASK): town.member(ben).id})
    assert "Fewer than five others" in said(crowd.team.ada.view)
    assert "repairs.open" in said(crowd.team.ada.view)

    hana = town.slack.person("hana", team="Maple")
    hana.uses_shortcut(ASK)
    assert "joined" in said(hana.view)
    assert town.known(hana) is None


@SQLITE
def test_three_a_day_are_enough(town: Street, crowd: Crowd) -> None:
    ada, last = crowd.team.ada, None
    for _ in range(MOST_A_DAY + 1):
        asked(ada, circle=crowd.circle)
        ada.submits()
        last = said(ada.view)
        ada.closes(every=True)
    assert last is not None
    assert "enough cards for today" in last
    town.passes(days=1, look_every_s=DAY_S)
    asked(ada, circle=crowd.circle)
    ada.submits()
    assert "Done." in said(ada.view)


def drawn(town: Street, actor: Actor, does: str = "suggestions.omit") -> Message:
    """The card somebody drew on Tuesday."""
    town.passes(days=2, look_every_s=DAY_S / 2)
    return offering(actor.inbox, does)


@SQLITE
def test_what_may_be_done_with_a_card(town: Street, crowd: Crowd) -> None:
    ada, ben = crowd.team.ada, crowd.team.ben
    mine = drawn(town, ada)
    ours = [
        each for each in ada.inbox if "suggestions.keep" in buttons(each) and "suggestions.omit" not in buttons(each)
    ]
    assert len(ours) == 1
    assert "come up by chance" in texts(mine)
    assert texts(ours[0]) == texts(next(each for each in ben.inbox if each.text == ours[0].text))
    card = next(
        each["value"]
        for block in mine.blocks
        for each in block.get("elements", ())
        if each.get("action_id") == "suggestions.keep"
    )
    ada.presses(mine, "suggestions.report")
    ada.submits(values={("what", "suggestions.report"): "unsafe"})
    assert "kept no record" in said(ada.view)
    ada.closes(every=True)
    assert reports(town) == []
    ada.presses(mine, "suggestions.report")
    ada.submits(values={("what", "suggestions.report"): "unkind"})
    ada.closes(every=True)
    assert reports(town) == [(card, 1)]

    ada.presses(mine, "suggestions.pause")
    assert choice(town, ada).paused
    ada.presses(mine, "suggestions.pause")
    assert not choice(town, ada).paused
    assert "suggestions.omit" not in buttons(mine)
    theirs = offering(ben.inbox, "suggestions.omit")
    ben.presses(theirs, "suggestions.omit")
    assert "twelve weeks" in texts(theirs)
    assert len(choice(town, ben).left_out) == 1
    others = offering(crowd.others[0].inbox, "suggestions.other")
    crowd.others[0].presses(others, "suggestions.other")
    assert choice(town, crowd.others[0]).other_kind_next

    dora = crowd.others[1]
    theirs = offering(dora.inbox, "suggestions.share")
    dora.presses(theirs, "suggestions.share", block=block_of(theirs, "suggestions.share"))
    dora.submits(values={("words", "suggestions.share"): "I will wait a breath before I speak"})
    dora.closes(every=True)
    town.passes(days=1, look_every_s=DAY_S / 2)
    assert any("wait a breath" in texts(each) for each in ada.inbox)
    assert not any("wait a breath" in texts(each) for each in dora.inbox if each.ts != theirs.ts)


def block_of(message: Message, does: str) -> str:
    """The row of a message that has this button."""
    found = [
        str(block["block_id"])
        for block in message.blocks
        if does in [each.get("action_id") for each in block.get("elements", ())]
    ]
    return found[0]


def choice(town: Street, actor: Actor) -> suggestions.DeckCard:
    with town.runtime.transaction(town.workspace(actor.person.team), writes=False) as db:
        return suggestions.deck_of(db, town.member(actor).id, town.clock().date())


def reports(town: Street) -> list[tuple[str, int]]:
    with town.runtime.engine.connect() as connection:
        return [(card, count) for card, count in connection.execute(sa.text("SELECT card, reports FROM card_report"))]
