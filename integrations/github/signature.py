"""Whether a delivery is GitHub's: HMAC over its raw bytes."""

import hashlib
import hmac
import re
from collections.abc import Sequence

_HEADER = re.compile(r"sha256=([0-9a-f]{64})", re.ASCII)


def valid(secrets: Sequence[str], body: bytes, header: str | None) -> bool:
    """Whether one of these secrets signed this body; what is malformed is not valid.

    `header` is X-Hub-Signature-256 as it came. An empty secret signs nothing.
    """
    given = _HEADER.fullmatch(header or "")
    if given is None:
        return False
    fits = False
    for secret in secrets:
        expected = hmac.new(secret.encode("utf-8", "surrogatepass"), body, hashlib.sha256).hexdigest()
        fits |= bool(secret) and hmac.compare_digest(expected, given[1])
    return fits
