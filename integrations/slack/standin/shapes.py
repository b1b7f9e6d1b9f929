"""How each noun looks in Slack's JSON."""

from typing import Any

from integrations.slack.standin.nouns import Channel, ChannelKind, Json, Message, Person, View
from integrations.slack.standin.world import World


def person(world: World, one: Person, *, locale: bool = False) -> Json:
    """A `user` object."""
    called = one.name if one.display_name is None else one.display_name
    shape: Json = {
        "id": one.id,
        "team_id": one.home_team or one.team,
        "name": one.name,
        "deleted": one.deleted,
        "real_name": one.real_name,
        "tz": one.tz,
        "tz_label": one.tz,
        "tz_offset": one.tz_offset,
        "profile": {
            "real_name": one.real_name,
            "real_name_normalized": one.real_name,
            "display_name": called,
            "display_name_normalized": called,
            "email": one.email,
            "team": one.home_team or one.team,
            **({"bot_id": one.bot_id, "api_app_id": world.app.id} if one.bot_id else {}),
        },
        "is_admin": one.is_admin,
        "is_owner": one.is_owner,
        "is_primary_owner": one.is_owner,
        "is_restricted": one.is_restricted,
        "is_ultra_restricted": one.is_ultra_restricted,
        "is_bot": one.is_bot,
        "is_app_user": False,
        "is_stranger": one.is_stranger,
        "updated": int(world.now()),
    }
    if locale:
        shape["locale"] = one.locale
    return shape


def channel(one: Channel, bot: str, *, count: bool = False) -> Json:
    """A `channel` object as the bot sees it."""
    if one.kind is ChannelKind.DIRECT:
        other = next(iter(one.members - {bot}), bot)
        return {"id": one.id, "created": one.created_at, "is_im": True, "is_org_shared": False, "user": other}
    shape: Json = {
        "id": one.id,
        "name": one.name,
        "name_normalized": one.name,
        "is_channel": one.kind is ChannelKind.PUBLIC,
        "is_group": one.kind is ChannelKind.PRIVATE,
        "is_im": False,
        "is_mpim": one.kind is ChannelKind.SEVERAL,
        "is_private": one.kind is not ChannelKind.PUBLIC,
        "is_archived": one.archived,
        "is_general": one.name == "general",
        "is_shared": one.shared,
        "is_ext_shared": one.shared,
        "is_org_shared": False,
        "is_member": bot in one.members,
        "created": one.created_at,
        "context_team_id": one.team,
        "topic": {"value": one.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }
    if count:
        shape["num_members"] = len(one.members)
    return shape


def message(world: World, one: Message, *, metadata: bool = False) -> Json:
    """A `message` object as history and events give it."""
    shape: Json = {
        "type": "message",
        "user": one.author,
        "text": one.text,
        "ts": one.ts,
        "team": world.channels[one.channel].team,
    }
    author = world.people[one.author]
    if author.home_team:
        shape |= {"team": author.home_team, "user_team": author.home_team, "source_team": author.home_team}
    blocks = one.blocks or ([] if one.bot_id else [typed_block(one.text)])
    optional: dict[str, Any] = {
        "subtype": one.subtype,
        "bot_id": one.bot_id,
        "app_id": one.app_id,
        "blocks": blocks,
        "thread_ts": one.thread_ts,
        "metadata": one.metadata if metadata else None,
    }
    shape |= {name: value for name, value in optional.items() if value}
    if one.edited_ts:
        shape["edited"] = {"user": one.author, "ts": one.edited_ts}
    if one.reactions:
        shape["reactions"] = [
            {"name": name, "users": list(people), "count": len(people)} for name, people in one.reactions.items()
        ]
    if one.thread_ts and one.thread_ts != one.ts:
        parent = world.messages[one.channel].get(one.thread_ts)
        if parent is not None:
            shape["parent_user_id"] = parent.author
    else:
        shape |= _thread_summary(world, one)
    return shape


def typed_block(text: str) -> Json:
    """The rich_text block Slack's client sends along with what somebody typed."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "block_id": "typed", "elements": [section]}


def view(world: World, one: View) -> Json:
    """A `view` object as payloads and answers carry it."""
    bot = world.bot_of(one.team)
    return {
        "id": one.id,
        "team_id": one.team,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        "title": {"type": "plain_text", "text": world.app.name, "emoji": True},
        **one.body,
        "state": {"values": one.values},
        "hash": one.hash,
        "previous_view_id": one.previous,
        "root_view_id": one.root,
        "app_id": world.app.id,
        "app_installed_team_id": one.team,
        "bot_id": bot.bot_id if bot else "",
    }


def _thread_summary(world: World, one: Message) -> Json:
    replies = world.replies(one)
    if not replies:
        return {}
    return {
        "thread_ts": one.ts,
        "reply_count": len(replies),
        "reply_users": sorted({reply.author for reply in replies}),
        "latest_reply": replies[-1].ts,
    }
