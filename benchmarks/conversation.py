"""Real chat to measure with: the export of shared/unanswered, as messages in our words, as many as wanted."""

import itertools
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from integrations.slack_export import archive, payloads
from service.asks.rules import Said

EXPORT = Path(__file__).resolve().parents[2] / "shared" / "unanswered" / "irc-slack-export.zip"
PLACE = "C02000001"


class NoConversation(Exception):  # noqa: N818 - said in one line
    """The data to measure with is not beside the checkout."""


def rows() -> list[dict[str, Any]]:
    """The messages of the export in Slack's own words, in order; those that tell of joins and the like left out."""
    _is_there()
    with archive.opened(EXPORT) as opened:
        every = [row for names in opened.days.values() for name in names for row in json.loads(opened.read(name))]
    return sorted((row for row in every if "subtype" not in row), key=lambda row: float(row["ts"]))


def messages() -> list[Said]:
    """The messages of the export, in order."""
    _is_there()
    found = []
    with archive.opened(EXPORT) as opened:
        for names in opened.days.values():
            for name in names:
                for message in payloads.day(opened.read(name))[0]:
                    found += [one for one in payloads.heard(message, PLACE, frozenset()) if isinstance(one, Said)]
    return sorted(found, key=lambda one: float(one.ts))


def _is_there() -> None:
    if not EXPORT.exists():
        raise NoConversation(f"There is no {EXPORT.name} in shared/unanswered beside the checkout.")


def repeated(many: int) -> Iterator[Said]:
    """So many messages: the conversation again and again, each time later by its whole length."""
    once = messages()
    span = float(once[-1].ts) - float(once[0].ts) + 86_400
    turns = ((turn, one) for turn in itertools.count() for one in once)
    for turn, one in itertools.islice(turns, many):
        yield replace(one, ts=f"{float(one.ts) + turn * span:.6f}")


def export(path: Path, many: int) -> int:
    """Write an export of about so many messages, each with the fields Slack gives it; returns how many there are.

    The same days again and again, in channels of their own. The texts come from the conversation; profiles, blocks
    and ids, which a real export repeats in each message, are filled in.
    """
    with zipfile.ZipFile(EXPORT) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        days = {name: source.read(name) for name in source.namelist() if "/" in name and name.endswith(".json")}
        whole = {name: [_whole(row) for row in json.loads(body)] for name, body in days.items()}
        each = sum(len(rows) for rows in whole.values())
        channels = [{"id": f"C{number:08d}", "name": f"talk-{number}"} for number in range(-(-many // each))]
        made.writestr("channels.json", json.dumps(channels))
        made.writestr("users.json", source.read("users.json"))
        for channel in channels:
            for name, rows in whole.items():
                made.writestr(f"{channel['name']}/{name.split('/')[1]}", json.dumps(rows, indent=4))
    return each * len(channels)


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    """A message with everything around it that an export of Slack repeats."""
    person = str(row.get("user", ""))
    return {
        "client_msg_id": f"6f1d2c3b-{row['ts'].replace('.', '-')}",
        **row,
        "team": "T00000002",
        "user_team": "T00000002",
        "source_team": "T00000002",
        "user_profile": {
            "avatar_hash": "g0123456789a",
            "image_72": f"https://secure.gravatar.com/avatar/{person}.jpg?s=72",
            "first_name": person,
            "real_name": person,
            "display_name": person,
            "team": "T00000002",
            "name": person,
            "is_restricted": False,
            "is_ultra_restricted": False,
        },
        "blocks": [
            {
                "type": "rich_text",
                "block_id": "gQ3",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": row.get("text", "")}]}
                ],
            }
        ],
    }
