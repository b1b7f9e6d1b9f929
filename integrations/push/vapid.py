"""The key that push services know this installation by (RFC 8292)."""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from service.sealing import Keyring

PURPOSE: Final = "web push"
LIVES: Final = timedelta(hours=12)
ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the group of P-256 (SEC 2, 2.4.2)."""


def private_key(keyring: Keyring) -> ec.EllipticCurvePrivateKey:
    """Ours, made from the keys of this installation, so that it lies nowhere and outlasts their rotation."""
    number = int.from_bytes(keyring.derived(PURPOSE), "big") % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def public_key(keyring: Keyring) -> str:
    """Its other half, as browsers take it."""
    point = private_key(keyring).public_key()
    raw = point.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(raw).decode().rstrip("=")


def authorization(keyring: Keyring, endpoint: str, contact: str, now: datetime) -> str:
    """Says to one push service, for half a day, that it is us."""
    from py_vapid import Vapid02

    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + LIVES).timestamp()),
        "sub": contact,
    }
    signed: dict[str, str] = Vapid02(private_key=private_key(keyring)).sign(claims)
    return signed["Authorization"]
