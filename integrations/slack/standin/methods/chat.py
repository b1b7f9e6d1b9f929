"""chat.*: what the app says."""

import json
from typing import Any

from integrations.slack.standin import block_kit, envelopes, shapes
from integrations.slack.standin.arguments import Arguments
from integrations.slack.standin.limits import blocks as block_limits
from integrations.slack.standin.methods.registry import Caller, method
from integrations.slack.standin.nouns import Channel, ChannelKind, Json, Message, Post
from integrations.slack.standin.refusals import RefusalError

TEXT = 40_000
METADATA_BYTES = 12_000


@method("chat.postMessage", "chat:write")
def post_message(caller: Caller, arguments: Arguments) -> Json:
    """Say something in a conversation, or to somebody by their id."""
    world = caller.world
    channel = writable(caller, arguments.text("channel"))
    text, blocks = content(arguments)
    thread = arguments.maybe("thread_ts")
    if thread is not None and thread not in world.messages[channel.id]:
        raise RefusalError("thread_not_found")
    metadata = _metadata(arguments)
    message = world.add_message(
        channel.id,
        caller.bot.id,
        text,
        blocks=blocks,
        thread_ts=thread,
        metadata=metadata,
        bot_id=caller.installation.bot_id,
        app_id=world.app.id,
        broadcast=arguments.flag("reply_broadcast"),
    )
    world.posts.append(Post(caller.team, channel.id, message.ts, text, tuple(blocks), metadata))
    shape = shapes.message(world, message, metadata=True)
    world.announce(caller.team, envelopes.message_event(world, message))
    return {"channel": channel.id, "ts": message.ts, "message": shape}


@method("chat.update", "chat:write")
def update(caller: Caller, arguments: Arguments) -> Json:
    """Put other words in a message of one's own."""
    channel, message = _own(caller, arguments, "cant_update_message")
    given = arguments.structure("blocks", "invalid_blocks_format")
    text, blocks = content(arguments, keeps=message)
    world, before = caller.world, shapes.message(caller.world, message)
    message.text = text
    if given is not None:
        message.blocks = blocks
    if "metadata" in arguments.raw:
        message.metadata = _metadata(arguments)
    changed = envelopes.changed_event(world, message, before, world.stamp(channel.id))
    world.announce(caller.team, changed)
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": changed["message"]}


@method("chat.delete", "chat:write")
def delete(caller: Caller, arguments: Arguments) -> Json:
    """Take back a message of one's own."""
    channel, message = _own(caller, arguments, "cant_delete_message")
    world, before = caller.world, shapes.message(caller.world, message)
    message.deleted = True
    world.announce(caller.team, envelopes.deleted_event(world, message, before, world.stamp(channel.id)))
    return {"channel": channel.id, "ts": message.ts}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(caller: Caller, arguments: Arguments) -> Json:
    """Say something in a conversation that one person alone sees."""
    channel = writable(caller, arguments.text("channel"))
    person = caller.world.person(caller.team, arguments.text("user"))
    if person.id not in channel.members:
        raise RefusalError("user_not_in_channel")
    text, blocks = content(arguments)
    message = caller.world.add_message(
        channel.id,
        caller.bot.id,
        text,
        blocks=blocks,
        thread_ts=arguments.maybe("thread_ts"),
        bot_id=caller.installation.bot_id,
        app_id=caller.world.app.id,
        ephemeral_to=person.id,
    )
    return {"message_ts": message.ts}


@method("chat.getPermalink")
def permalink(caller: Caller, arguments: Arguments) -> Json:
    """The address of a message."""
    channel = caller.world.channel(caller.team, arguments.text("channel"))
    message = caller.world.message(channel.id, arguments.text("message_ts"))
    domain = caller.world.team(caller.team).domain
    link = f"https://{domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        link = f"{link}?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def writable(caller: Caller, id: str) -> Channel:  # noqa: A002
    """The conversation the bot may write in; somebody's id stands for the direct conversation with them."""
    world = caller.world
    if id.startswith(("U", "W")):
        person = world.people.get(id)
        if person is None or person.team != caller.team or person.deleted:
            raise RefusalError("channel_not_found")
        return world.direct(caller.team, caller.bot.id, id)
    channel = world.channel(caller.team, id)
    if caller.bot.id not in channel.members:
        if channel.kind is not ChannelKind.PUBLIC:
            raise RefusalError("channel_not_found")
        if "chat:write.public" not in caller.token.scopes:
            raise RefusalError("not_in_channel")
    if channel.archived:
        raise RefusalError("is_archived")
    return channel


def content(arguments: Arguments, keeps: Message | None = None) -> tuple[str, list[Json]]:
    """The text and blocks of a message, within Slack's limits; `keeps` is what an update leaves standing."""
    blocks: Any = arguments.structure("blocks", "invalid_blocks_format") or []
    text = arguments.maybe("text") or ""
    if not text and not blocks and not (keeps and keeps.blocks and "blocks" not in arguments.raw):
        raise RefusalError("no_text")
    if len(text) > TEXT:
        raise RefusalError("msg_too_long")
    wrong = block_limits.problems(blocks, block_limits.Surface.MESSAGE)
    if wrong:
        raise RefusalError("invalid_blocks", errors=wrong, response_metadata={"messages": wrong})
    return text, block_kit.with_ids(blocks)


def _metadata(arguments: Arguments) -> Json | None:
    metadata = arguments.structure("metadata", "invalid_metadata_format")
    if metadata is None or metadata == {}:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise RefusalError("invalid_metadata_schema")
    if not isinstance(metadata.get("event_payload"), dict):
        raise RefusalError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise RefusalError("metadata_too_large")
    return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}


def _own(caller: Caller, arguments: Arguments, refusal: str) -> tuple[Channel, Message]:
    channel = caller.world.channel(caller.team, arguments.text("channel"))
    message = caller.world.message(channel.id, arguments.text("ts"))
    if message.ephemeral_to:
        raise RefusalError("message_not_found")
    if message.author != caller.bot.id:
        raise RefusalError(refusal)
    return channel, message
