"""Row 7: importing an export, beside reading its bytes and decoding its JSON."""

import resource
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks import conversation
from benchmarks.rows import Row, as_python_does, side_by_side, under, within
from integrations.slack_export import importing
from migrations import tables
from service import db as store
from service.people import actions as people
from service.people.rules import WorkspaceKind
from service.runtime import Runtime
from service.sealing import keyring, new_key
from service.settings import Settings

MOST = 16
MOST_DRY = 4
MOST_MB = 200


def measure(*, quick: bool) -> list[Row]:
    """Seconds for one export, and the memory of a process of its own that imports it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.zip"
        many = conversation.export(path, 8_000 if quick else 50_000)
        rounds = 2 if quick else 6
        whole, bare = side_by_side(lambda: bring(path), lambda: decode(path), rounds=rounds)
        dry, bare_again = side_by_side(lambda: importing.look(path, _silent), lambda: decode(path), rounds=rounds)
        megabytes = float(
            subprocess.run(
                [sys.executable, "-m", "benchmarks.importing", str(path)], check=True, capture_output=True, text=True
            ).stdout
        )
    return [
        within(f"7 import {many} messages, reading and linking", whole, bare, MOST),
        within(f"7 look at {many} messages without linking", dry, bare_again, MOST_DRY),
        under("7 memory of an import", megabytes, MOST_MB, "MB"),
    ]


@as_python_does()
def decode(path: Path) -> None:
    """The least anybody would do: unpack each file and decode its JSON."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            msgspec.json.decode(archive.read(name))


def bring(path: Path) -> None:
    """Import into a database of its own."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        engine = store.engine(url)
        tables.metadata().create_all(engine)
        runtime = Runtime(Settings.model_validate({"database_url": url}), engine, keyring([new_key()]))
        with runtime.housekeeping() as db:
            home = people.open_workspace(db, WorkspaceKind.TEAM, "Bench", datetime.now(UTC))
        importing.bring(runtime, path, home, _silent)
        engine.dispose()


def _silent(_messages: int) -> None:
    """Nobody watches."""


if __name__ == "__main__":
    bring(Path(sys.argv[1]))
    sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
