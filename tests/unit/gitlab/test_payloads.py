"""What GitLab's deliveries tell of: merged, reviewed, finished, and nothing else."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.gitlab import payloads
from service.efforts.rules import EffortKind, Named, Noticed, Source
from service.people.rules import IdentityKind
from tests import anything

DELIVERIES = Path(__file__).parents[2] / "data" / "gitlab"
EVENTS = {"merge_request": "Merge Request Hook", "note": "Note Hook", "issue": "Issue Hook"}


def delivery(name: str) -> tuple[str, Any]:
    return EVENTS[name.split(".", maxsplit=1)[0]], json.loads((DELIVERIES / f"{name}.json").read_text(encoding="utf-8"))


def told(name: str) -> tuple[Noticed, ...]:
    return payloads.noticed(*delivery(name))


def person(username: str) -> Named:
    return Named(IdentityKind.GITLAB, username)


def test_a_merged_change_is_its_author_s_effort_and_whoever_merged_it_saw() -> None:
    assert told("merge_request.merged") == (
        Noticed(
            source=Source.GITLAB,
            reference="15!7",
            kind=EffortKind.CHANGE,
            doer=person("ada.example"),
            done_at=datetime(2026, 2, 24, 10, 2, 10, tzinfo=UTC),
            title="Keep the basket when a session ends (!7)",
            witnesses=(person("ben_example"),),
            about="15!7",
            link="https://gitlab.example.com/example-org/shop/-/merge_requests/7",
        ),
    )


def test_an_author_gitlab_does_not_name_goes_by_their_number() -> None:
    (change,) = told("merge_request.merged_author_unnamed")
    assert change.doer == person("#41")


def test_an_approval_and_a_note_are_one_review() -> None:
    (approved,) = told("merge_request.approved")
    (noted,) = told("note.on_merge_request")
    assert approved.kind is noted.kind is EffortKind.REVIEW
    assert approved.doer == noted.doer == person("cho-example")
    assert approved.reference == noted.reference
    assert approved.about == noted.about == told("merge_request.merged")[0].reference
    assert approved.witnesses == (person("ada.example"),)
    assert noted.done_at == datetime(2026, 2, 23, 14, 10, 9, tzinfo=UTC)
    assert "question" not in repr(noted), "the words of a note are not ours to keep"


def test_a_closed_issue_is_the_effort_of_those_who_took_it_on() -> None:
    (task,) = told("issue.closed")
    assert task.kind is EffortKind.TASK
    assert task.doer == person("ada.example")
    assert task.witnesses == (person("ben_example"),)
    assert task.title == "Baskets vanish at sign-out (#23)"


def test_a_closed_incident_is_help_nobody_had_planned() -> None:
    (incident,) = told("issue.incident_closed")
    assert incident.kind is EffortKind.HELP


@pytest.mark.parametrize(
    "name",
    [
        "merge_request.closed_unmerged",
        "merge_request.merged_by_bot_author",
        "note.by_author",
        "note.by_bot",
        "note.system",
        "note.on_issue",
        "issue.moved",
    ],
)
def test_what_is_no_person_s_finished_work_is_left_alone(name: str) -> None:
    assert told(name) == ()


def test_nothing_confidential_is_read() -> None:
    _, body = delivery("issue.closed")
    assert payloads.noticed("Confidential Issue Hook", body) == ()
    body["object_attributes"]["confidential"] = True
    assert payloads.noticed("Issue Hook", body) == ()
    assert payloads.noticed("Confidential Note Hook", delivery("note.on_merge_request")[1]) == ()


@pytest.mark.parametrize("path", sorted(DELIVERIES.glob("*.json")), ids=lambda path: path.stem)
def test_a_redelivery_tells_the_same(path: Path) -> None:
    assert told(path.stem) == told(path.stem)


@pytest.mark.parametrize(
    "username", ["project_15_bot_4f1c2a", "group_2_bot", "renovate-bot", "gitlab_bot", "ghost", "a b", "é"]
)
def test_bots_and_names_that_are_none_do_no_work_that_waits_for_thanks(username: str) -> None:
    event, body = delivery("note.on_merge_request")
    body["user"]["username"] = username
    assert payloads.noticed(event, body) == ()


@pytest.mark.parametrize("username", ["abbot", "talbot.m", "bot_lover", "ghostly"])
def test_a_person_with_bot_in_their_name_is_a_person(username: str) -> None:
    event, body = delivery("note.on_merge_request")
    body["user"]["username"] = username
    assert payloads.noticed(event, body)[0].doer == person(username)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-02-24T10:02:10Z", datetime(2026, 2, 24, 10, 2, 10, tzinfo=UTC)),
        ("2026-02-24T11:02:10.123+01:00", datetime(2026, 2, 24, 10, 2, 10, 123000, tzinfo=UTC)),
        ("2026-02-24 10:02:10 UTC", datetime(2026, 2, 24, 10, 2, 10, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_gitlab_writes_it(written: str, moment: datetime) -> None:
    event, body = delivery("issue.closed")
    body["object_attributes"]["closed_at"] = written
    assert payloads.noticed(event, body)[0].done_at == moment


@pytest.mark.parametrize(
    "written", ["soon", "2026-02-24", "2026-02-24 10:02:10", "0001-01-01T00:00:00+14:00", "UTC", 7]
)
def test_a_moment_that_is_none_tells_nothing(written: object) -> None:
    event, body = delivery("issue.closed")
    body["object_attributes"]["closed_at"] = written
    assert payloads.noticed(event, body) == ()


def test_half_a_character_among_the_names_tells_nothing() -> None:
    event, body = delivery("merge_request.merged")
    assert payloads.noticed(event, {"\ud800": None, **body}) == ()


@given(event=st.sampled_from(sorted(EVENTS.values())) | anything.TEXT, body=anything.JSON)
def test_any_json_at_all_is_answered_without_an_error(event: str, body: object) -> None:
    assert payloads.noticed(event, body) == ()


@given(
    data=st.data(),
    path=st.sampled_from(sorted(DELIVERIES.glob("*.json"))),
    event=st.sampled_from(sorted(EVENTS.values())),
)
def test_a_delivery_with_anything_changed_is_answered_without_an_error(
    data: st.DataObject, path: Path, event: str
) -> None:
    own_event, body = delivery(path.stem)
    spoiled = data.draw(anything.spoiled(body))
    for told_event in {event, own_event}:
        for effort in payloads.noticed(told_event, spoiled):
            assert effort.doer not in effort.witnesses
            assert effort.done_at.tzinfo is UTC
            assert len(effort.reference) < 400
            assert effort.title is None or len(effort.title) <= 200
            assert effort.link is None or effort.link.startswith("http")
