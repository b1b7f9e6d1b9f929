"""What GitLab brings: its address, and a check."""

from functools import partial

from integrations import deliveries
from integrations.gitlab import webhook
from service.runtime import Plug, Runtime


def plug(runtime: Runtime) -> Plug:
    """What GitLab brings to a process."""
    sender = webhook.sender(runtime)
    return Plug(
        name="gitlab",
        blueprint=deliveries.blueprint(runtime, sender),
        checks=(partial(deliveries.examine, runtime, sender),),
    )
