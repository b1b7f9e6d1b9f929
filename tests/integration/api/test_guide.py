"""What docs/api.md says, done as it says it."""

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from service.api import blueprint as api
from service.api import limits
from service.app import create_app
from service.runtime import Runtime, system_time
from tests.builders import Home
from tests.integration.api.conftest import token_of
from tests.integration.appreciations.given import keepsakes
from tests.integration.efforts.work import rows

GUIDE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
CURL = shutil.which("curl")


@pytest.fixture
def address(runtime: Runtime) -> Iterator[str]:
    """The app on a port of this machine, with a clock that goes."""
    runtime.now = system_time
    server = make_server("127.0.0.1", 0, create_app(runtime), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.skipif(CURL is None, reason="THERE IS NO CURL HERE: the guide's example was not tried")
def test_the_first_conversation_goes_as_the_guide_says(runtime: Runtime, home: Home, address: str) -> None:
    (script,) = re.findall(r"```sh\n(.*?)```", GUIDE, flags=re.DOTALL)
    told = {"GOLDSEAM": address, "TOKEN": token_of(runtime, home), "ADA": home["Ada"], "BEN": home["Ben"]}
    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env={**os.environ, **told, "no_proxy": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, ""), run.stdout
    members, noticed, thanks = _json_of(run.stdout)
    assert {one["name"] for one in members["items"]} == {"Ada", "Ben", "Cleo"}
    assert noticed == {"reference": "tickets/4711"}
    assert thanks["eased"] == "The letters went out on time."
    assert [row.title for row in rows(runtime)] == ["The printer on the second floor"]
    assert [card.id for card in keepsakes(runtime, home, "Ben")] == [thanks["id"]]


def _json_of(text: str) -> list[dict[str, Any]]:
    """The JSON documents that stand one behind the other."""
    decoder = json.JSONDecoder()
    found = []
    while text.strip():
        one, end = decoder.raw_decode(text.lstrip())
        found.append(one)
        text = text.lstrip()[end:]
    return found


def test_the_guide_names_what_each_token_may_do() -> None:
    told = {
        operation: act
        for act, operations in re.findall(r"^\| `([a-z._]+)` \| (.*) \|$", GUIDE, flags=re.MULTILINE)
        for operation in re.findall(r"`([a-z.]+)`", operations)
    }
    assert told == {operation.id: operation.act.value for operation in api.OPERATIONS}


def test_the_guide_names_every_refusal_and_the_limits() -> None:
    told = {int(status) for status in re.findall(r"^\| (\d{3}) \|", GUIDE, flags=re.MULTILINE)}
    assert told == {status for operation in api.OPERATIONS for status in operation.refusals}
    assert f"{limits.AT_ONCE} calls at once, then {limits.PER_MINUTE} a minute" in GUIDE
