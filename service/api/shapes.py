"""What the API takes and gives: typed once, and from these types the document is made."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from service.appreciations import rules as appreciations
from service.appreciations.rules import Job, Sharing
from service.efforts import rules as efforts
from service.efforts.rules import EffortKind
from service.errors import ProblemKind
from service.people.rules import IdentityKind, Role

ID = "^[a-z2-7]{16}$"

Id = Annotated[str, Meta(pattern=ID, min_length=16, max_length=16, description="A random id.")]
Moment = Annotated[datetime, Meta(tz=True)]
Words = Annotated[str, Meta(max_length=appreciations.LONGEST)]
Tag = Annotated[str, Meta(min_length=1, max_length=appreciations.LONGEST_VALUE)]
Recipients = Annotated[list[Id], Meta(max_length=appreciations.MOST_RECIPIENTS)]
Reference = Annotated[
    str, Meta(min_length=1, max_length=200, description="Unique within your workspace's tools; yours to choose.")
]


class Taken(Struct, forbid_unknown_fields=True):
    """A body a tool sends; a field we do not know is refused, so that a slip of the pen is found."""


class Page(Struct):
    """A page of a list."""

    next: str | None
    """The `cursor` of the page after this one."""


class Member(Struct):
    """Somebody in the workspace. Who joined, and who turned what off, is not told."""

    id: Id
    name: str
    role: Role
    circles: list[Id]


class Members(Page, kw_only=True):
    """Everybody in the workspace, in no order that means anything."""

    items: list[Member]


class Circle(Struct):
    """The people who share a feed, and who leads them."""

    id: Id
    name: str
    members: list[Id]
    leads: list[Id]


class Circles(Page, kw_only=True):
    """The circles of the workspace."""

    items: list[Circle]


class Appreciation(Struct):
    """Thanks from one member to others."""

    id: Id
    giver: Id | None
    """None where they have left."""
    recipients: list[Id]
    did: str
    eased: str
    job: Job | None
    values: list[str]
    sharing: Sharing
    """Who sees them; a recipient's wish may have made it more private than was asked for."""
    circle: Id | None
    everybody: Id | None
    """The circle that was thanked as a whole."""
    link: str | None
    given_at: Moment
    edited_at: Moment | None


class Appreciations(Page, kw_only=True):
    """Thanks a circle shares, newest first."""

    items: list[Appreciation]


class Give(Taken, kw_only=True):
    """Thanks to give, in the giver's own words."""

    giver: Id
    recipients: Recipients = []
    """May be empty where `everybody` names a circle."""
    did: Annotated[Words, Meta(description="What they did, in the giver's own words.")]
    eased: Annotated[Words, Meta(description="What it made easier.")] = ""
    job: Job | None = None
    sharing: Sharing = Sharing.PRIVATE
    circle: Id | None = None
    everybody: Id | None = None
    """A circle of the giver's: everybody else in it is thanked, besides the recipients."""
    place: Id | None = None
    values: Annotated[list[Tag], Meta(max_length=appreciations.MOST_VALUES)] = []
    """Words of the list in your settings, and no others."""
    link: Annotated[str, Meta(max_length=efforts.LONGEST_LINK)] | None = None


class Edit(Taken, kw_only=True):
    """The same thanks, said better; a field that is left out stays as it is."""

    did: Words | UnsetType = UNSET
    eased: Words | UnsetType = UNSET


class Identity(Taken, kw_only=True):
    """Somebody by their name elsewhere, which they confirmed here."""

    kind: IdentityKind
    name: Annotated[str, Meta(min_length=1, max_length=254)]


class Notice(Taken, kw_only=True):
    """Work somebody did."""

    reference: Reference
    """The same work sent twice has the same reference, and is kept once."""
    kind: EffortKind
    doer: Id | Identity
    done_at: Moment
    title: Annotated[str, Meta(max_length=efforts.LONGEST_TITLE)] | None = None
    """Your tool's own title, never what somebody said."""
    link: Annotated[str, Meta(max_length=efforts.LONGEST_LINK)] | None = None
    saw: Annotated[list[Id | Identity], Meta(max_length=20)] = []
    """Who saw it, apart from its doer."""
    out_of_hours: bool | None = None
    """None where your tool cannot tell; then the doer's own hours do."""


class Noticed(Struct):
    """We have heard of it. Whether it is kept depends on its doer's boundary, and is not told."""

    reference: str


class Fault(Struct):
    """One thing in the way."""

    kind: ProblemKind
    detail: str
    at: str | None = None
    """The field it belongs to."""


class Problem(Struct):
    """Why it was declined, after RFC 9457."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"
    errors: list[Fault] = []
