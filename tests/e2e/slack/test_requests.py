"""What comes to Slack's address: only what Slack signed is taken, and nothing that comes is answered with a 500."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.slack.standin import envelopes
from integrations.slack.standin.deliver import Answer
from service.asks.actions import Ears
from service.asks.models import HeardTurn
from tests.anything import JSON, spoiled
from tests.fakes import database_away
from tests.slack import SECRET, Street, about_asks, settled_in
from tests.unit.slack.test_gestures import COMMAND, EVENT, PRESSED, SENT

AT = "/slack/events"
JSON_TYPE, FORM_TYPE = envelopes.JSON_TYPE, envelopes.FORM_TYPE


def sent(
    town: Street,
    body: bytes,
    content_type: str = JSON_TYPE,
    *,
    ago: float = 0,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """A request signed as Slack signs."""
    proof = envelopes.signed(SECRET, body, town.clock().timestamp() - ago)
    return town.knock("POST", AT, {"Content-Type": content_type, **proof, **(headers or {})}, body)


def test_the_address_is_verified(town: Street) -> None:
    assert town.slack.verifies_url().text == "stand-in"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v1=" + "0" * 64},
        {"X-Slack-Signature": "v0=é"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "now"},
        {"X-Slack-Request-Timestamp": "9" * 40},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": "1772445600.5"},
    ],
)
def test_a_bad_or_malformed_signature_is_401(town: Street, headers: dict[str, str]) -> None:
    body = b'{"type": "url_verification", "challenge": "x"}'
    if headers:
        assert sent(town, body, headers=headers).status == 401
    else:
        assert town.knock("POST", AT, {"Content-Type": JSON_TYPE}, body).status == 401


@pytest.mark.parametrize(("ago", "status"), [(299, 200), (301, 401), (-299, 200), (-301, 401)])
def test_a_stale_or_early_signature_is_401(town: Street, ago: float, status: int) -> None:
    assert sent(town, b'{"type": "url_verification", "challenge": "x"}', ago=ago).status == status


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", JSON_TYPE, 400),
        (b"{", JSON_TYPE, 400),
        (b"[" * 100_000, JSON_TYPE, 400),
        (b"\xff", JSON_TYPE, 400),
        (b"[]", JSON_TYPE, 422),
        (b"{}", JSON_TYPE, 422),
        (b'{"type": "event_callback"}', JSON_TYPE, 200),
        (b'{"type": "app_rate_limited", "team_id": "T1"}', JSON_TYPE, 200),
        (b"payload=%7B", FORM_TYPE, 400),
        (b"payload=%5B%5D", FORM_TYPE, 422),
        (b"payload=%7B%7D", FORM_TYPE, 422),
        (b"a=b", FORM_TYPE, 422),
        (b"ssl_check=1&token=x", FORM_TYPE, 200),
        (b"<xml/>", "text/xml", 415),
        (b"{}", "", 415),
        (b" " * (1024 * 1024 + 1), JSON_TYPE, 413),
    ],
)
def test_what_is_not_right_is_answered_with_what_is_wrong(
    town: Street, body: bytes, content_type: str, status: int
) -> None:
    assert sent(town, body, content_type).status == status


def test_events_of_a_team_without_the_app_are_well_received_and_dropped(town: Street) -> None:
    body = {"type": "event_callback", "team_id": "T404", "event": {"type": "user_change", "user": {"id": "U1"}}}
    assert sent(town, json.dumps(body).encode()).status == 200
    assert sent(town, urlencode({**COMMAND, "team_id": "T404"}).encode(), FORM_TYPE).status == 200


def test_while_the_database_is_away_slack_is_asked_to_come_again(town: Street) -> None:
    team = settled_in(town)
    with town.slack.holding() as held:
        team.ada.says(team.ops, "@ben could you look at the printer?")
    with database_away(town.runtime):
        (answer,) = held.deliver()
        assert answer.status == 503
        assert answer.headers["Retry-After"]
        assert answer.tries > 1
        assert team.ada.runs("/goldseam").status == 503
        assert town.knock("GET", "/slack/install").status == 503
    assert [answer.status for answer in held.deliver()] == [200]
    town.passes(days=3)
    assert len(about_asks(team.ben)) == 1


def test_one_workspace_that_fails_does_not_take_the_others_with_it(town: Street) -> None:
    maple, birch = settled_in(town, "Maple"), settled_in(town, "Birch")
    maple.ada.says(maple.ops, "good morning")
    with town.runtime.housekeeping() as session:
        session.execute(sa.update(HeardTurn).values(kept=b"spoiled"))
    town.runtime.ears = Ears(town.runtime.keyring)
    with town.slack.holding() as held:
        maple.ada.says(maple.ops, "@ben could you look at the printer?")
        birch.ada.says(birch.ops, "@ben could you look at the boiler?")
    assert sorted(answer.status for answer in held.deliver(at_once=True)) == [200, 503]
    town.passes(days=3)
    assert [len(about_asks(team.ben)) for team in (maple, birch)] == [0, 1]


SIGNED = st.one_of(
    JSON.map(lambda value: (json.dumps(value).encode(), JSON_TYPE)),
    spoiled(EVENT).map(lambda value: (json.dumps(value).encode(), JSON_TYPE)),
    st.one_of(spoiled(PRESSED), spoiled(SENT), JSON).map(
        lambda value: (urlencode({"payload": json.dumps(value)}).encode(), FORM_TYPE)
    ),
    spoiled(dict(COMMAND)).map(
        lambda value: (
            urlencode({name: str(each) for name, each in value.items()}, errors="replace").encode(),
            FORM_TYPE,
        )
    ),
    st.tuples(st.binary(max_size=100), st.sampled_from([JSON_TYPE, FORM_TYPE])),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SIGNED)
def test_nothing_signed_is_ever_a_500(town: Street, request_: tuple[bytes, str]) -> None:
    if not town.slack.world.teams:
        town.slack.team("Maple")
        town.slack.install("Maple")
    body, content_type = request_
    team = town.slack.team("Maple").id.encode()
    answer = sent(town, body.replace(b"T1", team), content_type)
    assert answer.status in (200, 400, 404, 422), answer


def test_no_line_of_the_log_holds_a_word_or_a_token(
    town: Street, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    team = settled_in(town)
    team.ada.says(team.ops, "@ben could you look at the zanzibar printer?")
    town.slack.fault("garbage", "chat.postMessage", times=1)
    town.slack.fault("refuse", "views.open", name="not_found", times=1)
    team.ben.runs("/goldseam", "join")
    town.passes(days=3)
    written = capfd.readouterr()
    lines: list[Any] = [written.out, written.err, caplog.text]
    secrets = ["zanzibar", SECRET, "stand-in-client-secret", *town.slack.world.tokens]
    people = [team.ada.id, team.ben.id, team.owner.id]
    for line in lines:
        assert not any(secret in line for secret in (*secrets, *people)), line
