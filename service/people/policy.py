"""Who may do what: one table, which every route and listener names an act of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from service.errors import ProblemKind, refused
from service.people.acts import Act
from service.people.rules import Role


class Standing(StrEnum):
    """What somebody is when they act: a role, and beside it the titles of owner and lead."""

    OWNER = "owner"
    LEAD = "lead"
    MEMBER = "member"
    GUEST = "guest"
    ADULT = "adult"
    TEEN = "teen"
    CHILD = "child"
    RELATIVE = "relative"
    VISITOR = "visitor"


class Reach(StrEnum):
    """How far a grant goes."""

    OWN = "own"
    """What is mine, or addressed to me."""
    OWN_AND_CHILD = "own_and_child"
    """The same, and that of a child I answer for."""
    PEERS = "peers"
    """People I share a circle with, whom I neither lead nor am the owner of."""
    CIRCLE = "circle"
    """What belongs to a circle I am in."""
    LED = "led"
    """What belongs to a circle I lead."""
    LED_MEMBERS = "led_members"
    """The same, as long as it neither is nor makes a lead or an owner."""
    HOME = "home"
    """My household and everybody in it."""
    WORKSPACE = "workspace"
    ANYBODY = "anybody"
    """Whoever comes by, signed in or not."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, as they stand now."""

    workspace: str | None = None
    member: str | None = None
    role: Role | None = None
    is_owner: bool = False
    circles: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    """The circles they lead."""
    fresh: bool = False
    """Whether they signed in just now, or act where each gesture is signed."""

    @property
    def standings(self) -> frozenset[Standing]:
        """All that they are at once."""
        if self.role is None:
            return frozenset({Standing.VISITOR})
        titles = {Standing.OWNER} if self.is_owner else set()
        return frozenset({Standing(self.role.value), *titles, *({Standing.LEAD} if self.leads else ())})


VISITOR = Actor()


@dataclass(frozen=True, slots=True)
class Thing:
    """What is acted on: whose it is, and where it belongs."""

    workspace: str
    members: frozenset[str] = frozenset()
    """Those it belongs or is addressed to."""
    circles: frozenset[str] = frozenset()
    guardian: str | None = None
    """Who answers for the child it belongs to."""
    raised: bool = False
    """Whether it is a lead or an owner, or would make one."""


Grants = Mapping[Standing, Reach]

_STAFF = (Standing.MEMBER, Standing.GUEST, Standing.ADULT, Standing.TEEN)
_KIN = (Standing.CHILD, Standing.RELATIVE)


def _each(standings: Iterable[Standing], reach: Reach) -> dict[Standing, Reach]:
    return dict.fromkeys(standings, reach)


_MINE: Grants = _each(_STAFF, Reach.OWN)
_MINE_OR_THE_CHILDS: Grants = {**_MINE, Standing.CHILD: Reach.OWN}
_EVERYBODYS: Grants = _each((*_STAFF, *_KIN), Reach.OWN)
_GUARDED: Grants = {**_MINE, Standing.RELATIVE: Reach.OWN, Standing.ADULT: Reach.OWN_AND_CHILD}
_OPEN: Grants = _each(Standing, Reach.ANYBODY)
_OWNERS: Grants = {Standing.OWNER: Reach.WORKSPACE}
_OWNERS_AND_ADULTS: Grants = {**_OWNERS, Standing.ADULT: Reach.HOME}
_LEADS: Grants = {**_OWNERS_AND_ADULTS, Standing.LEAD: Reach.LED}
_HEADS: Grants = {**_OWNERS_AND_ADULTS, Standing.LEAD: Reach.LED_MEMBERS}
_ALL_OF_US: Grants = {
    **_each((Standing.MEMBER, Standing.GUEST, Standing.RELATIVE), Reach.CIRCLE),
    **_each((Standing.ADULT, Standing.TEEN, Standing.CHILD), Reach.HOME),
}

