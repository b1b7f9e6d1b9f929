"""Where MAIL_URL says that letters are handed in, and from whom they come."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

from service.access.rules import same_address
from service.errors import Refused, StartRefused
from service.settings import LOOPBACK


class Tls(StrEnum):
    """How the way to the mail server is closed to others."""

    STARTTLS = "starttls"
    IMPLICIT = "implicit"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PostOffice:
    """A mail server, and the sender it knows us by."""

    host: str
    port: int
    tls: Tls
    sender: str
    name: str | None = None
    password: str | None = None

    @property
    def domain(self) -> str:
        """Of the sender; ids of letters end in it."""
        return self.sender.rpartition("@")[2]


def post_office(mail_url: str, public_host: str) -> PostOffice:
    """What MAIL_URL says; raises StartRefused with one clear line.

    `smtp://name:password@host:port?tls=starttls&from=address`, where all but the host may be left out.
    """
    try:
        parts = urlsplit(mail_url)
        port = parts.port
    except ValueError:
        raise _unreadable("its port is no number") from None
    if parts.scheme != "smtp" or not parts.hostname:
        raise _unreadable("give smtp://NAME:PASSWORD@HOST:PORT?tls=starttls&from=ADDRESS")
    asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    unknown = asked.keys() - {"tls", "from"}
    if unknown:
        raise _unreadable(f"there is no {', '.join(sorted(unknown))}; only tls and from")
    tls = _tls(asked.get("tls"), port)
    if parts.password and tls is Tls.NONE and parts.hostname not in LOOPBACK:
        raise _unreadable("with a password, tls is starttls or implicit, so that nobody reads it on its way")
    return PostOffice(
        parts.hostname,
        port or (465 if tls is Tls.IMPLICIT else 587 if tls is Tls.STARTTLS else 25),
        tls,
        _sender(asked.get("from"), public_host),
        unquote(parts.username) if parts.username else None,
        unquote(parts.password) if parts.password else None,
    )


def _tls(asked: str | None, port: int | None) -> Tls:
    if asked is None:
        return Tls.IMPLICIT if port == 465 else Tls.STARTTLS
    try:
        return Tls(asked)
    except ValueError:
        raise _unreadable("tls is starttls, implicit or none") from None


def _sender(asked: str | None, public_host: str) -> str:
    if asked is None:
        if "." not in public_host or public_host in LOOPBACK:
            raise _unreadable("say from=ADDRESS, since PUBLIC_URL names no domain that letters may come from")
        return f"goldseam@{public_host}"
    try:
        return same_address(asked)
    except Refused:
        raise _unreadable("from is no address") from None


def _unreadable(why: str) -> StartRefused:
    return StartRefused(f"MAIL_URL: {why}.")
