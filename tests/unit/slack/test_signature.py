"""Only Slack's own requests are taken for Slack's."""

from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from integrations.slack import signature

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BODY = b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J"
NOW = 1_531_420_618


def signed(secret: str = SECRET, body: bytes = BODY, at: int = NOW) -> str:
    made = SignatureVerifier(secret).generate_signature(timestamp=str(at), body=body)
    assert made is not None
    return made


def test_takes_what_slack_signs() -> None:
    assert signature.valid([SECRET], str(NOW), BODY, signed(), NOW)


def test_takes_either_secret_while_they_are_rotated() -> None:
    assert signature.valid(["new", SECRET], str(NOW), BODY, signed(), NOW)
    assert signature.valid([SECRET, "old"], str(NOW), BODY, signed(), NOW)


def test_refuses_without_any_secret() -> None:
    assert not signature.valid([], str(NOW), BODY, signed(), NOW)


def test_refuses_what_is_older_or_newer_than_five_minutes() -> None:
    assert signature.valid([SECRET], str(NOW), BODY, signed(), NOW + 300)
    assert not signature.valid([SECRET], str(NOW), BODY, signed(), NOW + 301)
    assert not signature.valid([SECRET], str(NOW), BODY, signed(), NOW - 301)


@given(body=st.text(max_size=200).map(str.encode), secret=st.text(min_size=1, max_size=40).filter(str.strip))
def test_agrees_with_the_maker_of_signatures(body: bytes, secret: str) -> None:
    assert signature.valid([secret], str(NOW), body, signed(secret, body), NOW)


@given(
    timestamp=st.one_of(st.none(), st.text(max_size=30), st.integers().map(str), st.just(str(NOW)), st.just("٣" * 10)),
    given_signature=st.one_of(st.none(), st.text(max_size=80), st.binary(max_size=40).map(lambda raw: raw.hex())),
    body=st.binary(max_size=100),
    now=st.floats(min_value=0, max_value=4e9),
)
def test_refuses_everything_else_and_never_fails(
    timestamp: str | None, given_signature: str | None, body: bytes, now: float
) -> None:
    assert not signature.valid([SECRET], timestamp, body, given_signature, now)


@given(place=st.integers(min_value=0, max_value=66), letter=st.characters())
def test_one_other_letter_is_another_signature(place: int, letter: str) -> None:
    right = signed()
    other = right[:place] + letter + right[place + 1 :]
    assert signature.valid([SECRET], str(NOW), BODY, other, NOW) is (other == right)


@given(place=st.integers(min_value=0, max_value=len(BODY) - 1), byte=st.integers(min_value=0, max_value=255))
def test_one_other_byte_is_another_body(place: int, byte: int) -> None:
    other = BODY[:place] + bytes([byte]) + BODY[place + 1 :]
    assert signature.valid([SECRET], str(NOW), other, signed(), NOW) is (other == BODY)
