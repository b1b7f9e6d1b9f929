"""The table of who may do what, written out once more by hand, and what holds of all of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import ProblemKind, Refused
from service.people import policy
from service.people.acts import Act
from service.people.policy import FRESH, TABLE, VISITOR, Actor, Reach, Standing, Thing
from service.people.rules import Role
from service.wording.buttons import Button

MINE = "crew"
OTHERS = "shore"
ACTORS = {
    "owner": Actor("w", "me", Role.MEMBER, True, frozenset({MINE})),
    "lead": Actor("w", "me", Role.MEMBER, False, frozenset({MINE}), frozenset({MINE})),
    "member": Actor("w", "me", Role.MEMBER, False, frozenset({MINE})),
    "guest": Actor("w", "me", Role.GUEST, False, frozenset({MINE})),
    "adult": Actor("w", "me", Role.ADULT, False, frozenset({MINE})),
    "teen": Actor("w", "me", Role.TEEN, False, frozenset({MINE})),
    "child": Actor("w", "me", Role.CHILD, False, frozenset({MINE})),
    "relative": Actor("w", "me", Role.RELATIVE, False, frozenset({MINE})),
    "visitor": VISITOR,
}
THINGS = {
    "own": Thing("w", frozenset({"me"}), frozenset({MINE})),
    "circle": Thing("w", frozenset({"you"}), frozenset({MINE})),
    "raised": Thing("w", frozenset({"you"}), frozenset({MINE}), raised=True),
    "child": Thing("w", frozenset({"kid"}), frozenset({MINE}), guardian="me"),
    "else": Thing("w", frozenset({"you"}), frozenset({OTHERS})),
    "abroad": Thing("x", frozenset({"me"}), frozenset({MINE})),
}
ALL = "own circle raised child else"
NEAR = "own circle raised child"

EXPECTED: dict[Act, dict[str, str]] = {
    Act.WORKSPACE_INSTALL: {"owner": ALL},
    Act.WORKSPACE_KEYS: {"owner": ALL},
    Act.WORKSPACE_RETENTION: {"owner": ALL},
    Act.WORKSPACE_SETTINGS: {"owner": ALL, "adult": NEAR},
    Act.INSTALL_BEGIN: dict.fromkeys(ACTORS, f"{ALL} abroad"),
    Act.SIGN_IN: dict.fromkeys(ACTORS, f"{ALL} abroad"),
    Act.INVITE_ACCEPT: dict.fromkeys(ACTORS, f"{ALL} abroad"),
    Act.PEOPLE_INVITE: {"owner": ALL, "lead": "own circle child", "adult": NEAR},
    Act.PEOPLE_REMOVE: {"owner": ALL, "lead": "own circle child", "adult": NEAR},
    Act.PEOPLE_ROLE: {"owner": ALL, "lead": "own circle child", "adult": NEAR},
    Act.PEOPLE_SEE: {
        "owner": ALL,
        "lead": ALL,
        "member": ALL,
        "guest": NEAR,
        "adult": NEAR,
        "teen": NEAR,
        "child": NEAR,
        "relative": "own",
    },
    Act.APPRECIATIONS_GIVE: dict.fromkeys(set(ACTORS) - {"visitor"}, "own"),
    Act.APPRECIATIONS_READ: dict.fromkeys(set(ACTORS) - {"visitor"}, "own"),
    Act.APPRECIATIONS_WITHDRAW: dict.fromkeys(set(ACTORS) - {"visitor"}, "own"),
    Act.ASKS_LISTS: dict.fromkeys(("owner", "lead", "member", "guest", "adult", "teen"), "own"),
    Act.ASKS_ANSWER: dict.fromkeys(("owner", "lead", "member", "guest", "adult", "teen", "relative"), "own"),
    Act.EFFORTS_LIST: dict.fromkeys(("owner", "lead", "member", "guest", "adult", "teen", "child"), "own"),
    Act.EFFORTS_DIGEST: {"lead": NEAR, "adult": NEAR},
    Act.MOMENTS_LIST: dict.fromkeys(("owner", "lead", "member", "guest", "adult", "teen"), "own"),
    Act.SUGGESTIONS_SLIP: dict.fromkeys(("owner", "lead", "member", "adult", "teen", "child"), NEAR),
    Act.SUGGESTIONS_SLIP_ONE: dict.fromkeys(("member", "adult", "teen"), "circle raised child"),
    Act.SUGGESTIONS_AUTHOR: {},
    Act.INSIGHTS_SEE: {"owner": ALL, "lead": NEAR, "member": NEAR, "adult": NEAR, "teen": NEAR},
    Act.WORKSPACE_IMPORT: {"owner": ALL, "adult": NEAR},
    Act.WORKSPACE_DELETE: {"owner": ALL, "adult": NEAR},
    Act.BELONGINGS_EXPORT: {
        **dict.fromkeys(("owner", "lead", "member", "guest", "teen", "relative"), "own"),
        "adult": "own child",
    },
    Act.OCCASIONS_SEE: dict.fromkeys(set(ACTORS) - {"visitor"}, NEAR),
    Act.SUGGESTIONS_HOUSE_CARD: dict.fromkeys(set(ACTORS) - {"visitor"}, NEAR),
    Act.SHOW_WAY_IN: {"adult": NEAR},
}
"""What each actor may do this to; who or what is not named may not."""


@pytest.mark.parametrize("act", EXPECTED)
@pytest.mark.parametrize("actor", ACTORS)
def test_the_table_is_as_decided(act: Act, actor: str) -> None:
    allowed = {name for name, thing in THINGS.items() if policy.allows(act, ACTORS[actor], thing)}
    assert allowed == set(EXPECTED[act].get(actor, "").split())


def test_every_act_has_one_row_and_every_button_is_an_act() -> None:
    named = [act for acts, _ in policy.ROWS for act in acts]
    assert sorted(named) == sorted(Act)
    assert {button.value for button in Button} <= {act.value for act in Act}


roles = st.sampled_from(Role)
circles = st.frozensets(st.sampled_from("abc"))
actors = st.builds(
    lambda role, owner, mine, leads, fresh: Actor("w", "me", role, owner, mine, leads & mine, fresh),
    roles,
    st.booleans(),
    circles,
    circles,
    st.booleans(),
)
things = st.builds(
    Thing,
    st.sampled_from("wx"),
    st.frozensets(st.sampled_from(("me", "you", "kid"))),
    circles,
    st.none() | st.sampled_from(("me", "you")),
    st.booleans(),
)
acts = st.sampled_from(Act)


@given(acts, actors, things)
def test_nothing_of_another_workspace_is_ever_found(act: Act, actor: Actor, thing: Thing) -> None:
    abroad = replace(thing, workspace="x")
    if Reach.ANYBODY in TABLE[act].values():
        return
    assert not policy.allows(act, actor, abroad)
    assert _refusal(act, actor, abroad) == _refusal(act, actor, None) == ProblemKind.NOT_FOUND


@given(acts, things)
def test_a_visitor_may_come_in_and_nothing_else(act: Act, thing: Thing) -> None:
    assert policy.allows(act, VISITOR, thing) == (Reach.ANYBODY in TABLE[act].values())


@given(acts, actors, things)
def test_a_title_takes_nothing_away_but_the_unsigned_card(act: Act, actor: Actor, thing: Thing) -> None:
    plain = replace(actor, is_owner=False, leads=frozenset())
    if act is not Act.SUGGESTIONS_SLIP_ONE and policy.allows(act, plain, thing):
        assert policy.allows(act, actor, thing)


@given(actors, things)
def test_who_slipped_a_card_is_for_nobody(actor: Actor, thing: Thing) -> None:
    assert not policy.allows(Act.SUGGESTIONS_AUTHOR, actor, thing)


@given(actors, things)
def test_power_does_not_slip_cards_to_one_person(actor: Actor, thing: Thing) -> None:
    if policy.allows(Act.SUGGESTIONS_SLIP_ONE, actor, thing):
        assert not actor.is_owner
        assert not thing.circles & actor.leads
        assert actor.member not in thing.members
        assert actor.role not in {Role.CHILD, Role.RELATIVE, Role.GUEST}


@given(st.sampled_from((Act.MOMENTS_LIST, Act.MOMENTS_NOTE, Act.SUGGESTIONS_KEEP)), actors, things)
def test_what_is_private_is_its_owners_whoever_asks(act: Act, actor: Actor, thing: Thing) -> None:
    if policy.allows(act, actor, thing):
        assert actor.member in thing.members


@given(acts, actors, things)
def test_checking_is_allowing_and_being_fresh(act: Act, actor: Actor, thing: Thing) -> None:
    refusal = _refusal(act, actor, thing)
    allowed = policy.allows(act, actor, thing)
    assert (refusal is None) == (allowed and (actor.fresh or act not in FRESH))
    if refusal is ProblemKind.FRESH_SIGN_IN_NEEDED:
        assert allowed


def test_what_is_only_ever_ones_own_is_not_even_there_for_others() -> None:
    member = ACTORS["member"]
    assert _refusal(Act.MOMENTS_LIST, member, THINGS["circle"]) is ProblemKind.NOT_FOUND
    assert _refusal(Act.ASKS_ANSWER, member, THINGS["circle"]) is ProblemKind.NOT_FOUND
    assert _refusal(Act.PEOPLE_INVITE, member, THINGS["circle"]) is ProblemKind.NOT_ALLOWED


def test_without_a_thing_it_is_ones_own() -> None:
    assert policy.allows(Act.MOMENTS_LIST, ACTORS["teen"])
    assert not policy.allows(Act.MOMENTS_LIST, ACTORS["child"])
    assert policy.allows(Act.WORKSPACE_SETTINGS, ACTORS["adult"])
    assert not policy.allows(Act.WORKSPACE_SETTINGS, ACTORS["member"])


def test_standings_are_a_role_and_its_titles() -> None:
    assert VISITOR.standings == {Standing.VISITOR}
    assert ACTORS["owner"].standings == {Standing.OWNER, Standing.MEMBER}
    assert ACTORS["lead"].standings == {Standing.LEAD, Standing.MEMBER}


def _refusal(act: Act, actor: Actor, thing: Thing | None) -> ProblemKind | None:
    try:
        policy.check(act, actor, thing)
    except Refused as refusal:
        return refusal.problems[0].kind
    return None
