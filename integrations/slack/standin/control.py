"""The stand-in driven from another process on this machine: JSON in, JSON out, under /control."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request

from integrations.slack.standin import envelopes, manifest, verbs
from integrations.slack.standin.driver import Slack
from integrations.slack.standin.nouns import ChannelKind, Installation, Json
from integrations.slack.standin.refusals import CannotDoError, RefusalError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def blueprint(slack: Slack) -> Blueprint:
    """The control routes; only this machine may use them, and only with JSON, so that no page can."""
    control = Blueprint("control", __name__, url_prefix="/control")
    control.before_request(_only_this_machine)
    control.register_error_handler(RefusalError, _refused)
    control.register_error_handler(CannotDoError, _refused)
    control.register_error_handler(KeyError, _refused)
    control.register_error_handler(TypeError, _refused)
    control.register_error_handler(ValueError, _refused)
    for path, answer in _asked(slack).items():
        control.add_url_rule(path, f"ask{path}", _reads(slack, answer), methods=["GET"])
    for path, act in _told(slack).items():
        control.add_url_rule(path, f"tell{path}", _writes(act), methods=["POST"])
    return control


def _asked(slack: Slack) -> dict[str, Callable[[Json], Any]]:
    """What can be asked."""
    world = slack.world
    return {
        "": lambda _: {
            "address": slack.address,
            "app": world.app.id,
            "clock_offset": world.now.offset,
            "teams": [asdict(one) | {"installation": _installed(one.installation)} for one in world.teams.values()],
            "people": [asdict(one) for one in world.people.values()],
            "channels": [asdict(one) | {"members": sorted(one.members)} for one in world.channels.values()],
        },
        "/posts": lambda told: [asdict(one) for one in slack.posts(told.get("delivery_id"))],
        "/calls": lambda told: [asdict(one) for one in slack.calls(told.get("method"))],
        "/messages": lambda told: [asdict(one) for one in world.messages[told["channel"]].values()],
        "/events": lambda _: [
            {"event": sent, "status": answer.status, "tries": answer.tries} for sent, answer in slack.courier.sent
        ],
        "/person": lambda told: verbs.shown(slack.person(told["id"])),
    }


def _told(slack: Slack) -> dict[str, Callable[[Json], Any]]:
    """What can be done."""
    return {
        "/teams": lambda told: _add_team(slack, told),
        "/people": lambda told: asdict(slack.world.add_person(told.pop("team"), told.pop("name"), **told)),
        "/channels": lambda told: _add_channel(slack, told),
        "/messages": lambda told: _add_messages(slack, told),
        "/faults": lambda told: asdict(slack.fault(told.pop("kind"), told.pop("method", "chat.postMessage"), **told)),
        "/faults/clear": lambda _: slack.script.clear(),
        "/clock": lambda told: _move_clock(slack, float(told["offset_seconds"])),
        "/app": lambda told: slack.reaches(told["address"], path=told.get("path", "/slack/events")),
        "/manifest": lambda told: manifest.learn(slack.world.app, told),
        "/gestures": lambda told: verbs.done(slack, told),
        "/reset": lambda _: slack.world.forget(),
    }


def _add_team(slack: Slack, told: Json) -> Json:
    installed = told.pop("installed", False)
    team = slack.world.add_team(told.pop("name"), **told)
    installation = slack.seats(team) if installed else None
    return asdict(team) | {"installation": _installed(installation)}


def _installed(installation: Installation | None) -> Json | None:
    if installation is None:
        return None
    return asdict(installation) | {"scopes": sorted(installation.scopes)}


def _add_channel(slack: Slack, told: Json) -> Json:
    listens = told.pop("app_is_member", False)
    kind, members = ChannelKind(told.pop("kind", "channel")), set(told.pop("members", ()))
    channel = slack.world.add_channel(told.pop("team"), told.pop("name"), kind=kind, members=members, **told)
    bot = slack.world.bot_of(channel.team)
    if listens and bot is not None:
        channel.members.add(bot.id)
    return asdict(channel) | {"members": sorted(channel.members)}


def _add_messages(slack: Slack, told: Json) -> list[str]:
    """History, as `{"channel", "author", "text", "at"?, "thread_ts"?}` each; told to the app where `tell` is true."""
    stamps = []
    for one in told["messages"]:
        channel = slack.world.channels[one.pop("channel")]
        author, text = one.pop("author"), one.pop("text")
        message = slack.world.add_message(channel.id, author, text, **one)
        channel.members.add(author)
        if told.get("tell"):
            slack.tells(channel, envelopes.message_event(slack.world, message))
        stamps.append(message.ts)
    return stamps


def _move_clock(slack: Slack, offset: float) -> Json:
    slack.world.now.offset = offset
    return {"now": slack.world.now()}


def _reads(slack: Slack, answer: Callable[[Json], Any]) -> Callable[[], Response]:
    def read() -> Response:
        with slack.world.lock:
            return jsonify(answer(dict(request.args.items())))

    return read


def _writes(act: Callable[[Json], Any]) -> Callable[[], Response]:
    return lambda: jsonify(act(request.get_json()))


def _only_this_machine() -> tuple[str, int] | None:
    host = (request.host or "").rsplit(":", 1)[0].strip("[]")
    if request.remote_addr not in LOOPBACK or host not in LOOPBACK:
        return "only from this machine\n", 403
    return None


def _refused(error: Exception) -> tuple[Response, int]:
    return jsonify({"refused": f"{type(error).__name__}: {error}"}), 422
