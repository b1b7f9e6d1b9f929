"""The reaction that a channel chose for thanks: agreed by whoever leads its circle, offered to whoever puts it."""

import re
from typing import Final

from integrations.slack import client as clients
from integrations.slack import outcomes
from integrations.slack.blocks import appreciations as blocks
from integrations.slack.installations import Installation
from integrations.slack.listeners import circles
from integrations.slack.visits import Desk, Reply, Visit, log
from service.asks.rules import Reacted
from service.people import circles as acts
from service.people import queries as people
from service.people.rules import IdentityKind, Joined, PlaceKind, WorkspaceKind, register_of
from service.wording import giving
from service.wording.voice import Voice

_REACTION: Final = re.compile(r":([a-z0-9_+'\-]{1,64}):(?::skin-tone-\d:)?", re.ASCII)


def command(visit: Visit, typed: str) -> Reply:
    """`/goldseam reaction` and one reaction, or off, in a channel where we listen."""
    card, channel = visit.full_member(), visit.gesture.channel or ""
    voice = visit.voice(card)
    found = _REACTION.fullmatch(typed)
    if found is None and typed.casefold() != "off":
        name = f"{visit.desk.runtime.settings.slack_command_goldseam} reaction"
        return {"response_type": "ephemeral", "text": giving.which_reaction(voice, name)}
    with visit.transaction() as db:
        circles.led_here(db, card, channel)
        acts.agree_thanks(db, PlaceKind.CHANNEL, channel, found[1] if found else None)
    said = giving.reaction_chosen(voice, typed) if found else giving.reaction_ended(voice)
    return {"response_type": "ephemeral", "text": said}


def offer(desk: Desk, installation: Installation, put: Reacted, author: str | None) -> None:
    """Offer the form to whoever put the reaction, where they joined; only they see it, and nothing is kept."""
    if not put.added or author is None or author == put.author:
        return
    with desk.runtime.transaction(installation.workspace, writes=False) as db:
        place = people.listening(db, PlaceKind.CHANNEL, [put.place]).get(put.place)
        if place is None or place.thanks_by != put.reaction.partition("::")[0]:
            return
        card = people.known_as(db, IdentityKind.SLACK, [put.author]).get(put.author)
    if card is None or not card.active or card.joined is Joined.NO:
        return
    register = register_of(WorkspaceKind.TEAM, card.role)
    voice = Voice.for_language(card.language, formal=card.formal, register=register)
    shown = blocks.marked(voice, f"message.{put.place}/{put.ts}/{author}")
    client = clients.client(desk.runtime.settings, installation.token)
    try:
        client.chat_postEphemeral(channel=put.place, user=put.author, text=giving.marked(voice), blocks=shown)
    except outcomes.FAULTS as error:
        log.warning("thanks were not offered", workspace=installation.workspace, code=outcomes.code(error))
