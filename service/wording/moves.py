"""What somebody who wants to mend a thing may do, with words or without."""

from collections.abc import Mapping
from enum import StrEnum

from service.ruptures import Rupture
from service.wording.voice import Voice, text


class Move(StrEnum):
    """A small act of repair."""

    THANK_SPECIFIC = "thank_specific"
    CREDIT_OPENLY = "credit_openly"
    REPLY_NOW = "reply_now"
    REPLY_LATE = "reply_late"
    GIVE_A_TIME = "give_a_time"
    SAY_NO_KINDLY = "say_no_kindly"
    LISTEN = "listen"
    SIT_WITH = "sit_with"
    PUT_IT_AWAY = "put_it_away"
    ASK_AGAIN = "ask_again"
    GIVE_FLOOR_BACK = "give_floor_back"
    PAUSE = "pause"
    SOFTEN = "soften"
    RESTATE = "restate"
    TAKE_A_BREAK = "take_a_break"
    OWN_IT = "own_it"
    LEAVE_IT_OUT = "leave_it_out"
    SAY_IT_IN_WORDS = "say_it_in_words"
    NEW_DATE = "new_date"
    RELEASE = "release"
    TAKE_A_TURN = "take_a_turn"
    THANK_STARTER = "thank_starter"
    TELL_EARLY = "tell_early"
    REOPEN = "reopen"
    NAME_THEM = "name_them"
    CORRECT_OPENLY = "correct_openly"
    MARK_LATE = "mark_late"
    SMALL_GESTURE = "small_gesture"
    ASK_FIRST = "ask_first"
    SCHEDULE_LATER = "schedule_later"
    DEED_NO_WORDS = "deed_no_words"
    NOT_NOW = "not_now"


_OWN: Mapping[Rupture, tuple[Move, ...]] = {
    Rupture.EFFORT_UNSEEN: (Move.THANK_SPECIFIC, Move.CREDIT_OPENLY),
    Rupture.REPLY_WAITING: (Move.REPLY_NOW, Move.GIVE_A_TIME, Move.SAY_NO_KINDLY),
    Rupture.PERSONAL_WAITING: (Move.REPLY_LATE, Move.LISTEN, Move.SIT_WITH),
    Rupture.DIVIDED_ATTENTION: (Move.PUT_IT_AWAY, Move.ASK_AGAIN),
    Rupture.TALKED_OVER: (Move.GIVE_FLOOR_BACK, Move.PAUSE),
    Rupture.SHARP_TONE: (Move.SOFTEN, Move.RESTATE, Move.TAKE_A_BREAK),
    Rupture.JOKE_LANDED: (Move.OWN_IT, Move.LEAVE_IT_OUT),
    Rupture.LOOK_OR_SIGH: (Move.SAY_IT_IN_WORDS, Move.REOPEN),
    Rupture.SLIPPED_PROMISE: (Move.OWN_IT, Move.NEW_DATE, Move.RELEASE),
    Rupture.ONE_SIDED_START: (Move.TAKE_A_TURN, Move.THANK_STARTER),
    Rupture.LEFT_OUT: (Move.TELL_EARLY, Move.REOPEN),
    Rupture.CREDIT_ASTRAY: (Move.NAME_THEM, Move.CORRECT_OPENLY),
    Rupture.DAY_MISSED: (Move.MARK_LATE, Move.SMALL_GESTURE),
    Rupture.SPACE_NOT_KEPT: (Move.ASK_FIRST, Move.SCHEDULE_LATER),
}

_LABELS: Mapping[Move, str] = {
    Move.THANK_SPECIFIC: text("Thank them for that one thing"),
    Move.CREDIT_OPENLY: text("Say it where others hear it"),
    Move.REPLY_NOW: text("Answer now, in one line"),
    Move.REPLY_LATE: text("Answer late, since late is fine"),
    Move.GIVE_A_TIME: text("Say when"),
    Move.SAY_NO_KINDLY: text("Say no, kindly"),
    Move.LISTEN: text("Listen, without advice"),
    Move.SIT_WITH: text("Spend a little time together"),
    Move.PUT_IT_AWAY: text("Put the screen away"),
    Move.ASK_AGAIN: text("Ask to hear it again"),
    Move.GIVE_FLOOR_BACK: text("Ask for the rest of their point"),
    Move.PAUSE: text("Leave a pause before you speak"),
    Move.SOFTEN: text("Say it again, more softly"),
    Move.RESTATE: text("Say what you meant"),
    Move.TAKE_A_BREAK: text("Take a break, then talk"),
    Move.OWN_IT: text("Say that it was yours"),
    Move.LEAVE_IT_OUT: text("Leave it out from now on"),
    Move.SAY_IT_IN_WORDS: text("Say it in words"),
    Move.NEW_DATE: text("Give a new day"),
    Move.RELEASE: text("Say that it is off"),
    Move.TAKE_A_TURN: text("Start the next one"),
    Move.THANK_STARTER: text("Thank them for starting"),
    Move.TELL_EARLY: text("Tell them first next time"),
    Move.REOPEN: text("Open it once more"),
    Move.NAME_THEM: text("Say their name with the work"),
    Move.CORRECT_OPENLY: text("Set it straight where it was said"),
    Move.MARK_LATE: text("Mark the day late"),
    Move.SMALL_GESTURE: text("A small gesture"),
    Move.ASK_FIRST: text("Ask before you come in"),
    Move.SCHEDULE_LATER: text("Send it at a better hour"),
    Move.DEED_NO_WORDS: text("A deed, no words: tea, a swapped chore, a fixed thing"),
    Move.NOT_NOW: text("Not now"),
}


def moves(rupture: Rupture) -> tuple[Move, ...]:
    """What may mend this kind; a deed without words and nothing at all are always among them."""
    return *_OWN[rupture], Move.DEED_NO_WORDS, Move.NOT_NOW


def label(voice: Voice, move: Move) -> str:
    """What a picker calls a move."""
    return voice.say(_LABELS[move])
