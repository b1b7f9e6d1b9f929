"""Put a letter into an envelope: headers that nobody's words can break out of."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from integrations.mail.address import PostOffice
from integrations.mail.letters import Letter
from service.wording.look import PRODUCT

_BREAKS = frozenset("\r\n\0")


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter as it is handed in."""

    address: str
    written: bytes


def envelope(
    letter: Letter, office: PostOffice, address: str, id_: str, now: datetime, *, stop: str | None = None
) -> Envelope:
    """A letter to one address. The same id makes the same Message-ID, so that a letter sent twice is known as one.

    `stop` is where a single POST ends such letters. Raises ValueError where a header would hold a line break or NUL,
    or the address is none that goes into one.
    """
    to = _lone(address)
    headers = {
        "From": str(Address(PRODUCT, addr_spec=office.sender)),
        "To": to,
        "Subject": letter.subject,
        "Date": format_datetime(now),
        "Message-ID": f"<{id_}@{office.domain}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if stop is not None:
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMessage(policy=SMTP)
    for name, value in headers.items():
        if _BREAKS & set(value):
            raise ValueError(f"{name} would break out of its line")
        message[name] = value
    message.set_content(letter.text, charset="utf-8")
    message.add_alternative(letter.html, subtype="html", charset="utf-8")
    return Envelope(to, message.as_bytes())


def _lone(address: str) -> str:
    """An address as a mail server takes it, and without anything that would make it two."""
    name, at, domain = address.rpartition("@")
    if not at or not name.isascii() or not name or set(address) & {*',;<> "', *_BREAKS}:
        raise ValueError("To would hold more than one address, or none")
    return f"{name}@{domain.encode('idna').decode('ascii')}"
