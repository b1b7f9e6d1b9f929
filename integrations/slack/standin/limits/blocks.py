"""Block Kit as Slack takes it in a message, a modal and an App Home."""

from enum import StrEnum
from typing import Any

from integrations.slack.standin.limits import elements
from integrations.slack.standin.limits.problems import Problems
from integrations.slack.standin.nouns import Json

BLOCK_ID = 255
MOST = {"message": 50, "modal": 100, "home": 100}


class Surface(StrEnum):
    """Where blocks are shown."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


def problems(blocks: Any, surface: Surface, pointer: str = "/blocks") -> list[str]:
    """What Slack would refuse in these blocks; empty where it would take them."""
    found = Problems()
    if not isinstance(blocks, list):
        found.add(pointer, "must be a list of blocks")
        return found.found
    if len(blocks) > MOST[surface]:
        found.add(pointer, f"no more than {MOST[surface]} items allowed")
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        here = f"{pointer}/{place}"
        if not isinstance(block, dict):
            found.add(here, "must be an object")
            continue
        _block(found, block, here, surface)
        name = block.get("block_id")
        if isinstance(name, str) and name:
            if name in seen:
                found.add(f"{here}/block_id", f"`block_id` {name!r} already exists")
            seen.add(name)
    return found.found


def _block(found: Problems, block: Json, pointer: str, surface: Surface) -> None:
    kind = block.get("type")
    check = _CHECKS.get(kind) if isinstance(kind, str) else None
    if check is None or (kind == "markdown" and surface is not Surface.MESSAGE):
        found.add(f"{pointer}/type", f"unsupported type: {kind}")
        return
    found.text(block, "block_id", pointer, BLOCK_ID)
    found.unknown(block, pointer, _FIELDS[str(kind)] | {"type", "block_id"})
    check(found, block, pointer)


def _section(found: Problems, block: Json, pointer: str) -> None:
    if "text" not in block and "fields" not in block:
        found.add(pointer, "missing required field: text or fields")
    found.composed(block, "text", pointer, 3000)
    if "fields" in block:
        for place, _ in enumerate(found.items(block, "fields", pointer, 1, 10)):
            fields = {str(place): block["fields"][place]}
            found.composed(fields, str(place), f"{pointer}/fields", 2000, required=True)
    if "accessory" in block:
        _accessory(found, block["accessory"], f"{pointer}/accessory")


def _accessory(found: Problems, accessory: object, pointer: str) -> None:
    if not isinstance(accessory, dict):
        found.add(pointer, "must be an object")
    elif accessory.get("type") == "image":
        _image(found, accessory, pointer)
    else:
        elements.check(found, accessory, pointer, "section")


def _header(found: Problems, block: Json, pointer: str) -> None:
    found.composed(block, "text", pointer, 150, plain=True, required=True)


def _actions(found: Problems, block: Json, pointer: str) -> None:
    seen: set[str] = set()
    for place, element in enumerate(found.items(block, "elements", pointer, 1, 25)):
        here = f"{pointer}/elements/{place}"
        if not isinstance(element, dict):
            found.add(here, "must be an object")
            continue
        elements.check(found, element, here, "actions")
        name = element.get("action_id")
        if isinstance(name, str):
            if name in seen:
                found.add(f"{here}/action_id", f"`action_id` {name!r} already exists in this block")
            seen.add(name)


def _context(found: Problems, block: Json, pointer: str) -> None:
    for place, element in enumerate(found.items(block, "elements", pointer, 1, 10)):
        here = f"{pointer}/elements"
        if isinstance(element, dict) and element.get("type") == "image":
            _image(found, element, f"{here}/{place}")
        else:
            found.composed({str(place): element}, str(place), here, 3000, required=True)


def _image(found: Problems, block: Json, pointer: str) -> None:
    found.text(block, "alt_text", pointer, 2000, required=True)
    if "slack_file" not in block:
        found.text(block, "image_url", pointer, 3000, required=True)
    found.composed(block, "title", pointer, 2000, plain=True)


def _input(found: Problems, block: Json, pointer: str) -> None:
    found.composed(block, "label", pointer, 2000, plain=True, required=True)
    found.composed(block, "hint", pointer, 2000, plain=True)
    element = block.get("element")
    if isinstance(element, dict):
        elements.check(found, element, f"{pointer}/element", "input")
    else:
        found.add(pointer, "missing required field: element")


def _rich_text(found: Problems, block: Json, pointer: str) -> None:
    for place, element in enumerate(found.items(block, "elements", pointer, 0, 1000)):
        if not isinstance(element, dict) or element.get("type") not in _RICH:
            found.add(f"{pointer}/elements/{place}", "unsupported rich text element")


def _markdown(found: Problems, block: Json, pointer: str) -> None:
    found.text(block, "text", pointer, 12_000, required=True)


def _divider(_found: Problems, _block: Json, _pointer: str) -> None:
    """A line has nothing that could be wrong."""


_RICH = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")
_CHECKS = {
    "section": _section,
    "header": _header,
    "actions": _actions,
    "context": _context,
    "image": _image,
    "input": _input,
    "rich_text": _rich_text,
    "markdown": _markdown,
    "divider": _divider,
}
_FIELDS: dict[str, frozenset[str]] = {
    "section": frozenset({"text", "fields", "accessory", "expand"}),
    "header": frozenset({"text", "level"}),
    "actions": frozenset({"elements"}),
    "context": frozenset({"elements"}),
    "image": frozenset({"alt_text", "image_url", "slack_file", "title"}),
    "input": frozenset({"label", "element", "dispatch_action", "hint", "optional"}),
    "rich_text": frozenset({"elements"}),
    "markdown": frozenset({"text"}),
    "divider": frozenset(),
}
