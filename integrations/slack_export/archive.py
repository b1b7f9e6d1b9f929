"""An export archive, read as a stream and trusted in nothing: sizes, names and depths are counted while reading."""

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

MOST_ENTRIES: Final = 50_000
MOST_BYTES: Final = 2 * 1024**3
MOST_IN_ONE: Final = 256 * 1024**2
MOST_RATIO: Final = 100
RATIO_COUNTS_FROM: Final = 64 * 1024
"""Small files of repeated words shrink further than any bomb; the ratio is asked from this size on, in bytes."""
CHUNK: Final = 1024**2


class BadArchive(Exception):  # noqa: N818 - a refusal, said in one line
    """The archive as a whole cannot be read; the message says why."""


class BadFile(Exception):  # noqa: N818 - a refusal, said in one line
    """One file of it cannot be read; the rest can."""


@dataclass
class Archive:
    """An open archive, and how much of it has been unpacked so far."""

    zip: zipfile.ZipFile
    days: dict[str, list[str]]
    """The day files of each channel folder, in order of their days."""
    unpacked: int = 0

    def read(self, name: str) -> bytes:
        """The bytes of one file, counted while they come."""
        info = self.zip.getinfo(name)
        parts: list[bytes] = []
        size = 0
        try:
            with self.zip.open(info) as stream:
                while part := stream.read(CHUNK):
                    size += len(part)
                    self.unpacked += len(part)
                    if self.unpacked > MOST_BYTES:
                        raise BadArchive("It unpacks to more than 2 GB. Export a shorter span of time.")
                    if size > MOST_IN_ONE or (
                        size > RATIO_COUNTS_FROM and size > MOST_RATIO * max(1, info.compress_size)
                    ):
                        raise BadFile(f"{name} unpacks to far more than it should.")
                    parts.append(part)
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
            raise BadFile(f"{name} is damaged.") from error
        return b"".join(parts)

    def has(self, name: str) -> bool:
        """Whether the archive holds a file of that name."""
        return name in self.zip.NameToInfo


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an export archive, or say why it cannot be trusted."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise BadArchive(f"There is no file {path.name} here.") from None
    except (zipfile.BadZipFile, OSError):
        raise BadArchive(f"{path.name} is no zip archive, or a damaged one.") from None
    with archive:
        yield Archive(archive, _days(archive))


def _days(archive: zipfile.ZipFile) -> dict[str, list[str]]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise BadArchive(f"It holds more than {MOST_ENTRIES} files.")
    days: dict[str, list[str]] = {}
    seen: set[str] = set()
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or "\0" in entry.filename:
            raise BadArchive("It names a file outside itself.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise BadArchive("It holds a link, which an export never does.")
        if entry.flag_bits & 0x1:
            raise BadArchive("It is encrypted. Unlock it first.")
        if entry.filename in seen:
            raise BadArchive("It holds the same file twice.")
        seen.add(entry.filename)
        if len(path.parts) == 2 and path.suffix == ".json" and not entry.is_dir():
            days.setdefault(path.parts[0], []).append(entry.filename)
    return {channel: sorted(names) for channel, names in days.items()}
