"""Import an export: one transaction a file, so that it can be ended at any moment and taken up where it was."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from integrations.slack_export import archive, payloads, progress
from integrations.slack_export.archive import Archive, BadArchive, BadFile
from integrations.slack_export.finding import Finder, read_only
from integrations.slack_export.progress import ImportProgress
from service.asks import actions as asks
from service.asks.rules import Heard, Said
from service.failpoints import fp
from service.people import queries as people
from service.runtime import Runtime

BATCH = 500

Step = Callable[[int], None]
"""Told after each file: how many messages have been read so far."""


@dataclass
class Report:
    """What an import found, in numbers."""

    channels: int = 0
    files: int = 0
    messages: int = 0
    asks: int = 0
    open_asks: int | None = 0
    """None for a dry run, which does not follow what answers what."""
    kept: int = 0
    """Asks kept because somebody they ask has joined; nothing is kept about anybody else."""
    passed_over: int = 0
    bad_files: list[str] = field(default_factory=list)


def look(path: Path, step: Step) -> Report:
    """Read an export without keeping anything: how many messages, how many put as asks."""
    report = Report(open_asks=None)
    with archive.opened(path) as opened:
        bots = _bots(opened)
        for external, name in _channels(opened).items():
            report.channels += 1
            for file in opened.days.get(name, []):
                messages = _day(opened, file, external, bots, report)
                if messages is None:
                    continue
                read, asked = read_only(one for one in messages if isinstance(one, Said))
                report.messages += read
                report.asks += asked
                report.files += 1
                step(report.messages)
    return report


def bring(runtime: Runtime, path: Path, workspace: str, step: Step) -> Report:
    """Import an export into a workspace; what was imported before is not read again."""
    report = Report()
    mark = fingerprint(path)
    with archive.opened(path) as opened:
        bots = _bots(opened)
        for external, name in _channels(opened).items():
            report.channels += 1
            _bring_channel(runtime, opened, (mark, workspace, external, name), bots, report, step)
    assert report.open_asks is not None  # noqa: S101 - set to 0 above
    return report


def _bring_channel(
    runtime: Runtime,
    opened: Archive,
    where: tuple[str, str, str, str],
    bots: frozenset[str],
    report: Report,
    step: Step,
) -> None:
    mark, workspace, external, name = where
    with runtime.transaction(workspace) as db:
        row = progress.of(db, mark).get(name)
        home = people.workspace(db, workspace)
        done = (row.last_file, row.window, row.messages, row.asks, row.answered, row.kept) if row else None
    last, window, messages, asked, answered, kept = done or ("", b"", 0, 0, 0, 0)
    finder = Finder.resumed(window, messages, asked, answered, home.language if home is not None else "en")
    ahead = [file for file in opened.days.get(name, []) if file > last]
    read_before = report.messages
    for file in ahead:
        heard = _day(opened, file, external, bots, report)
        if heard is None:
            continue
        for message in heard:
            if isinstance(message, Said):
                finder.hear(message)
        fp("import.read")
        is_last = file == ahead[-1]
        if is_last:
            finder.finish()
        with runtime.transaction(workspace) as db:
            for batch in _batches(heard):
                kept += asks.hear(db, runtime.ears, batch, runtime.now())
            db.merge(
                ImportProgress(
                    workspace_id=workspace,
                    archive=mark,
                    channel=name,
                    last_file=file,
                    files=opened.days[name].index(file) + 1,
                    messages=finder.messages,
                    asks=finder.asks,
                    answered=finder.answered,
                    kept=kept,
                    window=b"" if is_last else finder.kept(),
                )
            )
        fp("import.file")
        step(read_before + finder.messages)
    report.files += len(opened.days.get(name, []))
    report.messages += finder.messages
    report.asks += finder.asks
    report.open_asks = (report.open_asks or 0) + finder.asks - finder.answered
    report.kept += kept


def fingerprint(path: Path) -> str:
    """A name for an archive, from the list of what it holds: the same file anywhere has the same name."""
    digest = hashlib.sha256()
    with archive.opened(path) as opened:
        for entry in sorted(opened.zip.infolist(), key=lambda one: one.filename):
            digest.update(f"{entry.filename}\0{entry.CRC}\0{entry.file_size}\n".encode())
    return digest.hexdigest()


def _batches(messages: list[Heard]) -> Iterator[list[Heard]]:
    for start in range(0, len(messages), BATCH):
        yield messages[start : start + BATCH]


def _channels(opened: Archive) -> dict[str, str]:
    """The public channels by id; folders of direct messages are not in the list, and are never opened."""
    if not opened.has("channels.json"):
        raise BadArchive("It has no channels.json, so it is no Slack export.")
    try:
        return {one.id: one.name for one in payloads.CHANNELS.decode(opened.read("channels.json"))}
    except (msgspec.MsgspecError, UnicodeError, BadFile) as error:
        raise BadArchive("Its channels.json cannot be read.") from error


def _bots(opened: Archive) -> frozenset[str]:
    if not opened.has("users.json"):
        return frozenset()
    try:
        return frozenset(one.id for one in payloads.PEOPLE.decode(opened.read("users.json")) if one.is_bot)
    except (msgspec.MsgspecError, UnicodeError, BadFile):
        return frozenset()


def _day(opened: Archive, file: str, external: str, bots: frozenset[str], report: Report) -> list[Heard] | None:
    """The messages of a day in order, or None for a bad file, which is named and passed over."""
    try:
        messages, passed = payloads.day(opened.read(file))
    except (BadFile, msgspec.MsgspecError, UnicodeError, RecursionError):
        report.bad_files.append(file)
        return None
    report.passed_over += passed
    heard = [one for message in messages for one in payloads.heard(message, external, bots)]
    return sorted(heard, key=lambda one: float(one.ts))


def count_files(path: Path) -> int:
    """How many day files an import will read, for a progress bar."""
    with archive.opened(path) as opened:
        return sum(len(opened.days.get(name, [])) for name in _channels(opened).values())
