"""Which login is whose: said and confirmed by its member alone."""

import pytest

from service.efforts import actions as efforts
from service.efforts import logins
from service.efforts.logins import ClaimCard
from service.efforts.rules import Named
from service.errors import ProblemKind, Refused
from service.people import queries as people
from service.people.rules import IdentityKind
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY

GITHUB, GITLAB = IdentityKind.GITHUB, IdentityKind.GITLAB


@pytest.fixture
def home(runtime: Runtime) -> Home:
    return builders.team(runtime, "Ada", "Ben")


def known(runtime: Runtime, home: Home, kind: IdentityKind, *names: str) -> dict[str, str]:
    with runtime.transaction(home.id, writes=False) as db:
        return {name: card.id for name, card in people.known_as(db, kind, names).items()}


@pytest.mark.parametrize("written", ["Ada-L", "@ada-l", " https://github.example/Ada-L/ "])
def test_a_login_is_read_however_it_is_pasted(runtime: Runtime, home: Home, written: str) -> None:
    with runtime.transaction(home.id) as db:
        efforts.claim(db, home["Ada"], GITHUB, written, MONDAY)
        assert logins.claims(db, home["Ada"]) == [ClaimCard(GITHUB, "ada-l", confirmed=True)]
    assert known(runtime, home, GITHUB, "ada-l") == {"ada-l": home["Ada"]}


@pytest.mark.parametrize("written", ["", "a b", "../x", "-ada", "ä", "\0", "#12", "a" * 300])
def test_what_is_no_login_is_refused(runtime: Runtime, home: Home, written: str) -> None:
    with runtime.transaction(home.id) as db, pytest.raises(Refused, match=ProblemKind.UNKNOWN_VALUE):
        efforts.claim(db, home["Ada"], GITHUB, written, MONDAY)
    with runtime.transaction(home.id) as db, pytest.raises(Refused, match=ProblemKind.UNKNOWN_VALUE):
        efforts.claim(db, home["Ada"], IdentityKind.MAIL, "ada", MONDAY)


def test_what_others_say_waits_for_the_member(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        efforts.suggest(db, home["Ada"], GITLAB, "ada.l")
        assert logins.claims(db, home["Ada"]) == [ClaimCard(GITLAB, "ada.l", confirmed=False)]
    assert known(runtime, home, GITLAB, "ada.l") == {}
    with runtime.transaction(home.id) as db:
        efforts.claim(db, home["Ada"], GITLAB, "ada.l", MONDAY)
    assert known(runtime, home, GITLAB, "ada.l") == {"ada.l": home["Ada"]}


def test_a_confirmed_login_is_taken(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        efforts.claim(db, home["Ada"], GITHUB, "ada-l", MONDAY)
        with pytest.raises(Refused, match=ProblemKind.PLACE_TAKEN):
            efforts.claim(db, home["Ben"], GITHUB, "ada-l", MONDAY)
        efforts.disclaim(db, home["Ada"], GITHUB)
        efforts.claim(db, home["Ben"], GITHUB, "ada-l", MONDAY)
        assert logins.claims(db, home["Ada"]) == []


def test_a_number_follows_a_confirmed_name_and_takes_nobody_s(runtime: Runtime, home: Home) -> None:
    def learn(name: str, number: str) -> None:
        with runtime.transaction(home.id) as db:
            efforts.known_also_as(db, Named(GITLAB, name), Named(GITLAB, number), MONDAY)

    learn("ada", "#7")
    assert known(runtime, home, GITLAB, "#7") == {}
    with runtime.transaction(home.id) as db:
        efforts.claim(db, home["Ada"], GITLAB, "ada", MONDAY)
        efforts.claim(db, home["Ben"], GITLAB, "ben", MONDAY)
    learn("ada", "#7")
    learn("ben", "#7")
    assert known(runtime, home, GITLAB, "#7") == {"#7": home["Ada"]}
    with runtime.transaction(home.id) as db:
        assert [card.login for card in logins.claims(db, home["Ada"])] == ["ada"]
        efforts.disclaim(db, home["Ada"], GITLAB)
    assert known(runtime, home, GITLAB, "#7", "ada") == {}
