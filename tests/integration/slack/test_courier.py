"""Whatever goes wrong on the way to Slack: one message, or a parcel an operator sees; never two, and never silence."""

import threading
import time
from dataclasses import replace

import pytest
import sqlalchemy as sa

from integrations.slack import client
from integrations.slack.courier import EVENT_TYPE, SlackCourier
from integrations.slack.standin.actor import Actor
from integrations.slack.teams import Teams
from service.nudges import actions as nudges
from service.nudges import queries as nudge_queries
from service.nudges.couriers import CourierError, Enclosed, Outcome, Parcel, Reader, Receipt
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind, NudgeState, Told
from service.people import queries as people
from service.people.rules import WorkspaceKind
from service.ruptures import Register
from tests.slack import Street

PATIENCE_S = 0.3


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits ten seconds for an answer that does not come."""
    monkeypatch.setattr(client, "TIMEOUT_S", PATIENCE_S)


@pytest.fixture
def owner(town: Street) -> Actor:
    """Somebody to whom a first word is due: whoever installed the app."""
    there = town.slack.team("Maple")
    owner = town.slack.person("owner", team=there, is_owner=True)
    assert town.slack.install("Maple", by=owner).status == 200
    return owner


def states(town: Street) -> list[NudgeState]:
    with town.runtime.housekeeping(writes=False) as db:
        return list(db.scalars(sa.select(Nudge.state).where(Nudge.kind == NudgeKind.WELCOME)))


def parcel_for(town: Street, actor: Actor, kind: NudgeKind = NudgeKind.WELCOME, told: Told | None = None) -> Parcel:
    reader = Reader(
        town.workspace(actor.person.team), WorkspaceKind.TEAM, "m", actor.id, "en", False, Register.TEAM, "UTC"
    )
    return Parcel("parcel0000000001", reader, (Enclosed("n", kind, "s", told or Told()),))


def courier_of(town: Street) -> SlackCourier:
    return SlackCourier(town.runtime, Teams(town.runtime))


LOST = [
    "error",
    "garbage",
    "reset",
    "hang",
    "rate_limited",
    "accept_then_error",
    "accept_then_drop",
    "accept_then_reset",
    "accept_then_hang",
    "accept_then_garbage",
]


@pytest.mark.parametrize("fault", LOST)
def test_a_message_whose_answer_was_lost_stands_there_once(town: Street, owner: Actor, fault: str) -> None:
    town.slack.fault(fault, "chat.postMessage", seconds=1)
    town.works()
    town.passes(minutes=5, look_every_s=30)
    assert len(owner.inbox) == 1
    assert len(town.slack.posts()) == 1
    assert states(town) == [NudgeState.SENT]


@pytest.mark.parametrize("fault", [kind for kind in LOST if not kind.startswith("accept")])
@pytest.mark.parametrize("method", ["conversations.open", "conversations.history"])
def test_nor_do_faults_before_it_or_while_tracing_it_double_it(
    town: Street, owner: Actor, method: str, fault: str
) -> None:
    town.slack.fault("accept_then_drop", "chat.postMessage")
    town.slack.fault(fault, method, times=2, seconds=1)
    town.works()
    town.passes(minutes=30, look_every_s=120)
    assert len(town.slack.posts()) == 1
    assert states(town) == [NudgeState.SENT]


def test_a_message_accepted_after_we_gave_up_is_found(town: Street, owner: Actor) -> None:
    town.slack.fault("accept_late", "chat.postMessage", seconds=2 * PATIENCE_S)
    town.works()
    assert states(town) == [NudgeState.UNKNOWN]
    until = time.monotonic() + 5
    while not town.slack.posts() and time.monotonic() < until:
        time.sleep(0.05)
    town.passes(minutes=5)
    assert len(town.slack.posts()) == 1
    assert states(town) == [NudgeState.SENT]


def test_what_can_never_be_traced_is_parked_for_an_operator(town: Street, owner: Actor) -> None:
    town.slack.fault("accept_then_drop", "chat.postMessage")
    town.slack.fault("error", "conversations.history", times=99)
    town.works()
    town.passes(hours=24, look_every_s=1200)
    assert len(town.slack.posts()) == 1
    assert states(town) == [NudgeState.PARKED]
    with town.runtime.housekeeping(writes=False) as db:
        assert [stuck.kind for stuck in nudge_queries.stuck(db)] == [NudgeKind.WELCOME]


@pytest.mark.parametrize("refusal", ["channel_not_found", "restricted_action", "is_archived", "msg_too_long"])
def test_what_slack_refuses_for_good_is_not_tried_again(town: Street, owner: Actor, refusal: str) -> None:
    town.slack.fault("refuse", "chat.postMessage", name=refusal, times=99)
    town.works()
    town.passes(hours=3)
    assert len(town.slack.calls("chat.postMessage")) == 1
    assert states(town) == [NudgeState.FAILED]


@pytest.mark.parametrize("refusal", ["invalid_auth", "token_revoked", "account_inactive"])
def test_a_dead_token_holds_the_workspace_until_it_is_installed_again(town: Street, owner: Actor, refusal: str) -> None:
    town.slack.fault("refuse", "chat.postMessage", name=refusal, times=1)
    town.works()
    town.passes(hours=3)
    assert len(town.slack.calls("chat.postMessage")) == 1
    assert states(town) == [NudgeState.WAITING]
    with town.runtime.housekeeping(writes=False) as db:
        assert [home.suspended_at is not None for home in people.workspaces(db)] == [True]
    assert town.slack.install("Maple", by=owner).status == 200
    town.passes(minutes=5)
    assert len(owner.inbox) == 1
    assert states(town) == [NudgeState.SENT]


def test_retry_after_is_heeded_for_the_team_and_for_nobody_else(town: Street, owner: Actor) -> None:
    birch = town.slack.person("birch-owner", team=town.slack.team("Birch"), is_owner=True)
    town.slack.install("Birch", by=birch)
    ada = town.slack.person("ada", team="Maple")
    ada.runs("/goldseam", "join")
    ada.submits()
    town.slack.fault("rate_limited", "chat.postMessage", team=owner.person.team, seconds=120, times=1)
    town.works()
    assert [call.outcome for call in town.slack.calls("chat.postMessage")].count("rate_limited") == 1
    assert (len(birch.inbox), len(owner.inbox), len(ada.inbox)) == (1, 0, 0)
    town.passes(minutes=1)
    assert (len(owner.inbox), len(ada.inbox)) == (0, 0)


def test_the_metadata_is_one_random_id_and_nothing_else(town: Street, owner: Actor) -> None:
    town.works()
    (post,) = town.slack.posts()
    assert post.metadata is not None
    assert post.metadata["event_type"] == EVENT_TYPE
    assert list(post.metadata["event_payload"]) == ["id"]
    (call,) = town.slack.calls("chat.postMessage")
    assert (call.arguments["unfurl_links"], call.arguments["unfurl_media"]) == (False, False)
    assert call.arguments["parse"] == "none"


def test_a_message_is_amended_and_recalled_where_it_stands(town: Street, owner: Actor) -> None:
    courier, parcel = courier_of(town), parcel_for(town, owner, NudgeKind.THANKS_RECEIVED, Told(words="one"))
    receipt = courier.deliver(parcel)
    (nudge,) = parcel.nudges
    courier.amend(receipt, replace(parcel, nudges=(replace(nudge, told=Told(words="another")),)))
    assert "another" in str(owner.inbox[-1].blocks)
    courier.recall(receipt)
    assert owner.inbox == []
    courier.recall(receipt)


def test_a_parcel_that_has_no_words_keeps_no_other_waiting(town: Street, owner: Actor) -> None:
    with town.runtime.transaction(town.workspace(owner.person.team)) as db:
        nudges.offer(
            db,
            NudgeKind.THANKS_RECEIVED,
            town.member(owner).id,
            "s",
            Told(extra={"job": "none we know"}),
            town.runtime.now(),
        )
    town.passes(minutes=5)
    assert len(owner.inbox) == 1
    with town.runtime.housekeeping(writes=False) as db:
        found = {row.kind: row.state for row in db.scalars(sa.select(Nudge))}
    assert found[NudgeKind.THANKS_RECEIVED] is NudgeState.FAILED
    assert found[NudgeKind.WELCOME] is NudgeState.SENT


def test_somebody_without_an_address_is_never_reached(town: Street, owner: Actor) -> None:
    parcel = parcel_for(town, owner)
    with pytest.raises(CourierError) as caught:
        courier_of(town).deliver(replace(parcel, reader=replace(parcel.reader, address=None)))
    assert caught.value.outcome is Outcome.PERMANENT


def test_a_receipt_that_names_nothing_changes_nothing(town: Street, owner: Actor) -> None:
    with pytest.raises(CourierError) as caught:
        courier_of(town).amend(Receipt("slack", {}), parcel_for(town, owner))
    assert caught.value.outcome is Outcome.PERMANENT


def test_nobody_there_to_answer_is_known_to_be_unsent(town: Street, owner: Actor) -> None:
    town.runtime.settings = town.runtime.settings.model_copy(update={"slack_api_url": "http://127.0.0.1:9/api/"})
    with pytest.raises(CourierError) as caught:
        courier_of(town).deliver(parcel_for(town, owner))
    assert (caught.value.outcome, caught.value.why) == (Outcome.PASSING, "refused")


def test_several_couriers_at_once_carry_each_parcel_once(town: Street, owner: Actor) -> None:
    threads = [threading.Thread(target=town.works) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(owner.inbox) == 1
