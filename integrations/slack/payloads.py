"""Slack's events in our words: what was said, unsaid or reacted, and nothing of what we do not need."""

import re
from typing import Any, Final, TypeGuard

import msgspec

from integrations import slack_text
from service.asks.rules import Heard, Reacted, Said, Unsaid

_TS = re.compile(r"\d{1,10}\.\d{6}", re.ASCII)
_ID = re.compile(r"[A-Z0-9]{2,24}", re.ASCII)
_REACTION = re.compile(r"[a-z0-9_+'\-]{1,64}(::[a-z0-9\-]{1,32})?", re.ASCII)

SAID: Final = frozenset({None, "thread_broadcast", "me_message", "file_share", "bot_message"})
"""Kinds of messages that somebody said; the rest tell of joins, topics, pins and the like."""
NOT_A_PLACE: Final = frozenset({"im", "mpim", "app_home"})
FAST: Final = frozenset({"message", "reaction_added", "reaction_removed"})


class Edited(msgspec.Struct):
    """When a message was edited."""

    ts: str = ""


class Message(msgspec.Struct):
    """A message inside the event of its change."""

    subtype: str | None = None
    user: str | None = None
    bot_id: str | None = None
    text: str | None = None
    ts: str = ""
    thread_ts: str | None = None
    user_team: str | None = None
    source_team: str | None = None
    team: str | None = None
    edited: Edited | None = None


class Item(msgspec.Struct):
    """What a reaction was put to."""

    type: str = ""
    channel: str = ""
    ts: str = ""


class Event(msgspec.Struct):
    """An event about a message or a reaction."""

    type: str = ""
    subtype: str | None = None
    channel: str | None = None
    channel_type: str | None = None
    user: str | None = None
    bot_id: str | None = None
    text: str | None = None
    ts: str = ""
    thread_ts: str | None = None
    user_team: str | None = None
    source_team: str | None = None
    team: str | None = None
    message: Message | None = None
    deleted_ts: str = ""
    reaction: str = ""
    item_user: str | None = None
    item: Item | None = None
    event_ts: str = ""


class Authorization(msgspec.Struct):
    """For which installation an event was sent."""

    team_id: str | None = None
    enterprise_id: str | None = None


class Envelope(msgspec.Struct):
    """What comes around an event."""

    type: str = ""
    team_id: str | None = None
    challenge: str | None = None
    minute_rate_limited: int = 0
    """Since when Slack holds events back, in seconds since 1970."""
    event: Event | None = None
    authorizations: list[Authorization] | None = None


_DECODER = msgspec.json.Decoder(Envelope)


class Malformed(Exception):  # noqa: N818 - an answer: the body is no JSON
    """The body is no JSON."""


class NoObject(Exception):  # noqa: N818 - an answer: the JSON is no object
    """The body is JSON, but no object."""


def envelope(body: bytes) -> Envelope:
    """The envelope of an event. One whose event is of another shape than a message's comes without it.

    Raises Malformed where the body is no JSON, and NoObject where it is JSON of another kind.
    """
    try:
        return _DECODER.decode(body)
    except msgspec.ValidationError:
        return _bare(body)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise Malformed from error


def _bare(body: bytes) -> Envelope:
    try:
        found: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise Malformed from error
    if not isinstance(found, dict):
        raise NoObject
    event = found.get("event")
    kind = event.get("type") if isinstance(event, dict) else None
    return Envelope(
        type=_text(found.get("type")),
        team_id=_text(found.get("team_id")) or None,
        challenge=_text(found.get("challenge")) or None,
        event=Event(type=kind) if isinstance(kind, str) and kind not in FAST else None,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def team_of(envelope: Envelope) -> str | None:
    """The team whose installation hears this: in a shared channel, not always the one that wrote it."""
    first = envelope.authorizations[0] if envelope.authorizations else None
    return (first.team_id if first is not None else None) or envelope.team_id


def heard(envelope: Envelope) -> Heard | None:
    """What was said, unsaid or reacted; None where it is nothing to us, or by a stranger of another organisation."""
    event = envelope.event
    if event is None:
        return None
    homes = {team_of(envelope), envelope.authorizations[0].enterprise_id if envelope.authorizations else None}
    match event.type:
        case "message":
            return _message(event, homes)
        case "reaction_added" | "reaction_removed":
            return _reaction(event)
        case _:
            return None


def _message(event: Event, homes: set[str | None]) -> Heard | None:
    place = event.channel
    if not _is_id(place) or place.startswith("D") or event.channel_type in NOT_A_PLACE:
        return None
    if event.subtype == "message_deleted":
        return Unsaid(place, event.deleted_ts) if _is_ts(event.deleted_ts) else None
    if event.subtype == "message_changed":
        return _changed(place, event.message, homes) if event.message is not None else None
    return _said(place, event, homes)


def _changed(place: str, now: Message, homes: set[str | None]) -> Heard | None:
    if now.subtype == "tombstone":
        return Unsaid(place, now.ts) if _is_ts(now.ts) else None
    if now.edited is None or not _is_ts(now.edited.ts):
        return None  # a preview was attached, a reply was counted: the words are as they were
    return _said(place, now, homes, edited_at=float(now.edited.ts))


def _said(place: str, message: Event | Message, homes: set[str | None], *, edited_at: float = 0.0) -> Said | None:
    author = message.user or message.bot_id
    if message.subtype not in SAID or not _is_id(author) or not _is_ts(message.ts):
        return None
    home = message.user_team or message.source_team or message.team
    if home is not None and home not in homes:
        return None
    text = message.text or ""
    thread = message.thread_ts
    return Said(
        place=place,
        ts=message.ts,
        author=author,
        text=slack_text.plain(text),
        named=slack_text.named(text),
        to_all=slack_text.to_all(text),
        thread=thread if thread is not None and _is_ts(thread) else None,
        by_bot=message.bot_id is not None or message.subtype == "bot_message",
        edited_at=edited_at,
    )


def _reaction(event: Event) -> Reacted | None:
    item, author = event.item, event.user
    if item is None or item.type != "message" or not _is_id(author) or not _is_id(item.channel):
        return None
    if item.channel.startswith("D") or not _is_ts(item.ts) or not _is_ts(event.event_ts):
        return None
    if not _REACTION.fullmatch(event.reaction):
        return None
    added = event.type == "reaction_added"
    return Reacted(item.channel, item.ts, author, event.reaction, added, float(event.event_ts))


def _is_id(value: str | None) -> TypeGuard[str]:
    return value is not None and _ID.fullmatch(value) is not None


def _is_ts(value: str) -> bool:
    return _TS.fullmatch(value) is not None
