"""Lines to have ready for the one who is hurt, and asks to the chair about a practice, naming nobody."""

from collections.abc import Iterator, Mapping

from service.ruptures import Register, Rupture
from service.wording import texts
from service.wording.texts import Form, Part, Text
from service.wording.voice import Voice

_TEAM, _FAMILY, _CHILD = Register

_READY: Mapping[Rupture, Mapping[Register, str]] = {
    Rupture.EFFORT_UNSEEN: {
        _TEAM: "I put some time into this, and I'd be glad of a word about it.",
        _FAMILY: "I did this one. It would be nice to have it noticed.",
        _CHILD: "I helped with that. Did you see?",
    },
    Rupture.REPLY_WAITING: {
        _TEAM: "I asked something a while ago. Is a yes, a no or a day possible?",
        _FAMILY: "I asked you something. A yes, a no or a later is fine.",
        _CHILD: "I asked you something. Can you tell me?",
    },
    Rupture.PERSONAL_WAITING: {
        _TEAM: "I told you something that matters to me. You don't need to solve it.",
        _FAMILY: "I told you something big. It would help to know it reached you.",
        _CHILD: "I told you a sad thing. Can we talk?",
    },
    Rupture.DIVIDED_ATTENTION: {
        _TEAM: "I'll wait until you can look up. It won't take long.",
        _FAMILY: "I'd like to tell you when the phone is away.",
        _CHILD: "Can you look at me, please?",
    },
    Rupture.TALKED_OVER: {
        _TEAM: "I'd like to get to the end of my point.",
        _FAMILY: "I'd like to get to the end of my story.",
        _CHILD: "I'm not done yet.",
    },
    Rupture.SHARP_TONE: {
        _TEAM: "I'd like to hear your point. Could we slow down a little?",
        _FAMILY: "I want to talk about this. Can we do it more gently?",
        _CHILD: "That voice is too loud for me.",
    },
    Rupture.JOKE_LANDED: {
        _TEAM: "I'd rather leave that joke out.",
        _FAMILY: "That one isn't fun for me any more.",
        _CHILD: "I don't like that joke.",
    },
    Rupture.LOOK_OR_SIGH: {
        _TEAM: "If you see it another way, I'd like to hear it in words.",
        _FAMILY: "I can't tell what that sigh means. Will you tell me?",
        _CHILD: "Can you say it with words?",
    },
    Rupture.SLIPPED_PROMISE: {
        _TEAM: "We agreed on this. I'd be glad of a new date, or a plain no.",
        _FAMILY: "I'm looking forward to our plan. Can we pick a day?",
        _CHILD: "We said we would do it. When can we?",
    },
    Rupture.ONE_SIDED_START: {
        _TEAM: "I'd be glad if the next invite came from you.",
        _FAMILY: "I'd love it if you picked the next plan.",
        _CHILD: "Can you come and ask me next time?",
    },
    Rupture.LEFT_OUT: {
        _TEAM: "This touches my work. I'd like to hear of such plans sooner.",
        _FAMILY: "I'd like to be asked. Can we talk before it's settled?",
        _CHILD: "I didn't know. Can you tell me the plan?",
    },
    Rupture.CREDIT_ASTRAY: {
        _TEAM: "I worked on that part, and I'd like my name with it.",
        _FAMILY: "I did that with you. I'd like it to be said.",
        _CHILD: "I did that part.",
    },
    Rupture.DAY_MISSED: {
        _TEAM: "That day meant something to me. A word would be kind, even now.",
        _FAMILY: "My day mattered to me. Can we mark it late?",
        _CHILD: "It was my special day. Can we do something?",
    },
    Rupture.SPACE_NOT_KEPT: {
        _TEAM: "I'm off at that time. I'll read it in the morning.",
        _FAMILY: "I need some quiet now. I'll come and find you later.",
        _CHILD: "I want to be alone now.",
    },
}

_CHAIR: Mapping[Rupture, Mapping[Register, str]] = {
    Rupture.EFFORT_UNSEEN: {
        _TEAM: "Could we end our meetings with one thanks for work that is easy to miss?",
        _FAMILY: "Could we each name one thing someone did for us, once a week?",
    },
    Rupture.REPLY_WAITING: {
        _TEAM: "Could we agree how soon a question gets a yes, a no or a day?",
        _FAMILY: "Could we agree where to put questions, so they don't get lost?",
    },
    Rupture.PERSONAL_WAITING: {
        _TEAM: "Could we agree that a personal message gets a short line the same day?",
        _FAMILY: "Could we agree that big news gets a call or a hug?",
    },
    Rupture.DIVIDED_ATTENTION: {
        _TEAM: "Could we start our meetings with ten minutes without screens?",
        _FAMILY: "Could we keep phones away from the table?",
    },
    Rupture.TALKED_OVER: {
        _TEAM: "Could we go round once in our reviews, so each point gets to its end?",
        _FAMILY: "Could we take turns at the table, so each story gets to its end?",
    },
    Rupture.SHARP_TONE: {
        _TEAM: "Could we agree to open written comments with what works?",
        _FAMILY: "Could we agree that anyone can call a short break?",
    },
    Rupture.JOKE_LANDED: {
        _TEAM: "Could we keep our meetings free of jokes about one another?",
        _FAMILY: "Could we agree that one “stop” ends a joke?",
    },
    Rupture.LOOK_OR_SIGH: {
        _TEAM: "Could we ask for other views out loud before we move on?",
        _FAMILY: "Could we say it in words when something bothers us?",
    },
    Rupture.SLIPPED_PROMISE: {
        _TEAM: "Could we write down who does what, and by when, before we close?",
        _FAMILY: "Could we put our plans on one list, with a day next to each?",
    },
    Rupture.ONE_SIDED_START: {
        _TEAM: "Could we take turns in setting up our catch-ups?",
        _FAMILY: "Could we take turns in planning our weekends?",
    },
    Rupture.LEFT_OUT: {
        _TEAM: "Could we ask the people a plan touches before we settle it?",
        _FAMILY: "Could we look at the week together before we make plans?",
    },
    Rupture.CREDIT_ASTRAY: {
        _TEAM: "Could we put names next to the work we show?",
        _FAMILY: "Could we say who did what when we tell of it?",
    },
    Rupture.DAY_MISSED: {
        _TEAM: "Could we keep a list of days that people want to mark?",
        _FAMILY: "Could we keep all our days on one calendar?",
    },
    Rupture.SPACE_NOT_KEPT: {
        _TEAM: "Could we agree which hours stay free of messages?",
        _FAMILY: "Could we agree to knock, and to wait?",
    },
}


def _ready(rupture: Rupture, register: Register) -> Text:
    return Text(rupture, register, Form.READY, Part.LINE, _READY[rupture][register])


def _chair(rupture: Rupture, register: Register) -> Text:
    return Text(rupture, register, Form.CHAIR, Part.ASK, _CHAIR[rupture][register])


def catalogue() -> Iterator[Text]:
    """Every line to have ready, and every ask to the chair."""
    for rupture in Rupture:
        for register in Register:
            yield _ready(rupture, register)
            if register in _CHAIR[rupture]:
                yield _chair(rupture, register)


def line(voice: Voice, rupture: Rupture) -> str:
    """What the one who is hurt may say on the spot."""
    return texts.spoken(voice, _ready(rupture, voice.register))


def to_chair(voice: Voice, rupture: Rupture) -> str | None:
    """What may be asked of whoever leads a meeting or a table; nothing in the register for children."""
    if voice.register not in _CHAIR[rupture]:
        return None
    return texts.spoken(voice, _chair(rupture, voice.register))
