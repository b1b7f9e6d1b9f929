"""Every client of Slack's Web API is made here, so that all of them go where the settings point."""

import logging
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from service.settings import Settings

TIMEOUT_S: Final = 10
ANSWERS_AT: Final = "hooks.slack.com"

# What Slack's libraries log holds payloads and answers, which are people's words; we log kinds ourselves.
QUIET = logging.Logger("goldseam.slack.quiet", level=logging.CRITICAL)  # noqa: LOG001 - stands outside the tree of loggers
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False
QUIET.disabled = True


def client(settings: Settings, token: str | None = None) -> WebClient:
    """A client that never sends anything twice by itself: a courier alone knows what may be sent again."""
    return WebClient(
        token=token,
        base_url=settings.slack_api_url.rstrip("/") + "/",
        timeout=TIMEOUT_S,
        retry_handlers=[],
        logger=QUIET,
    )


def answer(settings: Settings, address: str, said: Mapping[str, Any]) -> None:
    """Answer a gesture at the address that came with it, which must be Slack's own. Raises outcomes.FAULTS."""
    given, api = urlsplit(address), urlsplit(settings.slack_api_url)
    is_slack = given.scheme == "https" and given.netloc == ANSWERS_AT
    if not is_slack and (given.scheme, given.netloc) != (api.scheme, api.netloc):
        raise ValueError("not an address of Slack")
    WebhookClient(address, timeout=TIMEOUT_S, retry_handlers=[], logger=QUIET).send_dict(dict(said))
