"""A manifest as Slack takes it."""

import re
from collections.abc import Iterator
from typing import Any

from integrations.slack.standin.nouns import Json

_CHANNEL_SCOPE = re.compile(r"^[a-z_]+(?:\.[a-z_]+)*(?::[a-z_.]+)*$")


def problems(manifest: Any) -> list[Json]:
    """What Slack would refuse, each with a message and a pointer."""
    if not isinstance(manifest, dict):
        return [{"message": "must be an object", "pointer": "/"}]
    found = [
        *_unknown(manifest),
        *_texts(manifest),
        *_lists(manifest),
        *_shortcuts(manifest),
        *_commands(manifest),
        *_addresses(manifest),
    ]
    return [{"message": message, "pointer": pointer} for pointer, message in found]


def _at(manifest: Any, path: str) -> Any:
    for step in path.strip("/").split("/"):
        manifest = manifest.get(step) if isinstance(manifest, dict) else None
    return manifest


_TEXTS = (
    ("/display_information/name", 1, 35),
    ("/display_information/description", 0, 140),
    ("/display_information/long_description", 174, 4000),
    ("/features/bot_user/display_name", 1, 80),
)
_LISTS = (
    ("/features/shortcuts", 10),
    ("/features/slash_commands", 50),
    ("/features/unfurl_domains", 5),
    ("/oauth_config/redirect_urls", 1000),
    ("/oauth_config/scopes/bot", 255),
    ("/oauth_config/scopes/bot_optional", 255),
    ("/oauth_config/scopes/user", 255),
    ("/settings/event_subscriptions/bot_events", 100),
    ("/settings/allowed_ip_address_ranges", 10),
)


# What a manifest may say, by where it stands; a key Slack does not know is refused there too.
_KEYS = {
    "/": "_metadata display_information features oauth_config settings functions workflows outgoing_domains types",
    "/_metadata": "major_version minor_version",
    "/display_information": "name description long_description background_color",
    "/features": "app_home agent_view bot_user shortcuts slash_commands unfurl_domains workflow_steps",
    "/features/app_home": "home_tab_enabled messages_tab_enabled messages_tab_read_only_enabled",
    "/features/bot_user": "display_name always_online",
    "/oauth_config": "redirect_urls scopes token_management_enabled pkce_enabled",
    "/oauth_config/scopes": "bot bot_optional user user_optional",
    "/settings": (
        "event_subscriptions metadata_subscriptions interactivity org_deploy_enabled socket_mode_enabled "
        "token_rotation_enabled allowed_ip_address_ranges incoming_webhooks function_runtime"
    ),
    "/settings/event_subscriptions": "request_url bot_events user_events metadata_subscriptions",
    "/settings/interactivity": "is_enabled request_url message_menu_options_url",
}


def _unknown(manifest: Json) -> Iterator[tuple[str, str]]:
    for pointer, known in _KEYS.items():
        part = _at(manifest, pointer) if pointer != "/" else manifest
        for key in part if isinstance(part, dict) else ():
            if key not in known.split():
                yield f"{pointer.rstrip('/')}/{key}", "unknown key"


def _texts(manifest: Json) -> Iterator[tuple[str, str]]:
    if not isinstance(_at(manifest, "/display_information/name"), str):
        yield "/display_information/name", "missing required field: name"
    for pointer, least, most in _TEXTS:
        value = _at(manifest, pointer)
        if value is not None and not (isinstance(value, str) and least <= len(value) <= most):
            yield pointer, f"must be {least} to {most} characters"


def _lists(manifest: Json) -> Iterator[tuple[str, str]]:
    for pointer, most in _LISTS:
        value = _at(manifest, pointer)
        if value is None:
            continue
        if not isinstance(value, list) or len(value) > most:
            yield pointer, f"must be a list of at most {most}"
        elif "scopes" in pointer:
            for place, scope in enumerate(value):
                if not isinstance(scope, str) or not _CHANNEL_SCOPE.match(scope):
                    yield f"{pointer}/{place}", "not a scope"


def _shortcuts(manifest: Json) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(_at(manifest, "/features/shortcuts") or []):
        here = f"/features/shortcuts/{place}"
        if one.get("type") not in ("global", "message"):
            yield f"{here}/type", "must be global or message"
        for name, most in (("name", 24), ("callback_id", 255), ("description", 150)):
            if not 1 <= len(str(one.get(name) or "")) <= most:
                yield f"{here}/{name}", f"must be 1 to {most} characters"


def _commands(manifest: Json) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(_at(manifest, "/features/slash_commands") or []):
        here = f"/features/slash_commands/{place}"
        if not re.fullmatch(r"/[a-z0-9_-]{1,31}", str(one.get("command") or "")):
            yield f"{here}/command", "must begin with / and be at most 32 characters"
        for name, least, most in (("description", 1, 2000), ("usage_hint", 0, 1000)):
            if not least <= len(str(one.get(name) or "")) <= most:
                yield f"{here}/{name}", f"must be {least} to {most} characters"


def _addresses(manifest: Json) -> Iterator[tuple[str, str]]:
    socket_mode = bool(_at(manifest, "/settings/socket_mode_enabled"))
    events = _at(manifest, "/settings/event_subscriptions")
    if events and not socket_mode and not events.get("request_url"):
        yield "/settings/event_subscriptions", "event subscriptions need a request_url or Socket Mode"
    interactivity = _at(manifest, "/settings/interactivity") or {}
    if interactivity.get("is_enabled") and not socket_mode and not interactivity.get("request_url"):
        yield "/settings/interactivity", "interactivity needs a request_url or Socket Mode"
