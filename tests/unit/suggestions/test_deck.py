"""The deck: every kind, in an order that never moves."""

import hashlib

import pytest

from service.ruptures import Register, Rupture
from service.suggestions import deck

ORDER_OF_VERSION_1 = {
    Register.TEAM: (54, "0e07913660d52fc0"),
    Register.FAMILY: (45, "9fa8137737157846"),
    Register.CHILD: (14, "c61fc3c7cc76ae14"),
}


@pytest.mark.parametrize("register", Register)
def test_every_kind_has_a_card(register: Register) -> None:
    assert {card.rupture for card in deck.deck(register)} == set(Rupture)


@pytest.mark.parametrize("register", [Register.TEAM, Register.FAMILY])
def test_grown_ups_have_three_acts_to_every_kind(register: Register) -> None:
    for rupture in Rupture:
        assert {card.act for card in deck.deck(register) if card.rupture is rupture} == {1, 2, 3}


@pytest.mark.parametrize("register", Register)
def test_ids_are_unique_and_lead_back_to_their_card(register: Register) -> None:
    cards = deck.deck(register)
    assert len({card.id for card in cards}) == len(cards)
    for place, card in enumerate(cards):
        assert deck.place_of(register, card.id) == place
        assert deck.card(register, card.id) == card


def test_a_card_of_another_register_is_not_in_the_deck() -> None:
    assert deck.card(Register.CHILD, "talked_over.2.meetings") is None
    assert deck.card(Register.FAMILY, "talked_over.2.meetings") is None
    assert deck.place_of(Register.TEAM, "talked_over.9") is None


def test_a_card_names_its_kind_act_and_setting() -> None:
    card = deck.Card(Rupture.TALKED_OVER, 2, deck.Setting.MEETINGS)
    assert card.id == "talked_over.2.meetings"
    assert deck.Card(Rupture.LEFT_OUT, 1).id == "left_out.1"


@pytest.mark.parametrize("register", Register)
def test_the_order_moves_only_with_a_new_version(register: Register) -> None:
    ids = [card.id for card in deck.deck(register)]
    digest = hashlib.sha256("\n".join(ids).encode()).hexdigest()[:16]
    assert deck.VERSION == 1
    assert (len(ids), digest) == ORDER_OF_VERSION_1[register]
