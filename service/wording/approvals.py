"""The texts somebody read and approved, by the digest of their words."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "approvals"


class Approval(NamedTuple):
    """One approved text: what it is, and the digest of its words."""

    key: str
    digest: str


def digest(words: str) -> str:
    """The SHA-256 of a text, in hex."""
    return hashlib.sha256(words.encode()).hexdigest()


def path(locale: str) -> Path:
    """Where the approvals of a locale stand: a key and a digest to a line, in order."""
    return FOLDER / f"{locale}.txt"


def read(locale: str) -> frozenset[Approval]:
    """What has been approved in a locale."""
    if not path(locale).exists():
        return frozenset()
    lines = path(locale).read_text(encoding="utf-8").splitlines()
    return frozenset(Approval(key, approved) for key, approved in (line.split(" ", 1) for line in lines))


def write(locale: str, approved: Iterable[Approval]) -> None:
    """Keep these approvals and no others."""
    FOLDER.mkdir(exist_ok=True)
    lines = sorted(f"{one.key} {one.digest}\n" for one in set(approved))
    path(locale).write_text("".join(lines), encoding="utf-8")
    _all.cache_clear()


@cache
def _all() -> frozenset[str]:
    return frozenset(one.digest for locale in FOLDER.glob("*.txt") for one in read(locale.stem))


def holds(words: str) -> bool:
    """Whether these very words were approved."""
    return digest(words) in _all()
