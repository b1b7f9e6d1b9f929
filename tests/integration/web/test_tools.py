"""Other tools: tokens and secrets are made, shown once and taken back; each member says what they are called there."""

import re

import pytest

from service.access.rules import Hook
from service.efforts import actions as efforts
from service.efforts import logins
from service.people import queries as people
from service.people.rules import IdentityKind
from service.runtime import Runtime
from tests.builders import Home, team
from tests.visitors import Visitor, signed_in


@pytest.fixture
def office(runtime: Runtime) -> Home:
    return team(runtime, "Ada", "Ben")


@pytest.fixture
def ada(runtime: Runtime, office: Home) -> Visitor:
    return signed_in(runtime, office.id, office["Ada"])


@pytest.fixture
def bens(runtime: Runtime, office: Home) -> Visitor:
    return signed_in(runtime, office.id, office["Ben"])


def test_a_token_is_shown_once_opens_what_it_may_and_ends_when_taken_back(
    office: Home, ada: Visitor, bens: Visitor
) -> None:
    bens.opens("/tools", status=403)
    assert "A few words are enough" in ada.is_refused("/tools/tokens", {"name": "The rota", "acts": []})
    ada.is_refused("/tools/tokens", {"name": "The rota", "acts": ["people.leave_everything"]})
    made = ada.sends("/tools/tokens", {"name": "The rota", "acts": ["people.see"]}).text
    (token,) = re.findall(r'class="address" translate="no">(gs_\w+)<', made)
    asks = {"Authorization": f"Bearer {token}"}
    assert ada.client.get("/api/v1/members", headers=asks).status_code == 200
    assert ada.client.post("/api/v1/efforts", headers=asks, json={}).status_code == 403
    page = ada.opens("/tools")
    assert "The rota" in page
    assert token not in page
    ada.does(re.findall(r"/tools/tokens/\w+/revoke", page)[0])
    assert ada.client.get("/api/v1/members", headers=asks).status_code == 401


def test_a_secret_is_shown_once_and_taken_back(office: Home, ada: Visitor) -> None:
    made = ada.sends("/tools/secrets", {"hook": Hook.GITHUB.value}).text
    (secret,) = re.findall(r'class="address" translate="no">([0-9a-f]{32,})<', made)
    page = ada.opens("/tools")
    assert secret not in page
    assert "/github/events" in page
    ada.is_refused("/tools/secrets", {"hook": "somewhere"})
    assert "It ends now." in ada.does(re.findall(r"/tools/secrets/\w+/revoke", page)[0])
    assert re.findall(r"/tools/secrets/\w+/revoke", ada.opens("/tools")) == []


def test_what_others_say_is_mine_only_once_i_say_so(runtime: Runtime, office: Home, bens: Visitor) -> None:
    def known() -> list[str]:
        with runtime.transaction(office.id, writes=False) as db:
            return [card.name for card in people.known_as(db, IdentityKind.GITHUB, ["ben-c", "b3n"]).values()]

    with runtime.transaction(office.id) as db:
        efforts.suggest(db, office["Ben"], IdentityKind.GITHUB, "b3n")
    assert known() == []
    assert "Somebody thinks this is you." in bens.opens("/logins")
    bens.does("/logins", {"kind": "github", "login": "b3n"})
    assert known() == ["Ben"]
    assert "not a login" in bens.is_refused("/logins", {"kind": "github", "login": "not a login"})
    bens.is_refused("/logins", {"kind": "mail", "login": "b@example.org"})
    bens.does("/logins", {"kind": "github", "login": "https://github.com/Ben-C"})
    bens.does("/logins/github/let-go")
    assert known() == []
    with runtime.transaction(office.id, writes=False) as db:
        assert logins.claims(db, office["Ben"]) == []
