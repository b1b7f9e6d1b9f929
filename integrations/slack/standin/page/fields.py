"""A modal's fields as a browser's form sends them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from integrations.slack.standin import block_kit
from integrations.slack.standin.nouns import Json, View

SEPARATOR = "|"


def name(block: Json, element: Json) -> str:
    """What the field is called in the form."""
    return f"field{SEPARATOR}{block['block_id']}{SEPARATOR}{element['action_id']}"


def read(view: View, form: "MultiDict[str, str]", tz: str) -> dict[Any, Any]:
    """What somebody in this time zone filled in, by (block id, action id)."""
    values: dict[Any, Any] = {}
    for block, element in block_kit.elements(view.body["blocks"]):
        if element["type"] not in ("button", "overflow"):
            values[block["block_id"], element["action_id"]] = value(element, form, name(block, element), tz)
    return values


def value(element: Json, form: "MultiDict[str, str]", field: str, tz: str) -> Any:
    """What a form says for one element, in the terms of `block_kit.state`."""
    kind = element["type"]
    if kind in block_kit.MANY_OPTIONS or block_kit.PICKED.get(kind, ("", False))[1]:
        return [one for one in form.getlist(field) if one]
    # A browser ends the lines of a textarea with CR LF; Slack's client does not.
    said = form.get(field, "").replace("\r\n", "\n")
    if kind == "datetimepicker" and said:
        return int(datetime.fromisoformat(said).replace(tzinfo=ZoneInfo(tz)).timestamp())
    return said or None
