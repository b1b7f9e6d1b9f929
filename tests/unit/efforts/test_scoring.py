"""The reader of thanks is measured, and its figures hold on the labelled messages."""

from pathlib import Path

import pytest

from service.efforts import scoring
from service.efforts.scoring import Labelled, NotLabelled, Score

LABELLED = Path(__file__).parents[4] / "shared" / "gratitude" / "dev.tsv"
HEAD = "id\tsource\tlabel\ttext\n"


def test_a_score_counts_what_was_read_and_what_was_right() -> None:
    rows = [
        Labelled("chat", thanks=True, text="thanks!"),
        Labelled("chat", thanks=True, text="you know why"),
        Labelled("chat", thanks=False, text="many thanks to all"),
        Labelled("chat", thanks=False, text="hello"),
        Labelled("home", thanks=False, text="hello"),
    ]
    chat, home = scoring.score(rows)
    assert chat == Score("chat", rows=4, thanks=2, read=2, right=1)
    assert (chat.precision, chat.recall, chat.f1) == (0.5, 0.5, 0.5)
    assert (home.precision, home.recall, home.f1) == (None, None, None)


def test_a_table_is_read_with_any_line_end_and_a_blank_last_line() -> None:
    lines = [HEAD.replace("\n", "\r\n"), "a\tchat\t1\tthank you\r\n", "\n"]
    assert list(scoring.labelled(lines)) == [Labelled("chat", thanks=True, text="thank you")]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["id,source,label,text\n"], "Line 1"),
        ([HEAD, "a\tchat\tyes\tthank you\n"], "Line 2"),
        ([HEAD, "a\tchat\t1\tok\n", "a\tchat\t1\n"], "Line 3"),
    ],
)
def test_a_file_of_another_shape_is_named_by_its_line(lines: list[str], says: str) -> None:
    with pytest.raises(NotLabelled, match=says):
        list(scoring.labelled(lines))


def test_the_figures_hold_on_the_labelled_messages() -> None:
    if not LABELLED.exists():
        pytest.skip(f"The reader of thanks is NOT measured: {LABELLED} is absent.")
    with LABELLED.open(encoding="utf-8") as lines:
        scores = {score.source: score for score in scoring.score(scoring.labelled(lines))}
    assert (scores["irc"].f1 or 0) >= 0.94
    assert (scores["goemotions"].f1 or 0) >= 0.90
    for source in ("written-team", "written-family"):
        assert (scores[source].precision or 0) >= 0.85
        assert (scores[source].recall or 0) >= 0.60
