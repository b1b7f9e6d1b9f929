"""Keys: what is sealed at rest, and fingerprints that only this installation can make."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from service.errors import StartRefused


def new_key() -> str:
    """A fresh key, as it is written into SECRET_KEYS."""
    return Fernet.generate_key().decode()


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys, newest first: the first seals, all of them open."""

    keys: tuple[str, ...] = field(repr=False)

    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self.keys])

    def seal(self, purpose: str, words: object) -> str:
        """Seal a JSON-like value for one purpose; it opens for no other."""
        return self._fernet().encrypt(msgspec.json.encode([purpose, words])).decode()

    def opened(self, purpose: str, sealed: str) -> object | None:
        """What was sealed for this purpose, or None where it does not open."""
        try:
            found = msgspec.json.decode(self._fernet().decrypt(sealed.encode()))
        except (InvalidToken, msgspec.DecodeError):
            return None
        return found[1] if isinstance(found, list) and found[:1] == [purpose] else None

    def resealed(self, sealed: str) -> str:
        """The same words under the newest key."""
        return self._fernet().rotate(sealed.encode()).decode()

    def derived(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose, from the oldest key, so that rotation changes no fingerprint."""
        return hmac.new(self.keys[-1].encode(), purpose.encode(), hashlib.sha256).digest()

    def fingerprint(self, purpose: str, value: str) -> int:
        """A 63-bit number that stands for a value and cannot be turned back without our keys."""
        digest = hashlib.blake2b(value.encode(), key=self.derived(purpose), digest_size=8).digest()
        return int.from_bytes(digest, "big") >> 1


def keyring(keys: Sequence[str]) -> Keyring:
    """A keyring of these keys; one that is no key stops the start."""
    if not keys:
        raise StartRefused("SECRET_KEYS is empty: leave it unset to have one made, or give one key or more.")
    for number, key in enumerate(keys, 1):
        try:
            Fernet(key)
        except ValueError:
            raise StartRefused(
                f"SECRET_KEYS: key {number} is not a key; make one with `goldseam keys rotate --print`."
            ) from None
    return Keyring(tuple(keys))
