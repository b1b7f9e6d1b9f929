"""Buttons, menus and inputs: which block takes which, and how long their words may be."""

from collections.abc import Callable
from dataclasses import dataclass

from integrations.slack.standin.limits.problems import Problems
from integrations.slack.standin.nouns import Json

ACTION_ID = 255
PLACEHOLDER = 150
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTIONS = 100
FEW_OPTIONS = 10
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
URL = 3000

_EVERYWHERE = frozenset({"section", "actions", "input"})
_LISTED = frozenset({"section", "input"})
_INPUT = frozenset({"input"})
_COMMON = frozenset({"type", "action_id", "confirm", "focus_on_load", "placeholder"})


def check(found: Problems, element: Json, pointer: str, block: str) -> None:
    """Everything that is wrong with one element inside a block of this type."""
    kind = element.get("type")
    spec = ELEMENTS.get(kind) if isinstance(kind, str) else None
    if spec is None or block not in spec.blocks:
        found.add(f"{pointer}/type", f"unsupported type: {kind}")
        return
    found.unknown(element, pointer, _COMMON | spec.fields)
    found.text(element, "action_id", pointer, ACTION_ID)
    found.composed(element, "placeholder", pointer, PLACEHOLDER, plain=True)
    if "confirm" in element:
        _confirm(found, element["confirm"], f"{pointer}/confirm")
    spec.check(found, element, pointer)


def _confirm(found: Problems, confirm: object, pointer: str) -> None:
    if not isinstance(confirm, dict):
        found.add(pointer, "must be an object")
        return
    found.composed(confirm, "title", pointer, 100, plain=True, required=True)
    found.composed(confirm, "text", pointer, 300, required=True)
    found.composed(confirm, "confirm", pointer, 30, plain=True, required=True)
    found.composed(confirm, "deny", pointer, 30, plain=True, required=True)
    found.choice(confirm, "style", pointer, ("primary", "danger"))


def _button(found: Problems, element: Json, pointer: str) -> None:
    found.composed(element, "text", pointer, BUTTON_TEXT, plain=True, required=True)
    found.text(element, "value", pointer, BUTTON_VALUE)
    found.text(element, "url", pointer, URL)
    found.text(element, "accessibility_label", pointer, BUTTON_TEXT)
    found.choice(element, "style", pointer, ("primary", "danger"))


def _static(found: Problems, element: Json, pointer: str) -> None:
    if "option_groups" in element:
        groups = found.items(element, "option_groups", pointer, 1, OPTIONS)
        for place, group in enumerate(groups):
            here = f"{pointer}/option_groups/{place}"
            found.composed(group, "label", here, OPTION_TEXT, plain=True, required=True)
            _options(found, group, here, 1, OPTIONS)
    else:
        _options(found, element, pointer, 1, OPTIONS)
    _initial(found, element, pointer)


def _overflow(found: Problems, element: Json, pointer: str) -> None:
    _options(found, element, pointer, 2, 5)


def _marked(found: Problems, element: Json, pointer: str) -> None:
    _options(found, element, pointer, 1, FEW_OPTIONS, plain=False)
    _initial(found, element, pointer)


def _free(found: Problems, element: Json, pointer: str) -> None:
    for name in ("min_length", "max_length", "max_selected_items"):
        value = element.get(name)
        if value is not None and not (isinstance(value, int) and 0 <= value <= URL):
            found.add(f"{pointer}/{name}", "must be a whole number from 0 to 3000")
    if element.get("type") == "number_input" and "is_decimal_allowed" not in element:
        found.add(pointer, "missing required field: is_decimal_allowed")
    initial, longest = element.get("initial_value"), element.get("max_length", URL)
    if isinstance(initial, str) and isinstance(longest, int) and len(initial) > longest:
        found.add(f"{pointer}/initial_value", f"must be less than {longest + 1} characters")


def _options(found: Problems, holder: Json, pointer: str, least: int, most: int, *, plain: bool = True) -> None:
    for place, option in enumerate(found.items(holder, "options", pointer, least, most)):
        here = f"{pointer}/options/{place}"
        if not isinstance(option, dict):
            found.add(here, "must be an object")
            continue
        found.composed(option, "text", here, OPTION_TEXT, plain=plain, required=True)
        found.composed(option, "description", here, OPTION_TEXT, plain=plain)
        found.text(option, "value", here, OPTION_VALUE, required=True)
        found.text(option, "url", here, URL)


def _initial(found: Problems, element: Json, pointer: str) -> None:
    """What is chosen beforehand must be one of the choices."""
    groups = element.get("option_groups") or [element]
    choices = [option for group in groups if isinstance(group, dict) for option in group.get("options") or []]
    if "initial_option" in element and element["initial_option"] not in choices:
        found.add(f"{pointer}/initial_option", "must match one of the options")
    if "initial_options" in element:
        chosen = found.items(element, "initial_options", pointer, 1, OPTIONS)
        if any(option not in choices for option in chosen):
            found.add(f"{pointer}/initial_options", "must match the options")


@dataclass(frozen=True, slots=True)
class _Spec:
    blocks: frozenset[str]
    fields: frozenset[str]
    check: Callable[[Problems, Json, str], None] = _free


def _fields(*names: str) -> frozenset[str]:
    return frozenset(names)


_PICKED = _fields("options", "option_groups", "initial_option")
_PICKED_MANY = _fields("options", "option_groups", "initial_options", "max_selected_items")
_MARKED = _fields("options", "initial_option")
_TYPED = _fields("initial_value", "dispatch_action_config")
_PLACES = _fields("filter", "default_to_current_conversation", "response_url_enabled")

ELEMENTS: dict[str, _Spec] = {
    "button": _Spec(
        frozenset({"section", "actions"}),
        _fields("text", "value", "url", "style", "accessibility_label"),
        _button,
    ),
    "static_select": _Spec(_EVERYWHERE, _PICKED, _static),
    "multi_static_select": _Spec(_LISTED, _PICKED_MANY, _static),
    "overflow": _Spec(frozenset({"section", "actions"}), _fields("options"), _overflow),
    "checkboxes": _Spec(_EVERYWHERE, _fields("options", "initial_options"), _marked),
    "radio_buttons": _Spec(_EVERYWHERE, _MARKED, _marked),
    "users_select": _Spec(_EVERYWHERE, _fields("initial_user")),
    "multi_users_select": _Spec(_LISTED, _fields("initial_users", "max_selected_items")),
    "conversations_select": _Spec(_EVERYWHERE, _PLACES | {"initial_conversation"}),
    "multi_conversations_select": _Spec(_LISTED, _PLACES | {"initial_conversations", "max_selected_items"}),
    "channels_select": _Spec(_EVERYWHERE, _fields("initial_channel", "response_url_enabled")),
    "multi_channels_select": _Spec(_LISTED, _fields("initial_channels", "max_selected_items")),
    "datepicker": _Spec(_EVERYWHERE, _fields("initial_date")),
    "timepicker": _Spec(_EVERYWHERE, _fields("initial_time", "timezone")),
    "datetimepicker": _Spec(frozenset({"actions", "input"}), _fields("initial_date_time")),
    "plain_text_input": _Spec(_INPUT, _TYPED | {"multiline", "min_length", "max_length"}),
    "email_text_input": _Spec(_INPUT, _TYPED),
    "url_text_input": _Spec(_INPUT, _TYPED),
    "number_input": _Spec(_INPUT, _TYPED | {"is_decimal_allowed", "min_value", "max_value"}),
}
