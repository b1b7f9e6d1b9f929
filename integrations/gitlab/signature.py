"""Whether a delivery is GitLab's: it carries the token it was given."""

import hmac
from collections.abc import Sequence


def valid(tokens: Sequence[str], header: str | None) -> bool:
    """Whether the header X-Gitlab-Token is one of these tokens; an empty token opens nothing."""
    given = _bytes(header or "")
    fits = False
    for token in tokens:
        fits |= bool(token) and hmac.compare_digest(_bytes(token), given)
    return fits


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
