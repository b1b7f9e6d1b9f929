"""What Slack sends to an app: events, commands and gestures, as JSON and forms, and the signature on them."""

import hashlib
import hmac
import json
from urllib.parse import urlencode

from integrations.slack.standin import shapes
from integrations.slack.standin.nouns import Channel, Json, Message, Person, ResponseUrl, Trigger, View
from integrations.slack.standin.world import World

JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


def signed(secret: str, body: bytes, at: float) -> dict[str, str]:
    """The two headers that prove a request is Slack's."""
    stamp = str(int(at))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def event(world: World, team: str, inner: Json, *, event_id: str | None = None) -> Json:
    """The envelope of one event."""
    there = world.team(team)
    bot = world.bot_of(team)
    authorizations = [
        {
            "enterprise_id": there.enterprise,
            "team_id": team,
            "user_id": bot.id if bot else None,
            "is_bot": True,
            "is_enterprise_install": False,
        }
    ]
    return {
        "token": world.app.verification_token,
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": there.enterprise,
        "api_app_id": world.app.id,
        "event": inner,
        "type": "event_callback",
        "event_id": event_id or world.new_id("Ev"),
        "event_time": int(world.now()),
        "authorizations": authorizations,
        "is_ext_shared_channel": _shared(world, inner),
        "event_context": world.new_id("4-"),
    }


def _shared(world: World, inner: Json) -> bool:
    item = inner.get("item")
    place = item.get("channel") if isinstance(item, dict) else inner.get("channel")
    channel = world.channels.get(place) if isinstance(place, str) else None
    return channel is not None and channel.shared


def message_event(world: World, message: Message, **more: object) -> Json:
    """The event for something that was said."""
    channel = world.channels[message.channel]
    return {
        **shapes.message(world, message),
        "channel": channel.id,
        "channel_type": channel.kind.value,
        "event_ts": message.ts,
        **more,
    }


def changed_event(world: World, message: Message, before: Json, at: str) -> Json:
    """The event for words that were changed afterwards."""
    channel = world.channels[message.channel]
    return {
        "type": "message",
        "subtype": "message_changed",
        "channel": channel.id,
        "channel_type": channel.kind.value,
        "ts": at,
        "event_ts": at,
        "hidden": True,
        "message": shapes.message(world, message),
        "previous_message": before,
    }


def deleted_event(world: World, message: Message, before: Json, at: str) -> Json:
    """The event for words that were taken back."""
    channel = world.channels[message.channel]
    return {
        "type": "message",
        "subtype": "message_deleted",
        "channel": channel.id,
        "channel_type": channel.kind.value,
        "ts": at,
        "event_ts": at,
        "deleted_ts": message.ts,
        "hidden": True,
        "previous_message": before,
    }


def reaction_event(world: World, person: Person, message: Message, name: str, *, added: bool) -> Json:
    """The event for a reaction that came or went."""
    return {
        "type": "reaction_added" if added else "reaction_removed",
        "user": person.id,
        "reaction": name,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "item_user": message.author,
        "event_ts": f"{world.now():.6f}",
    }


def command(
    world: World, person: Person, channel: Channel, trigger: Trigger, url: ResponseUrl, name: str, text: str
) -> bytes:
    """The form of a slash command."""
    team = world.team(person.team)
    return urlencode(
        {
            "token": world.app.verification_token,
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": channel.id,
            "channel_name": channel.name or "directmessage",
            "user_id": person.id,
            "user_name": person.name,
            "command": name,
            "text": text,
            "api_app_id": world.app.id,
            "is_enterprise_install": "false",
            "response_url": response_address(world, url),
            "trigger_id": trigger.id,
        }
    ).encode()


def interaction(payload: Json) -> bytes:
    """The form around an interactivity payload."""
    return urlencode({"payload": json.dumps(payload)}).encode()


def gesture(world: World, person: Person, kind: str, trigger: Trigger | None, **more: object) -> Json:
    """What every interactivity payload says about who did it, and where."""
    team = world.team(person.team)
    return {
        "type": kind,
        "user": {
            "id": person.id,
            "username": person.name,
            "name": person.name,
            "team_id": person.home_team or person.team,
        },
        "api_app_id": world.app.id,
        "token": world.app.verification_token,
        "team": {"id": team.id, "domain": team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        **({"trigger_id": trigger.id} if trigger else {}),
        **more,
    }


def on_message(world: World, message: Message, url: ResponseUrl) -> Json:
    """The part of a payload that names the message a gesture was made on."""
    channel = world.channels[message.channel]
    return {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.ephemeral_to is not None,
            **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
        },
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "message": shapes.message(world, message),
        "response_url": response_address(world, url),
    }


def on_view(world: World, view: View) -> Json:
    """The part of a payload that names the view a gesture was made in."""
    return {"container": {"type": "view", "view_id": view.id}, "view": shapes.view(world, view)}


def response_address(world: World, url: ResponseUrl) -> str:
    """Where the app may answer later."""
    return f"{world.address}/hooks/response/{url.id}"
