"""Slipping a card in Slack. Nothing here names who asks: not a statement to the database, not a log, not a queue.

Whoever asks is found in the roster, which is loaded whole; nobody is met here, and no refusal leaves this file, since
saying one elsewhere begins with looking up who made the gesture. The modal's last view is the only confirmation.
"""

from dataclasses import dataclass

from integrations.slack.blocks import pieces
from integrations.slack.blocks import suggestions as blocks
from integrations.slack.blocks.pieces import View
from integrations.slack.visits import Reply, Visit
from service.errors import Problem, ProblemKind, Refused
from service.people import queries as people
from service.people.queries import MemberCard
from service.people.rules import Feature, IdentityKind, WorkspaceKind, register_of
from service.ruptures import Register, Rupture
from service.suggestions import actions as suggestions
from service.suggestions import deck, queries, rules
from service.suggestions.counting import counted
from service.suggestions.deck import Card
from service.suggestions.rules import Roster
from service.wording import refusals, slipping
from service.wording import suggestions as words
from service.wording.buttons import Button
from service.wording.voice import Voice


@dataclass(frozen=True, slots=True)
class Asker:
    """Whoever has the form before them, and everybody else."""

    id: str
    voice: Voice
    roster: Roster
    cards: dict[str, MemberCard]
    circles: tuple[tuple[str, str], ...]
    """Ids and names of the circles they sit in."""
    help_at: str
    """Whom the workspace named for what is not small."""

    def circle(self, circle: str) -> str | None:
        """The name of a circle they sit in."""
        return dict(self.circles).get(circle)

    def mates(self) -> list[tuple[str, str]]:
        """Ids and names of those who share a circle with them and may have a hat, apart from nobody."""
        near = {seat.member for id_, _ in self.circles for seat in self.roster.by_circle.get(id_, ())} - {self.id}
        there = [
            (one, self.cards[one].name)
            for one in near
            if one in self.cards
            and self.roster.people[one].role in rules.HAS_A_HAT
            and (self.id, one) not in self.roster.apart
        ]
        return sorted(there, key=lambda each: each[1].casefold())


def _asker(visit: Visit) -> Asker | View:
    """Whoever asks, or why they cannot."""
    with visit.transaction(writes=False) as db:
        roster = queries.roster(db, visit.now)
        member = queries.known_as(db, IdentityKind.SLACK).get(visit.gesture.person)
        cards = {card.id: card for card in people.everybody(db)}
        home = people.workspace(db, visit.installation.workspace)
        circles = [(circle.id, circle.name, circle.members) for circle in people.circles(db)]
    voice = Voice.for_language(home.language if home is not None else None)
    card = cards.get(member or "")
    if home is None or Feature.SUGGESTIONS in home.switched_off:
        return _declined(voice, ProblemKind.SWITCHED_OFF)
    if card is None or not roster.people[card.id].joined:
        return _declined(voice, ProblemKind.NOT_JOINED)
    register = register_of(WorkspaceKind.TEAM, card.role)
    voice = Voice.for_language(card.language, formal=card.formal, register=register)
    if card.role not in rules.MAY_SLIP_TO_ONE:
        return _declined(voice, ProblemKind.NOT_ALLOWED)
    mine = tuple((id_, name) for id_, name, members in circles if card.id in members)
    return Asker(card.id, voice, roster, cards, mine, home.help_at)


def _declined(voice: Voice, kind: ProblemKind) -> View:
    return pieces.notice(voice, refusals.sentence(voice, Problem(kind)))


def begin(visit: Visit) -> Reply:
    """Suggest a Repair, Unsigned."""
    visit.open(first(visit))
    return None


def first(visit: Visit) -> View:
    """The first view: for whom, and about what; or why not."""
    asker = _asker(visit)
    if isinstance(asker, dict):
        return asker
    if not asker.circles:
        return blocks.declined(asker.voice, slipping.no_circle(asker.voice))
    return blocks.begin(asker.voice, asker.circles, one=bool(asker.mates()), help_at=asker.help_at)


def onward(visit: Visit) -> Reply:
    """The next view, whichever it is; each step asks anew who may slip what to whom."""
    asker = _asker(visit)
    return _shown(asker if isinstance(asker, dict) else _next(visit, asker))


def _shown(view: View) -> Reply:
    return {"response_action": "update", "view": view}


