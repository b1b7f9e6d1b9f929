"""Tokens that carry a secret and a moment under our seal, so that the database has to keep neither.

What is kept of a secret is its hash; when a link runs out, or a sign-in stops being fresh, stands in the token alone.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import UTC, datetime

SECRET_BYTES = 32
_TIME_BYTES = 5
_SEAL_BYTES = 16


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says."""

    secret: bytes
    until: datetime


def issue(key: bytes, secret: bytes, until: datetime) -> str:
    """A token of this secret and moment, to be put into a link or a cookie."""
    body = secret + int(until.timestamp()).to_bytes(_TIME_BYTES, "big")
    return urlsafe_b64encode(body + _seal(key, body)).decode().rstrip("=")


def read(key: bytes, token: str) -> Token | None:
    """What a token says, or None where it is not of our making; whether its moment has passed is for the reader."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (Error, ValueError):
        return None
    body, seal = raw[:-_SEAL_BYTES], raw[-_SEAL_BYTES:]
    if len(body) != SECRET_BYTES + _TIME_BYTES or not hmac.compare_digest(seal, _seal(key, body)):
        return None
    return Token(body[:SECRET_BYTES], datetime.fromtimestamp(int.from_bytes(body[SECRET_BYTES:], "big"), UTC))


def hashed(secret: bytes) -> str:
    """What is kept of a secret that nobody can guess."""
    return hashlib.sha256(secret).hexdigest()


def keyed(key: bytes, *parts: str) -> str:
    """What is kept of something that could be guessed: worth nothing without our keys."""
    return hmac.new(key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def _seal(key: bytes, body: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()[:_SEAL_BYTES]
