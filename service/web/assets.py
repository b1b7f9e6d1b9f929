"""The files pages are made of, under an address that changes whenever one of them does."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
VENDOR = "vendor"
"""What `make assets` builds inside the folder; not in the repository, but in the wheel."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What there is to serve, where, and whether it was built from the sources as they are now."""

    folder: Path
    names: frozenset[str]
    digest: str
    built: bool

    @property
    def prefix(self) -> str:
        """The first part of every address, without its outer slashes."""
        return f"static/{self.digest[:16]}"

    def has(self, name: str) -> bool:
        """Whether there is such a file; what comes from npm is absent until it is built."""
        return name in self.names or f"{VENDOR}/{name}" in self.names

    def address(self, name: str) -> str:
        """Where a file is, by the name it has among the sources; raises LookupError for an unknown one."""
        twin = f"{VENDOR}/{name}"
        if twin in self.names and (self.built or name not in self.names):
            return f"/{self.prefix}/{twin}"
        if name not in self.names:
            raise LookupError(f"there is no file {name} in {self.folder}")
        return f"/{self.prefix}/{name}"


def shelf(folder: Path = FOLDER) -> Shelf:
    """The shelf as it stands: the built twins where they match the sources, else the sources themselves."""
    contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}
    sources = _digest({name: content for name, content in contents.items() if not name.startswith(f"{VENDOR}/")})
    made_from = json.loads(contents.get(f"{VENDOR}/assets.json", b"{}")).get("sources")
    return Shelf(folder, frozenset(contents), _digest(contents), made_from == sources)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _digest(contents: dict[str, bytes]) -> str:
    """One hash over names and contents; assets.mjs reckons the same."""
    whole = hashlib.sha256()
    for name, content in sorted(contents.items()):
        whole.update(f"{name}\0".encode() + content + b"\0")
    return whole.hexdigest()
