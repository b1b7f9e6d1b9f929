"""What MAIL_URL may say, and the one clear line where it cannot be read."""

import pytest

from integrations.mail.address import PostOffice, Tls, post_office
from service.errors import StartRefused


@pytest.mark.parametrize(
    ("url", "office"),
    [
        (
            "smtp://ada%40example.org:p%3Ass@mail.example.org:2525?tls=starttls&from=Goldseam@Example.org",
            PostOffice("mail.example.org", 2525, Tls.STARTTLS, "goldseam@example.org", "ada@example.org", "p:ss"),
        ),
        (
            "smtp://mail.example.org?from=a@example.org",
            PostOffice("mail.example.org", 587, Tls.STARTTLS, "a@example.org"),
        ),
        (
            "smtp://mail.example.org:465?from=a@example.org",
            PostOffice("mail.example.org", 465, Tls.IMPLICIT, "a@example.org"),
        ),
        (
            "smtp://127.0.0.1?tls=none&from=a@example.org",
            PostOffice("127.0.0.1", 25, Tls.NONE, "a@example.org"),
        ),
        ("smtp://127.0.0.1:1025?tls=none", PostOffice("127.0.0.1", 1025, Tls.NONE, "goldseam@seam.example.org")),
    ],
)
def test_a_post_office_is_read(url: str, office: PostOffice) -> None:
    assert post_office(url, "seam.example.org") == office


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mail.example.org", "give smtp://"),
        ("http://mail.example.org", "give smtp://"),
        ("smtp://", "give smtp://"),
        ("smtp://mail.example.org:port", "no number"),
        ("smtp://mail.example.org:99999", "no number"),
        ("smtp://mail.example.org?tls=sometimes", "tls is starttls"),
        ("smtp://mail.example.org?ssl=1", "there is no ssl"),
        ("smtp://mail.example.org?from=nobody", "from is no address"),
        ("smtp://mail.example.org?from=a@example.org%0d%0aBcc:%20b@example.org", "from is no address"),
        ("smtp://name:secret@mail.example.org?tls=none&from=a@example.org", "nobody reads it"),
    ],
)
def test_a_wrong_one_stops_the_start_with_one_line(url: str, said: str) -> None:
    with pytest.raises(StartRefused, match=said) as refusal:
        post_office(url, "seam.example.org")
    assert str(refusal.value).startswith("MAIL_URL: ")
    assert "\n" not in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_a_sender_cannot_be_guessed_from_a_loopback_address() -> None:
    with pytest.raises(StartRefused, match="from=ADDRESS"):
        post_office("smtp://mail.example.org", "127.0.0.1")
