"""A modal or an App Home as Slack takes it."""

import json
from typing import Any

from integrations.slack.standin.limits import blocks
from integrations.slack.standin.limits.problems import Problems
from integrations.slack.standin.nouns import Json

VIEW_BYTES = 250_000
MODALS_STACKED = 3
_FIELDS = frozenset({
    "type", "blocks", "callback_id", "clear_on_close", "close", "external_id",
    "notify_on_close", "private_metadata", "submit", "submit_disabled", "title",
})  # fmt: skip


def too_large(view: Any) -> bool:
    """Whether the view weighs more than 250 kB."""
    return len(json.dumps(view)) > VIEW_BYTES


def problems(view: Any, kind: str) -> list[str]:
    """What Slack would refuse in this view; `kind` is "modal" or "home"."""
    found = Problems()
    if not isinstance(view, dict) or view.get("type") != kind:
        found.add("/view/type", f"must be {kind}")
        return found.found
    found.unknown(view, "/view", _FIELDS)
    for name, most in (("callback_id", 255), ("external_id", 255), ("private_metadata", 3000)):
        found.text(view, name, "/view", most)
    if kind == "modal":
        _modal(found, view)
    found.found.extend(blocks.problems(view.get("blocks"), blocks.Surface(kind), "/view/blocks"))
    return found.found


def _modal(found: Problems, view: Json) -> None:
    found.composed(view, "title", "/view", 24, plain=True, required=True)
    found.composed(view, "submit", "/view", 24, plain=True)
    found.composed(view, "close", "/view", 24, plain=True)
    asks = any(isinstance(one, dict) and one.get("type") == "input" for one in view.get("blocks") or [])
    if asks and not view.get("submit"):
        found.add("/view/submit", "missing required field: submit (there are input blocks)")
