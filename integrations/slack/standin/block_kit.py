"""Reading blocks: which elements stand in them, and what somebody filled in or chose."""

from collections.abc import Iterator
from typing import Any

from integrations.slack.standin.nouns import Json
from integrations.slack.standin.refusals import CannotDoError

ONE_OF_OPTIONS = ("static_select", "radio_buttons")
MANY_OPTIONS = ("checkboxes", "multi_static_select")
# element type -> (its field in the state, whether it holds a list)
PICKED = {
    "users_select": ("selected_user", False),
    "multi_users_select": ("selected_users", True),
    "conversations_select": ("selected_conversation", False),
    "multi_conversations_select": ("selected_conversations", True),
    "channels_select": ("selected_channel", False),
    "multi_channels_select": ("selected_channels", True),
    "datepicker": ("selected_date", False),
    "timepicker": ("selected_time", False),
    "datetimepicker": ("selected_date_time", False),
}
INITIAL = {
    "users_select": "initial_user",
    "multi_users_select": "initial_users",
    "conversations_select": "initial_conversation",
    "multi_conversations_select": "initial_conversations",
    "channels_select": "initial_channel",
    "multi_channels_select": "initial_channels",
    "datepicker": "initial_date",
    "timepicker": "initial_time",
    "datetimepicker": "initial_date_time",
}


def with_ids(blocks: list[Json]) -> list[Json]:
    """The blocks with the block and action ids Slack gives to those that came without."""
    known: list[Json] = []
    for place, block in enumerate(blocks):
        whole = {**block, "block_id": block.get("block_id") or f"b{place}"}
        for holder in ("accessory", "element"):
            if isinstance(whole.get(holder), dict):
                whole[holder] = {"action_id": f"a{place}", **whole[holder]}
        if whole["type"] == "actions":
            whole["elements"] = [
                {"action_id": f"a{place}_{index}", **element} for index, element in enumerate(whole["elements"])
            ]
        known.append(whole)
    return known


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every button, menu and input, with the block it stands in."""
    for block in blocks:
        for holder in ("accessory", "element"):
            if isinstance(block.get(holder), dict) and block[holder].get("type") != "image":
                yield block, block[holder]
        if block["type"] == "actions":
            for element in block["elements"]:
                yield block, element


def state(element: Json, value: Any) -> Json:
    """What Slack sends for an element that somebody filled in; `value` is text, ids, or option values."""
    kind = element["type"]
    if kind in PICKED:
        name, many = PICKED[kind]
        return {"type": kind, name: list(value or []) if many else value or None}
    if kind in ONE_OF_OPTIONS:
        return {"type": kind, "selected_option": option(element, value) if value else None}
    if kind in MANY_OPTIONS:
        return {"type": kind, "selected_options": [option(element, one) for one in value or []]}
    if kind == "rich_text_input":
        return {"type": kind, "rich_text_value": value}
    return {"type": kind, "value": value or None}


def option(element: Json, value: str) -> Json:
    """The option of a menu that has this value."""
    groups = element.get("option_groups") or [element]
    for group in groups:
        for one in group["options"]:
            if one["value"] == value:
                found: Json = one
                return found
    offered = [one["value"] for group in groups for one in group["options"]]
    raise CannotDoError(f"{value!r} is not offered by {element.get('action_id')}: {offered}")


def beforehand(element: Json) -> Any:
    """What the app filled in beforehand, in the terms of `state`."""
    kind = element["type"]
    if kind in INITIAL:
        return element.get(INITIAL[kind])
    if kind in ONE_OF_OPTIONS:
        return (element.get("initial_option") or {}).get("value")
    if kind in MANY_OPTIONS:
        return [one["value"] for one in element.get("initial_options") or []]
    return element.get("initial_value")


def filled(element: Json, now: Json | None) -> Any:
    """What stands in an element now, in the terms of `state`; `now` is its state, if somebody touched it."""
    if now is None:
        return beforehand(element)
    kind = element["type"]
    if kind in PICKED:
        return now.get(PICKED[kind][0])
    if kind in ONE_OF_OPTIONS:
        return (now.get("selected_option") or {}).get("value")
    if kind in MANY_OPTIONS:
        return [one["value"] for one in now.get("selected_options") or []]
    return now.get("value")


def standing(blocks: list[Json], touched: Json) -> Json:
    """The state of every field: as somebody left it, or as the app filled it in beforehand."""
    values: Json = {}
    for block, element in elements(blocks):
        if element["type"] in ("button", "overflow"):
            continue
        name = element["action_id"]
        now = touched.get(block["block_id"], {}).get(name)
        values.setdefault(block["block_id"], {})[name] = now or state(element, beforehand(element))
    return values


def action(block: Json, element: Json, value: Any, at: str) -> Json:
    """One entry of `actions` in a block_actions payload."""
    shape: Json = {"action_id": element["action_id"], "block_id": block["block_id"], "action_ts": at}
    if element["type"] == "button":
        shape |= {"type": "button", "text": element["text"]}
        for name in ("value", "style"):
            if name in element:
                shape[name] = element[name]
        return shape
    if element["type"] == "overflow":
        return {**shape, "type": "overflow", "selected_option": option(element, value)}
    return {**shape, **state(element, value)}