def _next(visit: Visit, asker: Asker) -> View:
    said, kept = visit.gesture.said, visit.kept()
    voice = asker.voice
    chosen = {name: said(name) or kept.get(name, "") for name in ("for", "kind", "person", "act", "setting")}
    kind = next((each for each in Rupture if each.value == chosen["kind"]), None)
    if kind is None:
        return _declined(voice, ProblemKind.UNKNOWN_VALUE)
    is_one = chosen["for"] == blocks.ONE
    if is_one and not chosen["person"]:
        return blocks.person(voice, asker.mates(), _kept(visit, chosen))
    if in_the_way := _in_the_way(visit, asker, chosen):
        return blocks.declined(voice, in_the_way)
    if not chosen["act"]:
        return blocks.choose(voice, kind, deck.deck(Register.TEAM), _kept(visit, chosen))
    card = _card(chosen)
    if card is None:
        return _declined(voice, ProblemKind.UNKNOWN_VALUE)
    return blocks.last(
        voice, card, _for_whom(asker, chosen), _could_have(visit, asker, chosen), _kept(visit, chosen), one=is_one
    )


def _kept(visit: Visit, chosen: dict[str, str]) -> str:
    return visit.keep(**{name: value for name, value in chosen.items() if value})


def _card(chosen: dict[str, str]) -> Card | None:
    """The card of what was chosen, if the deck holds it."""
    return deck.card(Register.TEAM, ".".join(filter(None, (chosen["kind"], chosen["act"], chosen["setting"]))))


def _in_the_way(visit: Visit, asker: Asker, chosen: dict[str, str]) -> str | None:
    """Why this member may not put a card in there, in a sentence; None where they may."""
    voice, roster = asker.voice, asker.roster
    if chosen["for"] == blocks.ONE:
        why = rules.in_the_way_of_one(roster, asker.id, chosen["person"], visit.now.date())
    else:
        why = rules.in_the_way_of_all(roster, asker.id, chosen["for"])
        if why is ProblemKind.TOO_FEW_OTHERS:
            return words.pair(voice)
    return refusals.sentence(voice, Problem(why)) if why is not None else None


def _for_whom(asker: Asker, chosen: dict[str, str]) -> str:
    if chosen["for"] == blocks.ONE:
        return slipping.goes_to_one(asker.voice, asker.cards[chosen["person"]].name)
    return slipping.goes_to_all(asker.voice, asker.circle(chosen["for"]) or "")


def _could_have(visit: Visit, asker: Asker, chosen: dict[str, str]) -> list[str]:
    """The names of everybody who could have sent it, whoever did among them."""
    if chosen["for"] == blocks.ONE:
        could = rules.could_slip(asker.roster, chosen["person"], visit.now.date())
    else:
        could = frozenset(rules.joined_in(asker.roster, chosen["for"]))
    return sorted((asker.cards[one].name for one in could if one in asker.cards), key=str.casefold)


def slip(visit: Visit) -> Reply:
    """The card is put in, where everything that was asked before still holds; the answer is the last view."""
    asker = _asker(visit)
    if isinstance(asker, dict):
        return _shown(asker)
    voice = asker.voice
    chosen = {name: visit.kept().get(name, "") for name in ("for", "kind", "person", "act", "setting")}
    if in_the_way := _in_the_way(visit, asker, chosen):
        return _shown(blocks.declined(voice, in_the_way))
    card = _card(chosen)
    if card is None:
        return _shown(_declined(voice, ProblemKind.UNKNOWN_VALUE))
    if not counted.may_slip(asker.id, visit.now.date()):
        return _shown(pieces.notice(voice, slipping.enough_today(voice)))
    try:
        _put_in(visit, chosen, card)
    except Refused as refusal:
        return _shown(blocks.declined(voice, refusals.sentences(voice, refusal.problems)))
    return _shown(blocks.done(voice))


def _put_in(visit: Visit, chosen: dict[str, str], card: Card) -> None:
    """Into the hat, if there is one: who draws no cards is not told apart, and the form said so beforehand."""
    with visit.transaction() as db:
        if chosen["for"] == blocks.ONE:
            hat = queries.hat_of_member(db, chosen["person"])
        else:
            hat = queries.hat_of_circle(db, chosen["for"])
        if hat is not None:
            suggestions.slip(db, hat, card.id, visit.desk.runtime.random)


BUTTONS = {Button.SUGGESTIONS_OPEN: begin}
FORMS = {Button.SUGGESTIONS_OPEN: onward, Button.SUGGESTIONS_SLIP: slip}
SHORTCUTS = {Button.SUGGESTIONS_OPEN: begin}