ROWS: tuple[tuple[tuple[Act, ...], Grants], ...] = (
    ((Act.SIGN_IN, Act.INVITE_ACCEPT, Act.WORKSPACE_OPEN, Act.INSTALL_BEGIN), _OPEN),
    ((Act.WORKSPACE_INSTALL, Act.WORKSPACE_UNINSTALL, Act.WORKSPACE_KEYS, Act.WORKSPACE_RETENTION), _OWNERS),
    ((Act.WORKSPACE_HEALTH,), _OWNERS),
    ((Act.WORKSPACE_SETTINGS, Act.PEOPLE_SETTINGS, Act.WORKSPACE_AUDIT), _OWNERS_AND_ADULTS),
    ((Act.WORKSPACE_IMPORT, Act.WORKSPACE_EXPORT, Act.WORKSPACE_DELETE), _OWNERS_AND_ADULTS),
    ((Act.PEOPLE_INVITE, Act.PEOPLE_REMOVE, Act.PEOPLE_ROLE), _HEADS),
    ((Act.PEOPLE_ADD_TO_CIRCLE, Act.PEOPLE_LEAVE_PLACE, Act.PEOPLE_QUIET), _LEADS),
    ((Act.APPRECIATIONS_WEEK,), _LEADS),
    ((Act.PEOPLE_MAKE_CIRCLE,), _each((Standing.MEMBER, Standing.ADULT), Reach.OWN)),
    (
        (Act.PEOPLE_SEE,),
        {**_ALL_OF_US, Standing.MEMBER: Reach.WORKSPACE, Standing.RELATIVE: Reach.OWN, Standing.OWNER: Reach.WORKSPACE},
    ),
    ((Act.PEOPLE_JOIN, Act.PEOPLE_CHOOSE, Act.PEOPLE_LEAVE), _GUARDED),
    ((Act.PEOPLE_BOUNDARY, Act.PEOPLE_PAUSE, Act.PEOPLE_NAME), {**_GUARDED, Standing.CHILD: Reach.OWN}),
    ((Act.PEOPLE_APART,), _MINE),
    ((Act.SESSIONS,), _EVERYBODYS),
    ((Act.OPEN_ON_WEB,), _MINE),
    ((Act.PASSKEYS,), {**_MINE, Standing.RELATIVE: Reach.OWN}),
    ((Act.SHOW_WAY_IN, Act.PROFILES), {Standing.ADULT: Reach.HOME}),
    ((Act.APPRECIATIONS_OPEN, Act.APPRECIATIONS_GIVE, Act.APPRECIATIONS_READ), _EVERYBODYS),
    ((Act.APPRECIATIONS_EDIT, Act.APPRECIATIONS_WITHDRAW, Act.APPRECIATIONS_STOP), _EVERYBODYS),
    ((Act.APPRECIATIONS_SWAP,), _MINE_OR_THE_CHILDS),
    ((Act.APPRECIATIONS_FEED,), {**_ALL_OF_US, Standing.RELATIVE: Reach.OWN}),
    ((Act.ASKS_ANSWER, Act.ASKS_PROMISE, Act.ASKS_DECLINE), {**_MINE, Standing.RELATIVE: Reach.OWN}),
    ((Act.ASKS_LISTS, Act.ASKS_PUT, Act.ASKS_WATCH, Act.ASKS_MARK, Act.ASKS_NOT_MINE, Act.ASKS_SNOOZE), _MINE),
    ((Act.ASKS_AGAIN, Act.ASKS_RELEASE, Act.ASKS_NOT_AN_ASK), _MINE),
    ((Act.ASKS_ANSWERED, Act.ASKS_TAKE, Act.ASKS_TRIAGE), _MINE),
    ((Act.EFFORTS_LIST, Act.EFFORTS_NOTE, Act.EFFORTS_ALREADY, Act.EFFORTS_SKIP), _MINE_OR_THE_CHILDS),
    ((Act.EFFORTS_DIGEST,), {Standing.LEAD: Reach.LED, Standing.ADULT: Reach.HOME}),
    ((Act.EFFORTS_CHORES,), _each((Standing.ADULT, Standing.TEEN, Standing.CHILD), Reach.HOME)),
    ((Act.REPAIRS_OPEN, Act.REPAIRS_SEND, Act.REPAIRS_WITHDRAW, Act.REPAIRS_DEED), _MINE_OR_THE_CHILDS),
    ((Act.REPAIRS_THANK, Act.REPAIRS_TALK, Act.REPAIRS_LATER, Act.REPAIRS_UNSETTLED), _MINE_OR_THE_CHILDS),
    ((Act.REPAIRS_SETTLE, Act.REPAIRS_UNFAIR), _MINE_OR_THE_CHILDS),
    # Children under 13 keep no moments and have no hat; drawn cards are those of the whole household.
    ((Act.MOMENTS_LIST, Act.MOMENTS_NOTE, Act.MOMENTS_RESOLVE), _MINE),
    ((Act.MOMENTS_BALANCE, Act.MOMENTS_STARTED, Act.MOMENTS_END, Act.MOMENTS_DISMISS), _MINE),
    ((Act.SUGGESTIONS_KEEP, Act.SUGGESTIONS_OMIT, Act.SUGGESTIONS_OTHER, Act.SUGGESTIONS_PAUSE), _MINE),
    ((Act.SUGGESTIONS_SHARE, Act.SUGGESTIONS_REPORT), _MINE),
    ((Act.SUGGESTIONS_HOUSE_CARD,), _ALL_OF_US),
    (
        (Act.SUGGESTIONS_OPEN, Act.SUGGESTIONS_SLIP),
        {Standing.MEMBER: Reach.CIRCLE, **_each((Standing.ADULT, Standing.TEEN, Standing.CHILD), Reach.HOME)},
    ),
    ((Act.SUGGESTIONS_SLIP_ONE,), _each((Standing.MEMBER, Standing.ADULT, Standing.TEEN), Reach.PEERS)),
    ((Act.SUGGESTIONS_AUTHOR,), {}),
    (
        (Act.INSIGHTS_SEE,),
        {
            Standing.OWNER: Reach.WORKSPACE,
            Standing.LEAD: Reach.LED,
            Standing.MEMBER: Reach.CIRCLE,
            Standing.TEEN: Reach.CIRCLE,
            Standing.ADULT: Reach.HOME,
        },
    ),
    ((Act.OCCASIONS_SEE,), _ALL_OF_US),
    ((Act.OCCASIONS_ADD,), {**_MINE, Standing.ADULT: Reach.HOME}),
    ((Act.OCCASIONS_HIDE, Act.OCCASIONS_FEED), _MINE),
    ((Act.NUDGES_INBOX, Act.NUDGES_WHY, Act.NUDGES_FEWER, Act.NUDGES_STOP, Act.NUDGES_MONTHLY), _EVERYBODYS),
    ((Act.BELONGINGS_EXPORT, Act.BELONGINGS_ERASE), _GUARDED),
)

