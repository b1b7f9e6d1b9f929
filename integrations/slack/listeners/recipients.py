"""Whom thanks can reach in Slack: people of this team; and for everybody else a sentence why not."""

from collections.abc import Iterable
from dataclasses import dataclass

from integrations.slack import outcomes
from integrations.slack import people as slack_people
from integrations.slack.visits import Visit
from service.people import queries as people
from service.people.queries import MemberCard
from service.people.rules import IdentityKind, Role
from service.wording import giving
from service.wording.voice import Voice


def but_oneself(visit: Visit, chosen: Iterable[str]) -> tuple[str, ...]:
    """Each of these people once, whoever chose them left out."""
    return tuple(each for each in dict.fromkeys(chosen) if each and each != visit.gesture.person)


@dataclass(frozen=True, slots=True)
class Reached:
    """What is known of those whom somebody chose."""

    known: tuple[MemberCard, ...]
    unmet: tuple[str, ...]
    """The Slack ids of those whom we never met and could."""
    told: tuple[str, ...]
    """A sentence for each whom thanks cannot reach."""


def reached(visit: Visit, voice: Voice, chosen: tuple[str, ...]) -> Reached:
    """Who of these people can be thanked here. Nobody is met only because somebody chose them."""
    with visit.transaction(writes=False) as db:
        cards = people.known_as(db, IdentityKind.SLACK, chosen)
    known, unmet, told = [], [], []
    for each in dict.fromkeys(chosen):
        card = cards.get(each)
        if card is not None and card.active and card.role is not Role.GUEST:
            known.append(card)
        elif said := _why_not(visit, voice, each, card):
            told.append(said)
        else:
            unmet.append(each)
    return Reached(tuple(known), tuple(unmet), tuple(told))


def _why_not(visit: Visit, voice: Voice, slack_id: str, card: MemberCard | None) -> str | None:
    """Why somebody cannot be thanked here, as Slack knows them now; None where they can."""
    if card is not None:
        return giving.is_guest(voice, card.name) if card.active else giving.is_gone(voice, card.name)
    try:
        person = slack_people.asked(visit.client, slack_id, visit.installation.team, visit.installation.enterprise)
    except outcomes.FAULTS as error:
        if outcomes.code(error) not in UNKNOWN:
            raise
        person = None
    if person is None:
        return giving.unknown(voice)
    if person.is_bot:
        return giving.is_app(voice, person.name)
    if person.is_stranger:
        return giving.is_stranger(voice, person.name)
    if person.is_gone:
        return giving.is_gone(voice, person.name)
    return giving.is_guest(voice, person.name) if person.is_guest else None


UNKNOWN = frozenset({"user_not_found", "users_not_found", "user_not_visible"})


def name_of(visit: Visit, slack_id: str) -> str:
    """What somebody is called in Slack, for a sentence that cannot mention them. Raises outcomes.FAULTS."""
    found = slack_people.asked(visit.client, slack_id, visit.installation.team, visit.installation.enterprise)
    return found.name if found is not None else slack_id
