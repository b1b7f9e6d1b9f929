"""What both tools' deliveries share: whose secret verifies names the workspace, and bad input is answered."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations import deliveries
from integrations.github import payloads as github_payloads
from integrations.github import webhook as github
from integrations.gitlab import payloads as gitlab_payloads
from integrations.gitlab import webhook as gitlab
from service.access import actions as access
from service.access import hooks
from service.access.models import HookSecret
from service.access.rules import Hook
from service.efforts import actions as efforts
from service.efforts.rules import Source
from service.errors import ProblemKind, Refused
from service.people import actions as people
from service.runtime import Runtime
from service.sealing import keyring, new_key
from service.settings import Settings
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY
from tests.integration.efforts.work import rows
from tests.tools import GITHUB, GITLAB, Tool, secret_of

SENDERS = {Hook.GITHUB: github, Hook.GITLAB: gitlab}


def author(tool: Tool) -> str:
    """Whose change the tool's own example tells of."""
    read = github_payloads.noticed if tool is GITHUB else gitlab_payloads.noticed
    (told,) = read(tool.merged[0], tool.example(tool.merged[1]))
    assert told.doer is not None
    return told.doer.name


@pytest.fixture
def home(runtime: Runtime, tool: Tool) -> Home:
    made = builders.team(runtime, "Ada")
    with runtime.transaction(made.id) as db:
        efforts.claim(db, made["Ada"], tool.kind, author(tool), MONDAY)
    return made


def merged(client: FlaskClient, tool: Tool, secret: str) -> int:
    """Deliver the tool's example of a merged change; returns the status."""
    event, name = tool.merged
    return tool.deliver(client, secret, event, tool.example(name)).status_code


def test_a_merged_change_is_an_effort_once_however_often_it_is_delivered(
    runtime: Runtime, client: FlaskClient, tool: Tool, home: Home
) -> None:
    secret = secret_of(runtime, home, tool)
    event, name = tool.merged
    answers = [tool.deliver(client, secret, event, tool.example(name)) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert [answer.get_json() for answer in answers] == [{"noticed": 1}] * 3
    (row,) = rows(runtime)
    assert (row.workspace_id, row.member_id, row.source.value) == (home.id, home["Ada"], tool.hook.value)


def test_the_secret_that_verifies_names_the_workspace(
    runtime: Runtime, client: FlaskClient, tool: Tool, home: Home
) -> None:
    other = builders.team(runtime, "Zoe")
    with runtime.transaction(other.id) as db:
        efforts.claim(db, other["Zoe"], tool.kind, author(tool), MONDAY)
    mine, theirs = secret_of(runtime, home, tool), secret_of(runtime, other, tool)
    assert merged(client, tool, theirs) == 200
    assert [row.workspace_id for row in rows(runtime)] == [other.id]
    assert merged(client, tool, mine) == 200
    assert {row.workspace_id for row in rows(runtime)} == {home.id, other.id}


def test_a_forged_or_revoked_delivery_is_refused(runtime: Runtime, client: FlaskClient, tool: Tool, home: Home) -> None:
    secret = secret_of(runtime, home, tool)
    other_tool = secret_of(runtime, home, GITLAB if tool is GITHUB else GITHUB)
    assert [merged(client, tool, wrong) for wrong in ("", secret[:-1], secret.upper(), other_tool)] == [401] * 4
    assert client.post(tool.path, json={}).status_code == 401
    with runtime.transaction(home.id) as db:
        (card,) = hooks.hook_secrets(db, tool.hook)
        access.revoke_hook_secret(db, card.id)
        with pytest.raises(Refused, match=ProblemKind.NOT_FOUND):
            access.revoke_hook_secret(db, card.id)
    assert merged(client, tool, secret) == 401
    assert rows(runtime) == []


def test_the_setting_serves_an_installation_with_one_workspace(
    runtime: Runtime, settings: Settings, tool: Tool, home: Home
) -> None:
    from tests.integration.deliveries.conftest import client_of

    given = {"github_webhook_secret": "of the settings", "gitlab_webhook_token": "of the settings"}
    runtime.settings = Settings.model_validate({**settings.model_dump(), **given})
    client = client_of(runtime)
    assert merged(client, tool, "of the settings") == 200
    assert merged(client, tool, "another") == 401
    builders.team(runtime, "Zoe")
    assert merged(client, tool, "of the settings") == 401, "nobody can say for which of the two"
    assert merged(client, tool, secret_of(runtime, home, tool)) == 200


def test_a_new_secret_may_be_put_in_beside_the_old_one(
    runtime: Runtime, client: FlaskClient, tool: Tool, home: Home
) -> None:
    secrets = [secret_of(runtime, home, tool) for _ in range(5)]
    assert {merged(client, tool, secret) for secret in secrets} == {200}
    with pytest.raises(Refused, match=ProblemKind.TOO_MANY):
        secret_of(runtime, home, tool)


def test_a_secret_is_sealed_and_opens_in_its_own_workspace_alone(runtime: Runtime, tool: Tool, home: Home) -> None:
    secret = secret_of(runtime, home, tool)
    other = builders.team(runtime, "Zoe")
    with runtime.housekeeping() as db:
        row = db.scalars(sa.select(HookSecret)).one()
        assert secret not in (row.sealed, row.hash)
        assert [one.secret for one in hooks.signing_secrets(db, runtime.keyring, tool.hook)] == [secret]
        db.add(HookSecret(workspace_id=other.id, hook=tool.hook, hash="copied", sealed=row.sealed, made_on=row.made_on))
        db.flush()
        assert len(hooks.signing_secrets(db, runtime.keyring, tool.hook)) == 1
    assert secret not in repr(hooks.OpenSecret("i", "w", secret))


def test_bad_bodies_are_answered_by_what_is_wrong_with_them(
    runtime: Runtime, client: FlaskClient, tool: Tool, home: Home
) -> None:
    secret = secret_of(runtime, home, tool)
    event = tool.merged[0]

    def status(body: bytes) -> int:
        return tool.deliver(client, secret, event, None, body=body).status_code

    broken = (b"", b"{", b'"\xff"', b"[" * 100_000, b'{"a": "\\ud800"}x')
    assert [status(body) for body in broken] == [400] * 5
    assert [status(body) for body in (b"[]", b"null", b"1")] == [422] * 3
    assert [status(body) for body in (b"{}", b'{"action": 1}', b'{"project": {"id": "\\u0000"}}')] == [200] * 3
    assert status(b" " * (1 << 20) + b"{}") == 413
    headers = tool.proof(secret, b"payload=%7B%7D")
    form = client.post(
        tool.path, data=b"payload=%7B%7D", headers=headers, content_type="application/x-www-form-urlencoded"
    )
    assert (form.status_code, "application/json" in form.get_json()["problem"]) == (415, True)
    assert client.get(tool.path).status_code == 405


def test_an_event_we_know_nothing_of_is_welcome(runtime: Runtime, client: FlaskClient, tool: Tool, home: Home) -> None:
    secret = secret_of(runtime, home, tool)
    for event in ("ping", "", "issues", "Note Hook", "\N{SNOWMAN}".encode().decode("latin-1")):
        assert tool.deliver(client, secret, event, {"zen": "Keep it simple."}).status_code == 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    told=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
        max_leaves=12,
    ),
    event=st.sampled_from(["pull_request", "issues", "Merge Request Hook", "Note Hook"]),
)
def test_whatever_is_signed_is_never_an_error_of_ours(
    runtime: Runtime, client: FlaskClient, tool: Tool, home: Home, told: object, event: str
) -> None:
    with runtime.transaction(home.id) as db:
        known = hooks.hook_secrets(db, tool.hook)
        for card in known:
            access.revoke_hook_secret(db, card.id)
    secret = secret_of(runtime, home, tool)
    assert tool.deliver(client, secret, event, told).status_code in (200, 400, 422)
    spoilt = {**tool.example(tool.merged[1]), **(told if isinstance(told, dict) else {"title": told})}
    assert tool.deliver(client, secret, tool.merged[0], spoilt).status_code in (200, 400)


