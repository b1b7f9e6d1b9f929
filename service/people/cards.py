"""What others are shown of people: workspaces, members, circles, places and boundaries, as they stood when asked."""

from dataclasses import dataclass
from datetime import datetime

from service.people.rules import Boundary, Joined, PlaceKind, Role, ThanksWish, WorkspaceKind


@dataclass(frozen=True, slots=True)
class WorkspaceCard:
    """A workspace, for those who show it."""

    id: str
    kind: WorkspaceKind
    name: str
    language: str
    zone: str
    switched_off: frozenset[str]
    suspended_at: datetime | None
    valued: tuple[str, ...] = ()
    """Its owner's words for what is valued here, offered with thanks."""
    help_at: str = ""
    others_at_least: int = 0


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A member, for those who show or address them."""

    id: str
    workspace: str
    name: str
    role: Role
    is_owner: bool
    joined: Joined
    language: str
    formal: bool
    courier: str
    active: bool
    refuses_thanks: bool
    joined_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CircleCard:
    """A circle with its members and leads."""

    id: str
    name: str
    members: tuple[str, ...]
    leads: tuple[str, ...]
    quiet_until: datetime | None = None
    """Until then nothing is computed or said about this circle; no reason is asked."""
    tells_week: bool = False
    """Whether its lead lets one word a week bring the thanks it shares."""


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place a circle listens in."""

    id: str
    circle: str
    kind: PlaceKind
    external: str
    name: str | None
    listens: bool
    settled_by: str | None
    thanks_by: str | None
    heard: int


@dataclass(frozen=True, slots=True)
class BoundaryView:
    """A boundary and the wishes beside it."""

    boundary: Boundary
    thanks_wish: ThanksWish
    raise_with_me: str
    shares_away: bool
    sources_off: frozenset[str]
