"""The examples for hosts that no test can start: what they say is held against the settings and the command."""

import configparser
import re
from pathlib import Path
from typing import Any

import yaml

from service.cli import COMMANDS
from service.settings import Settings

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "docs" / "hosting"
OURS = {name.upper() for name in Settings.model_fields}


def dockerfile() -> list[tuple[str, str]]:
    """Its instructions, each with what follows it."""
    whole = re.sub(r"^#.*\n", "", (FOLDER / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in whole.splitlines() if line.strip()]


def composed() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text())
    return found


def variables(words: str) -> set[str]:
    return set(re.findall(r"\b([A-Z][A-Z_]+)=", words))


def test_the_image_is_built_from_pinned_parts_and_runs_as_nobody_in_particular() -> None:
    said = dockerfile()
    for bare in [words.split()[0] for name, words in said if name == "FROM"]:
        assert re.fullmatch(r"(node|python):\d+(\.\d+)?-slim", bare)
    assert all("--require-hashes" in words or "--no-deps" in words for _, words in said if "pip install" in words)
    assert [words for name, words in said if name == "USER"] == ["goldseam"]
    assert said[-2:] == [("ENTRYPOINT", '["goldseam"]'), ("CMD", '["up"]')]


def test_what_is_copied_into_the_image_is_there() -> None:
    for name, words in dockerfile():
        if name == "COPY" and "--from" not in words:
            assert all((ROOT / one).exists() for one in words.split()[:-1]), words


def test_the_image_sets_variables_that_exist() -> None:
    set_here = set().union(*(variables(words) for name, words in dockerfile() if name == "ENV"))
    assert set_here - {"PATH", "PIP_NO_CACHE_DIR", "PIP_DISABLE_PIP_VERSION_CHECK"} <= OURS


def test_the_services_are_commands_that_exist_and_wait_for_the_database() -> None:
    services = composed()["services"]
    for name in ("release", "web", "worker", "clock"):
        assert services[name]["command"][0] in COMMANDS
        assert set(services[name]["environment"]) <= OURS
        assert services[name]["read_only"]
    assert services["release"]["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert all(
        services[name]["depends_on"]["release"]["condition"] == "service_completed_successfully"
        for name in ("web", "worker", "clock")
    )
    assert "noeviction" in services["valkey"]["command"]


def test_volumes_that_are_named_are_declared() -> None:
    whole = composed()
    named = {one.split(":")[0] for service in whole["services"].values() for one in service.get("volumes", ())}
    assert named == set(whole["volumes"])


def test_the_unit_starts_our_command_and_holds_it_tight() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's names keep their capitals
    unit.read(FOLDER / "goldseam.service")
    service = unit["Service"]
    assert service["ExecStart"].split() == ["/opt/goldseam/.venv/bin/goldseam", "up"]
    assert variables(service["Environment"] + " ") | {"STATE_DIR"} <= OURS
    assert service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["User"] == "goldseam"
