"""Row 5: what it costs to find out who the app is in a team, once it is known, beside Bolt's own way."""

import itertools
import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from slack_bolt import App
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store.models.installation import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from sqlalchemy import event

from benchmarks import answering, events, peers, sites, stores
from benchmarks.answering import Slack
from benchmarks.rows import Row, none
from integrations.slack import manifest
from service.app import create_app

WARM = 20
EVENTS = 100


def measure(*, quick: bool) -> list[Row]:
    """Questions to the database and calls to Slack that a hundred events cost on each side."""
    with stores.sqlite() as urls, answering.slack() as slack:
        mine = _of_ours(next(urls), slack)
        theirs = _of_bolt(next(urls), slack)
    many = f"for {EVENTS} events in steady state"
    return [
        none(f"5 questions about the installation {many}", mine[0], theirs[0]),
        none(f"5 calls of auth.test {many}", mine[1], theirs[1]),
    ]


def _of_ours(url: str, slack: Slack) -> tuple[int, int]:
    with sites.site(url, slack_api=slack.api_url) as ours:
        sites.settle(ours.runtime)
        return _cost(create_app(ours.runtime), ours.runtime.engine, "slack_installation", slack)


def _of_bolt(url: str, slack: Slack) -> tuple[int, int]:
    engine = peers.opened(url)
    store = SQLAlchemyInstallationStore("1000.2000", engine)
    store.create_tables()  # type: ignore[no-untyped-call]
    token = peers.TOKEN
    store.save(
        Installation(
            app_id=events.APP, user_id="U0BENCH01", team_id=events.TEAM, bot_token=token, bot_user_id=events.BOT
        )
    )
    quiet = logging.Logger("bench", level=logging.CRITICAL)  # noqa: LOG001 - stands outside the tree of loggers
    app = App(
        logger=quiet,
        signing_secret=events.SECRET,
        client=WebClient(base_url=slack.api_url),
        oauth_settings=OAuthSettings(
            client_id="1000.2000",
            client_secret="benchmark-client-secret",  # noqa: S106 - opens nothing
            installation_store=store,
        ),
        process_before_response=True,
        raise_error_for_unhandled_request=False,
    )
    try:
        return _cost(peers.served(app), engine, "slack_", slack)
    finally:
        engine.dispose()


def _cost(app: Flask, engine: sa.Engine, table: str, slack: Slack) -> tuple[int, int]:
    """How often the database was asked about this table, and Slack about a token, once everything is warm."""
    client = app.test_client()
    bodies = _bodies()
    for body in itertools.islice(bodies, WARM):
        _post(client, body)
    before = slack.asked["auth.test"]
    with _asked(engine, table) as asked:
        for body in itertools.islice(bodies, EVENTS):
            _post(client, body)
    return len(asked), slack.asked["auth.test"] - before


def _bodies() -> Iterator[bytes]:
    """Messages, and as many events of another kind, which go the whole way through Bolt on our side as well."""
    for number, one in enumerate(events.stream(time.time())):
        if number % 2:
            said = json.loads(one.body)
            said["event"] = {"type": "channel_rename", "channel": {"id": one.channel, "name": "talk"}}
            yield json.dumps(said).encode()
        else:
            yield one.body


def _post(client: FlaskClient, body: bytes) -> None:
    request = events.headers(body)
    answer = client.post(manifest.EVENTS_AT, data=body, headers=request)
    assert answer.status_code in (200, 404), answer.status_code


@contextmanager
def _asked(engine: sa.Engine, table: str) -> Iterator[list[str]]:
    found: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if table in statement:
            found.append(statement)

    event.listen(engine, "before_cursor_execute", heard)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", heard)
