"""What web push brings: a courier, and the key that browsers are told."""

import importlib.util
from typing import Final

from integrations.push import vapid
from integrations.push.courier import NAME, PushCourier
from service.errors import StartRefused
from service.runtime import Plug, Runtime

NEEDS: Final = ("http_ece", "py_vapid")


def plug(runtime: Runtime) -> Plug:
    """What web push brings to a process; raises StartRefused where the extra is not installed."""
    if not all(importlib.util.find_spec(name) for name in NEEDS):
        if NAME in runtime.settings.integrations:
            raise StartRefused("INTEGRATIONS: push needs more packages: pip install 'goldseam[push]'.")
        return Plug(name=NAME)
    return Plug(name=NAME, courier=PushCourier(runtime), screen_key=vapid.public_key(runtime.keyring))
