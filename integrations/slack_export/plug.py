"""`goldseam slack import`: read an export, say what it holds, keep what those who joined agreed to."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Self

import click
import msgspec

from integrations.slack_export import importing
from integrations.slack_export.archive import BadArchive
from integrations.slack_export.importing import Report, Step
from service import schema
from service.errors import StartRefused
from service.people import actions as people_acts
from service.people import queries as people
from service.people.rules import WorkspaceKind
from service.runtime import Plug, Runtime
from service.wording import imports
from service.wording.voice import Voice


def plug(runtime: Runtime) -> Plug:
    """The one command this integration brings."""

    @click.command("import")
    @click.argument("export", type=click.Path(path_type=Path))
    @click.option("--workspace", help="The workspace to import into; a new one by this name where there is none.")
    @click.option("--dry-run", is_flag=True, help="Only read: keep nothing, follow no replies.")
    @click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
    def bring(export: Path, workspace: str | None, dry_run: bool, as_json: bool) -> None:  # noqa: FBT001 - flags of click
        """Import a Slack export archive. End it whenever you like: it goes on where it was."""
        try:
            files = importing.count_files(export)
            if not dry_run:
                schema.begin(runtime.engine)
            with _Bar(files) as bar:
                report = (
                    importing.look(export, bar.step)
                    if dry_run
                    else importing.bring(runtime, export, _workspace(runtime, workspace, export), bar.step)
                )
        except BadArchive as bad:
            raise StartRefused(str(bad)) from None
        finally:
            runtime.engine.dispose()
        _say(report, as_json=as_json)

    return Plug(name="slack_export", commands=(bring,))


class _Bar:
    """A progress bar where somebody watches, and plain silence where nobody does."""

    def __init__(self, files: int) -> None:
        self.files = files

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self.progress = Progress(*columns, console=Console(stderr=True), transient=not sys.stderr.isatty())
        self.task = self.progress.add_task(imports.reading(Voice()), total=self.files)
        self.progress.start()
        self.step: Step = self._step
        return self

    def _step(self, messages: int) -> None:
        self.progress.update(self.task, advance=1, description=imports.read_so_far(Voice(), messages))

    def __exit__(self, *_: object) -> None:
        self.progress.stop()


def _workspace(runtime: Runtime, name: str | None, export: Path) -> str:
    with runtime.housekeeping() as db:
        teams = [card for card in people.workspaces(db) if card.kind is WorkspaceKind.TEAM]
        wanted = [card for card in teams if name is None or card.name == name]
        if len(wanted) == 1:
            return wanted[0].id
        if len(wanted) > 1:
            raise StartRefused(imports.which_workspace(Voice()))
        return people_acts.open_workspace(db, WorkspaceKind.TEAM, name or export.stem, runtime.now())


def _say(report: Report, *, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(asdict(report)).decode())
        return
    for line in imports.report(Voice(), report.messages, report.channels, report.asks, report.open_asks, report.kept):
        click.echo(line)
    for file in report.bad_files:
        click.echo(imports.bad_file(Voice(), file), err=True)
    if report.passed_over:
        click.echo(imports.passed_over(Voice(), report.passed_over), err=True)
