"""Socket Mode in real processes: killed between its commit and its acknowledgement, and taken up by the next one."""

from service.asks import queries as asks
from service.asks.rules import AskState
from tests import processes
from tests.e2e.kills.conftest import Site


def test_killed_before_it_acknowledged_it_is_heard_once_by_whoever_opens_the_socket_next(site: Site) -> None:
    slack, team = site.town.slack, site.team
    site.environment["SLACK_APP_TOKEN"] = slack.app_token()
    slack.sockets.seconds = 5
    slack.reaches(slack.sockets.door)
    first = site.start("web", dies_at="hear.committed")
    processes.until(lambda: slack.sockets.connections, what="a socket")
    with slack.holding() as held:
        question = team.ada.says(team.ops, "@ben could you look at the printer?")
    (answer,) = held.deliver()
    assert not answer.ok
    first.kill()
    site.clock.move(seconds=16)
    second = site.start("web")
    try:
        processes.until(lambda: slack.sockets.connections, what="another socket")
        assert [each.ok for each in held.deliver(times=2)] == [True, True]
        assert team.ada.runs("/goldseam").json["response_type"] == "ephemeral"
    finally:
        second.kill()
    with site.town.runtime.transaction(site.town.workspace(team.ops.team), writes=False) as db:
        assert [each.state for each in asks.of_message(db, team.ops.id, question.ts)] == [AskState.OPEN]
