"""Questions between the two of them: who is away, asking again, passing on, and many at once."""

from datetime import timedelta

from service.asks import actions as asks
from service.asks import queries
from service.asks.rules import MANY, AskState, Said
from service.people import actions as people
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock
from tests.integration.web.test_rooms import put
from tests.visitors import Visitor, delivered, signed_in


def test_who_is_away_is_told_where_they_show_it_alone(runtime: Runtime, home: Home, maja: Visitor) -> None:
    put(runtime, home, maja)
    with runtime.transaction(home.id) as db:
        people.pause(db, home["Ben"], MONDAY + timedelta(days=4))
    assert "away" not in maja.opens("/questions")
    with runtime.transaction(home.id) as db:
        people.set_wishes(db, home["Ben"], shares_away=True)
    assert "Ben is away until Friday." in maja.opens("/questions")
    assert "Ben is away until Friday." in maja.opens("/today")


def test_asking_again_lends_a_first_line_and_closes_the_old_one(runtime: Runtime, home: Home, maja: Visitor) -> None:
    ask = put(runtime, home, maja)
    assert f"/questions?again={ask}&as=smaller" in maja.opens(f"/asks/{ask}/again")
    smaller = maja.opens(f"/questions?again={ask}&as=smaller")
    assert "One small part of what I asked would already help me: Are you free on Sunday?" in smaller
    assert f'value="{home["Ben"]}" checked' in smaller
    day = maja.opens(f"/questions?again={ask}&as=day")
    assert 'value="2026-03-04"' in day
    assert 'value="reply_by" checked' in day
    assert f'value="{home["Ben"]}" checked' not in maja.opens(f"/questions?again={ask}&as=name")
    assert "One small part" not in maja.opens(f"/questions?again={ask}&as=sung")
    ben = signed_in(runtime, home.id, home["Ben"])
    ben.opens(f"/asks/{ask}/again", status=404)
    maja.does(f"/asks/{ask}/again")
    with runtime.transaction(home.id, writes=False) as db:
        card = queries.ask(db, ask)
    assert card is not None
    assert card.state is AskState.RELEASED


def test_what_is_passed_on_is_nobodys_until_it_is_taken(runtime: Runtime, clock: Clock) -> None:
    team = builders.team(runtime, "Ada", "Bob", "Cy")
    builders.channel(runtime, team)
    ada, bob, cy = (signed_in(runtime, team.id, member) for member in team)
    said = Said("C0HARBOUR", f"{MONDAY.timestamp():.6f}", "UADA", "could you look at the figures?", ("UBOB",))
    with runtime.transaction(team.id) as db:
        asks.hear(db, runtime.ears, [said], MONDAY)
        (first,) = queries.of_message(db, said.place, said.ts)
    for _ in range(12):
        clock.move(hours=6)
        delivered(runtime, clock)
    bob.does(f"/asks/{first.id}/not-mine", {"instead": team["Cy"]})
    page = ada.opens("/questions")
    assert "Your question was passed on to somebody who may know." in page
    assert "Cy" not in page.split('id="ask"')[0]
    page = cy.opens("/questions")
    assert "I'll Take It" in page
    assert "Not an Ask" not in page
    with runtime.transaction(team.id, writes=False) as db:
        (passed,) = queries.waiting_for_me(db, team["Cy"])
    bob.is_refused(f"/asks/{passed.id}/take", status=404)
    assert "This one is on your list now." in cy.does(f"/asks/{passed.id}/take")
    assert "You asked Cy" in ada.opens("/questions")


def test_many_questions_are_gone_through_in_short(runtime: Runtime, clock: Clock, home: Home, maja: Visitor) -> None:
    ben = signed_in(runtime, home.id, home["Ben"])
    for number in range(MANY):
        put(runtime, home, maja, f"Question {number}?")
        clock.move(minutes=1)
    assert "Yes, no, or when" not in ben.opens("/questions")
    last = put(runtime, home, maja, "Last question?")
    for path in ("/questions", "/today"):
        page = ben.opens(path)
        assert "Yes, no, or when" in page
        assert "Later" not in page
    assert "Your answer is on its way to Maja." in ben.does(f"/asks/{last}/answer", {"quick": "Yes."})
    assert "Yes, no, or when" not in ben.opens("/questions")
    with runtime.transaction(home.id, writes=False) as db:
        assert len(queries.waiting_for_me(db, home["Ben"])) == MANY
