"""GitHub and GitLab as they deliver: their bodies, their headers, and how each proves who it is."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.access import actions as access
from service.access.rules import Hook
from service.people.rules import IdentityKind
from service.runtime import Runtime
from tests.builders import Home
from tests.fakes import MONDAY

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Tool:
    """A tool that delivers."""

    hook: Hook
    kind: IdentityKind
    event_in: str
    merged: tuple[str, str]
    """The event of a merged change, and the file of its delivery."""

    @property
    def path(self) -> str:
        """Where it delivers."""
        return f"/{self.hook.value}/events"

    def example(self, name: str) -> dict[str, Any]:
        """A delivery as the tool documents it."""
        found: dict[str, Any] = json.loads((DATA / self.hook.value / f"{name}.json").read_text(encoding="utf-8"))
        return found

    def proof(self, secret: str, body: bytes) -> dict[str, str]:
        """The header that proves who sends."""
        if self.hook is Hook.GITLAB:
            return {"X-Gitlab-Token": secret}
        return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}

    def deliver(
        self, client: FlaskClient, secret: str, event: str, told: object, *, body: bytes | None = None
    ) -> TestResponse:
        """Deliver a body, proven with this secret."""
        sent = json.dumps(told).encode() if body is None else body
        headers = {self.event_in: event, **self.proof(secret, sent)}
        return client.post(self.path, data=sent, headers=headers, content_type="application/json")


GITHUB = Tool(Hook.GITHUB, IdentityKind.GITHUB, "X-GitHub-Event", ("pull_request", "pull_request.merged"))
GITLAB = Tool(Hook.GITLAB, IdentityKind.GITLAB, "X-Gitlab-Event", ("Merge Request Hook", "merge_request.merged"))


def secret_of(runtime: Runtime, home: Home, tool: Tool) -> str:
    """A secret made in the settings of a workspace."""
    with runtime.transaction(home.id) as db:
        return access.make_hook_secret(db, runtime.keyring, tool.hook, MONDAY)[1]
