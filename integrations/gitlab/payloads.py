"""GitLab's deliveries in our words: what was merged, reviewed or finished, and by whom."""

import re
from datetime import UTC, datetime
from typing import Annotated, Final

import msgspec

from service.efforts import rules
from service.efforts.rules import EffortKind, Named, Noticed, Source
from service.people.rules import IdentityKind

_USERNAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}", re.ASCII)
# Tokens of projects and groups act as "project_12_bot_a1b2c3"; the rest are bots by their own names.
_BOT = re.compile(r"(?:project|group)_\d+_bot(?:_\w+)?|(?:.*[_.-])?bot|ghost", re.ASCII)
_SPELLED_UTC = re.compile(r" UTC$")
_YEARS: Final = range(2000, 2100)


Number = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Account(msgspec.Struct):
    """A person or a bot."""

    id: Number | None = None
    username: str = ""


class Project(msgspec.Struct):
    """Where the work lies; its number stays when it is moved."""

    id: Number


class MergeRequest(msgspec.Struct):
    """A change somebody proposed."""

    iid: Number
    title: str | None = None
    author_id: Number | None = None
    url: str | None = None


class MergeRequestAct(MergeRequest):
    """What was done to a change."""

    action: str | None = None
    state: str | None = None
    merged_at: str | None = None
    updated_at: str | None = None


class NoteAct(msgspec.Struct):
    """A comment; its words are not read."""

    noteable_type: str | None = None
    created_at: str | None = None
    url: str | None = None
    system: bool | None = None


class IssueAct(msgspec.Struct):
    """What was done to a task somebody wrote down."""

    iid: Number
    title: str | None = None
    type: str | None = None
    author_id: Number | None = None
    action: str | None = None
    url: str | None = None
    closed_at: str | None = None
    updated_at: str | None = None
    confidential: bool | None = None
    moved_to_id: Number | None = None
    duplicated_to_id: Number | None = None


class Delivery(msgspec.Struct):
    """What every delivery holds."""

    project: Project
    user: Account
    assignees: list[Account] = []
    reviewers: list[Account] = []

    def author(self, author_id: int | None) -> Account:
        """The account of that number: GitLab names an author by number alone, so their name is looked for around."""
        known = (account for account in (self.user, *self.assignees, *self.reviewers) if account.id == author_id)
        return next(known, Account(author_id)) if author_id is not None else Account()


class MergeRequestDelivery(Delivery, kw_only=True):
    """Of the event "Merge Request Hook"."""

    object_attributes: MergeRequestAct


class NoteDelivery(Delivery, kw_only=True):
    """Of the event "Note Hook"."""

    object_attributes: NoteAct
    merge_request: MergeRequest | None = None


class IssueDelivery(Delivery, kw_only=True):
    """Of the event "Issue Hook"."""

    object_attributes: IssueAct


def noticed(event: str, body: object) -> tuple[Noticed, ...]:
    """The efforts a delivery tells of, often none; whatever else it holds is not an error.

    `event` is X-Gitlab-Event, `body` the JSON that came with it. Confidential issues and notes come as events of
    their own and are never read.
    """
    try:
        match event:
            case "Merge Request Hook":
                return _changed(msgspec.convert(body, MergeRequestDelivery))
            case "Note Hook":
                return _commented(msgspec.convert(body, NoteDelivery))
            case "Issue Hook":
                return _finished(msgspec.convert(body, IssueDelivery))
    except (msgspec.ValidationError, UnicodeEncodeError):  # the latter: half a character among the names
        return ()
    return ()


def numbered(body: object) -> tuple[tuple[Named, Named], ...]:
    """The people a delivery says both the name and the number of, as they are named with either."""
    try:
        delivery = msgspec.convert(body, Delivery)
    except (msgspec.ValidationError, UnicodeEncodeError):
        return ()
    named = {one.id: _person(one) for one in (delivery.user, *delivery.assignees, *delivery.reviewers) if one.username}
    return tuple(
        (person, Named(IdentityKind.GITLAB, f"#{number}"))
        for number, person in named.items()
        if number is not None and person is not None
    )


