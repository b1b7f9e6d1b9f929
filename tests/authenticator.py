"""A device that keeps passkeys, as the standard has it: it signs what a browser was asked, and may err on demand."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40


@dataclass
class Device:
    """One passkey on a device at this address."""

    origin: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    owner: bytes = b""
    count: int = 0
    verifies: bool = True
    """Whether it makes sure who holds it."""

    def makes(self, options: str, **wrong: Any) -> str:
        """What a browser answers when it is asked for a new passkey."""
        asked = json.loads(options)
        self.owner = _read(asked["user"]["id"])
        data = self._data(asked["rp"]["id"], HOLDS_KEY) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id
        data += self._public()
        said = _client("webauthn.create", asked["challenge"], self.origin, wrong)
        stated = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(clientDataJSON=_plain(said), attestationObject=_plain(stated))

    def signs(self, options: str, **wrong: Any) -> str:
        """What a browser answers when it is asked for a passkey it has."""
        asked = json.loads(options)
        self.count += 1
        data = self._data(wrong.pop("host", asked["rpId"]), 0)
        said = _client("webauthn.get", asked["challenge"], self.origin, wrong)
        proof = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=_plain(said),
            authenticatorData=_plain(data),
            signature=_plain(proof),
            userHandle=_plain(self.owner),
        )

    def _data(self, host: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _public(self) -> bytes:
        point = self.key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})

    def _answer(self, **response: str) -> str:
        named = _plain(self.id)
        return json.dumps({"id": named, "rawId": named, "type": "public-key", "response": response})


def _client(kind: str, challenge: str, origin: str, wrong: dict[str, Any]) -> bytes:
    said = {"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False, **wrong}
    return json.dumps(said).encode()


def _plain(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _read(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
