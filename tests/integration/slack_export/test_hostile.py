"""Export archives made to do harm: each is refused in words, or its bad file is named and the rest goes on."""

import io
import json
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from integrations.slack_export import archive, importing
from integrations.slack_export.archive import BadArchive
from service.runtime import Runtime
from tests import builders
from tests.fakes import MONDAY

START = int(MONDAY.timestamp())
DAY = "harbour/2026-03-02.json"
GOOD = json.dumps([{"type": "message", "user": "UADA", "text": "who knows?", "ts": f"{START}.0"}])
CHANNELS = json.dumps([{"id": "C0HARBOUR", "name": "harbour"}])

Made = Callable[[zipfile.ZipFile], None]


def with_file(name: str, body: str | bytes, method: int = zipfile.ZIP_DEFLATED) -> Made:
    """One more file beside a good one."""
    return lambda made: made.writestr(name, body, method)


def with_mode(mode: int) -> Made:
    def link(made: zipfile.ZipFile) -> None:
        entry = zipfile.ZipInfo(DAY)
        entry.external_attr = (mode | 0o777) << 16
        made.writestr(entry, "/etc/passwd")

    return link


def twice(name: str) -> Made:
    def again(made: zipfile.ZipFile) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made.writestr(name, "[]")
            made.writestr(name, "[]")

    return again


def crowded(made: zipfile.ZipFile) -> None:
    for number in range(archive.MOST_ENTRIES + 1):
        made.writestr(zipfile.ZipInfo(f"x/{number}"), "")


def a_bomb_in_a_bomb() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("0", b"\0" * 10_000_000)
    return inner.getvalue()


def message(**changed: object) -> str:
    return json.dumps([{"type": "message", "user": "UADA", "text": "who?", "ts": f"{START}.1", **changed}])


REFUSED: dict[str, Made] = {
    "a path above": with_file("../2026-03-02.json", GOOD),
    "a path above, in the middle": with_file("harbour/../../2026-03-02.json", GOOD),
    "an absolute path": with_file("/harbour/2026-03-02.json", GOOD),
    "a drive": with_file("C:\\harbour\\2026-03-02.json", GOOD),
    "backslashes": with_file("..\\..\\2026-03-02.json", GOOD),
    "a link": with_mode(stat.S_IFLNK),
    "a day twice": twice(DAY),
    "users twice": twice("users.json"),
    "more files than an export has": crowded,
}
NAMED: dict[str, Made] = {
    "no UTF-8": with_file(DAY, b'[{"type": "message", "text": "\xff\xfe"}]'),
    "a bomb of spaces": with_file(DAY, "[" + " " * 40_000_000 + "]"),
    "a bomb of zeros": with_file(DAY, b"\0" * 40_000_000),
    "a bomb of brackets": with_file(DAY, "[" * 200_000),
    "a deep list": with_file(DAY, "[" * 5_000 + "]" * 5_000),
    "a deep object": with_file(DAY, '{"a":' * 5_000 + "1" + "}" * 5_000),
    "an archive in an archive": with_file(DAY, a_bomb_in_a_bomb()),
    "no JSON": with_file(DAY, "not json"),
    "half a file": with_file(DAY, GOOD[:-20]),
    "an object instead of a list": with_file(DAY, "{}"),
    "a number": with_file(DAY, "1e999"),
    "half a character": with_file(DAY, b'[{"text": "\\ud800"}]'[:-4]),
    "nothing": with_file(DAY, ""),
    "two documents": with_file(DAY, GOOD + GOOD),
}
PASSED_OVER: dict[str, Made] = {
    "text that is a list": with_file(DAY, message(text=["no"])),
    "a moment that is no number": with_file(DAY, message(ts="yesterday")),
    "a moment without end": with_file(DAY, message(ts="9" * 400)),
    "a moment that is none": with_file(DAY, message(ts="NaN")),
    "a negative moment": with_file(DAY, message(ts="-5.0")),
    "an author that is a number": with_file(DAY, message(user=7)),
    "an author that is an object": with_file(DAY, message(user={"id": "U1"})),
    "a thread that is a list": with_file(DAY, message(thread_ts=[1])),
    "an edit of nothing": with_file(DAY, message(edited="no")),
    "reactions that are text": with_file(DAY, message(reactions="+1")),
    "rows that are no messages": with_file(DAY, "[null, 1, [], {}]"),
    "a NUL in a name": with_file(DAY, message(user="U\0ADA")),
    "a kind nobody knows": with_file(DAY, message(subtype="\U0001f4a3")),
    "direct messages": with_file("D0SECRET/2026-03-02.json", GOOD),
    "a folder like a file": with_file("harbour/2026-03-02.json/", ""),
    "a file without a channel": with_file("elsewhere/2026-03-02.json", GOOD),
}


def made(path: Path, more: Made) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("channels.json", CHANNELS)
        written.writestr("harbour/2026-03-01.json", GOOD)
        more(written)
    return path


@pytest.mark.parametrize("harm", REFUSED)
def test_an_archive_that_is_none_is_refused_in_words(tmp_path: Path, harm: str) -> None:
    with pytest.raises(BadArchive) as refused:
        importing.look(made(tmp_path / "e.zip", REFUSED[harm]), lambda _: None)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("harm", NAMED)
def test_a_file_that_does_harm_is_named_and_the_rest_is_read(tmp_path: Path, harm: str) -> None:
    report = importing.look(made(tmp_path / "e.zip", NAMED[harm]), lambda _: None)
    assert report.bad_files == [DAY]
    assert report.messages == 1


@pytest.mark.parametrize("harm", PASSED_OVER)
def test_a_row_that_is_none_stops_nothing(runtime: Runtime, tmp_path: Path, harm: str) -> None:
    home = builders.team(runtime, "Ada", "Bob")
    builders.channel(runtime, home)
    report = importing.bring(runtime, made(tmp_path / "e.zip", PASSED_OVER[harm]), home.id, lambda _: None)
    assert report.messages in (1, 2)


@pytest.mark.parametrize("flag", [0x1, 0x41])
def test_an_encrypted_archive_is_refused(tmp_path: Path, flag: int) -> None:
    path = made(tmp_path / "e.zip", with_file(DAY, GOOD))
    raw = bytearray(path.read_bytes())
    at = raw.rfind(b"PK\x01\x02")
    struct.pack_into("<H", raw, at + 8, flag)
    path.write_bytes(bytes(raw))
    with pytest.raises(BadArchive, match="encrypted"):
        importing.look(path, lambda _: None)


@pytest.mark.parametrize(
    "channels", ["[]", "{}", "null", '[{"id": 1}]', '[{"id": "C1", "name": "../.."}]', "[" * 5_000]
)
def test_a_list_of_channels_that_is_none_brings_nothing(tmp_path: Path, channels: str) -> None:
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as written:
        written.writestr("channels.json", channels)
        written.writestr(DAY, GOOD)
    try:
        report = importing.look(tmp_path / "e.zip", lambda _: None)
    except BadArchive:
        return
    assert report.messages == 0
