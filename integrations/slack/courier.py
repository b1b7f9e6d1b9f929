"""The courier that carries parcels into direct conversations and channels in Slack."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

import structlog
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from integrations.slack import client as clients
from integrations.slack import outcomes
from integrations.slack.blocks import nudges as blocks
from integrations.slack.blocks.nudges import Message
from integrations.slack.installations import Installation
from integrations.slack.teams import Teams
from service.errors import StoreAway
from service.nudges.couriers import CourierError, Outcome, Parcel, Receipt
from service.runtime import Runtime

log = structlog.get_logger("slack.courier")

EVENT_TYPE: Final = "goldseam_nudge"
"""The type of the metadata by which a message is traced; its payload is one random id and nothing else."""
PAGE: Final = 200
MOST_PAGES: Final = 5


class SlackCourier:
    """Carries each parcel once. What it cannot know it says, and finds out by looking for the parcel's id."""

    name = "slack"
    takes_back = True

    def __init__(self, runtime: Runtime, teams: Teams) -> None:
        self._runtime = runtime
        self._teams = teams
        self._busy_until: dict[str, datetime] = {}

    def deliver(self, parcel: Parcel) -> Receipt:
        """Post it once, or raise CourierError."""
        installation = self._installed(lambda: self._teams.of_workspace(parcel.reader.workspace))
        self._heed(installation)
        client = self._client(installation)
        channel = self._opened(installation, client, parcel)
        message = self._message(installation, parcel)
        answer = self._asked(
            installation,
            lambda: client.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=message.blocks,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"id": parcel.id}},
                parse="none",
                link_names=False,
                unfurl_links=False,
                unfurl_media=False,
            ),
        )
        return self._receipt(installation, answer.get("channel") or channel, answer.get("ts"))

    def amend(self, receipt: Receipt, parcel: Parcel) -> None:
        """Put what the parcel says now in the place of what was posted."""
        installation = self._installed(lambda: self._teams.of_workspace(parcel.reader.workspace))
        channel, ts = _where(receipt)
        client, message = self._client(installation), self._message(installation, parcel)
        self._asked(
            installation,
            lambda: client.chat_update(channel=channel, ts=ts, text=message.text, blocks=message.blocks, parse="none"),
        )

    def recall(self, receipt: Receipt) -> None:
        """Delete what was posted; what is gone already is as good as deleted."""
        installation = self._installed(lambda: self._teams.of(receipt.reference.get("team", "")))
        channel, ts = _where(receipt)
        client = self._client(installation)
        try:
            self._asked(installation, lambda: client.chat_delete(channel=channel, ts=ts))
        except CourierError as error:
            if error.why != "message_not_found":
                raise

    def trace(self, parcel: Parcel) -> Receipt | None:
        """Look for the parcel's id among our own messages there; None where it surely is not."""
        installation = self._installed(lambda: self._teams.of_workspace(parcel.reader.workspace))
        client = self._client(installation)
        channel = self._opened(installation, client, parcel)
        cursor = ""
        for _ in range(MOST_PAGES):
            page = self._asked(installation, partial(_page, client, channel, cursor))
            for message in page.get("messages") or ():
                if _carries(message, parcel.id):
                    return self._receipt(installation, channel, message.get("ts"))
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return None
        raise CourierError(Outcome.UNKNOWN, "too far back to trace")

    def _installed(self, look: Callable[[], Installation | None]) -> Installation:
        try:
            found = look()
        except StoreAway as error:
            raise CourierError(Outcome.PASSING, "store away") from error
        if found is None:
            raise CourierError(Outcome.SUSPENDED, "not installed")
        return found

    def _client(self, installation: Installation) -> WebClient:
        return clients.client(self._runtime.settings, installation.token)

    def _message(self, installation: Installation, parcel: Parcel) -> Message:
        today = self._runtime.now().astimezone(ZoneInfo(parcel.reader.zone)).date()
        try:
            return blocks.message(parcel, today, installation.address)
        except (ValueError, LookupError, TypeError) as error:  # one that has no words must not keep the others waiting
            log.error("a parcel has no words", parcel=parcel.id, exc_info=error)  # noqa: TRY400 - the same, by name
            raise CourierError(Outcome.PERMANENT, "no words") from error

    def _heed(self, installation: Installation) -> None:
        """Ask nothing of a team that asked us to wait."""
        now = self._runtime.now()
        until = self._busy_until.get(installation.team, now)
        if until > now:
            raise CourierError(Outcome.PASSING, "ratelimited", until - now)

    def _opened(self, installation: Installation, client: WebClient, parcel: Parcel) -> str:
        """The conversation it goes to. Nothing was posted yet, so whatever goes wrong here may be tried again."""
        address = parcel.reader.address
        if address is None:
            raise CourierError(Outcome.PERMANENT, "no address")
        if parcel.reader.is_place:
            return address
        try:
            answer = self._asked(installation, lambda: client.conversations_open(users=address))
        except CourierError as error:
            if error.outcome is Outcome.UNKNOWN:
                raise CourierError(Outcome.PASSING, error.why) from error
            raise
        channel = answer.get("channel")
        found = channel.get("id") if isinstance(channel, Mapping) else None
        if not isinstance(found, str):
            raise CourierError(Outcome.PASSING, "garbage")
        return found

    def _asked(self, installation: Installation, ask: Callable[[], SlackResponse]) -> SlackResponse:
        """One call, once; raises CourierError."""
        try:
            return ask()
        except outcomes.FAULTS as fault:
            error = outcomes.of(fault)
        if error.outcome is Outcome.SUSPENDED:
            self._teams.drop(installation.team)
        if error.retry_after is not None:
            self._busy_until[installation.team] = self._runtime.now() + error.retry_after
        raise error

    def _receipt(self, installation: Installation, channel: Any, ts: Any) -> Receipt:
        if not isinstance(channel, str) or not isinstance(ts, str):
            raise CourierError(Outcome.UNKNOWN, "garbage")
        return Receipt(self.name, {"team": installation.team, "channel": channel, "ts": ts})


def _page(client: WebClient, channel: str, cursor: str) -> SlackResponse:
    return client.conversations_history(channel=channel, cursor=cursor or None, limit=PAGE, include_all_metadata=True)


def _carries(message: Mapping[str, Any], parcel: str) -> bool:
    metadata = message.get("metadata")
    if not isinstance(metadata, Mapping) or metadata.get("event_type") != EVENT_TYPE:
        return False
    payload = metadata.get("event_payload")
    return isinstance(payload, Mapping) and payload.get("id") == parcel


def _where(receipt: Receipt) -> tuple[str, str]:
    channel, ts = receipt.reference.get("channel"), receipt.reference.get("ts")
    if not channel or not ts:
        raise CourierError(Outcome.PERMANENT, "no receipt")
    return channel, ts