def test_while_the_database_is_away_the_tool_is_asked_to_come_again(runtime: Runtime, tool: Tool, home: Home) -> None:
    from tests.integration.deliveries.conftest import client_of

    secret = secret_of(runtime, home, tool)
    away = replace(runtime, engine=sa.create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none"))
    event, name = tool.merged
    answer = tool.deliver(client_of(away), secret, event, tool.example(name))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")


def test_a_source_turned_off_or_a_login_unconfirmed_notices_nothing(
    runtime: Runtime, client: FlaskClient, tool: Tool, home: Home
) -> None:
    secret = secret_of(runtime, home, tool)
    with runtime.transaction(home.id) as db:
        people.set_wishes(db, home["Ada"], sources_off=[Source(tool.hook.value)])
    assert merged(client, tool, secret) == 200
    with runtime.transaction(home.id) as db:
        people.set_wishes(db, home["Ada"], sources_off=[])
        efforts.disclaim(db, home["Ada"], tool.kind)
        efforts.suggest(db, home["Ada"], tool.kind, author(tool))
    assert merged(client, tool, secret) == 200
    assert rows(runtime) == []


def test_the_doctor_says_what_is_missing(runtime: Runtime, settings: Settings, tool: Tool) -> None:
    sender = SENDERS[tool.hook].sender

    def said() -> tuple[bool, str]:
        (finding,) = deliveries.examine(runtime, sender(runtime))
        assert finding.well or finding.remedy
        return finding.well, finding.said

    assert said() == (True, "nobody connected it yet")
    home = builders.team(runtime, "Ada")
    secret = secret_of(runtime, home, tool)
    assert said() == (True, "a secret was made, and nothing came in yet")
    app = Flask("one")
    app.register_blueprint(deliveries.blueprint(runtime, sender(runtime)))
    assert merged(app.test_client(), tool, secret) == 200
    assert said() == (True, "last heard 2026-03-02")
    ring, runtime.keyring = runtime.keyring, keyring([new_key()])
    assert said() == (False, "1 of 1 secrets do not open")
    runtime.keyring = ring
    builders.team(runtime, "Zoe")
    given = {"github_webhook_secret": "x", "gitlab_webhook_token": "x"}
    runtime.settings = Settings.model_validate({**settings.model_dump(), **given})
    well, why = said()
    assert (well, "serves one workspace" in why) == (False, True)
    runtime.engine = sa.create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert said() == (False, "the database is away")
