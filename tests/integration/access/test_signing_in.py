"""Links and codes: once, in time, and the same answer for everybody."""

import threading

import pytest

from service.access import actions as access
from service.access import queries, rules
from service.access.models import OpenSession
from service.access.rules import Entrance
from service.errors import ProblemKind, Refused
from service.runtime import Runtime
from tests.builders import Home
from tests.fakes import Clock
from tests.integration.access.letters import ADA, asked, begin, count, follow, refusal, typed, whose


def test_a_link_signs_in_once(runtime: Runtime, clock: Clock, home: Home) -> None:
    _, bag = asked(runtime, clock)
    letter = bag.letters[0].words
    assert (letter.address, letter.language, letter.formal) == (ADA, "en", True)
    cookie = follow(runtime, clock, bag.token)
    assert whose(runtime, clock, cookie) == home["Ada"]
    assert refusal(lambda: follow(runtime, clock, bag.token)) is ProblemKind.EXPIRED
    assert count(runtime, OpenSession) == 1


def test_a_link_runs_out(runtime: Runtime, clock: Clock, home: Home) -> None:
    _, bag = asked(runtime, clock)
    clock.move(minutes=10)
    assert refusal(lambda: follow(runtime, clock, bag.token)) is ProblemKind.EXPIRED
    assert count(runtime, OpenSession) == 0


def test_a_link_lives_for_ten_minutes(runtime: Runtime, clock: Clock, home: Home) -> None:
    _, bag = asked(runtime, clock)
    clock.move(minutes=9, seconds=59)
    assert whose(runtime, clock, follow(runtime, clock, bag.token)) == home["Ada"]


def test_sixteen_who_follow_one_link_open_one_session(runtime: Runtime, clock: Clock, home: Home) -> None:
    _, bag = asked(runtime, clock)
    gate, cookies, refusals = threading.Barrier(16), list[str](), list[ProblemKind]()

    def race() -> None:
        gate.wait()
        try:
            cookies.append(follow(runtime, clock, bag.token))
        except Refused as refused:
            refusals.append(refused.problems[0].kind)

    threads = [threading.Thread(target=race) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(cookies), refusals) == (1, [ProblemKind.EXPIRED] * 15)
    assert count(runtime, OpenSession) == 1
    assert whose(runtime, clock, cookies[0]) == home["Ada"]


@pytest.mark.parametrize("token", ["", "x", "é" * 80, "A" * 71, "A" * 5000])
def test_no_text_is_a_link_a_code_or_a_cookie(runtime: Runtime, clock: Clock, home: Home, token: str) -> None:
    asked(runtime, clock)
    assert refusal(lambda: follow(runtime, clock, token)) is ProblemKind.EXPIRED
    assert whose(runtime, clock, token) is None
    with runtime.housekeeping() as db:
        assert (
            refusal(lambda: access.consume_code(db, runtime.keyring, token, "12345678", clock())) is ProblemKind.EXPIRED
        )
        assert queries.invite_of(db, runtime.keyring, token, clock()) is None
        assert queries.api_token(db, token) is None


def test_tokens_open_what_they_were_made_for_alone(runtime: Runtime, clock: Clock, home: Home) -> None:
    waiting, bag = asked(runtime, clock)
    assert refusal(lambda: follow(runtime, clock, waiting)) is ProblemKind.EXPIRED
    assert whose(runtime, clock, bag.token) is None
    cookie = follow(runtime, clock, bag.token)
    assert refusal(lambda: follow(runtime, clock, cookie)) is ProblemKind.EXPIRED


def test_a_code_signs_in_the_browser_that_asked(runtime: Runtime, clock: Clock, home: Home) -> None:
    waiting, bag = asked(runtime, clock)
    other = begin(runtime, clock)
    assert len(bag.code) == rules.CODE_DIGITS
    assert typed(runtime, clock, other, bag.code) is None
    assert typed(runtime, clock, waiting, rules.shown_code(bag.code)) == Entrance(home.id, home["Ada"])
    assert typed(runtime, clock, waiting, bag.code) is None
    assert refusal(lambda: follow(runtime, clock, bag.token)) is ProblemKind.EXPIRED


def test_five_codes_may_be_tried(runtime: Runtime, clock: Clock, home: Home) -> None:
    waiting, bag = asked(runtime, clock)
    wrong = f"{(int(bag.code) + 1) % 10**8:08d}"
    for _ in range(rules.MOST_CODES):
        assert typed(runtime, clock, waiting, wrong) is None
    assert typed(runtime, clock, waiting, bag.code) is None
    assert whose(runtime, clock, follow(runtime, clock, bag.token)) == home["Ada"]


def test_a_code_runs_out(runtime: Runtime, clock: Clock, home: Home) -> None:
    waiting, bag = asked(runtime, clock)
    clock.move(minutes=10)
    assert refusal(lambda: typed(runtime, clock, waiting, bag.code)) is ProblemKind.EXPIRED
