"""What stands in a field of something kept, in words: the store keeps short names, which are for programs."""

from collections.abc import Callable, Mapping
from typing import Final

from service.efforts.rules import Job
from service.moments.rules import Resolved
from service.nudges.rules import NudgeKind
from service.occasions.rules import OccasionKind
from service.people.rules import Role, ThanksWish
from service.ruptures import Rupture
from service.wording import appreciations, boundaries, kinds, noticing, nudges, occasions, people
from service.wording.voice import Voice, text

_SAID_ELSEWHERE: Final[Mapping[str, Callable[[Voice, str], str]]] = {
    "appreciation.job": lambda voice, value: appreciations.job(voice, Job(value)),
    "boundary.thanks_wish": lambda voice, value: boundaries.wish(voice, ThanksWish(value)),
    "chore.job": lambda voice, value: appreciations.job(voice, Job(value)),
    "invite.role": lambda voice, value: people.role(voice, Role(value)),
    "member.role": lambda voice, value: people.role(voice, Role(value)),
    "moment.kind": lambda voice, value: kinds.title(voice, Rupture(value)),
    "moment.resolved": lambda voice, value: noticing.what_became(voice, Resolved(value)),
    "nudge.kind": lambda voice, value: nudges.title(voice, NudgeKind(value)),
    "nudge_wish.kind": lambda voice, value: nudges.title(voice, NudgeKind(value)),
    "occasion.kind": lambda voice, value: occasions.kind(voice, OccasionKind(value)),
    "repair.kind": lambda voice, value: kinds.title(voice, Rupture(value)),
}
"""Fields whose values have their words already."""

_TOOLS: Final[Mapping[str, str]] = {"slack": "Slack", "github": "GitHub", "gitlab": "GitLab"}
"""Names, which are the same in each language."""

_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "appreciation.door": {
        "command": text("a command"),
        "shortcut": text("a shortcut"),
        "message": text("the menu of a message"),
        "home": text("the home page"),
        "nudge": text("a message of ours"),
        "reaction": text("a reaction"),
        "web": text("a page"),
        "api": text("another program"),
    },
    "appreciation.sharing": {
        "private": text("whoever it is for"),
        "circle": text("the circle"),
        "channel": text("the channel"),
    },
    "ask.form": {
        "named": text("put to somebody"),
        "open": text("put to everybody"),
        "watched": text("marked by whoever asked"),
        "home": text("put on our page"),
    },
    "ask.mark": {
        "none": "",
        "no_rush": text("no rush"),
        "reply_by": text("by a day"),
        "personal": text("personal"),
        "no_reply_needed": text("no reply needed"),
    },
    "ask.settled_by": {
        "reply": text("a reply"),
        "reaction": text("a reaction"),
        "another": text("a reply of somebody else"),
        "thanks": text("words of thanks"),
        "deletion": text("it was deleted"),
        "edit": text("it was changed"),
        "tap": text("a button"),
        "declined": text("a no"),
        "not_mine": text("it was not for them"),
    },
    "ask.state": {
        "open": text("waits"),
        "promised": text("promised"),
        "settled": text("settled"),
        "released": text("let go"),
        "dropped": text("ended by itself"),
        "not_an_ask": text("no question"),
    },
    "ask_lesson.taught": {
        "not_an_ask": text("it was no question"),
        "already_answered": text("it was answered already"),
        "rightly_read": text("it was read rightly"),
    },
    "digest_reader.wish": {
        "weekly": text("each week"),
        "monthly": text("each month"),
        "stopped": text("not at all"),
    },
    "effort.closed_by": {
        "thanks": text("words of thanks"),
        "already": text("thanks given elsewhere"),
        "match": text("words that looked like thanks"),
    },
    "effort.kind": {
        "note": text("somebody noted it"),
        "cover": text("stepping in"),
        "help": text("help"),
        "mentoring": text("mentoring"),
        "review": text("a review"),
        "glue": text("what holds a team together"),
        "change": text("a change"),
        "task": text("a task"),
        "answer": text("an answer"),
        "chore": text("a job at home"),
        "repeated_chore": text("a job that comes back"),
    },
    "effort.source": {
        "slack_answer": text("an answer in a channel"),
        "note": text("a note"),
        "chore": text("a job at home"),
        "api": text("another program"),
        "import": text("an import"),
    },
    "identity.kind": {"mail": text("mail")},
    "member.joined": {
        "no": text("no"),
        "thanks": text("for thanks alone"),
        "whole": text("yes"),
    },
    "nudge.change": {
        "none": "",
        "amend": text("to be changed"),
        "recall": text("to be taken back"),
    },
    "nudge.state": {
        "waiting": text("waits"),
        "sending": text("on its way"),
        "sent": text("sent"),
        "failed": text("could not be sent"),
        "unknown": text("not known whether it arrived"),
        "parked": text("put aside"),
        "withdrawn": text("taken back"),
        "expired": text("too late to be sent"),
    },
    "nudge_wish.level": {
        "as_usual": text("as usual"),
        "fewer": text("fewer"),
        "stopped": text("none"),
    },
    "occasion.source": {
        "own": text("whoever's day it is"),
        "family": text("the family"),
        "calendar": text("a calendar"),
    },
    "repair.answer": {
        "thank": text("thank you"),
        "talk": text("would like to talk"),
        "later": text("needs some time"),
        "unsettled": text("not settled yet"),
        "mend": text("a repair line"),
        "deed": text("a small deed"),
        "unfair": text("it felt unfair"),
    },
    "repair.direction": {
        "mine": text("it was mine"),
        "hurt": text("it hurt me"),
    },
    "repair.state": {
        "held": text("waits"),
        "sent": text("sent"),
        "taken_back": text("taken back"),
        "expired": text("too late to be sent"),
        "settled": text("settled"),
        "unfair": text("taken away"),
    },
}


def value(voice: Voice, field: str, kept: str) -> str | None:
    """What stands in a field, such as `ask.state`, in words: empty where it says nothing, None where it has no list."""
    if field in _SAID_ELSEWHERE:
        return _SAID_ELSEWHERE[field](voice, kept)
    if field not in _VALUES:
        return None
    if kept in _TOOLS:
        return _TOOLS[kept]
    english = _VALUES[field][kept]
    return voice.say(english) if english else ""
