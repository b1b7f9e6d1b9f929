"""The goldseam command, called as `main` is: with arguments and an environment."""

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from service import cli
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def found(self) -> Any:
        """What it answered as JSON."""
        return json.loads(self.out)


class Command:
    """The goldseam command in one environment."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Said:
        self._monkeypatch.setattr(sys, "argv", ["goldseam", *arguments])
        self._monkeypatch.setattr(sys, "stdin", io.StringIO("no\n"))
        try:
            cli.main()
            status = 0
        except SystemExit as left:
            status = int(left.code or 0)
        said = self._capsys.readouterr()
        return Said(status, said.out, said.err)


@pytest.fixture
def goldseam(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: Settings
) -> Iterator[Command]:
    """The command on the test's database, without Redis."""
    monkeypatch.setenv("DATABASE_URL", settings.database)
    monkeypatch.setenv("STATE_DIR", str(settings.state_dir))
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1")
    monkeypatch.setenv("SECRET_KEYS", settings.secret_keys[0].get_secret_value())
    yield Command(monkeypatch, capsys)
    from service import logs

    logs.begin("json")  # a command writes its log for people
