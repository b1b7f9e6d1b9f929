"""The composition root: from settings to a runtime, with the integrations plugged in that the settings name."""

import importlib
import importlib.util
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

import structlog
from sqlalchemy import orm

from service import db, heap, queue, settings
from service.asks import weights
from service.errors import StartRefused
from service.runtime import Plug, Runtime, demo_time, system_time
from service.sealing import keyring
from service.settings import Settings

if TYPE_CHECKING:
    import click

log = structlog.get_logger("bootstrap")


class _Pluggable(Protocol):
    def plug(self, runtime: Runtime) -> Plug:
        """What the integration brings."""


def runtime(given: Settings | None = None) -> Runtime:
    """A runtime of these settings, or of those of the environment; raises StartRefused with one clear line."""
    chosen = given or settings.read()
    keys = keyring(settings.keys(chosen))
    chosen.state_dir.mkdir(parents=True, exist_ok=True)
    return Runtime(
        settings=chosen,
        engine=db.engine(chosen.database),
        keyring=keys,
        now=partial(demo_time, chosen.state_dir) if chosen.goldseam_demo else system_time,
        wake=queue.Doorbell(queue.address(chosen)),
    )


def plugs(made: Runtime) -> list[Plug]:
    """Plug in what the settings name; each one's courier carries from now on.

    An integration that was named must be there. One that is only taken for granted may be missing.
    """
    found = []
    for name in made.settings.plugged:
        module = f"integrations.{name}.plug"
        if not _is_there(module):
            if name in made.settings.integrations:
                raise StartRefused(f"INTEGRATIONS: {name} is not part of this installation.")
            log.info("integration is missing", integration=name)
            continue
        plug = cast("_Pluggable", importlib.import_module(module)).plug(made)
        if plug.courier is not None:
            made.couriers[plug.courier.name] = plug.courier
        made.calendar = plug.calendar or made.calendar
        made.screen_key = plug.screen_key or made.screen_key
        found.append(plug)
    return found


def read_ahead(given: Settings) -> None:
    """Read what each process needs, before processes part: what is never written to is there once for all of them."""
    for name in given.plugged:
        module = f"integrations.{name}.plug"
        if _is_there(module):
            importlib.import_module(module)
    orm.configure_mappers()
    weights.shipped()
    heap.settle()  # or the first collection of each process would touch, and so copy, nearly every page


def commands_of(made: Runtime, name: str) -> "tuple[click.Command, ...]":
    """The commands an integration brings, whether the settings name it or not; none where it is missing."""
    module = f"integrations.{name}.plug"
    return cast("_Pluggable", importlib.import_module(module)).plug(made).commands if _is_there(module) else ()


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False
