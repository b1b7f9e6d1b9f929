"""The files of an export in our words; whatever else they hold is passed over unread."""

from typing import Any, Final, TypeGuard

import msgspec

from integrations import slack_text
from service.asks.rules import Heard, Reacted, Said

LONGEST_ID: Final = 24
IGNORED = frozenset(
    {
        "channel_join",
        "channel_leave",
        "channel_topic",
        "channel_purpose",
        "channel_name",
        "channel_archive",
        "channel_unarchive",
        "group_join",
        "group_leave",
        "pinned_item",
        "tombstone",
        "reminder_add",
    }
)


class Channel(msgspec.Struct):
    """A public channel."""

    id: str
    name: str


class Person(msgspec.Struct):
    """Somebody of the workspace."""

    id: str
    is_bot: bool = False


class Reaction(msgspec.Struct):
    """A reaction, and who put it."""

    name: str
    users: list[str] = []


class Edited(msgspec.Struct):
    """When a message was edited."""

    ts: str = "0"


class Message(msgspec.Struct):
    """A message of a day."""

    type: str = ""
    subtype: str | None = None
    user: str | None = None
    text: str = ""
    ts: str = ""
    thread_ts: str | None = None
    bot_id: str | None = None
    reactions: list[Reaction] = []
    edited: Edited | None = None


CHANNELS = msgspec.json.Decoder(list[Channel])
PEOPLE = msgspec.json.Decoder(list[Person])
DAY = msgspec.json.Decoder(list[Message])
ROWS = msgspec.json.Decoder(list[msgspec.Raw])
ONE = msgspec.json.Decoder(Message)


def day(body: bytes) -> tuple[list[Message], int]:
    """The messages of a day file, and how many of its rows could not be read."""
    try:
        return DAY.decode(body), 0
    except msgspec.ValidationError:
        # One odd row must not lose its day: read row by row, and count what is passed over.
        found, passed = [], 0
        for row in ROWS.decode(body):
            try:
                found.append(ONE.decode(row))
            except msgspec.ValidationError:
                passed += 1
        return found, passed


def heard(message: Message, place: str, bots: frozenset[str]) -> tuple[Heard, ...]:
    """What a message says, and the reactions to it; nothing for joins, leaves and the like."""
    if (
        message.type != "message"
        or message.subtype in IGNORED
        or not _is_id(message.user)
        or not _is_moment(message.ts)
    ):
        return ()
    said = Said(
        place=place,
        ts=message.ts,
        author=message.user,
        text=slack_text.plain(message.text),
        named=slack_text.named(message.text),
        to_all=slack_text.to_all(message.text),
        thread=message.thread_ts if message.thread_ts and _is_moment(message.thread_ts) else None,
        by_bot=message.bot_id is not None or message.subtype == "bot_message" or message.user in bots,
        edited_at=float(message.edited.ts) if message.edited and _is_moment(message.edited.ts) else 0.0,
    )
    reacted: list[Any] = [
        Reacted(place, message.ts, person, reaction.name)
        for reaction in message.reactions
        for person in reaction.users
        if _is_id(person) and reaction.name.isprintable()
    ]
    return (said, *reacted)


def _is_id(value: str | None) -> TypeGuard[str]:
    """Whether it may name somebody; PostgreSQL takes no text with a NUL in it."""
    return value is not None and value.isascii() and value.isalnum() and len(value) <= LONGEST_ID


def _is_moment(ts: str) -> bool:
    whole, _, fraction = ts.partition(".")
    return 0 < len(whole) <= 11 and whole.isascii() and whole.isdigit() and (not fraction or fraction.isdigit())
