"""Only what carries one of our tokens is GitLab's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.gitlab import signature

TOKEN = "glwt-9f2c4a71"
ANY_TEXT = st.text(st.characters(categories=None), max_size=60)


def test_any_of_several_tokens_opens_while_they_rotate() -> None:
    assert signature.valid(["old", TOKEN], TOKEN)
    assert not signature.valid(["old", "new"], TOKEN)
    assert not signature.valid([], TOKEN)


@pytest.mark.parametrize("header", [None, "", TOKEN.upper(), TOKEN[:-1], TOKEN + " ", "é" + TOKEN, "\udcff"])
def test_a_forged_or_malformed_header_is_not_valid(header: str | None) -> None:
    assert not signature.valid([TOKEN], header)


@pytest.mark.parametrize("header", [None, ""])
def test_an_empty_token_opens_nothing(header: str | None) -> None:
    assert not signature.valid([""], header)


@given(token=ANY_TEXT, header=ANY_TEXT | st.none())
def test_a_token_opens_for_itself_alone(token: str, header: str | None) -> None:
    assert signature.valid([token], header) is (bool(token) and header == token)
    assert signature.valid([token], token) is bool(token)
