"""Repair lines: own it, name it, say the next step; sent under one's own name."""

from collections.abc import Iterator, Mapping

from service.ruptures import Register, Rupture
from service.wording import slots, texts
from service.wording.texts import Form, Part, Text
from service.wording.voice import Voice

_TEAM, _FAMILY, _CHILD = Register

_LINES: Mapping[Rupture, Mapping[Register, str]] = {
    Rupture.EFFORT_UNSEEN: {
        _TEAM: "I didn't say it at the time: thank you for {effort}. It made {benefit} easier.",
        _FAMILY: "I noticed and didn't say so. Thank you for {effort}. It helped.",
        _CHILD: "Thank you for {effort}. I saw it and it helped.",
    },
    Rupture.REPLY_WAITING: {
        _TEAM: "Sorry for the wait, that's on me. I'll send the rest by {day}. The short answer: {answer}",
        _FAMILY: "Sorry I took so long to reply. {answer}",
        _CHILD: "Sorry I was slow. {answer}",
    },
    Rupture.PERSONAL_WAITING: {
        _TEAM: "I read what you wrote, and I'm sorry I didn't answer sooner. Thank you for telling me. "
        "Would you like to talk, or just have me know?",
        _FAMILY: "I'm sorry I didn't answer sooner. You matter to me. Can I call you tonight?",
        _CHILD: "Thank you for telling me. I'm sorry I took a while. Do you want a hug?",
    },
    Rupture.DIVIDED_ATTENTION: {
        _TEAM: "I was on my screen while you were speaking, and I'm sorry. I'd like to hear it properly. "
        "Could you tell me again?",
        _FAMILY: "I'm sorry, I was on my phone. It's away now. Will you tell me again?",
        _CHILD: "Sorry I was looking at the screen. I'm listening now.",
    },
    Rupture.TALKED_OVER: {
        _TEAM: "I came in before you had finished, and I'm sorry. I'd like to hear the rest.",
        _FAMILY: "I jumped in too soon. Sorry. What were you going to say?",
        _CHILD: "Sorry I talked over you. It's your turn now.",
    },
    Rupture.SHARP_TONE: {
        _TEAM: "My reply was sharper than it needed to be, and I'm sorry. What I meant was: {restated}",
        _FAMILY: "I was short with you, and I'm sorry. Can I say it again more kindly?",
        _CHILD: "Sorry I used a cross voice. I'll try again.",
    },
    Rupture.JOKE_LANDED: {
        _TEAM: "My joke was about you, and that wasn't fair. I'm sorry. I won't use it again.",
        _FAMILY: "I got a laugh at your cost, and I'm sorry. I'll leave that one out.",
        _CHILD: "Sorry for my joke about you. I won't say it again.",
    },
    Rupture.LOOK_OR_SIGH: {
        _TEAM: "I sighed while you were speaking, and I'm sorry. Please go on, I'd like to hear it.",
        _FAMILY: "That sigh wasn't fair on you, and I'm sorry. Tell me the rest?",
        _CHILD: "Sorry I rolled my eyes. I'm listening.",
    },
    Rupture.SLIPPED_PROMISE: {
        _TEAM: "Something I promised hasn't happened yet, and that's on me. You'll have it by {day}: {promise}",
        _FAMILY: "I forgot what I promised, and I'm sorry. Can we do it on {day}?",
        _CHILD: "Sorry I forgot. Can we do it on {day}?",
    },
    Rupture.ONE_SIDED_START: {
        _TEAM: "You've been starting our catch-ups, and I'm grateful. I'll set up the next one.",
        _FAMILY: "I've left the planning to you. Thank you for doing it. I'll plan the next one.",
        _CHILD: "Thank you for asking me to play. Next time I'll ask you.",
    },
    Rupture.LEFT_OUT: {
        _TEAM: "You could have heard this from me sooner, and I'm sorry. Is there anything you'd change? "
        "I'll see what can still move.",
        _FAMILY: "We decided before asking you, and I'm sorry. What would you like?",
        _CHILD: "Sorry we left you out. Do you want to join in now?",
    },
    Rupture.CREDIT_ASTRAY: {
        _TEAM: "I showed your work without your name, and I'm sorry. I'll tell {audience} today.",
        _FAMILY: "I took the thanks for something you did. I'll put that right. Thank you.",
        _CHILD: "You did that part, and I'm sorry I didn't say so. I'll tell them now.",
    },
    Rupture.DAY_MISSED: {
        _TEAM: "I missed {occasion}, and I'm sorry. Late but meant: {wish}",
        _FAMILY: "I missed {occasion}, and I'm sorry. Can we mark it on {day}?",
        _CHILD: "Sorry I missed your day. Can we have a treat together on {day}?",
    },
    Rupture.SPACE_NOT_KEPT: {
        _TEAM: "I wrote to you in your time off, and it could have waited. I'm sorry. I'll schedule it next time.",
        _FAMILY: "You asked for some space and I came in anyway. I'm sorry. I'll ask first.",
        _CHILD: "Sorry I came in without asking. I'll knock next time.",
    },
}


def _line(rupture: Rupture, register: Register) -> Text:
    return Text(rupture, register, Form.REPAIR, Part.LINE, _LINES[rupture][register])


def catalogue() -> Iterator[Text]:
    """Every repair line."""
    for rupture in Rupture:
        for register in Register:
            yield _line(rupture, register)


def blanks(rupture: Rupture, register: Register) -> frozenset[str]:
    """What has to be filled before a line can be said."""
    return _line(rupture, register).slots


def line(voice: Voice, rupture: Rupture, fillings: slots.Fillings = texts.NO_FILLINGS) -> str:
    """What the one who did it may send, in the register of the voice."""
    return texts.spoken(voice, _line(rupture, voice.register), fillings)
