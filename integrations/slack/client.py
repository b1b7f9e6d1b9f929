"""Every client of Slack's Web API is made here, so that all of them go where the settings point."""

import logging

from slack_sdk import WebClient

from service.settings import Settings

TIMEOUT_S = 10

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
