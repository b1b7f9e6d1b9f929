"""The house guards itself: sizes, purposes, documents, locks, and words that do not belong here."""

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from service.settings import Settings

ROOT = Path(__file__).parent.parent
LONGEST = 300
CODE = ("service", "integrations", "migrations", "benchmarks", "tests")
AVOIDED = re.compile(r"\b(utils?|helpers?|common|managers?|handlers?|base|misc)\b")


def kept() -> list[Path]:
    """Every file in the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


KEPT = kept()
PYTHON = [path for path in KEPT if path.suffix == ".py"]


def told(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("suffix", [".py", ".html", ".css", ".js"])
def test_no_file_is_longer_than_a_person_reads_at_once(suffix: str) -> None:
    """Split by question. Steps of the database are drafted by a machine and read once."""
    long = [
        path
        for path in KEPT
        if path.suffix == suffix
        and "versions" not in path.parts
        and len(path.read_text(encoding="utf-8").splitlines()) > LONGEST
    ]
    assert told(long) == []


def test_each_folder_says_in_one_line_what_it_is_for() -> None:
    silent = []
    for folder in {path.parent for path in PYTHON if path.relative_to(ROOT).parts[0] in CODE[:4]}:
        if folder == ROOT:
            continue
        purpose = folder / "__init__.py"
        lines = purpose.read_text(encoding="utf-8").splitlines() if purpose in KEPT else []
        if len(lines) != 1 or not re.fullmatch(r'"""[A-Z].*[.?]"""', lines[0]):
            silent.append(folder)
    assert told(silent) == []


def test_each_file_says_in_its_first_line_what_it_is_for() -> None:
    silent = [path for path in PYTHON if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert told(silent) == []


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    vague = [
        path for path in PYTHON if any(AVOIDED.fullmatch(part) for part in path.relative_to(ROOT).with_suffix("").parts)
    ]
    assert told(vague) == []


def test_every_setting_is_documented_as_it_is() -> None:
    told = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = {name: line for line in told.splitlines() for name in re.findall(r"^\| `([A-Z_]+)` ", line)}
    assert sorted(rows) == sorted(name.upper() for name in Settings.model_fields)
    for name, field in Settings.model_fields.items():
        assert field.description is not None
        assert field.description in rows[name.upper()], f"docs/settings.md says {name.upper()} differently"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *(one for extra in project["project"]["optional-dependencies"].values() for one in extra),
        *project["dependency-groups"]["build"],
    ]
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    reasons = set(re.findall(r"^\| `([a-z0-9-]+)` ", told, flags=re.MULTILINE))
    assert reasons == {re.split(r"[\[<>=!~ ]", one, maxsplit=1)[0] for one in wanted}


def test_locks_name_versions_and_hashes_and_no_address() -> None:
    locks = [path for path in KEPT if path.name.endswith(".lock") or path.name == "package-lock.json"]
    assert len(locks) == 4
    for path in locks:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".json":
            packages = json.loads(text)["packages"]
            assert not [name for name, one in packages.items() if "resolved" in one]
            assert all("integrity" in one for name, one in packages.items() if name)
        else:
            assert not re.search(r"https?://|index-url|find-links", text), path.name
            assert text.count("==") <= text.count("--hash=sha256:")


def test_nothing_refers_to_what_is_not_in_the_repository() -> None:
    """Tests and tools may use recordings that lie beside a developer's checkout; the product may not."""
    outside = [
        path
        for path in KEPT
        if path.suffix in {".py", ".md", ".toml", ".html", ".js", ".json", ".css", ".sh", ".yaml"}
        and path.relative_to(ROOT).parts[0] not in {"tests", "benchmarks"}
        and "../shared" in path.read_text(encoding="utf-8")
    ]
    assert told(outside) == []


def test_code_keeps_no_notes_to_itself() -> None:
    noted = [
        path
        for path in PYTHON
        if path != Path(__file__) and re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text(encoding="utf-8"))
    ]
    assert told(noted) == []


def test_what_the_makefile_offers_is_described() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = {name for line in re.findall(r"^\.PHONY: (.*)$", text, flags=re.MULTILINE) for name in line.split()}
    described = set(re.findall(r"^([a-z-]+):.*## ", text, flags=re.MULTILINE))
    assert described == phony


def test_services_of_the_procfile_are_commands() -> None:
    from service.cli import COMMANDS

    for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines():
        name, command = line.split(": ", 1)
        program, first, *_ = command.split()
        assert program == "goldseam", name
        assert first in COMMANDS
