"""What GitHub brings: its address, and a check."""

from functools import partial

from integrations import deliveries
from integrations.github import webhook
from service.runtime import Plug, Runtime


def plug(runtime: Runtime) -> Plug:
    """What GitHub brings to a process."""
    sender = webhook.sender(runtime)
    return Plug(
        name="github",
        blueprint=deliveries.blueprint(runtime, sender),
        checks=(partial(deliveries.examine, runtime, sender),),
    )
