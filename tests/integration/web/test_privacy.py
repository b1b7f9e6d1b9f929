"""The public page about what is kept: open to all, true to the rules that delete, and with somebody to ask."""

import re
from pathlib import Path

import pytest

from service.belongings.rules import HELD_FOR
from service.runtime import Runtime
from tests.visitors import visitor

DOCS = Path(__file__).parents[3] / "docs" / "privacy.md"


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("", "gave you its address"),
        ("help@example.org", 'href="mailto:help@example.org"'),
        ("https://example.org/ask", 'href="https://example.org/ask"'),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_somebody_who_is_not_signed_in_reads_whom_to_ask(runtime: Runtime, contact: str, shown: str) -> None:
    runtime.settings = runtime.settings.model_copy(update={"contact": contact})
    page = visitor(runtime).opens("/privacy")
    assert shown in page
    assert 'href="javascript' not in page


def test_the_page_and_the_document_say_the_same_lengths(runtime: Runtime) -> None:
    page = visitor(runtime).opens("/privacy")
    told = set(re.findall(r"(\d+) days?", page))
    document = DOCS.read_text(encoding="utf-8")
    assert told >= {"30", "90", "180", "14"}
    assert all(re.search(rf"\b{days} days\b", document) for days in told - {"1"})
    assert f"{HELD_FOR.days} days" in page


def test_every_page_leads_there(runtime: Runtime) -> None:
    assert 'href="/privacy"' in visitor(runtime).opens("/")
