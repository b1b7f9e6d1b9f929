"""What Slack brings: its address or its socket, its courier, its commands and its checks."""

from functools import partial

from integrations.slack import doctor, forgetting, manifest, tokens
from integrations.slack.blueprint import blueprint
from integrations.slack.counter import Counter
from integrations.slack.courier import SlackCourier
from integrations.slack.door import SlackDoor
from integrations.slack.socket import Line
from integrations.slack.teams import Teams
from integrations.slack.visits import Desk
from service.runtime import Plug, Runtime
from service.schedule import Round


def plug(runtime: Runtime) -> Plug:
    """What Slack brings to a process."""
    teams = Teams(runtime)
    desk = Desk(runtime, teams)
    counter = Counter(desk)
    can_be_asked = runtime.settings.slack_client_id and runtime.settings.slack_client_secret
    return Plug(
        name="slack",
        blueprint=blueprint(counter),
        courier=SlackCourier(runtime, teams),
        commands=(manifest.command(runtime.settings), forgetting.command(runtime)),
        checks=(partial(doctor.settings, runtime), partial(doctor.socket, runtime), partial(doctor.teams, runtime)),
        rounds={Round.RENEW_TOKENS: partial(tokens.renew_due, runtime)},
        door=SlackDoor(desk) if can_be_asked else None,
        beside=Line(counter).keep if runtime.settings.slack_app_token is not None else None,
    )