TABLE: Mapping[Act, Grants] = {act: grants for acts, grants in ROWS for act in acts}

FRESH = frozenset(
    {
        Act.PASSKEYS,
        Act.WORKSPACE_KEYS,
        Act.WORKSPACE_IMPORT,
        Act.WORKSPACE_EXPORT,
        Act.WORKSPACE_DELETE,
        Act.PEOPLE_ROLE,
        Act.PEOPLE_REMOVE,
        Act.PEOPLE_LEAVE,
        Act.BELONGINGS_EXPORT,
        Act.BELONGINGS_ERASE,
    }
)
"""Acts that ask for a fresh sign-in."""

_PRIVATE = frozenset({Reach.OWN, Reach.OWN_AND_CHILD})


def own(actor: Actor) -> Thing:
    """What is the actor's own."""
    members = frozenset({actor.member}) if actor.member is not None else frozenset()
    return Thing(actor.workspace or "", members, actor.circles)


def allows(act: Act, actor: Actor, thing: Thing | None = None) -> bool:
    """Whether this actor may do this to this thing, or to what is their own; a fresh sign-in is asked for apart."""
    about = own(actor) if thing is None else thing
    grants = TABLE[act]
    return any(_covers(grants[standing], actor, about) for standing in actor.standings & grants.keys())


def check(act: Act, actor: Actor, thing: Thing | None) -> None:
    """Raise Refused where this may not be done.

    What is missing (None), another workspace's, or so private that even its being there is nobody's business, is
    not found.
    """
    open_to_all = Reach.ANYBODY in TABLE[act].values()
    if thing is None or (thing.workspace != actor.workspace and not open_to_all):
        raise refused(ProblemKind.NOT_FOUND)
    if not allows(act, actor, thing):
        private = TABLE[act] and _PRIVATE.issuperset(TABLE[act].values())
        raise refused(ProblemKind.NOT_FOUND if private else ProblemKind.NOT_ALLOWED)
    if act in FRESH and not actor.fresh:
        raise refused(ProblemKind.FRESH_SIGN_IN_NEEDED)


def _covers(reach: Reach, actor: Actor, thing: Thing) -> bool:
    if reach is Reach.ANYBODY:
        return True
    if actor.workspace is None or thing.workspace != actor.workspace:
        return False
    match reach:
        case Reach.OWN:
            return actor.member in thing.members
        case Reach.OWN_AND_CHILD:
            return actor.member in thing.members or (thing.guardian is not None and thing.guardian == actor.member)
        case Reach.PEERS:
            return _are_peers(actor, thing)
        case Reach.CIRCLE:
            return bool(thing.circles & actor.circles)
        case Reach.LED | Reach.LED_MEMBERS:
            return bool(thing.circles & actor.leads) and not (thing.raised and reach is Reach.LED_MEMBERS)
        case Reach.HOME:
            return not thing.circles or bool(thing.circles & actor.circles)
        case Reach.WORKSPACE:
            return True


def _are_peers(actor: Actor, thing: Thing) -> bool:
    mine = actor.member in thing.members
    return not (mine or actor.is_owner or thing.circles & actor.leads) and bool(thing.circles & actor.circles)
