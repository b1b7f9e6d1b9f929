"""Importing an export: what it finds, what it keeps, and what it refuses to trust."""

import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from integrations.slack_export import importing, progress
from integrations.slack_export.archive import BadArchive
from integrations.slack_export.importing import Report
from service.asks import queries as asks
from service.asks.rules import AskState
from service.people import actions as people
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY

SHARED = Path(__file__).resolve().parents[4] / "shared" / "unanswered" / "irc-slack-export.zip"
START = int(MONDAY.timestamp())
CHANNELS = json.dumps([{"id": "C0HARBOUR", "name": "harbour"}])
WORDS = "would you repaint the lighthouse door?"


def message(seconds: int, who: str, text: str, **more: object) -> dict[str, object]:
    return {"type": "message", "user": f"U{who.upper()}", "text": text, "ts": f"{START + seconds}.000100", **more}


def export(path: Path, days: dict[str, object], channels: str | None = CHANNELS) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        if channels is not None:
            made.writestr("channels.json", channels)
        for name, rows in days.items():
            made.writestr(name, rows if isinstance(rows, str) else json.dumps(rows))
    return path


@pytest.fixture
def home(runtime: Runtime) -> Home:
    return builders.team(runtime, "Ada", "Bob")


def bring(runtime: Runtime, home: Home, path: Path) -> Report:
    return importing.bring(runtime, path, home.id, lambda _: None)


DAYS: dict[str, object] = {
    "harbour/2026-03-02.json": [
        message(0, "ada", f"<@UBOB> {WORDS}"),
        message(5, "cy", "has joined", subtype="channel_join"),
        message(400, "cy", "does anybody know when the ferry leaves?"),
    ],
    "harbour/2026-03-03.json": [message(90_000, "bob", "<@UADA> done, the door is white again")],
    "D0SECRET/2026-03-02.json": [message(1, "ada", "between us: could you lend me the boat?")],
}


def test_it_counts_what_is_there_and_opens_no_direct_messages(runtime: Runtime, home: Home, tmp_path: Path) -> None:
    report = bring(runtime, home, export(tmp_path / "e.zip", DAYS))
    assert (report.channels, report.files, report.messages) == (1, 2, 3)
    assert report.asks == 2
    assert report.kept == 0, "nobody listens in the channel yet"


def test_asks_of_those_who_joined_are_kept_where_a_circle_listens(runtime: Runtime, home: Home, tmp_path: Path) -> None:
    builders.channel(runtime, home, "C0HARBOUR")
    days = {"harbour/2026-03-02.json": DAYS["harbour/2026-03-02.json"]}
    report = bring(runtime, home, export(tmp_path / "e.zip", days))
    with runtime.transaction(home.id, writes=False) as db:
        assert asks.counted(db) == {AskState.OPEN: 1}
    assert report.kept == 1


def test_a_second_import_reads_nothing_again(runtime: Runtime, home: Home, tmp_path: Path) -> None:
    path = export(tmp_path / "e.zip", DAYS)
    assert bring(runtime, home, path) == bring(runtime, home, path)


def test_an_import_that_ended_in_the_middle_goes_on_where_it_was(runtime: Runtime, home: Home, tmp_path: Path) -> None:
    class PowerCutError(Exception):
        """The import ends after its first file."""

    def stop(_: int) -> None:
        raise PowerCutError

    whole = importing.bring(runtime, export(tmp_path / "e.zip", DAYS), builders.team(runtime, "Zoe").id, lambda _: None)
    with pytest.raises(PowerCutError):
        importing.bring(runtime, tmp_path / "e.zip", home.id, stop)
    with runtime.transaction(home.id, writes=False) as db:
        (row,) = progress.of(db, importing.fingerprint(tmp_path / "e.zip")).values()
        assert row.files == 1
        assert not any(word.encode() in row.window for word in WORDS.split() if len(word) > 3)
    assert bring(runtime, home, tmp_path / "e.zip") == whole


