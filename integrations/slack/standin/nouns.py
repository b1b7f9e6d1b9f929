"""What a Slack is made of: teams, people, channels, messages, views, and the one app it knows."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


class ChannelKind(StrEnum):
    """What Slack calls the type of a conversation."""

    PUBLIC = "channel"
    PRIVATE = "group"
    DIRECT = "im"
    SEVERAL = "mpim"


class TokenState(StrEnum):
    """Whether a token still opens the door, and what Slack says when it does not."""

    LIVE = "live"
    REVOKED = "token_revoked"
    EXPIRED = "token_expired"
    INACTIVE = "account_inactive"


@dataclass(slots=True)
class Shortcut:
    """An entry of the shortcuts menu, or of a message's menu."""

    callback_id: str
    name: str
    on_message: bool


@dataclass(slots=True)
class App:
    """The one app this Slack knows. None stands for "whatever is asked"."""

    signing_secret: str
    id: str = "A0STANDIN1"
    name: str = "Goldseam"
    client_id: str = "1000.2000"
    client_secret: str = "stand-in-client-secret"  # noqa: S105  made up, opens only the stand-in
    verification_token: str = "stand-in-verification"  # noqa: S105  the same
    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None
    commands: dict[str, Json] | None = None
    shortcuts: list[Shortcut] = field(default_factory=list)
    rotates_tokens: bool = False


@dataclass(slots=True)
class Token:
    """What opens the Web API, for one team."""

    text: str
    team: str
    person: str
    kind: str = "bot"
    scopes: frozenset[str] = frozenset()
    state: TokenState = TokenState.LIVE
    expires_at: float | None = None


@dataclass(slots=True)
class Installation:
    """The app inside one team."""

    team: str
    bot: str
    bot_id: str
    token: str
    scopes: frozenset[str]
    installed_by: str
    refresh_token: str | None = None


@dataclass(slots=True)
class Team:
    """A Slack workspace."""

    id: str
    name: str
    domain: str
    enterprise: str | None = None
    installation: Installation | None = None


@dataclass(slots=True)
class Person:
    """Somebody in a team: a person, a bot, a guest, or a stranger from another organisation."""

    id: str
    team: str
    name: str
    real_name: str
    email: str
    display_name: str | None = None
    """What they chose to be called; their name unless it is said, nothing where it is empty."""
    tz: str = "Europe/Berlin"
    tz_offset: int = 3600
    locale: str = "en-US"
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    bot_id: str | None = None
    home_team: str | None = None


@dataclass(slots=True)
class Channel:
    """Where messages stand: a channel, or a direct conversation."""

    id: str
    team: str
    name: str
    kind: ChannelKind
    members: set[str] = field(default_factory=set)
    topic: str = ""
    created_at: int = 0
    archived: bool = False
    shared: bool = False


@dataclass(slots=True)
class Message:
    """One message as it stands now; deleted ones stay so that tests can see them."""

    channel: str
    ts: str
    author: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    bot_id: str | None = None
    app_id: str | None = None
    edited_ts: str | None = None
    subtype: str | None = None
    ephemeral_to: str | None = None
    broadcast: bool = False
    deleted: bool = False
    # what each person chose in its menus, by person
    chosen: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class View:
    """A modal or an App Home as it stands for one person, with what they filled in."""

    id: str
    team: str
    person: str
    body: Json
    hash: str
    root: str
    previous: str | None = None
    values: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Trigger:
    """A gesture's short-lived right to open a view."""

    id: str
    team: str
    person: str
    made_at: float
    view: str | None = None
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """Where an app may answer a gesture later: 30 minutes, five times."""

    id: str
    team: str
    channel: str
    person: str
    made_at: float
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """One accepted chat.postMessage, kept for counting even after its message is gone."""

    team: str
    channel: str
    ts: str
    text: str
    blocks: tuple[Json, ...]
    metadata: Json | None

    @property
    def delivery_ids(self) -> frozenset[str]:
        """The ids its metadata carries."""
        payload = (self.metadata or {}).get("event_payload") or {}
        return frozenset(str(value) for value in payload.values())


@dataclass(frozen=True, slots=True)
class Call:
    """One Web API call as it was answered. `outcome` is "ok", Slack's error name, or the fault's name."""

    method: str
    team: str | None
    arguments: Json
    outcome: str
    at: float
