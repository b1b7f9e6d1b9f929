"""Somebody's gesture at our door: who they are here, how we speak to them, and what they are shown."""

import json
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import structlog
from slack_sdk import WebClient

from integrations.slack import client as clients
from integrations.slack import outcomes
from integrations.slack import people as slack_people
from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import Block, View
from integrations.slack.gestures import Gesture, Kind
from integrations.slack.installations import Installation
from integrations.slack.teams import Teams
from service.db import Session
from service.errors import ProblemKind, refused
from service.people import actions as acts
from service.people import queries as people
from service.people.queries import MemberCard, WorkspaceCard
from service.people.rules import IdentityKind, Role, WorkspaceKind, register_of
from service.runtime import Runtime
from service.wording.voice import Voice

log = structlog.get_logger("slack.visits")

Reply = Mapping[str, Any] | None
"""What is answered to Slack's request: nothing, a command's words, or what becomes of a form."""


@dataclass(slots=True)
class Desk:
    """What every visit begins at: the runtime, and who is installed where."""

    runtime: Runtime
    teams: Teams


def known(desk: Desk, installation: Installation, slack_id: str) -> MemberCard | None:
    """Somebody of this team, if we have met them."""
    with desk.runtime.transaction(installation.workspace, writes=False) as db:
        return people.known_as(db, IdentityKind.SLACK, [slack_id]).get(slack_id)


def meet(desk: Desk, installation: Installation, slack_id: str) -> MemberCard:
    """Somebody of this team, whom we meet now if we have not before. Refuses bots and strangers."""
    card = known(desk, installation, slack_id)
    if card is not None and card.active:
        return card
    client = clients.client(desk.runtime.settings, installation.token)
    found = slack_people.asked(client, slack_id, installation.team, installation.enterprise)
    if found is None or not found.can_be_met:
        raise refused(ProblemKind.NOT_ALLOWED)
    with desk.runtime.transaction(installation.workspace) as db:
        member = slack_people.met(db, found, desk.runtime.now())
        if found.manages and not any(each.is_owner for each in people.everybody(db)):
            acts.own(db, member)  # where nobody installed by OAuth, who manages the team in Slack is the owner
            if found.language is not None:
                acts.speak_here(db, installation.workspace, found.language.split("-")[0])
        return people.the_member(db, member)


@dataclass(slots=True)
class Visit:
    """One gesture, and what is known of it."""

    desk: Desk
    gesture: Gesture
    installation: Installation

    @property
    def client(self) -> WebClient:
        """A client that speaks for the app in this team."""
        return clients.client(self.desk.runtime.settings, self.installation.token)

    @property
    def now(self) -> datetime:
        """The time."""
        return self.desk.runtime.now()

    def transaction(self, *, writes: bool = True) -> AbstractContextManager[Session]:
        """A transaction in this team's workspace."""
        return self.desk.runtime.transaction(self.installation.workspace, writes=writes)

    def known(self, slack_id: str) -> MemberCard | None:
        """Somebody of this team, if we have met them."""
        return known(self.desk, self.installation, slack_id)

    def met(self, slack_id: str) -> MemberCard:
        """Somebody of this team, whom we meet now if we have not before. Refuses bots and strangers."""
        return meet(self.desk, self.installation, slack_id)

    def me(self) -> MemberCard:
        """Whoever made this gesture."""
        return self.met(self.gesture.person)

    def full_member(self) -> MemberCard:
        """Whoever made this gesture, where they are no guest."""
        card = self.me()
        if card.role is Role.GUEST:
            raise refused(ProblemKind.NOT_ALLOWED)
        return card

    def home(self) -> WorkspaceCard:
        """The workspace of this team."""
        with self.transaction(writes=False) as db:
            found = people.workspace(db, self.installation.workspace)
        if found is None:
            raise refused(ProblemKind.NOT_FOUND)
        return found

    def voice(self, card: MemberCard | None = None) -> Voice:
        """How we speak to a member, or to somebody whom we have not met."""
        if card is None:
            card = self.known(self.gesture.person)
        if card is not None:
            register = register_of(WorkspaceKind.TEAM, card.role)
            return Voice.for_language(card.language, formal=card.formal, register=register)
        with self.transaction(writes=False) as db:
            home = people.workspace(db, self.installation.workspace)
        return Voice.for_language(home.language if home is not None else None)

    def today(self, card: MemberCard) -> date:
        """The day it is where a member lives."""
        with self.transaction(writes=False) as db:
            return self.now.astimezone(people.boundaries(db, [card.id])[card.id].tz).date()

    def open(self, view: View) -> None:
        """Lay a form or a notice before whoever made this gesture, over the form they are in."""
        if self.gesture.view is not None and not self.gesture.in_home:
            self.client.views_push(trigger_id=self.gesture.trigger, view=view)
        else:
            self.client.views_open(trigger_id=self.gesture.trigger, view=view)

    def keep(self, **more: str) -> str:
        """What a form needs to remember: where the button stood that opened it, if that was in a message of ours."""
        on = self.gesture.on if self.gesture.kind is Kind.BUTTON else None
        lasts = on is not None and not on.for_one_alone
        where = {"channel": on.channel, "ts": on.ts, "block": self.gesture.block} if on is not None and lasts else {}
        kept = {**where, **({"home": "yes"} if self.gesture.in_home else {}), **more}
        if self.kept().get("short") and self.gesture.view is not None:
            kept["short"] = self.gesture.view  # one of many: the form they are gone through in is shown anew
        return json.dumps(kept, ensure_ascii=False)

    def kept(self) -> dict[str, str]:
        """What the form remembered."""
        try:
            found = json.loads(self.gesture.kept or "{}")
        except ValueError:
            return {}
        return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}

    def put_in_place(self, *said: Block) -> None:
        """Put what was done in the place of the buttons that did it, in the message they stood in."""
        on = self.gesture.on
        if on is not None:
            blocks = _swapped(on.blocks, self.gesture.block, said)
            self._put(on.channel, on.ts, on.text, blocks, alone=on.for_one_alone)

    def put_in_place_before(self, *said: Block) -> None:
        """The same, after a form: the message it was opened from is read back, since it is our own."""
        where = self.kept()
        channel, ts = where.get("channel"), where.get("ts")
        if not channel or not ts:
            return
        try:
            found = self.client.conversations_history(channel=channel, latest=ts, oldest=ts, inclusive=True, limit=1)
        except outcomes.FAULTS as error:
            self._not_shown(error)
            return
        for message in found.get("messages") or ():
            if message.get("ts") == ts:
                blocks = _swapped(message.get("blocks") or (), where.get("block", ""), said)
                self._put(channel, ts, str(message.get("text", "")), blocks, alone=False)

    def _put(self, channel: str, ts: str, text: str, blocks: list[Block], *, alone: bool) -> None:
        try:
            if alone:
                said = {"replace_original": True, "text": text or pieces.TITLE, "blocks": blocks}
                clients.answer(self.desk.runtime.settings, self.gesture.answer_at or "", said)
            else:
                self.client.chat_update(channel=channel, ts=ts, text=text or pieces.TITLE, blocks=blocks)
        except outcomes.FAULTS as error:
            self._not_shown(error)

    def _not_shown(self, error: Exception) -> None:
        """What was done stands; only its message still looks as before."""
        log.warning("a message was not updated", workspace=self.installation.workspace, code=outcomes.code(error))


def _swapped(blocks: Iterable[Mapping[str, Any]], block: str, said: tuple[Block, ...]) -> list[Block]:
    made: list[Block] = []
    for each in blocks:
        if each.get("block_id") == block:
            made += said
        else:
            made.append(dict(each))
    return made
