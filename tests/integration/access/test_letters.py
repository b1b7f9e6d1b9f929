"""Letters with a way in: to whom they go, how many, and what becomes of those that fail."""

import statistics
import threading
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa

from service.access import actions as access
from service.access import outbox, posting, queries, rules
from service.access.models import Audit, Invite, Letter, OpenSession, SignInLink
from service.access.postman import Words
from service.errors import ProblemKind
from service.nudges.couriers import CourierError, Outcome
from service.people import actions as people
from service.people.rules import IdentityKind, Role
from service.runtime import Runtime
from service.ruptures import Register
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock
from tests.integration.access.letters import ADA, Postbag, asked, begin, count, follow, post, refusal, typed, whose


def test_an_address_nobody_has_gets_the_same_answer_and_no_letter(runtime: Runtime, clock: Clock, home: Home) -> None:
    bag = Postbag()
    known, unknown = begin(runtime, clock), begin(runtime, clock, "eve@example.org")
    assert len(known) == len(unknown)
    post(runtime, clock, bag)
    assert [letter.words.address for letter in bag.letters] == [ADA]
    assert typed(runtime, clock, unknown, "12345678") is None
    assert typed(runtime, clock, known, "00000000") is None or bag.code == "00000000"


def test_an_address_nobody_has_takes_as_long(runtime: Runtime, clock: Clock, home: Home) -> None:
    took: dict[str, list[float]] = {ADA: [], "eve@example.org": []}
    for number in range(40):
        for address, times in took.items():
            clock.move(minutes=31)
            began = time.perf_counter()
            begin(runtime, clock, address, client=f"10.0.0.{number}")
            times.append(time.perf_counter() - began)
    known, unknown = (statistics.median(times) for times in took.values())
    assert abs(known - unknown) < 0.005


