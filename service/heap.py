"""How often Python looks for rings of objects that keep one another alive: seldom, since hearing makes hardly any."""

import gc
from typing import Final

_LOOKED_FOR_AFTER: Final = 20_000, 20, 50
"""So many objects more, and so many looks at the younger ones, before a look at the older ones."""


def settle() -> None:
    """What was made so far stays: it is walked no more, neither while somebody waits nor where processes share it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_LOOKED_FOR_AFTER)
