"""Signed notes: what happened, what it did to me, what I ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from service.ruptures import Register, Rupture
from service.wording import slots, texts
from service.wording.texts import Form, Part, Text
from service.wording.voice import Voice

_PARTS = (Part.OBSERVE, Part.IMPACT, Part.ASK)
_TEAM, _FAMILY, _CHILD = Register

_NOTES: Mapping[Rupture, Mapping[Register, tuple[str, str, str]]] = {
    Rupture.EFFORT_UNSEEN: {
        _TEAM: (
            "Some effort went by {when} without a word of thanks: {effort}.",
            "It took time and care.",
            "Could you find a moment to mention it?",
        ),
        _FAMILY: (
            "Some help went by {when} without a word: {effort}.",
            "It feels good to have help noticed.",
            "Could you say a quick thank-you?",
        ),
        _CHILD: (
            "Someone helped by {effort}.",
            "Being thanked feels nice.",
            "Do you want to say thank you?",
        ),
    },
    Rupture.REPLY_WAITING: {
        _TEAM: (
            "A question of mine has been open since {day}.",
            "The next step is on hold until there's an answer.",
            "Could you send one line, even if it is “by Friday” or “not this time”?",
        ),
        _FAMILY: (
            "I asked something on {day} and it's still open.",
            "It's hard to plan without an answer.",
            "Could you send a quick yes, no or later?",
        ),
        _CHILD: (
            "I asked you something on {day}.",
            "I am waiting to know.",
            "Can you tell me yes, no or later?",
        ),
    },
    Rupture.PERSONAL_WAITING: {
        _TEAM: (
            "I shared something personal on {day}.",
            "A short reply can mean more than a perfect one.",
            "Could you let me know that it reached you?",
        ),
        _FAMILY: (
            "I told you something on {day} that matters to me.",
            "It can feel lonely to wait.",
            "Could you write a line, or call?",
        ),
        _CHILD: (
            "I told you something big.",
            "Waiting can feel lonely.",
            "Can you say “thanks for telling me”?",
        ),
    },
    Rupture.DIVIDED_ATTENTION: {
        _TEAM: (
            "Screens have been in use {where} while I was speaking.",
            "I lose my thread when that happens.",
            "Could we keep the first ten minutes screen-free?",
        ),
        _FAMILY: (
            "A phone was in use {where} while I was talking {when}.",
            "I felt less close than I'd like.",
            "Could we put phones away for that time?",
        ),
        _CHILD: (
            "The screen was on when I was talking.",
            "I felt a bit alone.",
            "Can you look at me while I tell you?",
        ),
    },
    Rupture.TALKED_OVER: {
        _TEAM: (
            "I stopped before the end of my point {where} {when}.",
            "I kept the rest to myself.",
            "Could you leave a short pause before coming in?",
        ),
        _FAMILY: (
            "I stopped half-way through what I was saying {when}.",
            "I gave up on the rest.",
            "Could you let me get to the end?",
        ),
        _CHILD: (
            "I wasn't done talking.",
            "I felt left out.",
            "Can I finish first next time?",
        ),
    },
    Rupture.SHARP_TONE: {
        _TEAM: (
            "A reply {where} {when} sounded short to me. It may not have been meant that way.",
            "I found it hard to hear the point.",
            "Could you try a softer first line next time?",
        ),
        _FAMILY: (
            "Something said {when} stung a little, and I know days get long.",
            "I went quiet after it.",
            "Could we try it again more gently?",
        ),
        _CHILD: (
            "That voice sounded cross.",
            "I felt small.",
            "Can you say it in a soft voice?",
        ),
    },
    Rupture.JOKE_LANDED: {
        _TEAM: (
            "A joke {where} {when} was about a person.",
            "I found it hard to laugh along.",
            "Could we keep jokes off one another?",
        ),
        _FAMILY: (
            "A joke about me {when} hurt more than it showed.",
            "I'd been hoping for a kind word.",
            "Could we leave that one out from now on?",
        ),
        _CHILD: (
            "That joke was about me.",
            "It made me sad.",
            "Can you not tell it again, please?",
        ),
    },
    Rupture.LOOK_OR_SIGH: {
        _TEAM: (
            "There was a look or a sigh {where} {when} while I was speaking.",
            "I felt less sure about going on.",
            "Could you tell me in words if you see it another way?",
        ),
        _FAMILY: (
            "There was a sigh while I was talking {when}.",
            "I wasn't sure what it meant.",
            "Could you tell me in words? I'd like to know.",
        ),
        _CHILD: (
            "There was a big sigh when I talked.",
            "I felt silly.",
            "Can you tell me with words?",
        ),
    },
    Rupture.SLIPPED_PROMISE: {
        _TEAM: (
            "Something agreed {when} hasn't come back yet.",
            "I'm holding other things for it.",
            "Could you give a new date, or say it's off?",
        ),
        _FAMILY: (
            "We agreed on something {when} and it hasn't happened yet.",
            "I've been looking forward to it.",
            "Could we pick a new day?",
        ),
        _CHILD: (
            "We said we would do something and it hasn't happened yet.",
            "I was looking forward to it.",
            "Can we pick a day?",
        ),
    },
    Rupture.ONE_SIDED_START: {
        _TEAM: (
            "I've been the one starting most of our catch-ups {when}.",
            "It can get tiring to go first so often.",
            "Could you start the next one?",
        ),
        _FAMILY: (
            "I've been the one making most of the plans {when}.",
            "I'd love to be asked too.",
            "Could you pick the next one?",
        ),
        _CHILD: (
            "I ask to play a lot.",
            "I like it when someone asks me.",
            "Can you ask me next time?",
        ),
    },
    Rupture.LEFT_OUT: {
        _TEAM: (
            "A decision {when} reached me once it was settled.",
            "I had something to add.",
            "Could you check with the people it touches a bit sooner?",
        ),
        _FAMILY: (
            "Plans were made {when} and I heard later.",
            "I felt on the outside of it.",
            "Could you ask me next time, even if it's quick?",
        ),
        _CHILD: (
            "I didn't know about the plan.",
            "I felt left out.",
            "Can you tell me next time?",
        ),
    },
    Rupture.CREDIT_ASTRAY: {
        _TEAM: (
            "Some work was shown {when} without the name behind it.",
            "I think that name matters.",
            "Could you add it the next time it comes up?",
        ),
        _FAMILY: (
            "The thanks for {effort} went to someone else {when}.",
            "It would be good to set it straight.",
            "Could you mention who did it?",
        ),
        _CHILD: (
            "I did that part too.",
            "It's nice when names are said.",
            "Can you tell who helped?",
        ),
    },
    Rupture.DAY_MISSED: {
        _TEAM: (
            "A day that mattered to someone passed quietly {when}.",
            "A late kind word is still welcome.",
            "Could you send one?",
        ),
        _FAMILY: (
            "A day that matters to me passed quietly {when}.",
            "I missed marking it together.",
            "Could we do something small?",
        ),
        _CHILD: (
            "My special day went by.",
            "I felt a bit sad.",
            "Can we do something small together?",
        ),
    },
    Rupture.SPACE_NOT_KEPT: {
        _TEAM: (
            "Work messages have been coming in outside work hours {when}.",
            "I find it hard to switch off.",
            "Could you schedule them, or mark what can wait?",
        ),
        _FAMILY: (
            "I'd asked for some quiet time {when} and it got cut short.",
            "I need it to rest.",
            "Could you check with me first?",
        ),
        _CHILD: (
            "I wanted to be alone for a bit.",
            "It helps me feel calm.",
            "Can you knock and wait for my yes?",
        ),
    },
}


@dataclass(frozen=True, slots=True)
class Note:
    """A signed note in somebody's language."""

    observe: str
    impact: str
    ask: str

    def __str__(self) -> str:
        return f"{self.observe} {self.impact} {self.ask}"


@cache
def _parts(rupture: Rupture, register: Register) -> tuple[Text, Text, Text]:
    observe, impact, ask = (
        Text(rupture, register, Form.NOTE, part, english)
        for part, english in zip(_PARTS, _NOTES[rupture][register], strict=True)
    )
    return observe, impact, ask


def catalogue() -> Iterator[Text]:
    """Every part of every note."""
    for rupture in Rupture:
        for register in Register:
            yield from _parts(rupture, register)


def blanks(rupture: Rupture, register: Register) -> frozenset[str]:
    """What has to be filled before a note can be said."""
    return frozenset().union(*(part.slots for part in _parts(rupture, register)))


def note(voice: Voice, rupture: Rupture, fillings: slots.Fillings = texts.NO_FILLINGS) -> Note:
    """The note about this kind, in the register of the voice."""
    observe, impact, ask = (texts.spoken(voice, part, fillings) for part in _parts(rupture, voice.register))
    return Note(observe, impact, ask)
