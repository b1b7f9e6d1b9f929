"""Only what one of our secrets signed is GitHub's."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.github import signature

SECRET = "it's a secret to everybody"
BODY = b'{"zen":"Keep it logically awesome."}'
ANY_TEXT = st.text(st.characters(categories=None), max_size=90)


def signed(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_github_s_own_example_is_valid() -> None:
    # From "Validating webhook deliveries" in GitHub's documentation.
    header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert signature.valid(["It's a Secret to Everybody"], b"Hello, World!", header)


def test_any_of_several_secrets_opens_while_they_rotate() -> None:
    assert signature.valid(["old", SECRET, "new"], BODY, signed(BODY))
    assert not signature.valid(["old", "new"], BODY, signed(BODY))
    assert not signature.valid([], BODY, signed(BODY))


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        signed(BODY).removeprefix("sha256="),
        signed(BODY).upper(),
        signed(BODY).replace("sha256", "sha1"),
        signed(BODY) + " ",
        " " + signed(BODY),
        signed(BODY) + "\n",
        signed(BODY)[:-1],
        signed(BODY)[:-1] + "é",
        signed(b"another body"),
        "sha256=" + "٣" * 64,
    ],
)
def test_a_forged_or_malformed_header_is_not_valid(header: str | None) -> None:
    assert not signature.valid([SECRET], BODY, header)


def test_an_empty_secret_signs_nothing() -> None:
    assert not signature.valid([""], BODY, signed(BODY, ""))


@given(secret=ANY_TEXT, body=st.binary(max_size=200), header=ANY_TEXT | st.none())
def test_whatever_comes_is_answered_without_an_error(secret: str, body: bytes, header: str | None) -> None:
    assert not signature.valid([secret], body, header)


@given(secret=st.text(min_size=1, max_size=40), body=st.binary(max_size=200), changed=st.binary(max_size=200))
def test_a_signature_holds_for_its_body_alone(secret: str, body: bytes, changed: bytes) -> None:
    header = signed(body, secret)
    assert signature.valid([secret], body, header)
    assert signature.valid([secret], changed, header) is (changed == body)