def test_an_address_that_is_only_said_gets_no_letter(runtime: Runtime, clock: Clock, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        people.identify(db, home["Ben"], IdentityKind.MAIL, "ben@example.org", None)
    bag = Postbag()
    begin(runtime, clock, "ben@example.org")
    post(runtime, clock, bag)
    assert (bag.letters, count(runtime, Letter)) == ([], 0)


def test_who_is_gone_gets_no_letter_and_no_session(runtime: Runtime, clock: Clock, home: Home) -> None:
    _, bag = asked(runtime, clock)
    cookie = follow(runtime, clock, bag.token)
    with runtime.transaction(home.id) as db:
        people.deactivate(db, home["Ada"])
    assert whose(runtime, clock, cookie) is None
    begin(runtime, clock)
    bag = Postbag()
    post(runtime, clock, bag)
    assert bag.letters == []


@pytest.mark.parametrize("address", [ADA, "eve@example.org"])
def test_letters_to_one_address_are_limited_whoever_has_it(
    runtime: Runtime, clock: Clock, home: Home, address: str
) -> None:
    for number in range(rules.MOST_BY_ADDRESS):
        begin(runtime, clock, address, f"10.0.0.{number}")
    assert refusal(lambda: begin(runtime, clock, address.upper(), "10.0.1.1")) is ProblemKind.TOO_SOON
    clock.move(hours=1)
    begin(runtime, clock, address)


def test_letters_from_one_client_are_limited(runtime: Runtime, clock: Clock, home: Home) -> None:
    for number in range(rules.MOST_BY_CLIENT):
        begin(runtime, clock, f"m{number}@example.org")
    assert refusal(lambda: begin(runtime, clock, "more@example.org")) is ProblemKind.TOO_SOON
    begin(runtime, clock, "more@example.org", "10.0.0.2")


def test_what_is_no_address_is_refused(runtime: Runtime, clock: Clock) -> None:
    assert refusal(lambda: begin(runtime, clock, "nobody")) is ProblemKind.UNKNOWN_ADDRESS


def test_a_new_address_is_confirmed_by_its_link(runtime: Runtime, clock: Clock, home: Home) -> None:
    bag = Postbag()
    with runtime.transaction(home.id) as db:
        access.confirm_address(db, runtime.keyring, home["Ben"], "Ben@example.org", clock())
    post(runtime, clock, bag)
    assert bag.letters[0].words.code is None
    begin(runtime, clock, "ben@example.org")
    post(runtime, clock, bag)
    assert len(bag.letters) == 1
    follow(runtime, clock, bag.token)
    begin(runtime, clock, "ben@example.org")
    post(runtime, clock, bag)
    assert len(bag.letters) == 2


def test_a_shown_link_needs_no_address(runtime: Runtime, clock: Clock) -> None:
    home = builders.family(runtime, Maja=Role.ADULT, Olle=Role.TEEN)
    with runtime.transaction(home.id) as db:
        token = access.make_way_in(db, runtime.keyring, home["Olle"], clock())
    assert whose(runtime, clock, follow(runtime, clock, token)) == home["Olle"]
    assert count(runtime, Letter) == 0


def test_a_letter_is_kept_until_it_was_sent(runtime: Runtime, clock: Clock, home: Home) -> None:
    bag = Postbag()
    bag.faults = [
        CourierError(Outcome.PASSING, "connection refused"),
        CourierError(Outcome.UNKNOWN, "timeout"),
        RuntimeError("broken"),
        CourierError(Outcome.PASSING, "busy", timedelta(seconds=30)),
    ]
    begin(runtime, clock)
    tries = 0
    while not bag.letters:
        tries += post(runtime, clock, bag)
        clock.move(seconds=5)
    assert tries == 5
    assert count(runtime, Letter) == 0
    assert whose(runtime, clock, follow(runtime, clock, bag.token)) == home["Ada"]


def test_a_letter_that_is_given_up_is_shown_to_the_operator_without_its_words(
    runtime: Runtime, clock: Clock, home: Home
) -> None:
    bag = Postbag()
    bag.faults = [CourierError(Outcome.PERMANENT, "mailbox unavailable")]
    begin(runtime, clock)
    post(runtime, clock, bag)
    with runtime.housekeeping() as db:
        (stuck,) = queries.stuck_letters(db)
        assert (stuck.workspace, stuck.why, stuck.written_on) == (home.id, "mailbox unavailable", MONDAY.date())
        assert db.scalars(sa.select(Letter.sealed)).all() == [None]
    assert post(runtime, clock, bag) == 0


def test_letters_that_fail_are_given_up_and_never_sent_too_late(runtime: Runtime, clock: Clock, home: Home) -> None:
    bag = Postbag()
    bag.faults = [CourierError(Outcome.PASSING, "connection refused")] * 100
    begin(runtime, clock)
    for _ in range(300):
        post(runtime, clock, bag)
        clock.move(seconds=3)
    assert 100 - len(bag.faults) == posting.MOST_ATTEMPTS
    begin(runtime, clock)
    clock.move(minutes=11)
    bag.faults = []
    post(runtime, clock, bag)
    assert bag.letters == []
    with runtime.housekeeping() as db:
        assert sorted(str(stuck.why) for stuck in queries.stuck_letters(db)) == ["connection refused", "too late"]


def test_workers_share_the_letters(runtime: Runtime, clock: Clock, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        for number in range(12):
            words = Words(f"m{number}@example.org", "/sign-in/x", 2e9, "en", True, Register.TEAM)
            outbox.write(db, runtime.keyring, rules.LetterKind.SIGN_IN, words, clock(), workspace=home.id)
    bag, gate = Postbag(), threading.Barrier(6)

    def work() -> None:
        gate.wait()
        while post(runtime, clock, bag):
            pass

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while post(runtime, clock, bag):
        pass
    assert sorted(letter.words.address for letter in bag.letters) == sorted(f"m{n}@example.org" for n in range(12))


def test_nothing_kept_of_a_way_in_says_who_or_when(runtime: Runtime, clock: Clock, home: Home) -> None:
    waiting, bag = asked(runtime, clock)
    follow(runtime, clock, bag.token)
    begin(runtime, clock)
    secrets = (waiting, bag.token, bag.code, ADA, "10.0.0.1")
    with runtime.housekeeping(writes=False) as db:
        for table in ("session", "sign_in_link", "sign_in_attempts", "letter"):
            for row in db.execute(sa.text(f"SELECT * FROM {table}")):  # noqa: S608 - names of our own
                kept = " ".join(map(str, row))
                assert not any(secret in kept for secret in secrets)
                if table != "letter":  # which lives for seconds
                    assert "10:00" not in kept
    for model in (OpenSession, SignInLink, Audit, Invite):
        assert not [column.name for column in model.__table__.columns if column.name.endswith("_at")]
