"""What Slack would send: real chat as signed events of one team, in several channels at once."""

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from benchmarks import conversation
from integrations.slack import manifest

SECRET: Final = "benchmark-signing-secret"  # noqa: S105 - opens nothing but a server of ours, for as long as it is measured
TEAM: Final = "T0BENCH01"
APP: Final = "A0BENCH01"
BOT: Final = "U0BENCHBOT"
CHANNELS: Final = tuple(f"C{number:08d}" for number in range(1, 65))
APART_S: Final = 0.01
"""How far apart the moments of two messages lie, in seconds."""


@dataclass(frozen=True, slots=True)
class Event:
    """One message as Slack would send it: where it stands, and the body of the request."""

    channel: str
    ts: str
    body: bytes


def stream(began: float, team: str = TEAM, channels: tuple[str, ...] = CHANNELS) -> Iterator[Event]:
    """Messages without end, each channel in the order of the conversation from a place of its own."""
    rows = conversation.rows()
    for number in itertools.count():
        lane, turn = number % len(channels), number // len(channels)
        row = rows[(turn + lane * len(rows) // len(channels)) % len(rows)]
        ts = f"{began + number * APART_S:.6f}"
        event = {
            "client_msg_id": f"6f1d2c3b-{number}",
            "type": "message",
            "text": row.get("text", ""),
            "user": row["user"],
            "ts": ts,
            "team": team,
            "channel": channels[lane],
            "event_ts": ts,
            "channel_type": "channel",
        }
        yield Event(channels[lane], ts, json.dumps(_envelope(team, number, event)).encode())


def _envelope(team: str, number: int, event: dict[str, Any]) -> dict[str, Any]:
    return {
        "token": "unused",
        "team_id": team,
        "context_team_id": team,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number:09d}",
        "event_time": int(float(event["ts"])),
        "authorizations": [
            {"enterprise_id": None, "team_id": team, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{number:09d}",
    }


def headers(body: bytes, *, secret: str = SECRET) -> dict[str, str]:
    """What comes with it, signed now."""
    stamp = str(int(time.time()))
    proof = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={proof}",
    }


def request(body: bytes, *, secret: str = SECRET) -> bytes:
    """The whole request that brings it."""
    lines = [f"{name}: {value}" for name, value in headers(body, secret=secret).items()]
    head = [f"POST {manifest.EVENTS_AT} HTTP/1.1", "Host: 127.0.0.1", *lines, f"Content-Length: {len(body)}"]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body
