"""What each step of a real conversation with a mail server means."""

import ipaddress
import ssl
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from integrations.mail import handing_in
from integrations.mail.address import PostOffice, Tls
from integrations.mail.envelopes import Envelope
from service.nudges.couriers import CourierError, Outcome
from tests.integration.mail.server import DROP, Mailbox, mail_server

LETTER = Envelope("ada@example.org", b"Subject: s\r\n\r\n.first\r\n..second\r\n.\r\nlast\r\n")


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as made:
        yield made


def office(box: Mailbox, *, name: str | None = None) -> PostOffice:
    """The way to a server."""
    return PostOffice("127.0.0.1", box.port, Tls.NONE, "goldseam@example.org", name, "secret" if name else None)


def outcome(box: Mailbox) -> Outcome | None:
    """What handing a letter in comes to; None where it was taken."""
    try:
        handing_in.hand_in(office(box), LETTER)
    except CourierError as error:
        return error.outcome
    return None


def test_a_letter_is_handed_in_as_it_was_written(box: Mailbox) -> None:
    assert outcome(box) is None
    assert box.taken == [("ada@example.org", LETTER.written)]


def test_a_name_and_password_are_shown(box: Mailbox) -> None:
    handing_in.hand_in(office(box, name="goldseam"), LETTER)
    assert len(box.signed_in) == 1


@pytest.mark.parametrize(
    ("step", "answer", "meant"),
    [
        ("CONNECT", "421 full", Outcome.PASSING),
        ("CONNECT", "554 go away", Outcome.PASSING),
        ("CONNECT", DROP, Outcome.PASSING),
        ("EHLO", DROP, Outcome.PASSING),
        ("MAIL", "451 later", Outcome.PASSING),
        ("MAIL", "550 not you", Outcome.PERMANENT),
        ("MAIL", DROP, Outcome.PASSING),
        ("RCPT", "450 greylisted", Outcome.PASSING),
        ("RCPT", "550 nobody here", Outcome.PERMANENT),
        ("RCPT", "251 forwarded", None),
        ("RCPT", DROP, Outcome.PASSING),
        ("DATA", "451 later", Outcome.PASSING),
        ("DATA", "554 no", Outcome.PERMANENT),
        ("DATA", DROP, Outcome.PASSING),
        (".", "452 full", Outcome.PASSING),
        (".", "554 spam", Outcome.PERMANENT),
        (".", DROP, Outcome.UNKNOWN),
        ("QUIT", DROP, None),
        ("QUIT", "500 what", None),
    ],
)
def test_each_answer_means_one_thing(box: Mailbox, step: str, answer: str, meant: Outcome | None) -> None:
    box.answers[step] = answer
    assert outcome(box) is meant


def test_a_sign_in_that_is_refused_is_no_fault_of_the_letter(box: Mailbox) -> None:
    box.answers["AUTH"] = "535 wrong"
    with pytest.raises(CourierError, match="sign-in refused: 535") as error:
        handing_in.hand_in(office(box, name="goldseam"), LETTER)
    assert error.value.outcome is Outcome.PASSING


def test_silence_before_the_letter_is_passing_and_after_it_unknown(
    box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_in, "TIMEOUT_S", 0.3)
    box.answers["RCPT"] = "250-still thinking"
    assert outcome(box) is Outcome.PASSING
    box.answers["RCPT"] = "250 ok"
    box.answers["."] = "250-still thinking"
    assert outcome(box) is Outcome.UNKNOWN


def test_nobody_there_is_passing() -> None:
    with mail_server() as box:
        pass
    assert outcome(box) is Outcome.PASSING


def test_greeting_goes_no_further_than_the_counter(box: Mailbox) -> None:
    handing_in.greet(office(box))
    box.once["CONNECT"] = deque(["554 no"])
    with pytest.raises(CourierError):
        handing_in.greet(office(box))
    assert box.taken == []


def _certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, private)
    return certificate, context


def test_the_way_is_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, context = _certificate(tmp_path)
    with mail_server(context) as box:
        secret = PostOffice("127.0.0.1", box.port, Tls.STARTTLS, "goldseam@example.org", "goldseam", "secret")
        with pytest.raises(CourierError, match="not reached: SSLCertVerificationError"):
            handing_in.hand_in(secret, LETTER)
        assert box.signed_in == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        handing_in.hand_in(secret, LETTER)
    assert len(box.signed_in) == 1
    assert len(box.taken) == 1


def test_a_server_that_cannot_close_the_way_gets_no_password(box: Mailbox) -> None:
    secret = PostOffice("127.0.0.1", box.port, Tls.STARTTLS, "goldseam@example.org", "goldseam", "secret")
    with pytest.raises(CourierError, match="not let in: SMTPNotSupportedError"):
        handing_in.hand_in(secret, LETTER)
    assert box.signed_in == []
