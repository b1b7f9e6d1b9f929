"""What somebody did in Slack, in our words: a command, a button, a shortcut, a form that was sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What kind of gesture it was."""

    COMMAND = "command"
    BUTTON = "button"
    SHORTCUT = "shortcut"
    FORM = "form"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class On:
    """The message a gesture was made on."""

    channel: str
    ts: str
    author: str = ""
    by_bot: bool = False
    thread: str | None = None
    text: str = ""
    blocks: tuple[Mapping[str, Any], ...] = ()
    for_one_alone: bool = False


@dataclass(frozen=True, slots=True)
class Gesture:
    """What somebody did. `name` is a command, an action, a callback or an event by its identifier."""

    kind: Kind
    name: str
    team: str
    person: str
    home: str | None = None
    """The team or enterprise the person belongs to, where Slack says so."""
    value: str = ""
    block: str = ""
    trigger: str = ""
    channel: str | None = None
    on: On | None = None
    view: str | None = None
    """The view the gesture was made in."""
    in_home: bool = False
    kept: str = ""
    fields: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    answer_at: str | None = None
    event: Mapping[str, Any] = field(default_factory=dict)
    at: float = 0.0
    """When an event happened, in seconds since 1970."""

    def said(self, name: str) -> str:
        """What was filled into a field of a form; empty where nothing was."""
        found = self.fields.get(name, "")
        return found if isinstance(found, str) else ""

    def chosen(self, name: str) -> tuple[str, ...]:
        """What was chosen in a field that takes several."""
        found = self.fields.get(name, ())
        return found if isinstance(found, tuple) else (found,)


def of(body: Mapping[str, Any]) -> Gesture | None:
    """The gesture a request tells of; None where its shape is none we know."""
    if "command" in body:
        return _command(body)
    match body.get("type"):
        case "event_callback":
            return _event(body)
        case "block_actions":
            return _pressed(body)
        case "message_action" | "shortcut":
            return _shortcut(body)
        case "view_submission":
            return _form(body)
        case _:
            return None


def _text(holder: Any, *path: str) -> str:
    for step in path:
        holder = holder.get(step) if isinstance(holder, Mapping) else None
    return holder if isinstance(holder, str) else ""


def _part(holder: Any, *path: str) -> Mapping[str, Any]:
    for step in path:
        holder = holder.get(step) if isinstance(holder, Mapping) else None
    return holder if isinstance(holder, Mapping) else {}


def _team(body: Mapping[str, Any]) -> str:
    """The team whose installation hears it, also where it happened in a channel shared with others."""
    grants = body.get("authorizations")
    first = grants[0] if isinstance(grants, list) and grants else None
    return (
        _text(body, "view", "app_installed_team_id")
        or _text(body, "team", "id")
        or _text(first, "team_id")
        or _text(body, "team_id")
    )


def _command(body: Mapping[str, Any]) -> Gesture:
    return Gesture(
        Kind.COMMAND,
        _text(body, "command"),
        _text(body, "team_id"),
        _text(body, "user_id"),
        value=_text(body, "text").strip(),
        trigger=_text(body, "trigger_id"),
        channel=_text(body, "channel_id") or None,
    )


def _event(body: Mapping[str, Any]) -> Gesture:
    event = _part(body, "event")
    at = body.get("event_time")
    return Gesture(
        Kind.EVENT,
        _text(event, "type"),
        _team(body),
        _text(event, "user") or _text(event, "user", "id"),
        channel=_text(event, "channel") or _text(event, "channel", "id") or None,
        event=event,
        at=float(at) if isinstance(at, int) and abs(at) < 1 << 40 else 0.0,
    )


def _pressed(body: Mapping[str, Any]) -> Gesture | None:
    actions = body.get("actions")
    action = actions[0] if isinstance(actions, list) and actions else None
    if not isinstance(action, Mapping):
        return None
    return Gesture(
        Kind.BUTTON,
        _text(action, "action_id"),
        _team(body),
        _text(body, "user", "id"),
        home=_text(body, "user", "team_id") or None,
        value=_text(action, "value") or _text(action, "selected_option", "value"),
        block=_text(action, "block_id"),
        trigger=_text(body, "trigger_id"),
        channel=_text(body, "channel", "id") or _text(body, "container", "channel_id") or None,
        on=_on(body),
        view=_text(body, "view", "id") or None,
        in_home=_text(body, "view", "type") == "home",
        kept=_text(body, "view", "private_metadata"),
        answer_at=_text(body, "response_url") or None,
    )


def _shortcut(body: Mapping[str, Any]) -> Gesture:
    return Gesture(
        Kind.SHORTCUT,
        _text(body, "callback_id"),
        _team(body),
        _text(body, "user", "id"),
        home=_text(body, "user", "team_id") or None,
        trigger=_text(body, "trigger_id"),
        channel=_text(body, "channel", "id") or None,
        on=_on(body),
        answer_at=_text(body, "response_url") or None,
    )


def _form(body: Mapping[str, Any]) -> Gesture:
    values = _part(body, "view", "state", "values")
    return Gesture(
        Kind.FORM,
        _text(body, "view", "callback_id"),
        _team(body),
        _text(body, "user", "id"),
        home=_text(body, "user", "team_id") or None,
        trigger=_text(body, "trigger_id"),
        view=_text(body, "view", "id") or None,
        kept=_text(body, "view", "private_metadata"),
        fields={
            name: _filled(element)
            for name, elements in values.items()
            if isinstance(elements, Mapping)
            for element in elements.values()
        },
    )


def _on(body: Mapping[str, Any]) -> On | None:
    message = _part(body, "message")
    ts = _text(message, "ts") or _text(body, "container", "message_ts")
    channel = _text(body, "channel", "id") or _text(body, "container", "channel_id")
    if not ts or not channel:
        return None
    blocks = message.get("blocks")
    return On(
        channel,
        ts,
        author=_text(message, "user"),
        by_bot=bool(_text(message, "bot_id")),
        thread=_text(message, "thread_ts") or None,
        text=_text(message, "text"),
        blocks=tuple(block for block in blocks if isinstance(block, Mapping)) if isinstance(blocks, list) else (),
        for_one_alone=_part(body, "container").get("is_ephemeral") is True,
    )


def _filled(element: object) -> str | tuple[str, ...]:
    """What stands in a field: text, a day, a time, an id or an option's value; several of them as a tuple."""
    if not isinstance(element, Mapping):
        return ""
    options = element.get("selected_options")
    if isinstance(options, list):
        return tuple(_text(option, "value") for option in options)
    people = element.get("selected_users")
    if isinstance(people, list):
        return tuple(each for each in people if isinstance(each, str))
    for name in ("value", "selected_date", "selected_time", "selected_user", "selected_conversation"):
        if found := _text(element, name):
            return found
    return _text(element, "selected_option", "value")