def _changed(delivery: MergeRequestDelivery) -> tuple[Noticed, ...]:
    change = delivery.object_attributes
    if change.action in ("approved", "approval"):
        return _reviewed(delivery, change, _moment(change.updated_at), change.url)
    author, merged_at = _person(delivery.author(change.author_id)), _moment(change.merged_at or change.updated_at)
    if change.action != "merge" or change.state != "merged" or author is None or merged_at is None:
        return ()
    reference = _reference(delivery.project, change)
    effort = Noticed(
        source=Source.GITLAB,
        reference=reference,
        kind=EffortKind.CHANGE,
        doer=author,
        done_at=merged_at,
        title=_title(change, "!"),
        witnesses=rules.others([_person(delivery.user)], author),
        about=reference,
        link=rules.link(change.url),
    )
    return (effort,)


def _commented(delivery: NoteDelivery) -> tuple[Noticed, ...]:
    note, change = delivery.object_attributes, delivery.merge_request
    if note.noteable_type != "MergeRequest" or note.system or change is None:
        return ()
    return _reviewed(delivery, change, _moment(note.created_at), note.url)


def _reviewed(delivery: Delivery, change: MergeRequest, at: datetime | None, link: str | None) -> tuple[Noticed, ...]:
    reviewer = _person(delivery.user)
    if reviewer is None or at is None or delivery.user.id == change.author_id:
        return ()
    reference = _reference(delivery.project, change)
    effort = Noticed(
        source=Source.GITLAB,
        # One effort for a reviewer of a change, in however many notes and approvals.
        reference=f"{reference}/review/{reviewer.name}",
        kind=EffortKind.REVIEW,
        doer=reviewer,
        done_at=at,
        title=_title(change, "!"),
        witnesses=rules.others([_person(delivery.author(change.author_id))], reviewer),
        about=reference,
        link=rules.link(link),
    )
    return (effort,)


def _finished(delivery: IssueDelivery) -> tuple[Noticed, ...]:
    issue = delivery.object_attributes
    closed_at = _moment(issue.closed_at or issue.updated_at)
    if issue.action != "close" or issue.confidential or closed_at is None:
        return ()
    if issue.moved_to_id is not None or issue.duplicated_to_id is not None:
        return ()
    reference = f"{delivery.project.id}#{issue.iid}"
    assigned = dict.fromkeys(filter(None, map(_person, delivery.assignees)))
    closer = _person(delivery.user)
    return tuple(
        Noticed(
            source=Source.GITLAB,
            reference=f"{reference}/{doer.name}",
            kind=EffortKind.HELP if issue.type == "Incident" else EffortKind.TASK,
            doer=doer,
            done_at=closed_at,
            title=_title(issue, "#"),
            witnesses=rules.others([_person(delivery.author(issue.author_id)), closer], doer),
            about=reference,
            link=rules.link(issue.url),
        )
        for doer in assigned or ([closer] if closer else [])
    )


def _reference(project: Project, change: MergeRequest) -> str:
    return f"{project.id}!{change.iid}"


def _title(of: MergeRequest | IssueAct, mark: str) -> str | None:
    return rules.title(of.title, f" ({mark}{of.iid})")


def _person(account: Account) -> Named | None:
    """Their name where it is a person, or "#" and their number where GitLab does not say the name."""
    name = account.username.lower()
    if not name and account.id is not None:
        return Named(IdentityKind.GITLAB, f"#{account.id}")
    if not _USERNAME.fullmatch(name) or _BOT.fullmatch(name):
        return None
    return Named(IdentityKind.GITLAB, name)


def _moment(text: str | None) -> datetime | None:
    """A moment as GitLab writes it: with a Z, an offset, or the word UTC."""
    try:
        at = datetime.fromisoformat(_SPELLED_UTC.sub("+00:00", text or ""))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None and at.year in _YEARS else None
