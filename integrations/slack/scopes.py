"""What Slack is asked to grant: each scope with its reason, and those a workspace can do without."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from service.wording import home
from service.wording.voice import Voice

WHY: Final = {
    "channels:history": "to hear questions and answers in public channels we were invited to",
    "channels:read": "to know such a channel's name, and who of those who joined is in it",
    "chat:write": "to write to members, and to post a circle's invitation and thanks that are shared",
    "commands": "for the commands and the shortcuts",
    "groups:history": "to hear questions and answers in private channels we were invited to",
    "groups:read": "to know such a channel's name, and who of those who joined is in it",
    "im:history": "to read back our own messages to members, so that none is sent twice",
    "im:write": "to open the direct conversation in which a member hears from us",
    "reactions:read": "to hear the reactions a circle agreed on: for answered, and for thanks",
    "users:read": "to know the name, time zone and language of somebody who meets us",
}
"""Each scope, and what it is for."""
SCOPES: Final = tuple(WHY)


@dataclass(frozen=True, slots=True)
class Optional:
    """Scopes that belong together, and what they unlock."""

    scopes: frozenset[str]
    unlocks: Callable[[Voice], str]


PUBLIC: Final = Optional(frozenset({"channels:history", "channels:read"}), home.unlocks_public)
PRIVATE: Final = Optional(frozenset({"groups:history", "groups:read"}), home.unlocks_private)
REACTIONS: Final = Optional(frozenset({"reactions:read"}), home.unlocks_reactions)
OPTIONAL: Final = (PUBLIC, PRIVATE, REACTIONS)
REQUIRED: Final = frozenset(SCOPES) - frozenset().union(*(each.scopes for each in OPTIONAL))
"""Without these nobody could be written to."""


def missing(granted: Iterable[str]) -> list[Optional]:
    """What was not granted; nothing where Slack did not say what was."""
    known = frozenset(granted)
    return [each for each in OPTIONAL if known and not each.scopes <= known]
