"""What would give somebody away, in every shape in which it could be kept."""

import base64
import hashlib
import hmac
import html
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

DIGESTS = ("md5", "sha1", "sha256", "sha512", "blake2b")
KEYED = ("sha1", "sha256", "sha512")
TELLING = 8
"""So many bytes of a digest are enough to find somebody by, however it was cut."""


@dataclass(frozen=True, slots=True)
class Canary:
    """Something that belongs to one person alone: an id, a name, an address, a token."""

    what: str
    text: str


def shapes(canary: Canary, secrets: Mapping[str, bytes]) -> dict[bytes, str]:
    """Every shape of a canary, each with what it is called: encodings, digests, and digests under every secret."""
    found: dict[bytes, str] = {}
    for text in {canary.text, canary.text.lower(), canary.text.upper()}:
        for name, shape in (*_encodings(text), *_digests(text, secrets)):
            if len(shape) >= TELLING:
                found.setdefault(shape, f"{canary.what} as {name}")
    return found


def _encodings(text: str) -> Iterator[tuple[str, bytes]]:
    raw = text.encode()
    yield "utf-8", raw
    yield "utf-8, backwards", raw[::-1]
    yield "utf-16-le", text.encode("utf-16-le")
    yield "utf-16-be", text.encode("utf-16-be")
    yield "hex", raw.hex().encode()
    yield "HEX", raw.hex().upper().encode()
    yield "base85", base64.b85encode(raw[: len(raw) // 4 * 4])
    yield "base32", base64.b32encode(raw[: len(raw) // 5 * 5])
    yield "url", quote(text, safe="").encode()
    yield "form", quote_plus(text, safe="").encode()
    yield "JSON", json.dumps(text)[1:-1].encode()
    yield "HTML", html.escape(text).encode()
    for padding in range(3):
        yield f"base64 at {padding}", _base64_at(padding, raw, base64.b64encode)
        yield f"base64url at {padding}", _base64_at(padding, raw, base64.urlsafe_b64encode)


def _base64_at(padding: int, raw: bytes, encode: Callable[[bytes], bytes]) -> bytes:
    """The letters that stand for these bytes alone, wherever in a text of base64 they begin."""
    encoded = encode(bytes(padding) + raw)
    return encoded[(padding * 8 + 5) // 6 : (padding + len(raw)) * 8 // 6]


def _digests(text: str, secrets: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    raw = text.encode()
    for algorithm in DIGESTS:
        yield from _written(algorithm, hashlib.new(algorithm, raw).digest())
    yield from _written("blake2b of 8", hashlib.blake2b(raw, digest_size=8).digest())
    for name, secret in secrets.items():
        for algorithm in KEYED:
            yield from _written(f"HMAC {algorithm} under {name}", hmac.digest(secret, raw, algorithm))
        yield from _written(f"keyed under {name}", hashlib.blake2b(raw, key=secret[:64], digest_size=8).digest())
        yield from _written(f"salted before with {name}", hashlib.sha256(secret + raw).digest())
        yield from _written(f"salted after with {name}", hashlib.sha256(raw + secret).digest())


def _written(name: str, digest: bytes) -> Iterator[tuple[str, bytes]]:
    head = digest[:TELLING]
    yield f"{name}, raw", head
    yield f"{name}, hex", head.hex().encode()
    yield f"{name}, HEX", head.hex().upper().encode()
    yield f"{name}, base64", base64.b64encode(digest)[:10]
    yield f"{name}, base64url", base64.urlsafe_b64encode(digest)[:10]
    number = int.from_bytes(head, "big")
    yield f"{name}, number", str(number).encode()
    yield f"{name}, shorter number", str(number >> 1).encode()
    yield f"{name}, shorter number, raw", (number >> 1).to_bytes(TELLING, "big")


def all_shapes(canaries: Iterable[Canary], secrets: Mapping[str, bytes]) -> dict[bytes, str]:
    """Every shape of several canaries."""
    found: dict[bytes, str] = {}
    for canary in canaries:
        for shape, name in shapes(canary, secrets).items():
            found.setdefault(shape, name)
    return found


Stores = Mapping[str, bytes]
"""What lies in each store at one moment, by the store's name."""


def grown(before: Stores, after: Stores, shapes_: Mapping[bytes, str]) -> list[str]:
    """What became more between two moments: "the member as utf-8: 2 more in redis"."""
    index: dict[bytes, list[bytes]] = defaultdict(list)
    for shape in shapes_:
        index[shape[:TELLING]].append(shape)
    found = []
    for store, now in after.items():
        old, new = _changed(before.get(store, b""), now)
        more = _counted(new, index)
        if store not in before:
            more += _counted(store.encode(), index)
        more -= _counted(old, index)
        found += [f"{shapes_[shape]}: {count} more in {store}" for shape, count in more.items() if count > 0]
    return sorted(found)


def _counted(text: bytes, index: Mapping[bytes, list[bytes]]) -> Counter[bytes]:
    """How often each shape stands in a text. There are tens of thousands of them: each place is looked up once."""
    found: Counter[bytes] = Counter()
    for place in range(len(text) - TELLING + 1):
        for shape in index.get(text[place : place + TELLING], ()):
            if text.startswith(shape, place):
                found[shape] += 1
    return found


ROOM = 512
"""Longer than any shape: a shape that straddles the edge of what changed is counted too."""


def _changed(then: bytes, now: bytes) -> tuple[bytes, bytes]:
    """Both without what they begin and end with alike, since that adds nothing to either count."""
    if then == now:
        return b"", b""
    most = min(len(then), len(now))
    head = _alike(most, lambda size: then[:size] == now[:size])
    tail = _alike(most - head, lambda size: then[len(then) - size :] == now[len(now) - size :])
    head, tail = max(0, head - ROOM), max(0, tail - ROOM)
    return then[head : len(then) - tail], now[head : len(now) - tail]


def _alike(most: int, same: Callable[[int], bool]) -> int:
    """How far two texts are the same, by halving."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if same(middle):
            low = middle
        else:
            high = middle - 1
    return low
