"""Passkeys: believed at our own address, for one challenge, once, and where their device made sure who holds it."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from service.access import actions as access
from service.access import queries, rules
from service.access.models import Challenge
from service.access.passkeys import Answer, Question
from service.access.rules import Entrance, Site
from service.errors import ProblemKind, Refused
from service.people import actions as people
from service.people.rules import Role
from service.runtime import Runtime
from tests import builders
from tests.authenticator import Device
from tests.builders import Home
from tests.fakes import Clock

SITE = Site("https://home.example.org", "home.example.org")
ORIGIN = SITE.origin


@pytest.fixture
def home(runtime: Runtime) -> Home:
    return builders.family(runtime, Maja=Role.ADULT, Olle=Role.TEEN)


def asked_to_keep(runtime: Runtime, clock: Clock, home: Home, name: str = "Maja") -> Question:
    with runtime.transaction(home.id) as db:
        return access.ask_to_keep(db, runtime.keyring, home[name], SITE, clock())


def kept(runtime: Runtime, clock: Clock, home: Home, device: Device, name: str = "Maja") -> str | ProblemKind:
    """Keep a device's passkey; its id, or why not."""
    question = asked_to_keep(runtime, clock, home, name)
    return keep(runtime, clock, home, Answer(question.challenge, device.makes(question.options)), name)


def keep(runtime: Runtime, clock: Clock, home: Home, answer: Answer, name: str = "Maja") -> str | ProblemKind:
    with runtime.transaction(home.id) as db:
        found = access.keep_passkey(db, runtime.keyring, home[name], SITE, answer, "Firefox, Linux", clock())
    return found.problems[0].kind if isinstance(found, Refused) else found


def asked(runtime: Runtime, clock: Clock) -> Question:
    with runtime.housekeeping() as db:
        return access.ask_passkey(db, runtime.keyring, SITE, "192.0.2.7", clock())


def entered(runtime: Runtime, clock: Clock, answer: Answer) -> Entrance | ProblemKind:
    with runtime.housekeeping() as db:
        found = access.enter_by_passkey(db, runtime.keyring, SITE, answer, clock())
    return found.problems[0].kind if isinstance(found, Refused) else found


def signed(question: Question, device: Device, **wrong: object) -> Answer:
    return Answer(question.challenge, device.signs(question.options, **wrong))


def test_a_passkey_signs_in_again_and_again(runtime: Runtime, clock: Clock, home: Home) -> None:
    device = Device(ORIGIN)
    assert isinstance(kept(runtime, clock, home, device), str)
    clock.move(days=3)
    for _ in range(2):
        answer = signed(asked(runtime, clock), device)
        assert entered(runtime, clock, answer) == Entrance(home.id, home["Maja"])
    with runtime.transaction(home.id) as db:
        (card,) = queries.passkeys_of(db, home["Maja"])
        assert (card.name, card.seen_on - card.created_on) == ("Firefox, Linux", timedelta(days=3))
        assert queries.passkeys_of(db, home["Olle"]) == []


def test_an_answer_is_believed_once(runtime: Runtime, clock: Clock, home: Home) -> None:
    device = Device(ORIGIN)
    question = asked_to_keep(runtime, clock, home)
    made = Answer(question.challenge, device.makes(question.options))
    assert isinstance(keep(runtime, clock, home, made), str)
    assert keep(runtime, clock, home, made) is ProblemKind.EXPIRED
    answer = signed(asked(runtime, clock), device)
    entered(runtime, clock, answer)
    assert entered(runtime, clock, answer) is ProblemKind.EXPIRED


def test_a_challenge_that_failed_is_spent(runtime: Runtime, clock: Clock, home: Home) -> None:
    device = Device(ORIGIN)
    kept(runtime, clock, home, device)
    question = asked(runtime, clock)
    wrong = signed(question, replace(device, origin="https://elsewhere.example.org"))
    assert entered(runtime, clock, wrong) is ProblemKind.PASSKEY_ELSEWHERE
    assert entered(runtime, clock, signed(question, device)) is ProblemKind.EXPIRED


def test_a_challenge_runs_out(runtime: Runtime, clock: Clock, home: Home) -> None:
    device = Device(ORIGIN)
    kept(runtime, clock, home, device)
    answer = signed(asked(runtime, clock), device)
    clock.move(minutes=5)
    assert entered(runtime, clock, answer) is ProblemKind.EXPIRED
    clock.move(days=2)
    with runtime.housekeeping() as db:
        access.forget_due(db, clock())
        assert db.scalar(sa.select(sa.func.count()).select_from(Challenge)) == 0


def test_a_challenge_is_for_what_it_was_made_for(runtime: Runtime, clock: Clock, home: Home) -> None:
    device, other = Device(ORIGIN), Device(ORIGIN)
    kept(runtime, clock, home, device)
    for_olle = asked_to_keep(runtime, clock, home, "Olle")
    made = Answer(for_olle.challenge, other.makes(for_olle.options))
    assert keep(runtime, clock, home, made, "Maja") is ProblemKind.EXPIRED
    crossed = Answer(for_olle.challenge, signed(asked(runtime, clock), device).said)
    assert entered(runtime, clock, crossed) is ProblemKind.EXPIRED
    # of two open challenges each counts for its own answer
    one, two = asked(runtime, clock), asked(runtime, clock)
    swapped = Answer(two.challenge, device.signs(one.options))
    assert entered(runtime, clock, swapped) is ProblemKind.PASSKEY_UNFIT


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "webauthn.create"},
        {"challenge": "AAAA"},
        {"host": "example.org"},
        {"origin": "https://home.example.org:8443"},
    ],
)
def test_what_does_not_fit_lets_nobody_in(runtime: Runtime, clock: Clock, home: Home, wrong: dict[str, str]) -> None:
    device = Device(ORIGIN)
    kept(runtime, clock, home, device)
    answer = signed(asked(runtime, clock), device, **wrong)
    expected = ProblemKind.PASSKEY_ELSEWHERE if "origin" in wrong else ProblemKind.PASSKEY_UNFIT
    assert entered(runtime, clock, answer) is expected


