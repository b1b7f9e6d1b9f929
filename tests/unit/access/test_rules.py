"""What opens a way in, and for how long."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.access import rules, tokens
from service.errors import Refused
from service.people.rules import Role, WorkspaceKind
from tests.fakes import MONDAY

KEY, OTHER = b"k" * 32, b"o" * 32
secrets = st.binary(min_size=32, max_size=32)


@given(secrets, st.integers(0, 2**33))
def test_a_token_says_what_it_was_given(secret: bytes, seconds: int) -> None:
    until = MONDAY + timedelta(seconds=seconds)
    token = tokens.issue(KEY, secret, until)
    assert tokens.read(KEY, token) == tokens.Token(secret, until)
    assert tokens.read(OTHER, token) is None
    assert token.isascii()
    assert "=" not in token


@given(secrets, st.data())
def test_a_token_changed_anywhere_says_nothing(secret: bytes, data: st.DataObject) -> None:
    token = tokens.issue(KEY, secret, MONDAY)
    at = data.draw(st.integers(0, len(token) - 2))  # the last letter carries two spare bits
    letter = data.draw(st.sampled_from("abcXYZ019-_"))
    if letter != token[at]:
        assert tokens.read(KEY, token[:at] + letter + token[at + 1 :]) is None


@given(st.text())
def test_no_text_opens_or_breaks_anything(text: str) -> None:
    assert tokens.read(KEY, text) is None


@pytest.mark.parametrize(("kind", "days"), [(WorkspaceKind.TEAM, 14), (WorkspaceKind.FAMILY, 180)])
def test_a_session_ends_after_days_without_a_visit(kind: WorkspaceKind, days: int) -> None:
    today = date(2026, 3, 2)
    assert not rules.is_idle(kind, today - timedelta(days=days), today)
    assert rules.is_idle(kind, today - timedelta(days=days + 1), today)


@pytest.mark.parametrize(
    ("given_", "kept"),
    [(" Ada@Example.ORG ", "ada@example.org"), ("ada+x@example.org", "ada+x@example.org")],
)
def test_an_address_has_one_form(given_: str, kept: str) -> None:
    assert rules.same_address(given_) == kept


@pytest.mark.parametrize(
    "wrong", ["", "ada", "ada@", "@example.org", "a@b@c", "ada@example.org\nBcc: eve@example.org", "a\0@example.org"]
)
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(Refused):
        rules.same_address(wrong)


@given(st.text())
def test_no_text_breaks_the_reading_of_an_address(text: str) -> None:
    try:
        kept = rules.same_address(text)
    except Refused:
        return
    assert rules.same_address(kept) == kept
    assert not set(kept) & set("\r\n\0")


def test_a_code_is_typed_in_any_way() -> None:
    assert rules.shown_code("12345678") == "1234 5678"
    assert rules.same_code(" 1234-5678 ") == "12345678"
    assert rules.same_code("١٢٣٤٥٦٧٨") == ""


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) AppleWebKit/605.1 Version/19.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_called_by_two_names(user_agent: str, words: str) -> None:
    assert rules.device_words(user_agent) == words


def test_children_are_not_invited_and_owners_are_not_made_by_link() -> None:
    assert [role for role in Role if rules.may_be_invited_as(WorkspaceKind.TEAM, role)] == [Role.MEMBER]
    family = [role for role in Role if rules.may_be_invited_as(WorkspaceKind.FAMILY, role)]
    assert family == [Role.ADULT, Role.TEEN, Role.RELATIVE]


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Home.example.org/", "https://home.example.org"),
        ("https://home.example.org:443", "https://home.example.org"),
        ("https://home.example.org:8443/x", "https://home.example.org:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://home.example.org", None),
        ("https://192.0.2.7", None),
        ("https://[2001:db8::1]:8443", None),
        ("http://127.0.0.1:8000", None),
        ("https://home", None),
    ],
)
def test_a_site_is_where_browsers_keep_passkeys(address: str, origin: str | None) -> None:
    site = rules.site_of(address)
    assert (site.origin if site is not None else None) == origin
