"""What letters say, and that no words break out of where they stand."""

import email
from dataclasses import replace
from datetime import date
from email import policy
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.mail import envelopes, letters
from integrations.mail.address import PostOffice, Tls
from integrations.mail.letters import Letter
from service.access.postman import Ready, Words
from service.access.rules import LetterKind
from service.nudges.couriers import Enclosed, Named, Parcel, Reader
from service.nudges.rules import Item, NudgeKind, Told
from service.people.rules import WorkspaceKind
from service.ruptures import Register
from service.wording.catalogues import PSEUDO
from tests.fakes import MONDAY
from tests.untranslated import DAYS, of_page, untranslated

OFFICE = PostOffice("127.0.0.1", 25, Tls.NONE, "goldseam@example.org")
READER = Reader("w", WorkspaceKind.TEAM, "m", "ada@example.org", "en", True, Register.TEAM, "UTC")
TODAY = date(2026, 3, 2)
HOME, STOP = "https://seam.example.org/inbox", "https://seam.example.org/mail/stop/x"


def parcel(*told: tuple[NudgeKind, Told], more: int = 0) -> Parcel:
    """A parcel of these."""
    said = tuple(Enclosed(f"n{number}", kind, "s", about) for number, (kind, about) in enumerate(told))
    return Parcel("parcel1", READER, said, more, {"b": Named("Ben <b>")}, {"p": Named("#ops")}, "mail")


def of(*told: tuple[NudgeKind, Told], more: int = 0) -> Letter:
    """A letter of these."""
    return letters.of_parcel(parcel(*told, more=more), TODAY, HOME, STOP)


class Tags(HTMLParser):
    """The tags of a page, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and any attribute that could run something."""
        self.found.append(tag)
        assert not any(name.startswith("on") or (value or "").startswith("javascript:") for name, value in attrs)


@pytest.mark.parametrize("kind", NudgeKind)
def test_every_kind_makes_a_letter(kind: NudgeKind) -> None:
    kind_of = "one_sided_start" if kind is NudgeKind.NOTE_RECEIVED else "talked_over"
    told = Told(who="b", place="p", on=TODAY, words="Thank you.", kind=kind_of, extra={"when": "lately"})
    letter = of((kind, told))
    assert letter.subject
    assert "Thank you." in letter.text
    assert "Thank you." in letter.html
    for part in (letter.text, letter.html):
        assert HOME in part
        assert STOP in part
    assert "\n\n\n" not in letter.text


@pytest.mark.parametrize("kind", NudgeKind)
def test_no_letter_says_a_word_from_outside_the_catalogue(kind: NudgeKind) -> None:
    kind_of = "one_sided_start" if kind is NudgeKind.NOTE_RECEIVED else "talked_over"
    told = Told(who="b", place="p", on=TODAY, words="xx", kind=kind_of, extra={"when": "lately"})
    made_up = replace(parcel((kind, told), more=3), reader=replace(READER, language=PSEUDO))
    letter = letters.of_parcel(made_up, TODAY, HOME, STOP)
    said = [letter.subject, *letter.text.replace(HOME, "").replace(STOP, "").splitlines(), *of_page(letter.html)]
    assert untranslated(said, ("Ben <b>", "#ops", *DAYS)) == []


def test_the_subject_names_nobody() -> None:
    letter = of((NudgeKind.THANKS_RECEIVED, Told(who="b", words="Secret.")), (NudgeKind.ASK_WAITING, Told(who="b")))
    assert "Ben" not in letter.subject
    assert "Secret" not in letter.subject


def test_what_does_not_fit_is_counted() -> None:
    asks = tuple((NudgeKind.ASK_WAITING, Told(who="b")) for _ in range(letters.MOST + 2))
    assert "5" in of(*asks, more=3).text


def test_several_things_stand_as_lines() -> None:
    told = Told(items=(Item("e1", who="b", words="Merged #418", on=TODAY),))
    letter = of((NudgeKind.EFFORT_UNTHANKED, told))
    assert "- Ben <b>" in letter.text
    assert "<li>Ben &lt;b&gt;" in letter.html


attack = st.text(alphabet=st.sampled_from("<>&\"'{}%\r\n\0ab/=:\u202e\u2028é "), max_size=40)


@given(attack)
def test_words_stay_words(words: str) -> None:
    told = Told(who="b", words=words, link=words, extra={"eased": words})
    plain, said = of((NudgeKind.THANKS_RECEIVED, Told(who="b"))), of((NudgeKind.THANKS_RECEIVED, told))
    allowed = {*Tags(plain.html).found, "blockquote", "br", "ul", "li"}
    assert set(Tags(said.html).found) <= allowed


@given(attack, attack)
def test_an_invitation_holds_its_line_whatever_the_names(name: str, circle: str) -> None:
    words = Words("ivo@example.org", "/join/x", 2e9, "en", False, Register.FAMILY, name=name, circle=circle)
    letter = letters.of_way_in(Ready("l1", LetterKind.INVITE, words), "https://seam.example.org/")
    written = envelopes.envelope(letter, OFFICE, words.address, "l1", MONDAY).written
    message = email.message_from_bytes(written, policy=policy.default)
    assert {header.lower() for header in message} == {
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "auto-submitted",
        "x-auto-response-suppress",
        "mime-version",
        "content-type",
    }
    assert "https://seam.example.org/join/x" in letter.text


def test_a_way_in_carries_link_and_code() -> None:
    words = Words("ada@example.org", "/sign-in/x", 2e9, "en", True, Register.TEAM, code="12345678")
    letter = letters.of_way_in(Ready("l1", LetterKind.SIGN_IN, words), "https://seam.example.org")
    for part in (letter.text, letter.html):
        assert "https://seam.example.org/sign-in/x" in part
        assert "1234 5678" in part
    without = letters.of_way_in(
        Ready("l1", LetterKind.SIGN_IN, Words("a@example.org", "/sign-in/x", 2e9, "en", True, Register.TEAM)),
        "https://x",
    )
    assert "Code" not in without.text


def test_an_envelope_is_known_by_its_id_and_ends_by_one_click() -> None:
    letter = of((NudgeKind.THANKS_RECEIVED, Told(who="b", words=".\n.\r\nThank you, Zoë.")))
    written = envelopes.envelope(letter, OFFICE, "ada@bücher.example.org", "parcel1", MONDAY, stop=STOP)
    message = email.message_from_bytes(written.written, policy=policy.default)
    assert written.address == "ada@xn--bcher-kva.example.org"
    assert message["Message-ID"] == "<parcel1@example.org>"
    assert message["List-Unsubscribe"] == f"<{STOP}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    body = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert body is not None
    assert html is not None
    assert "Zoë" in body.get_content()
    assert "Zoë" in html.get_content()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "@example.org",
        "ada@example.org\r\nBcc: eve@example.org",
        "ada@example.org, eve@example.org",
        "ada@example.org\0",
        "<ada@example.org>",
        "zoë@example.org",
    ],
)
def test_what_is_more_than_one_address_goes_nowhere(address: str) -> None:
    with pytest.raises(ValueError, match=r"To would|label"):
        envelopes.envelope(Letter("s", "t", "h"), OFFICE, address, "x", MONDAY)


@pytest.mark.parametrize("subject", ["a\r\nBcc: eve@example.org", "a\nb", "a\0b"])
def test_a_subject_cannot_break_out(subject: str) -> None:
    with pytest.raises(ValueError, match="Subject would break out"):
        envelopes.envelope(Letter(subject, "t", "h"), OFFICE, "ada@example.org", "x", MONDAY)
