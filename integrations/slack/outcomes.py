"""What Slack's refusals and silences mean for a parcel."""

import http.client
import re
import socket
import ssl
import urllib.error
from datetime import timedelta
from typing import Final

from slack_sdk.errors import SlackApiError, SlackClientError

from service.nudges.couriers import CourierError, Outcome

FAULTS: Final = (SlackClientError, OSError, http.client.HTTPException, ValueError, TypeError, AttributeError)
"""What slack_sdk raises: its own errors, the network's, and whatever comes of an answer that is no answer."""

SUSPENDING: Final = frozenset(
    {
        "invalid_auth",
        "token_revoked",
        "token_expired",
        "account_inactive",
        "not_authed",
        "missing_scope",
        "team_access_not_granted",
        "org_login_required",
    }
)
"""Refusals that hold for the whole workspace until it is connected again."""
SPENT: Final = frozenset({"invalid_refresh_token", "token_revoked", "account_inactive", "team_not_found"})
"""Refusals to renew a token that hold until the app is installed again."""
PASSING: Final = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded", "request_timeout"})
"""Refusals of calls that were not carried out and may be made again."""
UNSURE: Final = frozenset({"internal_error", "fatal_error", "service_unavailable", "unknown_error"})
"""Refusals of calls of which some part may have been carried out."""

_CODE = re.compile(r"[a-z0-9_]{1,50}", re.ASCII)
_NO_RETRY_AFTER = timedelta(seconds=30)
_LONGEST_WAIT_S = 3600


def of(error: Exception) -> CourierError:
    """What is known of a call that ended in this error."""
    if isinstance(error, SlackApiError):
        return _refused(error)
    if isinstance(error, urllib.error.URLError):
        return _unsent(error.reason) or CourierError(Outcome.UNKNOWN, _kind(error.reason))
    return _unsent(error) or CourierError(Outcome.UNKNOWN, _kind(error))


def code(error: Exception) -> str:
    """The name Slack gave to a refusal, or a name for what happened instead."""
    return of(error).why


def _refused(error: SlackApiError) -> CourierError:
    status = getattr(error.response, "status_code", 0)
    said = _said(error)
    if status == http.client.TOO_MANY_REQUESTS or said in PASSING:
        return CourierError(Outcome.PASSING, said or "ratelimited", _retry_after(error))
    if status >= http.client.INTERNAL_SERVER_ERROR:
        return CourierError(Outcome.UNKNOWN, f"http {status}")
    if said is None:
        return CourierError(Outcome.UNKNOWN, "garbage")
    if said in UNSURE:
        return CourierError(Outcome.UNKNOWN, said)
    return CourierError(Outcome.SUSPENDED if said in SUSPENDING else Outcome.PERMANENT, said)


def _said(error: SlackApiError) -> str | None:
    """Slack's word for it; where the answer was no JSON, slack_sdk puts its body there, which is not kept."""
    found = error.response.get("error") if hasattr(error.response, "get") else None
    return found if isinstance(found, str) and _CODE.fullmatch(found) else None


def _retry_after(error: SlackApiError) -> timedelta:
    headers = getattr(error.response, "headers", {})
    given = str(headers.get("Retry-After") or headers.get("retry-after") or "")
    if not (given.isascii() and given.isdigit()):
        return _NO_RETRY_AFTER
    return timedelta(seconds=min(int(given[:9]), _LONGEST_WAIT_S))


def _unsent(reason: object) -> CourierError | None:
    """Where no byte of the request was written."""
    if isinstance(reason, ConnectionRefusedError):
        return CourierError(Outcome.PASSING, "refused")
    if isinstance(reason, socket.gaierror):
        return CourierError(Outcome.PASSING, "no such host")
    if isinstance(reason, ssl.SSLCertVerificationError):
        return CourierError(Outcome.PASSING, "certificate")
    return None


def _kind(reason: object) -> str:
    if isinstance(reason, TimeoutError):
        return "timeout"
    if isinstance(reason, ConnectionError):
        return "reset"
    return "garbage"
