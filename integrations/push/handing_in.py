"""Hand one sealed message to a push service, and know what its answer means."""

import http.client
import ssl
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

TIMEOUT_S: Final = 10.0
KEPT_S: Final = 24 * 60 * 60
"""How long a push service keeps what a device could not take yet."""

Connect = Callable[[str], http.client.HTTPConnection]


class Taken(StrEnum):
    """What a push service said."""

    YES = "yes"
    GONE = "gone"
    """The device wants no more: its address is forgotten."""
    LATER = "later"
    NO = "no"


def connect(host: str) -> http.client.HTTPConnection:
    """The way to a push service: https, with a certificate that is checked, and never to where an answer points."""
    return http.client.HTTPSConnection(host, timeout=TIMEOUT_S, context=ssl.create_default_context())


def hand_in(endpoint: str, body: bytes, authorization: str, topic: str, to: Connect) -> tuple[Taken, timedelta | None]:
    """Hand it in once. The same topic takes the place of what waits there, so that handing in again says it once."""
    parts = urlsplit(endpoint)
    headers = {
        "Authorization": authorization,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_S),
        "Topic": topic,
        "Urgency": "normal",
    }
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        with closing(to(parts.hostname or "")) as way:
            way.request("POST", path, body, headers)
            answer = way.getresponse()
            answer.read(4096)
            return _said(answer.status, answer.getheader("Retry-After"))
    except (OSError, http.client.HTTPException):
        return Taken.LATER, None


def _said(status: int, retry_after: str | None) -> tuple[Taken, timedelta | None]:
    if 200 <= status < 300:
        return Taken.YES, None
    if status in (404, 410):
        return Taken.GONE, None
    if status == 429 or status >= 500:
        wait = int(retry_after) if retry_after and retry_after.isascii() and retry_after.isdigit() else None
        return Taken.LATER, timedelta(seconds=min(wait, 3600)) if wait is not None else None
    return Taken.NO, None
