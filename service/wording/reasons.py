"""Why a member sees a nudge, in plain words, and what it rests on."""

from typing import assert_never

from service.nudges.rules import NudgeKind
from service.wording import weeks
from service.wording.voice import Voice


def why(voice: Voice, kind: NudgeKind) -> str:  # noqa: C901 - one line for each kind
    """The answer to "why am I seeing this?"; the numbers are the defaults of the rules."""
    match kind:
        case NudgeKind.WELCOME:
            return voice.say("You joined just now. This comes once.")
        case NudgeKind.PLACE_OFFERED:
            return voice.say("You added Goldseam to this channel. Only you got this, and only once.")
        case NudgeKind.ASK_WAITING:
            return voice.say(
                "Someone asked you by name a working day or more ago (at home, a day), "
                "and we saw no answer. Each question comes up once, at most 3 in a morning, and is let go after "
                "5 working days (at home, 7 days). We may have missed your reply."
            )
        case NudgeKind.ASK_OPEN_TIP:
            return voice.say(
                "You asked a question that named nobody a working day ago, and we saw no answer. This comes once."
            )
        case NudgeKind.ASK_PROMISED:
            return voice.say("The person you asked gave you a day.")
        case NudgeKind.ASK_PASSED_ON:
            return voice.say("Someone who was asked thought you may know. No is a full answer.")
        case NudgeKind.QUESTION_AT_HOME:
            return voice.say("Someone in your family put this question to you in the family's room.")
        case NudgeKind.ANSWER_AT_HOME:
            return voice.say("You asked this in the family's room.")
        case NudgeKind.THANKS_RECEIVED:
            return voice.say("Someone wrote these words to you. They don't count against your weekly messages.")
        case NudgeKind.THANKS_SHARED:
            return voice.say("Whoever gave these thanks chose to share them here.")
        case NudgeKind.THANKS_WEEK:
            return weeks.why(voice)
        case NudgeKind.EFFORT_UNTHANKED:
            return voice.say(
                "You lead this circle. These people finished work 7 to 21 days ago, and we saw no thanks. "
                "At most three are named a week, those first who have waited longest."
            )
        case NudgeKind.EFFORT_RECALL:
            return voice.say(
                "In your first two weeks, or where nobody stands out, we ask instead of guessing: at most every "
                "other week."
            )
        case NudgeKind.EFFORT_SEEN:
            return voice.say(
                "You reviewed, answered or noted this work. It was done 7 to 21 days ago, and we saw no thanks."
            )
        case NudgeKind.KEEP_OR_STOP:
            return voice.say(
                "You have passed over several of these, so they came every 2, 4, then 8 weeks. No answer means stop."
            )
        case NudgeKind.CIRCLE_DIGEST:
            return voice.say("Your morning message goes out today anyway, so this line travels with it.")
        case NudgeKind.REPAIR_RECEIVED:
            return voice.say("Someone wants to mend something with you, and signed it.")
        case NudgeKind.REPAIR_ANSWERED:
            return voice.say("You sent a signed word, and this came back.")
        case NudgeKind.NOTE_RECEIVED:
            return voice.say(
                "Someone picked these words for you and signed them. Notes come at most once a week and twice in "
                "30 days."
            )
        case NudgeKind.NOTE_EXPIRED:
            return voice.say("Your note found no good time within 14 days. This says nothing about you or them.")
        case NudgeKind.CARD_DRAWN:
            return voice.say("Everyone who takes part draws one card a week, whether or not anyone put one in.")
        case NudgeKind.HOUSE_CARD:
            return voice.say("Your circle draws one card a week, the same for everyone.")
        case NudgeKind.CARD_SHARE:
            return voice.say("Now and then we ask who would like to tell what they will try.")
        case NudgeKind.MOMENT_PATTERN:
            return voice.say("You noted three moments of one kind within 28 days. Only you can see them.")
        case NudgeKind.BALANCE_INVITE:
            return voice.say("You both agreed to this. It comes at most once in six weeks, and to one of you.")
        case NudgeKind.OCCASION_SOON | NudgeKind.OCCASION_TODAY:
            return voice.say("Someone added this day so that it can be marked.")
        case _:
            assert_never(kind)


def fewer_or_stop(voice: Voice) -> str:
    """At the end of every message from us."""
    return voice.say("You can have fewer of these, or none. Nobody will be told.")


def letters(voice: Voice) -> str:
    """Over the page that ends letters."""
    return voice.say("Letters from us")


def fewer(voice: Voice) -> str:
    """After *Fewer of These*."""
    return voice.say("Fewer from now on: at most one such message a week.")


def stopped(voice: Voice) -> str:
    """After *Stop These*."""
    return voice.say("Stopped. Nobody was told. You can turn it on again on your page.")


def quiet(voice: Voice) -> str:
    """Where a week has nothing."""
    return voice.say("Nothing for you this week.")
