"""What web push brings: a courier, and the key that browsers are told."""

from integrations.push import vapid
from integrations.push.courier import NAME, PushCourier
from service.errors import StartRefused
from service.runtime import Plug, Runtime


def plug(runtime: Runtime) -> Plug:
    """What web push brings to a process; raises StartRefused where the extra is not installed."""
    try:
        import http_ece  # noqa: F401 - whether it is there
        import py_vapid  # noqa: F401
    except ImportError:
        if NAME in runtime.settings.integrations:
            raise StartRefused("INTEGRATIONS: push needs more packages: pip install 'goldseam[push]'.") from None
        return Plug(name=NAME)
    return Plug(name=NAME, courier=PushCourier(runtime), screen_key=vapid.public_key(runtime.keyring))
