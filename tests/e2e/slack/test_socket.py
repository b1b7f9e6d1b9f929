"""Socket Mode: the same walk by a web socket, cut, refreshed and handed on, with nothing lost and nothing twice."""

import threading
from collections.abc import Iterator

import pytest

from integrations.slack import doctor
from integrations.slack.socket import Line
from service.asks import queries as asks
from service.asks.rules import AskState
from service.people.rules import Joined
from tests import processes
from tests.fakes import database_away
from tests.slack import Street, Team, about_asks, buttons, settle, texts

WITHIN_S = 20


@pytest.fixture
def line(by_socket: Line) -> Line:
    return by_socket


@pytest.fixture
def kept(line: Line) -> Iterator[Line]:
    """A line that is looked after, as beside the web."""
    stopped = threading.Event()
    keeper = threading.Thread(target=line.keep, args=(stopped,))
    keeper.start()
    yield line
    stopped.set()
    keeper.join()


def test_a_loop_that_began_as_its_connection_was_closed_ends(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever closes the line waits for that loop."""
    client = line._client
    assert client is not None
    connection = client.current_session
    assert connection is not None
    line.close()
    still = iter([True])
    monkeypatch.setattr(connection, "is_active", lambda: next(still, False))
    loop = threading.Thread(target=client._run_current_session, daemon=True)
    loop.start()
    loop.join(WITHIN_S)
    assert not loop.is_alive()


def states(town: Street, team: Team, ts: str) -> list[AskState]:
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        return [each.state for each in asks.of_message(db, team.ops.id, ts)]


def test_from_a_message_to_its_reply_by_socket(town: Street, line: Line) -> None:
    team = settle(town)
    assert town.member(team.owner).is_owner
    assert town.member(team.ben).joined is Joined.WHOLE
    question = team.ada.says(team.ops, "@ben could you look at the backup job today?")
    town.passes(days=3)
    (digest,) = about_asks(team.ben)
    assert team.ada.mention in texts(digest)
    assert "asks.promise" in buttons(digest)
    assert team.ben.presses(digest, "asks.promise").ok
    assert team.ben.submits().ok
    assert states(town, team, question.ts) == [AskState.PROMISED]
    team.ben.says(team.ops, "done, it runs again", thread=question)
    assert states(town, team, question.ts) == [AskState.SETTLED]
    usage = team.ada.runs("/goldseam", "what?")
    assert "/goldseam join" in str(usage.json["blocks"])
    assert team.ada.runs("/thanks", f"{team.ben.mention} for the backup").ok
    assert team.ada.view is not None
    line.look()
    assert [found.well for found in doctor.socket(town.runtime)] == [True]


def test_what_was_not_committed_is_not_acknowledged_and_comes_again(town: Street, line: Line) -> None:
    team = settle(town)
    town.slack.sockets.seconds = 0.3
    with town.slack.holding() as held:
        question = team.ada.says(team.ops, "@ben could you look at the printer?")
    with database_away(town.runtime):
        (answer,) = held.deliver()
        assert (answer.status, answer.tries > 1) == (0, True)
    town.slack.sockets.seconds = 3
    assert [each.ok for each in held.deliver(times=2)] == [True, True]
    assert states(town, team, question.ts) == [AskState.OPEN]


@pytest.mark.parametrize("how", ["cut", "refresh"])
def test_a_socket_that_ends_is_opened_again(town: Street, kept: Line, how: str) -> None:
    team = settle(town)
    old = list(town.slack.sockets.connections)
    getattr(town.slack.sockets, how)()

    def another() -> bool:
        now = town.slack.sockets.connections
        return kept.is_open and bool(now) and not any(each in now for each in old)

    processes.until(another, within=WITHIN_S, what="another socket")
    question = team.ada.says(team.ops, "@ben which day suits you for the move?")
    assert states(town, team, question.ts) == [AskState.OPEN]


def test_one_process_holds_it_and_another_takes_over(town: Street, line: Line) -> None:
    team = settle(town)
    other = Line(line._counter)
    line.look()
    other.look()
    assert (line.is_open, other.is_open) == (True, False)
    assert len(town.slack.sockets.connections) == 1
    line._hang_up()  # it died: its lease stands, and runs out
    other.look()
    assert not other.is_open
    town.clock.move(seconds=16)
    other.look()
    processes.until(lambda: other.is_open and town.slack.sockets.connections, within=WITHIN_S, what="another socket")
    line.look()
    assert not line.is_open
    question = team.ada.says(team.ops, "@ben is the gate open on Sunday?")
    assert states(town, team, question.ts) == [AskState.OPEN]
    other.close()
    line.look()
    assert line.is_open


def test_a_token_slack_does_not_know_opens_nothing_and_says_so(town: Street, line: Line) -> None:
    line.close()
    town.slack.fault("refuse", "apps.connections.open", name="invalid_auth", times=2)
    line.look()
    assert not line.is_open
    assert len(town.slack.calls("apps.connections.open")) == 2
    line.look()  # not again at once
    assert len(town.slack.calls("apps.connections.open")) == 2
    town.clock.move(seconds=16)
    (finding,) = doctor.socket(town.runtime)
    assert not finding.well
    assert finding.remedy is not None
    assert "xapp-" in finding.remedy
