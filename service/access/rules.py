"""How long a way in stays open, and what is asked of those who take it."""

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from typing import ClassVar
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from service.errors import ProblemKind, refused
from service.people.acts import Act
from service.people.rules import Role, WorkspaceKind

LINK_LIFE = timedelta(minutes=10)
FRESH_FOR = timedelta(minutes=15)
"""How long after signing in somebody may do what asks for a fresh sign-in."""
IDLE: dict[WorkspaceKind, timedelta] = {
    WorkspaceKind.TEAM: timedelta(days=14),
    WorkspaceKind.FAMILY: timedelta(days=180),
}
"""After how many days without a visit a session ends."""
DOOR_LIFE = timedelta(minutes=10)
"""How long somebody may take at another site that says who they are."""
CHALLENGE_LIFE = timedelta(minutes=5)
"""How long somebody may take over the question of their device."""
INVITE_LIFE = timedelta(days=14)
AUDIT_KEPT = timedelta(days=180)
API_ACTS = (
    Act.PEOPLE_SEE,
    Act.EFFORTS_NOTE,
    Act.APPRECIATIONS_FEED,
    Act.APPRECIATIONS_GIVE,
    Act.APPRECIATIONS_EDIT,
    Act.APPRECIATIONS_WITHDRAW,
)
"""What a token of the API may be allowed."""
ASKED_KEPT = timedelta(days=1)
"""How long a tool may ask again under the same key, at least."""
MOST_HOOK_SECRETS = 5
"""Of one workspace and one tool: enough to put a new one in while the old one is still in use."""
MOST_BY_ADDRESS = 5
"""Sign-in letters to one address within an hour."""
MOST_BY_CLIENT = 30
"""Sign-in letters asked for from one client within an hour: a whole home or office may share one."""
MOST_CHALLENGES = 120
"""Questions to passkeys, and ways through other sites, begun from one client within an hour."""
MOST_PASSKEYS = 10
MOST_CODES = 5
"""Codes that may be tried in one browser."""
CODE_DIGITS = 8
MOST_PINS = 10
PIN = re.compile(r"[0-9]{4,8}")
DEVICE_LENGTH = 80

LINK_PATH = "/sign-in/"
INVITE_PATH = "/join/"
"""Where links and invitations lead, followed by their token; `service.web` answers there."""


class Hook(StrEnum):
    """A tool that tells us by itself of work done there."""

    GITHUB = "github"
    GITLAB = "gitlab"


class LetterKind(StrEnum):
    """Why a letter goes out by itself, beside the nudges."""

    SIGN_IN = "sign_in"
    INVITE = "invite"


class By(StrEnum):
    """What somebody was when they did what the audit trail remembers; never who."""

    OWNER = "owner"
    LEAD = "lead"
    ADULT = "adult"
    MEMBER = "member"
    OPERATOR = "operator"
    INTEGRATION = "integration"


@dataclass(frozen=True, slots=True)
class Entrance:
    """Somebody may come in as this member."""

    workspace: str
    member: str


@dataclass(frozen=True, slots=True)
class Site:
    """Where we are found, as a passkey is bound to it."""

    origin: str
    host: str


def site_of(public_url: str) -> Site | None:
    """The site of this address; None where browsers keep no passkeys, which takes https and a name, or localhost."""
    parts = urlsplit(public_url)
    host = (parts.hostname or "").lower()
    local = host == "localhost" or host.endswith(".localhost")
    if not local and (parts.scheme != "https" or "." not in host or _is_number(host)):
        return None
    port = "" if parts.port in (None, {"http": 80, "https": 443}.get(parts.scheme)) else f":{parts.port}"
    return Site(f"{parts.scheme}://{host}{port}", host)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_idle(kind: WorkspaceKind, seen_on: date, today: date) -> bool:
    """Whether a session has gone without a visit for too long."""
    return today - seen_on > IDLE[kind]


def invite_ends_on(now: datetime) -> date:
    """The last day of an invitation made now."""
    return (now + INVITE_LIFE).date()


def same_address(address: str) -> str:
    """An address of mail in the one form it is kept and looked up by; refused where it is none."""
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(address.strip(), check_deliverability=False)
    except EmailNotValidError:
        raise refused(ProblemKind.UNKNOWN_ADDRESS, "address") from None
    if len(found.normalized) > 254 or not found.normalized.isprintable():
        raise refused(ProblemKind.UNKNOWN_ADDRESS, "address")
    return found.normalized.casefold()


def same_code(code: str) -> str:
    """A code as somebody typed it, without what they put between its digits."""
    return "".join(digit for digit in code if digit.isdecimal() and digit.isascii())


def shown_code(code: str) -> str:
    """A code as it is written in a letter."""
    return f"{code[: CODE_DIGITS // 2]} {code[CODE_DIGITS // 2 :]}"


def may_be_invited_as(kind: WorkspaceKind, role: Role) -> bool:
    """Whether an invitation may give this role: a child has a profile made by a guardian instead."""
    if kind is WorkspaceKind.TEAM:
        return role is Role.MEMBER
    return role in {Role.ADULT, Role.TEEN, Role.RELATIVE}


_BROWSERS = (
    ("Firefox", ("Firefox/", "FxiOS/")),
    ("Edge", ("Edg/", "EdgA/", "EdgiOS/")),
    ("Samsung Internet", ("SamsungBrowser/",)),
    ("Opera", ("OPR/",)),
    ("Chrome", ("Chrome/", "CriOS/", "Chromium/")),
    ("Safari", ("Safari/",)),
)
_SYSTEMS = (
    ("Android", ("Android",)),
    ("iPhone", ("iPhone",)),
    ("iPad", ("iPad",)),
    ("Windows", ("Windows",)),
    ("Mac", ("Macintosh",)),
    ("Linux", ("Linux", "X11")),
)


def device_words(user_agent: str) -> str:
    """A device in two names that its owner recognises, "Firefox, Android"; nothing else of what a browser says."""
    named = (
        next((name for name, marks in kinds if any(mark in user_agent for mark in marks)), "")
        for kinds in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(filter(None, named))


PUSH_SERVICES = frozenset({"fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com"})
PUSH_SERVICES_UNDER = (".push.apple.com", ".notify.windows.com")
"""The push services of the browsers there are, and no other host: an address comes from a browser, and could be any."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a browser is reached, and what it shows is sealed for (RFC 8030, 8291)."""

    endpoint: str
    key: str
    """Its public key on P-256, 65 bytes."""
    secret: str
    """What only it and we know, 16 bytes."""

    LONGEST: ClassVar[int] = 1000

    @property
    def has_keys(self) -> bool:
        """Whether something can be sealed for it."""
        try:
            key, secret = (urlsafe_b64decode(text + "=" * (-len(text) % 4)) for text in (self.key, self.secret))
            EllipticCurvePublicKey.from_encoded_point(SECP256R1(), key)
        except ValueError:
            return False
        return len(key) == 65 and len(secret) == 16


def is_push_service(endpoint: str) -> bool:
    """Whether an address is one of a browser's own push service, on its usual port."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint and parts.username is None
    known = host in PUSH_SERVICES or host.endswith(PUSH_SERVICES_UNDER)
    return parts.scheme == "https" and port in (None, 443) and plain and known
