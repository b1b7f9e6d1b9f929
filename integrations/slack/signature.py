"""Whether a request is Slack's: HMAC over its raw bytes, inside a window of five minutes."""

import hashlib
import hmac
from collections.abc import Sequence

WINDOW_S = 300
_LONGEST_STAMP = 15


def valid(secrets: Sequence[str], timestamp: str | None, body: bytes, signature: str | None, now: float) -> bool:
    """Whether one of these secrets signed this body at a time near now; what is malformed is not valid.

    `timestamp` and `signature` are the headers as they came; `now` is in seconds since 1970.
    """
    if not timestamp or not signature or len(timestamp) > _LONGEST_STAMP:
        return False
    if not (timestamp.isascii() and timestamp.isdigit() and signature.isascii()):
        return False
    if abs(now - int(timestamp)) > WINDOW_S:
        return False
    signed = b"v0:" + timestamp.encode() + b":" + body
    given = signature.encode()
    fits = False
    for secret in secrets:
        expected = b"v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest().encode()
        fits |= hmac.compare_digest(expected, given)
    return fits
