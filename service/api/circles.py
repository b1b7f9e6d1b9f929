"""Circles, as other tools may know them."""

from service.api import paging, shapes
from service.api.operations import PAGING, Call, Operation
from service.errors import ProblemKind, refused
from service.people import queries as people
from service.people.acts import Act
from service.people.queries import CircleCard


def listed(call: Call) -> shapes.Circles:
    """All of them."""
    page, after = paging.of(call, people.circles(call.db), lambda card: card.id)
    return shapes.Circles(items=[_shape(card) for card in page], next=after)


def read(call: Call) -> shapes.Circle:
    """One of them."""
    card = people.circle(call.db, call.path["circle"])
    if card is None:
        raise refused(ProblemKind.NOT_FOUND)
    return _shape(card)


def _shape(card: CircleCard) -> shapes.Circle:
    return shapes.Circle(id=card.id, name=card.name, members=sorted(card.members), leads=sorted(card.leads))


OPERATIONS = (
    Operation(
        "circles.list",
        "GET",
        "/circles",
        Act.PEOPLE_SEE,
        "The circles of the workspace.",
        listed,
        gives=shapes.Circles,
        query=PAGING,
    ),
    Operation("circles.read", "GET", "/circles/{circle}", Act.PEOPLE_SEE, "One circle.", read, gives=shapes.Circle),
)
