"""Hand a letter in at the mail server, and know at each step what a failure means."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from integrations.mail.address import PostOffice, Tls
from integrations.mail.envelopes import Envelope
from service.nudges.couriers import CourierError, Outcome

TIMEOUT_S = 15.0
_STARTS_WITH_DOT = re.compile(rb"(?m)^\.")
_TOO_BUSY = 400
_REFUSED = 500


def hand_in(office: PostOffice, letter: Envelope) -> None:
    """Hand one letter in, or raise CourierError.

    Until the letter itself is written nothing has happened, and trying again is safe. A refusal after it is one by
    the server's own word. Silence after it leaves the letter's fate unknown.
    """
    with _server(office) as server:
        _until_the_letter(server, office.sender, letter.address)
        _the_letter(server, letter.written)
        _goodbye(server)


def greet(office: PostOffice) -> None:
    """Go as far as the server's counter and back, or raise CourierError."""
    with _server(office) as server:
        _goodbye(server)


@contextmanager
def _server(office: PostOffice) -> Iterator[smtplib.SMTP]:
    try:
        server = _connected(office)
    except smtplib.SMTPAuthenticationError as error:
        raise CourierError(Outcome.PASSING, f"sign-in refused: {error.smtp_code}") from error
    except smtplib.SMTPException as error:
        raise CourierError(Outcome.PASSING, f"not let in: {type(error).__name__}") from error
    except OSError as error:  # no connection, no name, no valid certificate
        raise CourierError(Outcome.PASSING, f"not reached: {type(error).__name__}") from error
    try:
        yield server
    finally:
        server.close()


def _connected(office: PostOffice) -> smtplib.SMTP:
    if office.tls is Tls.IMPLICIT:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            office.host, office.port, timeout=TIMEOUT_S, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(office.host, office.port, timeout=TIMEOUT_S)
    try:
        if office.tls is Tls.STARTTLS:
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if office.name is not None:
            server.login(office.name, office.password or "")
    except BaseException:
        server.close()
        raise
    return server


def _until_the_letter(server: smtplib.SMTP, sender: str, address: str) -> None:
    try:
        for code in (server.mail(sender)[0], server.rcpt(address)[0]):
            _accepted(code, 250, 251)
        _accepted(server.docmd("DATA")[0], 354)
    except (smtplib.SMTPException, OSError) as error:
        raise CourierError(Outcome.PASSING, f"broke off: {type(error).__name__}") from error


def _the_letter(server: smtplib.SMTP, written: bytes) -> None:
    lines = _STARTS_WITH_DOT.sub(b"..", written).removesuffix(b"\r\n")
    try:
        server.send(lines + b"\r\n.\r\n")
        code = server.getreply()[0]
    except (smtplib.SMTPException, OSError) as error:
        raise CourierError(Outcome.UNKNOWN, f"fell silent: {type(error).__name__}") from error
    _accepted(code, 250)


def _goodbye(server: smtplib.SMTP) -> None:
    """The letter is taken or not by now, whatever is said to this."""
    with suppress(smtplib.SMTPException, OSError):
        server.quit()


def _accepted(code: int, *wanted: int) -> None:
    if code in wanted:
        return
    if code >= _REFUSED:
        raise CourierError(Outcome.PERMANENT, f"refused: {code}")
    raise CourierError(Outcome.PASSING if code >= _TOO_BUSY else Outcome.UNKNOWN, f"put off: {code}")
