"""Thanks, given through other tools in a member's own words, and what a circle shares of them."""

from msgspec import UNSET

from service.access import actions as access
from service.api import paging, shapes
from service.api.operations import PAGING, Call, Operation
from service.appreciations import actions as appreciations
from service.appreciations import queries
from service.appreciations.queries import AppreciationCard
from service.appreciations.rules import Door, Draft
from service.errors import ProblemKind, refused
from service.people import queries as people
from service.people.acts import Act
from service.people.rules import Feature, Joined


def listed(call: Call) -> shapes.Appreciations:
    """What a circle shares."""
    circle = people.circle(call.db, call.path["circle"])
    if circle is None:
        raise refused(ProblemKind.NOT_FOUND)
    after = call.query.get("cursor")
    if after is not None and not queries.is_mark(after):
        raise refused(ProblemKind.UNKNOWN_VALUE, "cursor")
    most = paging.limit(call)
    if _feed_is_off(call):
        return shapes.Appreciations(items=[], next=None)
    page = queries.feed(call.db, circle.id, after=after, most=most)
    return shapes.Appreciations(items=[_shape(card) for card in page.cards], next=page.next)


def read(call: Call) -> shapes.Appreciation:
    """One that a circle shares; private ones are for those they are between."""
    card = None if _feed_is_off(call) else queries.shared(call.db, call.path["appreciation"])
    if card is None:
        raise refused(ProblemKind.NOT_FOUND)
    return _shape(card)


def _feed_is_off(call: Call) -> bool:
    home = people.workspace(call.db, call.workspace)
    return home is None or Feature.FEED in home.switched_off


def give(call: Call) -> shapes.Appreciation:
    """Thanks of a member who has joined: no tool joins anybody."""
    told: shapes.Give = call.body
    if call.key is not None:
        before = access.ask_once(call.db, call.token, call.key, call.raw, call.now)
        if before is not None:
            return _shape(_given_here(call, before))
    giver = people.member(call.db, told.giver)
    if giver is None or not giver.active:
        raise refused(ProblemKind.NOT_FOUND, "giver")
    if giver.joined is Joined.NO:
        raise refused(ProblemKind.NOT_JOINED, "giver")
    draft = Draft(
        giver=told.giver,
        recipients=tuple(told.recipients),
        did=told.did,
        eased=told.eased,
        job=told.job,
        sharing=told.sharing,
        circle=told.circle,
        everybody=told.everybody,
        place=told.place,
        values=tuple(told.values),
        link=told.link,
        door=Door.API,
    )
    given = appreciations.give(call.db, draft, call.now)
    if call.key is not None:
        access.came_of_it(call.db, call.token, call.key, given)
    return _shape(_given_here(call, given))


def edit(call: Call) -> shapes.Appreciation:
    """Say them better, within ten minutes."""
    told: shapes.Edit = call.body
    card = _given_here(call, call.path["appreciation"])
    did = card.did if told.did is UNSET else told.did
    eased = card.eased if told.eased is UNSET else told.eased
    appreciations.edit(call.db, card.id, card.giver or "", did, eased, call.now)
    return _shape(_given_here(call, card.id))


def withdraw(call: Call) -> None:
    """Take them back, wherever they went."""
    card = _given_here(call, call.path["appreciation"])
    appreciations.withdraw(call.db, card.id, card.giver or "", call.now)


def _given_here(call: Call, appreciation: str) -> AppreciationCard:
    """Thanks that were given through the API: tools change no others."""
    card = queries.from_door(call.db, appreciation, Door.API)
    if card is None or card.giver is None:
        raise refused(ProblemKind.NOT_FOUND)
    return card


def _shape(card: AppreciationCard) -> shapes.Appreciation:
    return shapes.Appreciation(
        id=card.id,
        giver=card.giver,
        recipients=list(card.recipients),
        did=card.did,
        eased=card.eased,
        job=card.job,
        values=list(card.values),
        sharing=card.sharing,
        circle=card.circle,
        everybody=card.everybody,
        link=card.link,
        given_at=card.given_at,
        edited_at=card.edited_at,
    )


ONE = "/appreciations/{appreciation}"
OPERATIONS = (
    Operation(
        "appreciations.list",
        "GET",
        "/circles/{circle}/appreciations",
        Act.APPRECIATIONS_FEED,
        "The thanks a circle shares, newest first.",
        listed,
        gives=shapes.Appreciations,
        query=PAGING,
    ),
    Operation(
        "appreciations.read",
        "GET",
        ONE,
        Act.APPRECIATIONS_FEED,
        "Thanks a circle shares.",
        read,
        gives=shapes.Appreciation,
    ),
    Operation(
        "appreciations.give",
        "POST",
        "/appreciations",
        Act.APPRECIATIONS_GIVE,
        "Give thanks in a member's own words.",
        give,
        status=201,
        gives=shapes.Appreciation,
        takes=shapes.Give,
        repeats=True,
        # What came of the same request before may have been taken back since.
        problems=frozenset({404}),
    ),
    Operation(
        "appreciations.edit",
        "PATCH",
        ONE,
        Act.APPRECIATIONS_EDIT,
        "Say thanks better that were given through the API, within ten minutes.",
        edit,
        gives=shapes.Appreciation,
        takes=shapes.Edit,
        problems=frozenset({409}),
    ),
    Operation(
        "appreciations.withdraw",
        "DELETE",
        ONE,
        Act.APPRECIATIONS_WITHDRAW,
        "Take back thanks that were given through the API, wherever they went.",
        withdraw,
        status=204,
    ),
)