def test_a_device_that_did_not_make_sure_who_holds_it_is_refused(runtime: Runtime, clock: Clock, home: Home) -> None:
    assert kept(runtime, clock, home, Device(ORIGIN, verifies=False)) is ProblemKind.PASSKEY_UNFIT
    device = Device(ORIGIN)
    kept(runtime, clock, home, device)
    device.verifies = False
    assert entered(runtime, clock, signed(asked(runtime, clock), device)) is ProblemKind.PASSKEY_UNFIT


def test_a_copy_that_counts_behind_is_refused(runtime: Runtime, clock: Clock, home: Home) -> None:
    device = Device(ORIGIN)
    kept(runtime, clock, home, device)
    copy = replace(device)
    for _ in range(3):
        entered(runtime, clock, signed(asked(runtime, clock), device))
    assert entered(runtime, clock, signed(asked(runtime, clock), copy)) is ProblemKind.PASSKEY_UNFIT


def test_another_key_or_owner_under_the_same_id_is_refused(runtime: Runtime, clock: Clock, home: Home) -> None:
    device = Device(ORIGIN)
    kept(runtime, clock, home, device)
    forged = Device(ORIGIN, id=device.id, owner=device.owner)
    assert entered(runtime, clock, signed(asked(runtime, clock), forged)) is ProblemKind.PASSKEY_UNFIT
    device.owner = home["Olle"].encode()
    assert entered(runtime, clock, signed(asked(runtime, clock), device)) is ProblemKind.PASSKEY_UNFIT
    assert kept(runtime, clock, home, replace(device), "Olle") is ProblemKind.ALREADY_DONE


def test_a_removed_passkey_and_one_of_somebody_gone_let_nobody_in(runtime: Runtime, clock: Clock, home: Home) -> None:
    device, second = Device(ORIGIN), Device(ORIGIN)
    passkey = kept(runtime, clock, home, device)
    kept(runtime, clock, home, second)
    with runtime.transaction(home.id) as db:
        with pytest.raises(Refused) as not_theirs:
            access.forget_passkey(db, home["Olle"], str(passkey))
        assert not_theirs.value.problems[0].kind is ProblemKind.NOT_FOUND
        access.name_passkey(db, home["Maja"], str(passkey), "  The   old phone ")
        assert "The old phone" in {card.name for card in queries.passkeys_of(db, home["Maja"])}
        access.forget_passkey(db, home["Maja"], str(passkey))
    assert entered(runtime, clock, signed(asked(runtime, clock), device)) is ProblemKind.PASSKEY_UNKNOWN
    with runtime.transaction(home.id) as db:
        people.deactivate(db, home["Maja"])
    assert entered(runtime, clock, signed(asked(runtime, clock), second)) is ProblemKind.PASSKEY_UNKNOWN


@pytest.mark.parametrize("said", ["", "[]", "{}", "[" * 9000, '{"id": 1}', "é" * 40, "x" * 20_000, '{"response": 1}'])
def test_no_text_is_an_answer(runtime: Runtime, clock: Clock, home: Home, said: str) -> None:
    assert entered(runtime, clock, Answer(asked(runtime, clock).challenge, said)) is ProblemKind.PASSKEY_UNFIT
    question = asked_to_keep(runtime, clock, home)
    assert keep(runtime, clock, home, Answer(question.challenge, said)) is ProblemKind.PASSKEY_UNFIT
    assert entered(runtime, clock, Answer(said[:200], "{}")) is ProblemKind.EXPIRED


def test_sixteen_who_bring_one_answer_open_one_door(runtime: Runtime, clock: Clock, home: Home) -> None:
    device = Device(ORIGIN)
    kept(runtime, clock, home, device)
    answer = signed(asked(runtime, clock), device)
    gate, found = threading.Barrier(16), list[Entrance | ProblemKind]()

    def race() -> None:
        gate.wait()
        found.append(entered(runtime, clock, answer))

    threads = [threading.Thread(target=race) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, found)) == sorted([str(Entrance(home.id, home["Maja"])), *["expired"] * 15])


def test_nobody_keeps_passkeys_without_end_or_asks_for_them_without_end(
    runtime: Runtime, clock: Clock, home: Home
) -> None:
    for _ in range(rules.MOST_PASSKEYS):
        kept(runtime, clock, home, Device(ORIGIN))
    with pytest.raises(Refused) as full:
        asked_to_keep(runtime, clock, home)
    assert full.value.problems[0].kind is ProblemKind.TOO_MANY
    with runtime.housekeeping() as db:
        for _ in range(rules.MOST_CHALLENGES):
            access.ask_passkey(db, runtime.keyring, SITE, "192.0.2.8", clock())
        with pytest.raises(Refused) as soon:
            access.ask_passkey(db, runtime.keyring, SITE, "192.0.2.8", clock())
    assert soon.value.problems[0].kind is ProblemKind.TOO_SOON
