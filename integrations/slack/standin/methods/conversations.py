"""conversations.* and reactions.*: where people talk, and what was said there."""

from integrations.slack.standin import shapes
from integrations.slack.standin.arguments import Arguments
from integrations.slack.standin.methods.registry import Caller, method, page
from integrations.slack.standin.nouns import Channel, ChannelKind, Json, Message
from integrations.slack.standin.refusals import RefusalError

_TYPES = {
    "public_channel": ChannelKind.PUBLIC,
    "private_channel": ChannelKind.PRIVATE,
    "im": ChannelKind.DIRECT,
    "mpim": ChannelKind.SEVERAL,
}


@method("conversations.open", "im:write")
def open_direct(caller: Caller, arguments: Arguments) -> Json:
    """The direct conversation with somebody."""
    people = arguments.names("users")
    if not people:
        raise RefusalError("users_list_not_supplied")
    if len(people) > 1:
        caller.needs("mpim:write")
        raise RefusalError("method_not_supported_for_channel_type")
    person = caller.world.person(caller.team, people[0])
    if person.deleted:
        raise RefusalError("user_disabled")
    if person.is_bot:
        raise RefusalError("cannot_dm_bot")
    known = frozenset({caller.bot.id, person.id}) in caller.world.directs
    channel = caller.world.direct(caller.team, caller.bot.id, person.id)
    shape: Json = {"id": channel.id}
    if arguments.flag("return_im"):
        shape = shapes.channel(channel, caller.bot.id)
    return {"channel": shape, **({"already_open": True, "no_op": True} if known else {})}


@method("conversations.history")
def history(caller: Caller, arguments: Arguments) -> Json:
    """What stands in a conversation, newest first."""
    channel = _readable(caller, arguments.text("channel"))
    said = [
        one
        for one in caller.world.standing(channel.id)
        if not one.ephemeral_to and (one.thread_ts in (None, one.ts) or one.broadcast)
    ]
    return _told(caller, arguments, list(reversed(said)))


@method("conversations.replies")
def replies(caller: Caller, arguments: Arguments) -> Json:
    """A thread, its first message before its replies."""
    channel = _readable(caller, arguments.text("channel"))
    first = caller.world.messages[channel.id].get(arguments.text("ts"))
    if first is None or first.deleted:
        raise RefusalError("thread_not_found")
    seen = [one for one in caller.world.replies(first) if not one.ephemeral_to]
    return _told(caller, arguments, [first, *seen])


@method("conversations.info")
def info(caller: Caller, arguments: Arguments) -> Json:
    """One conversation."""
    channel = caller.channel(arguments.text("channel"))
    return {"channel": shapes.channel(channel, caller.bot.id, count=arguments.flag("include_num_members"))}


@method("conversations.list")
def every(caller: Caller, arguments: Arguments) -> Json:
    """The team's conversations that the bot may know of."""
    return _listed(caller, arguments, mine_alone=False)


@method("users.conversations")
def mine(caller: Caller, arguments: Arguments) -> Json:
    """The conversations the bot is in."""
    return _listed(caller, arguments, mine_alone=True)


@method("conversations.members")
def members(caller: Caller, arguments: Arguments) -> Json:
    """Who is in a conversation."""
    channel = caller.channel(arguments.text("channel"))
    some, cursor = page([{"id": one} for one in sorted(channel.members)], arguments)
    return {"members": [one["id"] for one in some], **cursor}


@method("conversations.join", "channels:join")
def join(caller: Caller, arguments: Arguments) -> Json:
    """Enter a public channel."""
    channel = caller.world.channel(caller.team, arguments.text("channel"))
    if channel.kind is not ChannelKind.PUBLIC:
        raise RefusalError("method_not_supported_for_channel_type")
    if channel.archived:
        raise RefusalError("is_archived")
    channel.members.add(caller.bot.id)
    return {"channel": shapes.channel(channel, caller.bot.id)}


@method("conversations.leave")
def leave(caller: Caller, arguments: Arguments) -> Json:
    """Leave a channel."""
    channel = caller.channel(arguments.text("channel"), "write")
    if caller.bot.id not in channel.members:
        return {"not_in_channel": True}
    channel.members.discard(caller.bot.id)
    return {}


@method("reactions.add", "reactions:write")
def react(caller: Caller, arguments: Arguments) -> Json:
    """Put a reaction under a message."""
    people = _message(caller, arguments).reactions.setdefault(arguments.text("name").strip(":"), [])
    if caller.bot.id in people:
        raise RefusalError("already_reacted")
    people.append(caller.bot.id)
    return {}


@method("reactions.get", "reactions:read")
def reactions(caller: Caller, arguments: Arguments) -> Json:
    """The reactions under a message."""
    message = _message(caller, arguments)
    shape = shapes.message(caller.world, message)
    return {"type": "message", "channel": message.channel, "message": shape}


def _message(caller: Caller, arguments: Arguments) -> Message:
    channel = caller.world.channel(caller.team, arguments.text("channel"))
    if caller.bot.id not in channel.members:
        raise RefusalError("not_in_channel" if channel.kind is ChannelKind.PUBLIC else "channel_not_found")
    return caller.world.message(channel.id, arguments.text("timestamp"))


def _readable(caller: Caller, id: str) -> Channel:  # noqa: A002
    channel = caller.channel(id, "history")
    if caller.bot.id not in channel.members:
        raise RefusalError("not_in_channel")
    return channel


def _told(caller: Caller, arguments: Arguments, said: list[Message]) -> Json:
    oldest, latest = float(arguments.text("oldest", "0")), float(arguments.text("latest", "inf"))
    inclusive = arguments.flag("inclusive")
    metadata = arguments.flag("include_all_metadata")
    within = [
        shapes.message(caller.world, one, metadata=metadata)
        for one in said
        if oldest < float(one.ts) < latest or (inclusive and float(one.ts) in (oldest, latest))
    ]
    some, cursor = page(within, arguments, default=100, most=999)
    return {"messages": some, "has_more": bool(cursor["response_metadata"]["next_cursor"]), **cursor}


def _listed(caller: Caller, arguments: Arguments, *, mine_alone: bool) -> Json:
    wanted = arguments.names("types") or ["public_channel"]
    if any(name not in _TYPES for name in wanted):
        raise RefusalError("invalid_types")
    families = {
        "public_channel": "channels:read",
        "private_channel": "groups:read",
        "im": "im:read",
        "mpim": "mpim:read",
    }
    for name in wanted:
        caller.needs(families[name])
    kinds = {_TYPES[name] for name in wanted}
    bot = caller.bot.id
    seen = [
        shapes.channel(one, bot, count=not mine_alone)
        for one in sorted(caller.world.channels.values(), key=lambda one: one.id)
        if one.team == caller.team
        and one.kind in kinds
        and (bot in one.members or (one.kind is ChannelKind.PUBLIC and not mine_alone))
        and not (one.archived and arguments.flag("exclude_archived"))
    ]
    some, cursor = page(seen, arguments)
    return {"channels": some, **cursor}
