"""What Slack brings: its address, its courier, its commands and its checks."""

from functools import partial

from integrations.slack import doctor, manifest
from integrations.slack.blueprint import blueprint
from integrations.slack.courier import SlackCourier
from integrations.slack.teams import Teams
from integrations.slack.visits import Desk
from service.runtime import Plug, Runtime


def plug(runtime: Runtime) -> Plug:
    """What Slack brings to a process."""
    teams = Teams(runtime)
    return Plug(
        name="slack",
        blueprint=blueprint(Desk(runtime, teams)),
        courier=SlackCourier(runtime, teams),
        commands=(manifest.command(runtime.settings),),
        checks=(partial(doctor.settings, runtime), partial(doctor.teams, runtime)),
    )
