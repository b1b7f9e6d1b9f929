"""GitHub's deliveries in our words: what was merged, reviewed or finished, and by whom."""

import re
from datetime import UTC, datetime
from typing import Annotated, Final

import msgspec

from service.efforts import rules
from service.efforts.rules import EffortKind, Named, Noticed, Source
from service.people.rules import IdentityKind

_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}(_[A-Za-z0-9]+)?", re.ASCII)
_YEARS: Final = range(2000, 2100)
_REVIEWED: Final = frozenset({"approved", "changes_requested", "commented"})

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Number = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Account(msgspec.Struct):
    """A person, a bot or an organization."""

    login: str = ""
    type: str = ""


class Repository(msgspec.Struct):
    """Where the work lies; its number stays when it is renamed."""

    id: Number


class PullRequest(msgspec.Struct):
    """A change somebody proposed."""

    number: Number
    title: str | None = None
    html_url: str | None = None
    user: Account | None = None
    merged: bool | None = None
    merged_at: Moment | None = None
    merged_by: Account | None = None


class Review(msgspec.Struct):
    """What a reviewer handed in; its words are not read."""

    user: Account | None = None
    state: str = ""
    submitted_at: Moment | None = None
    html_url: str | None = None


class Issue(msgspec.Struct):
    """A task somebody wrote down."""

    number: Number
    title: str | None = None
    html_url: str | None = None
    user: Account | None = None
    assignees: list[Account] = []
    state_reason: str | None = None
    closed_at: Moment | None = None


class PullRequestDelivery(msgspec.Struct):
    """Of the event `pull_request`."""

    action: str
    pull_request: PullRequest
    repository: Repository


class ReviewDelivery(msgspec.Struct):
    """Of the event `pull_request_review`."""

    action: str
    review: Review
    pull_request: PullRequest
    repository: Repository


class IssueDelivery(msgspec.Struct):
    """Of the event `issues`."""

    action: str
    issue: Issue
    repository: Repository
    sender: Account | None = None


def noticed(event: str, body: object) -> tuple[Noticed, ...]:
    """The efforts a delivery tells of, often none; whatever else it holds is not an error.

    `event` is X-GitHub-Event, `body` the JSON that came with it.
    """
    try:
        match event:
            case "pull_request":
                return _merged(msgspec.convert(body, PullRequestDelivery))
            case "pull_request_review":
                return _reviewed(msgspec.convert(body, ReviewDelivery))
            case "issues":
                return _finished(msgspec.convert(body, IssueDelivery))
    except (msgspec.ValidationError, UnicodeEncodeError):  # the latter: half a character among the names
        return ()
    return ()


def _merged(delivery: PullRequestDelivery) -> tuple[Noticed, ...]:
    change = delivery.pull_request
    author, merged_at = _person(change.user), _moment(change.merged_at)
    if delivery.action != "closed" or not change.merged or author is None or merged_at is None:
        return ()
    reference = _reference(delivery.repository, change)
    effort = Noticed(
        source=Source.GITHUB,
        reference=reference,
        kind=EffortKind.CHANGE,
        doer=author,
        done_at=merged_at,
        title=_title(change),
        witnesses=rules.others([_person(change.merged_by)], author),
        about=reference,
        link=rules.link(change.html_url),
    )
    return (effort,)


def _reviewed(delivery: ReviewDelivery) -> tuple[Noticed, ...]:
    review, change = delivery.review, delivery.pull_request
    reviewer, submitted_at = _person(review.user), _moment(review.submitted_at)
    if delivery.action != "submitted" or review.state.lower() not in _REVIEWED:
        return ()
    if reviewer is None or submitted_at is None or reviewer == _named(change.user):
        return ()
    reference = _reference(delivery.repository, change)
    effort = Noticed(
        source=Source.GITHUB,
        # One effort for a reviewer of a change, in however many rounds they reviewed it.
        reference=f"{reference}/review/{reviewer.name}",
        kind=EffortKind.REVIEW,
        doer=reviewer,
        done_at=submitted_at,
        title=_title(change),
        witnesses=rules.others([_person(change.user)], reviewer),
        about=reference,
        link=rules.link(review.html_url) or rules.link(change.html_url),
    )
    return (effort,)


def _finished(delivery: IssueDelivery) -> tuple[Noticed, ...]:
    issue, closed_at = delivery.issue, _moment(delivery.issue.closed_at)
    if delivery.action != "closed" or issue.state_reason != "completed" or closed_at is None:
        return ()
    reference = _reference(delivery.repository, issue)
    assigned = dict.fromkeys(filter(None, map(_person, issue.assignees)))
    closer = _person(delivery.sender)
    return tuple(
        Noticed(
            source=Source.GITHUB,
            reference=f"{reference}/{doer.name}",
            kind=EffortKind.TASK,
            doer=doer,
            done_at=closed_at,
            title=_title(issue),
            witnesses=rules.others([_person(issue.user), closer], doer),
            about=reference,
            link=rules.link(issue.html_url),
        )
        for doer in assigned or ([closer] if closer else [])
    )


def _reference(repository: Repository, of: PullRequest | Issue) -> str:
    return f"{repository.id}#{of.number}"


def _title(of: PullRequest | Issue) -> str | None:
    return rules.title(of.title, f" (#{of.number})")


def _named(account: Account | None) -> Named | None:
    """Their name, which GitHub reads alike in capitals and small letters."""
    if account is None or not _LOGIN.fullmatch(account.login):
        return None
    return Named(IdentityKind.GITHUB, account.login.lower())


def _person(account: Account | None) -> Named | None:
    """Their name where it is a person; bots and organizations do no work that waits for thanks."""
    return _named(account) if account is not None and account.type == "User" else None


def _moment(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at is not None and at.year in _YEARS else None
