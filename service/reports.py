"""Error reports to Sentry, where SENTRY_DSN names one: the kind of an error and where it arose, never words."""

import importlib
from typing import Any

from service import logs
from service.errors import StartRefused

KEPT = ("event_id", "timestamp", "platform", "level", "release", "environment", "exception", "sdk", "contexts")


def begin(dsn: str, release: str) -> None:
    """Report every error that the log tells of; raises StartRefused where the package is missing."""
    try:
        sentry = importlib.import_module("sentry_sdk")
    except ModuleNotFoundError:
        raise StartRefused("SENTRY_DSN: the package sentry-sdk is missing. Install it, or leave this unset.") from None
    try:
        sentry.init(
            dsn=dsn,
            release=release,
            default_integrations=False,
            include_local_variables=False,
            include_source_context=False,
            max_breadcrumbs=0,
            server_name="",
            before_send=without_words,
        )
    except sentry.utils.BadDsn:
        raise StartRefused("SENTRY_DSN: this is no address of a Sentry project.") from None
    logs.TOLD.append(sentry.capture_exception)


def without_words(event: dict[str, Any], _hint: object) -> dict[str, Any]:
    """What is sent: kinds, files and lines. The message of an error may hold what somebody wrote."""
    kept = {name: event[name] for name in KEPT if name in event}
    for error in kept.get("exception", {}).get("values", ()):
        error.pop("value", None)
    kept["contexts"] = {name: one for name, one in kept.get("contexts", {}).items() if name == "runtime"}
    return kept
