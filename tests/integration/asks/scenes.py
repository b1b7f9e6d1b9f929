"""Scenes of a few people in one channel, drawn at random, and the orders in which they may be heard."""

from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st

from service.asks.rules import Heard, Reacted, Said, Unsaid
from tests.fakes import MONDAY

PLACE = "C0HARBOUR"
AGREED = "white_check_mark"
PEOPLE = ("UADA", "UBOB", "UCY", "UZOE")
"""The last of them has not joined."""
GAPS = (2, 40, 200, 700, 3600)
ASKING = ("could you look at the figures?", "which key opens the store?", "is the crane free on Tuesday?")
OPEN = ("does anyone know the code of the store room?", "has anybody seen the ladder?")
OTHER = ("good morning all", "yes, sending it now", "the crane is free", "thanks, that helped!", "never mind, found it")


def at(seconds: float) -> str:
    """The name of a message said so many seconds into the scene."""
    return f"{MONDAY.timestamp() + seconds:.6f}"


@st.composite
def scenes(draw: st.DrawFn, *, most: int = 9) -> list[Heard]:
    """What happens in a channel, as it happened."""
    found: list[Heard] = []
    said: list[Said] = []
    clock = 0.0
    for _ in range(draw(st.integers(2, most))):
        clock += draw(st.sampled_from(GAPS))
        who = draw(st.sampled_from(PEOPLE))
        what = draw(
            st.sampled_from(("ask", "ask", "open", "other", "other", "thread", "edit", "delete", "react", "take"))
        )
        about = draw(st.sampled_from(said)) if said else None
        if what in ("ask", "open", "other") or about is None:
            text = draw(st.sampled_from({"ask": ASKING, "open": OPEN}.get(what, OTHER)))
            named = () if what == "open" else tuple(draw(st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True)))
            said.append(Said(PLACE, at(clock), who, text, tuple(one for one in named if one != who)))
            found.append(said[-1])
        elif what == "thread":
            text = draw(st.sampled_from((*OTHER, *ASKING)))
            found.append(Said(PLACE, at(clock), who, text, thread=about.thread or about.ts))
            said.append(found[-1])  # type: ignore[arg-type]
        elif what == "edit":
            text = draw(st.sampled_from((*OTHER, *ASKING)))
            edited = MONDAY.timestamp() + clock
            found.append(Said(PLACE, about.ts, about.author, text, about.named, thread=about.thread, edited_at=edited))
        elif what == "delete":
            found.append(Unsaid(PLACE, about.ts))
        else:
            at_ = MONDAY.timestamp() + clock
            found.append(Reacted(PLACE, about.ts, who, AGREED, added=what == "react", at=at_))
    return found


def heard_anyhow(scene: Sequence[Heard], chance: Random) -> list[list[Heard]]:
    """The same scene in batches of any size and in any order, with some of it heard twice."""
    order = [*scene, *(one for one in scene if chance.random() < 0.3)]
    chance.shuffle(order)
    batches = []
    while order:
        size = chance.randint(1, 4)
        batches.append(order[:size])
        order = order[size:]
    return batches