def test_no_word_of_an_export_reaches_the_database(runtime: Runtime, home: Home, tmp_path: Path) -> None:
    builders.channel(runtime, home, "C0HARBOUR")
    with runtime.transaction(home.id) as db:
        people.join(db, home["Ada"], MONDAY)
    bring(runtime, home, export(tmp_path / "e.zip", DAYS))
    with runtime.engine.connect().execution_options(reads_only=True) as connection:
        names = sa.inspect(connection).get_table_names()
        dump = repr([list(connection.execute(sa.text(f'SELECT * FROM "{name}"'))) for name in names])  # noqa: S608
    assert not [word for word in ("lighthouse", "repaint", "ferry", "boat") if word in dump]


@pytest.mark.parametrize(
    "body",
    ["not json", "[1, 2", json.dumps({"a": 1}), "[" * 5000 + "]" * 5000, "\ud800".encode("utf-8", "replace").decode()],
)
def test_a_bad_file_is_named_and_the_rest_goes_on(runtime: Runtime, home: Home, tmp_path: Path, body: str) -> None:
    report = bring(runtime, home, export(tmp_path / "e.zip", {**DAYS, "harbour/2026-03-01.json": body}))
    assert report.bad_files == ["harbour/2026-03-01.json"]
    assert report.messages == 3


def test_a_bad_row_is_counted_and_its_day_goes_on(runtime: Runtime, home: Home, tmp_path: Path) -> None:
    rows = [message(0, "ada", "hello"), {"type": "message", "ts": 7, "text": ["no"]}, message(9, "bob", "hello")]
    report = bring(runtime, home, export(tmp_path / "e.zip", {"harbour/2026-03-01.json": rows}))
    assert (report.messages, report.passed_over) == (2, 1)


@pytest.mark.parametrize("name", ["../escape.json", "/absolute/day.json", "harbour/..\\day.json"])
def test_names_outside_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadArchive):
        importing.look(export(tmp_path / "e.zip", {name: []}), lambda _: None)


def test_links_and_files_that_stand_twice_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as made:
        made.writestr("channels.json", CHANNELS)
        link = zipfile.ZipInfo("harbour/2026-03-01.json")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    with zipfile.ZipFile(tmp_path / "twice.zip", "w") as made:
        made.writestr("channels.json", CHANNELS)
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("channels.json", CHANNELS)
    for name in ("link.zip", "twice.zip"):
        with pytest.raises(BadArchive):
            importing.look(tmp_path / name, lambda _: None)


def test_a_bomb_is_passed_over_before_it_is_unpacked(tmp_path: Path) -> None:
    path = export(tmp_path / "e.zip", {"harbour/2026-03-01.json": "[" + " " * 50_000_000 + "]", **DAYS})
    report = importing.look(path, lambda _: None)
    assert report.bad_files == ["harbour/2026-03-01.json"]
    assert report.messages == 3


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04 but no more", b"plain text"])
def test_what_is_no_archive_is_refused_in_words(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "e.zip"
    path.write_bytes(body)
    with pytest.raises(BadArchive, match="zip archive"):
        importing.look(path, lambda _: None)


def test_an_archive_without_channels_is_no_export(tmp_path: Path) -> None:
    with pytest.raises(BadArchive, match=r"channels\.json"):
        importing.look(export(tmp_path / "e.zip", DAYS, channels=None), lambda _: None)


def test_a_damaged_entry_is_a_bad_file(tmp_path: Path) -> None:
    path = export(tmp_path / "e.zip", DAYS)
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(raw))) as opened:
        info = opened.getinfo("harbour/2026-03-03.json")
        raw[info.header_offset + 30 + len(info.filename) + 4] ^= 0xFF
    path.write_bytes(bytes(raw))
    assert importing.look(path, lambda _: None).bad_files == ["harbour/2026-03-03.json"]


@pytest.mark.skipif(not SHARED.exists(), reason="THERE IS NO ../shared HERE: the real export was not imported")
def test_the_real_export_is_read_whole(runtime: Runtime, home: Home) -> None:
    report = bring(runtime, home, SHARED)
    assert report.bad_files == []
    assert report.messages > 8000
    assert report.open_asks is not None
    assert 0 < report.open_asks < report.asks
