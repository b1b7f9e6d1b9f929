"""Pages of thanks: each one once and in order, whatever is given, edited or deleted between two of them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from service.appreciations import actions as appreciations
from service.appreciations import queries
from service.appreciations.models import Appreciation, Received
from service.appreciations.queries import Page
from service.appreciations.rules import Sharing
from service.people import actions as people
from service.people.rules import ThanksWish
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY
from tests.integration.appreciations.given import give


@pytest.fixture
def home(runtime: Runtime) -> Home:
    made = builders.team(runtime, "Ada", "Ben", "Cleo")
    with runtime.transaction(made.id) as db:
        for member in made:
            people.set_wishes(db, member, thanks_wish=ThanksWish.ANYWHERE)
    return made


def test_keepsakes_page_by_page_while_more_arrive(runtime: Runtime, home: Home) -> None:
    # Three at each moment: the order has to hold where the moments do not tell them apart.
    before = [give(runtime, home, "Ada", "Ben", now=MONDAY + timedelta(minutes=n // 3)) for n in range(20)]
    seen: list[str] = []
    after = None
    for number in range(10):
        with runtime.transaction(home.id, writes=False) as db:
            page = queries.keepsakes(db, home["Ben"], after=after, most=3)
        seen += [card.id for card in page.cards]
        give(runtime, home, "Cleo", "Ben", now=MONDAY + timedelta(hours=1 + number))
        if page.next is None:
            break
        assert queries.is_mark(page.next)
        after = page.next
    assert len(seen) == len({*seen}) == 20
    assert {*seen} == {*before}
    assert seen[-1] in before[:3]


def test_a_page_is_what_follows_the_one_before_whatever_was_deleted(runtime: Runtime, home: Home) -> None:
    ids = [give(runtime, home, "Ada", "Ben", now=MONDAY + timedelta(minutes=n)) for n in range(9)][::-1]
    with runtime.transaction(home.id) as db:
        first = queries.keepsakes(db, home["Ben"], most=3)
        for one in (ids[2], ids[3]):
            appreciations.delete_received(db, one, home["Ben"], MONDAY)
        second = queries.keepsakes(db, home["Ben"], after=first.next, most=3)
        appreciations.withdraw(db, ids[7], home["Ada"], MONDAY)
        third = queries.keepsakes(db, home["Ben"], after=second.next, most=3)
    assert [[card.id for card in page.cards] for page in (first, second, third)] == [ids[:3], ids[4:7], [ids[8]]]
    assert third.next is None


@pytest.mark.parametrize("mark", ["", "x", "1.2", "99999999999999999999.aaaaaaaaaaaaaaaa", "1~aaaaaaaaaaaaaaaa", "\0"])
def test_a_mark_of_somebody_s_own_begins_at_the_beginning(runtime: Runtime, home: Home, mark: str) -> None:
    thanks = give(runtime, home, "Ada", "Ben")
    assert not queries.is_mark(mark)
    with runtime.transaction(home.id, writes=False) as db:
        assert [card.id for card in queries.keepsakes(db, home["Ben"], after=mark).cards] == [thanks]


def test_feed_and_given_turn_pages_too(runtime: Runtime, home: Home) -> None:
    ids = [
        give(runtime, home, "Ada", "Ben", sharing=Sharing.CIRCLE, circle=home.circle, now=MONDAY + timedelta(minutes=n))
        for n in range(5)
    ][::-1]
    give(runtime, home, "Ada", "Ben", now=MONDAY)

    def pages(ask: str) -> list[str]:
        found: list[str] = []
        page = Page((), None)
        while page.next is not None or not found:
            with runtime.transaction(home.id, writes=False) as db:
                page = (
                    queries.feed(db, home.circle, after=page.next, most=2)
                    if ask == "feed"
                    else queries.given(db, home["Ada"], after=page.next, most=2)
                )
            found += [card.id for card in page.cards]
        return found

    assert pages("feed") == ids
    assert pages("given")[:4] == ids[:4]
    assert len(pages("given")) == 6


def test_a_page_far_back_is_found_by_its_index(runtime: Runtime, home: Home) -> None:
    """The feed reads an index in its order, and does not sort what it has read."""
    ids = [f"{n:016x}".translate(str.maketrans("0189", "qrst")) for n in range(3000)]
    with runtime.transaction(home.id) as db:
        db.execute(
            sa.insert(Appreciation),
            [
                {
                    "id": thanks,
                    "workspace_id": home.id,
                    "giver_id": home["Ada"],
                    "circle_id": home.circle,
                    "sharing": Sharing.CIRCLE,
                    "did": "tea",
                    "eased": "",
                    "values": "",
                    "door": "web",
                    "token": str(n),
                    "given_at": MONDAY + timedelta(seconds=n),
                }
                for n, thanks in enumerate(ids)
            ],
        )
        kept = {"workspace_id": home.id, "member_id": home["Ben"], "given_at": MONDAY}
        db.execute(sa.insert(Received), [{"appreciation_id": thanks, **kept} for thanks in ids])
    with runtime.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE")
        mark = {"at": MONDAY + timedelta(seconds=1500), "key": "zzzz"}
        statement = queries.FEED.later.question.params(whose=home.circle, most=21, **mark)
        explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
        compiled = statement.compile(connection, compile_kwargs={"literal_binds": True})
        plan = "\n".join(str(row) for row in connection.exec_driver_sql(explain + str(compiled).replace("%", "%%")))
    assert "ix_appreciation_feed" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
    assert Received.__tablename__ in plan
