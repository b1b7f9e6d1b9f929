"""Members, as other tools may know them."""

from collections.abc import Iterable

from service.api import paging, shapes
from service.api.operations import PAGING, Call, Operation
from service.errors import ProblemKind, refused
from service.people import queries as people
from service.people.acts import Act
from service.people.queries import CircleCard, MemberCard


def listed(call: Call) -> shapes.Members:
    """Everybody who is here."""
    page, after = paging.of(call, people.everybody(call.db), lambda card: card.id)
    circles = people.circles(call.db)
    return shapes.Members(items=[_shape(card, circles) for card in page], next=after)


def read(call: Call) -> shapes.Member:
    """One of them."""
    card = people.member(call.db, call.path["member"])
    if card is None or not card.active:
        raise refused(ProblemKind.NOT_FOUND)
    return _shape(card, people.circles_of(call.db, card.id))


def _shape(card: MemberCard, circles: Iterable[CircleCard]) -> shapes.Member:
    theirs = sorted(circle.id for circle in circles if card.id in circle.members)
    return shapes.Member(id=card.id, name=card.name, role=card.role, circles=theirs)


OPERATIONS = (
    Operation(
        "members.list",
        "GET",
        "/members",
        Act.PEOPLE_SEE,
        "The members of the workspace.",
        listed,
        gives=shapes.Members,
        query=PAGING,
    ),
    Operation("members.read", "GET", "/members/{member}", Act.PEOPLE_SEE, "One member.", read, gives=shapes.Member),
)
