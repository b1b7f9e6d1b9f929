"""What GitHub's deliveries tell of: merged, reviewed, finished, and nothing else."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.github import payloads
from service.efforts.rules import EffortKind, Named, Noticed, Source
from service.people.rules import IdentityKind
from tests import anything

DELIVERIES = Path(__file__).parents[2] / "data" / "github"
EVENTS = ["pull_request", "pull_request_review", "issues"]


def delivery(name: str) -> tuple[str, Any]:
    return name.split(".", maxsplit=1)[0], json.loads((DELIVERIES / f"{name}.json").read_text(encoding="utf-8"))


def told(name: str) -> tuple[Noticed, ...]:
    return payloads.noticed(*delivery(name))


def person(login: str) -> Named:
    return Named(IdentityKind.GITHUB, login)


def test_a_merged_change_is_its_author_s_effort_and_whoever_merged_it_saw() -> None:
    assert told("pull_request.merged") == (
        Noticed(
            source=Source.GITHUB,
            reference="186853002#418",
            kind=EffortKind.CHANGE,
            doer=person("ada-example"),
            done_at=datetime(2026, 2, 24, 10, 2, 10, tzinfo=UTC),
            title="Keep the basket when a session ends (#418)",
            witnesses=(person("ben-example"),),
            about="186853002#418",
            link="https://github.com/example-org/shop/pull/418",
        ),
    )


def test_a_review_is_the_reviewer_s_effort_and_the_author_saw() -> None:
    (review,) = told("pull_request_review.submitted")
    assert review.kind is EffortKind.REVIEW
    assert review.doer == person("cho-example")
    assert review.witnesses == (person("ada-example"),)
    assert review.about == told("pull_request.merged")[0].reference
    assert review.done_at == datetime(2026, 2, 23, 15, 51, 2, tzinfo=UTC)
    assert "question" not in repr(review), "the words of a review are not ours to keep"


def test_a_second_round_by_the_same_reviewer_is_the_same_effort() -> None:
    event, body = delivery("pull_request_review.submitted")
    body["review"] |= {"id": 237895999, "state": "CHANGES_REQUESTED", "submitted_at": "2026-02-24T08:00:00Z"}
    (again,) = payloads.noticed(event, body)
    assert again.reference == told("pull_request_review.submitted")[0].reference


def test_a_finished_issue_is_the_effort_of_those_who_took_it_on() -> None:
    ada, cho = told("issues.completed")
    assert (ada.doer, cho.doer) == (person("ada-example"), person("cho-example"))
    assert ada.kind is cho.kind is EffortKind.TASK
    assert ada.reference != cho.reference
    assert ada.witnesses == (person("ben-example"),)
    assert ada.title == "Baskets vanish at sign-out (#12)"


def test_an_issue_nobody_took_on_is_the_effort_of_whoever_closed_it() -> None:
    (task,) = told("issues.completed_unassigned")
    assert task.doer == person("cho-example")
    assert task.witnesses == (person("ben-example"),)


@pytest.mark.parametrize(
    "name",
    [
        "pull_request.closed_unmerged",
        "pull_request.opened",
        "pull_request.merged_by_bot_author",
        "pull_request_review.by_author",
        "pull_request_review.by_bot",
        "issues.not_planned",
    ],
)
def test_what_is_no_person_s_finished_work_is_left_alone(name: str) -> None:
    assert told(name) == ()


@pytest.mark.parametrize("path", sorted(DELIVERIES.glob("*.json")), ids=lambda path: path.stem)
def test_a_redelivery_tells_the_same(path: Path) -> None:
    assert told(path.stem) == told(path.stem)


def test_a_bot_is_no_witness() -> None:
    event, body = delivery("pull_request.merged")
    body["pull_request"]["merged_by"] |= {"login": "merge-queue[bot]", "type": "Bot"}
    assert payloads.noticed(event, body)[0].witnesses == ()


def test_a_harmful_title_or_link_is_made_harmless() -> None:
    event, body = delivery("pull_request.merged")
    body["pull_request"] |= {"title": "a\ud800\x00\u202e" + "b" * 400, "html_url": "javascript:alert(1)"}
    (change,) = payloads.noticed(event, body)
    assert change.link is None
    assert change.title is not None
    assert len(change.title) == 200
    assert change.title.encode("utf-8").startswith(b"a b")


@pytest.mark.parametrize(
    "merged_at", [None, "yesterday", "2026-02-24", "2026-02-24T10:02:10", "0001-01-01T00:00:00+14:00", 1]
)
def test_a_moment_that_is_none_tells_nothing(merged_at: object) -> None:
    event, body = delivery("pull_request.merged")
    body["pull_request"]["merged_at"] = merged_at
    assert payloads.noticed(event, body) == ()


def test_half_a_character_among_the_names_tells_nothing() -> None:
    event, body = delivery("pull_request.merged")
    assert payloads.noticed(event, {"\ud800": None, **body}) == ()


@given(event=st.sampled_from(EVENTS) | anything.TEXT, body=anything.JSON)
def test_any_json_at_all_is_answered_without_an_error(event: str, body: object) -> None:
    assert payloads.noticed(event, body) == ()


@given(data=st.data(), path=st.sampled_from(sorted(DELIVERIES.glob("*.json"))), event=st.sampled_from(EVENTS))
def test_a_delivery_with_anything_changed_is_answered_without_an_error(
    data: st.DataObject, path: Path, event: str
) -> None:
    _, body = delivery(path.stem)
    spoiled = data.draw(anything.spoiled(body))
    for told_event in {event, path.stem.split(".", maxsplit=1)[0]}:
        for effort in payloads.noticed(told_event, spoiled):
            assert effort.doer not in effort.witnesses
            assert effort.done_at.tzinfo is UTC
            assert len(effort.reference) < 120
            assert effort.title is None or len(effort.title) <= 200
            assert effort.link is None or effort.link.startswith("http")
