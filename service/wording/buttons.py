"""What buttons say, by the identifier of what they do: specific verbs in title case, no marks."""

from enum import StrEnum
from typing import assert_never

from service.wording.voice import Voice


class Button(StrEnum):
    """What a press does: `<noun>.<verb>`, the same in Slack, on the web and in the API."""

    ACCESS_OPEN = "access.open"
    PEOPLE_JOIN = "people.join"
    PEOPLE_CHOOSE = "people.choose"
    PEOPLE_LEAVE = "people.leave"
    PEOPLE_BOUNDARY = "people.boundary"
    PEOPLE_PAUSE = "people.pause"
    PEOPLE_INVITE = "people.invite"
    PEOPLE_MAKE_CIRCLE = "people.make_circle"
    PEOPLE_ADD_TO_CIRCLE = "people.add_to_circle"
    PEOPLE_LEAVE_PLACE = "people.leave_place"
    PEOPLE_SETTINGS = "people.settings"
    APPRECIATIONS_OPEN = "appreciations.open"
    APPRECIATIONS_GIVE = "appreciations.give"
    APPRECIATIONS_EDIT = "appreciations.edit"
    APPRECIATIONS_WITHDRAW = "appreciations.withdraw"
    APPRECIATIONS_STOP = "appreciations.stop"
    APPRECIATIONS_SWAP = "appreciations.swap"
    ASKS_WATCH = "asks.watch"
    ASKS_MARK = "asks.mark"
    ASKS_ANSWER = "asks.answer"
    ASKS_PROMISE = "asks.promise"
    ASKS_DECLINE = "asks.decline"
    ASKS_NOT_MINE = "asks.not_mine"
    ASKS_SNOOZE = "asks.snooze"
    ASKS_AGAIN = "asks.again"
    ASKS_RELEASE = "asks.release"
    ASKS_NOT_AN_ASK = "asks.not_an_ask"
    ASKS_ANSWERED = "asks.answered"
    ASKS_TAKE = "asks.take"
    ASKS_TRIAGE = "asks.triage"
    EFFORTS_NOTE = "efforts.note"
    EFFORTS_ALREADY = "efforts.already"
    EFFORTS_SKIP = "efforts.skip"
    REPAIRS_OPEN = "repairs.open"
    REPAIRS_SEND = "repairs.send"
    REPAIRS_WITHDRAW = "repairs.withdraw"
    REPAIRS_THANK = "repairs.thank"
    REPAIRS_TALK = "repairs.talk"
    REPAIRS_LATER = "repairs.later"
    REPAIRS_UNSETTLED = "repairs.unsettled"
    REPAIRS_SETTLE = "repairs.settle"
    REPAIRS_UNFAIR = "repairs.unfair"
    REPAIRS_DEED = "repairs.deed"
    SUGGESTIONS_OPEN = "suggestions.open"
    SUGGESTIONS_SLIP = "suggestions.slip"
    SUGGESTIONS_KEEP = "suggestions.keep"
    SUGGESTIONS_OMIT = "suggestions.omit"
    SUGGESTIONS_OTHER = "suggestions.other"
    SUGGESTIONS_PAUSE = "suggestions.pause"
    SUGGESTIONS_REPORT = "suggestions.report"
    SUGGESTIONS_SHARE = "suggestions.share"
    MOMENTS_NOTE = "moments.note"
    MOMENTS_RESOLVE = "moments.resolve"
    MOMENTS_BALANCE = "moments.balance"
    MOMENTS_STARTED = "moments.started"
    MOMENTS_END = "moments.end"
    MOMENTS_DISMISS = "moments.dismiss"
    OCCASIONS_ADD = "occasions.add"
    OCCASIONS_HIDE = "occasions.hide"
    NUDGES_WHY = "nudges.why"
    NUDGES_FEWER = "nudges.fewer"
    NUDGES_STOP = "nudges.stop"
    NUDGES_MONTHLY = "nudges.monthly"


def label(voice: Voice, button: Button) -> str:  # noqa: C901 - one line for each button
    """The words on a button."""
    match button:
        case Button.ACCESS_OPEN:
            return voice.say("Open on the Web")
        case Button.PEOPLE_JOIN:
            return voice.say("Join")
        case Button.PEOPLE_CHOOSE:
            return voice.say("Choose")
        case Button.PEOPLE_LEAVE:
            return voice.say("Leave")
        case Button.PEOPLE_BOUNDARY:
            return voice.say("Set Your Hours")
        case Button.PEOPLE_PAUSE:
            return voice.say("Pause")
        case Button.PEOPLE_INVITE:
            return voice.say("Invite This Circle")
        case Button.PEOPLE_MAKE_CIRCLE:
            return voice.say("Make This Channel a Circle")
        case Button.PEOPLE_ADD_TO_CIRCLE:
            return voice.say("Add to a Circle")
        case Button.PEOPLE_LEAVE_PLACE:
            return voice.say("Don't Listen")
        case Button.PEOPLE_SETTINGS:
            return voice.say("Workspace Settings")
        case Button.APPRECIATIONS_OPEN:
            return voice.say("Say Thanks")
        case Button.APPRECIATIONS_GIVE:
            return voice.say("Send Thanks")
        case Button.APPRECIATIONS_EDIT:
            return voice.say("Edit")
        case Button.APPRECIATIONS_WITHDRAW:
            return voice.say("Take It Back")
        case Button.APPRECIATIONS_STOP:
            return voice.say("Don't Send Me These")
        case Button.APPRECIATIONS_SWAP:
            return voice.say("Swap a Job")
        case Button.ASKS_WATCH:
            return voice.say("Watch for a Reply")
        case Button.ASKS_MARK:
            return voice.say("Mark It")
        case Button.ASKS_ANSWER:
            return voice.say("Answer")
        case Button.ASKS_PROMISE:
            return voice.say("Give a Day")
        case Button.ASKS_DECLINE:
            return voice.say("Can't Help")
        case Button.ASKS_NOT_MINE:
            return voice.say("Not for Me")
        case Button.ASKS_SNOOZE:
            return voice.say("Later")
        case Button.ASKS_AGAIN:
            return voice.say("Ask Again")
        case Button.ASKS_RELEASE:
            return voice.say("Let It Go")
        case Button.ASKS_NOT_AN_ASK:
            return voice.say("Not an Ask")
        case Button.ASKS_ANSWERED:
            return voice.say("I Answered")
        case Button.ASKS_TAKE:
            return voice.say("I'll Take It")
        case Button.ASKS_TRIAGE:
            return voice.say("Go Through Them")
        case Button.EFFORTS_NOTE:
            return voice.say("Note What Someone Did")
        case Button.EFFORTS_ALREADY:
            return voice.say("Already Did")
        case Button.EFFORTS_SKIP:
            return voice.say("Not This One")
        case Button.REPAIRS_OPEN:
            return voice.say("Start a Repair")
        case Button.REPAIRS_SEND:
            return voice.say("Send It")
        case Button.REPAIRS_WITHDRAW:
            return voice.say("Take It Back")
        case Button.REPAIRS_THANK:
            return voice.say("Thank You")
        case Button.REPAIRS_TALK:
            return voice.say("Let's Talk")
        case Button.REPAIRS_LATER:
            return voice.say("Not Now")
        case Button.REPAIRS_UNSETTLED:
            return voice.say("Not Settled")
        case Button.REPAIRS_SETTLE:
            return voice.say("Call It Settled")
        case Button.REPAIRS_UNFAIR:
            return voice.say("This Isn't Fair")
        case Button.REPAIRS_DEED:
            return voice.say("Do Something Small")
        case Button.SUGGESTIONS_OPEN:
            return voice.say("Suggest a Repair, Unsigned")
        case Button.SUGGESTIONS_SLIP:
            return voice.say("Slip the Card")
        case Button.SUGGESTIONS_KEEP:
            return voice.say("Keep It")
        case Button.SUGGESTIONS_OMIT:
            return voice.say("Not This One for Now")
        case Button.SUGGESTIONS_OTHER:
            return voice.say("Another Kind Next Week")
        case Button.SUGGESTIONS_PAUSE:
            return voice.say("Pause My Cards")
        case Button.SUGGESTIONS_REPORT:
            return voice.say("Unkind or Not Safe")
        case Button.SUGGESTIONS_SHARE:
            return voice.say("Share What I Will Try")
        case Button.MOMENTS_NOTE:
            return voice.say("Note a Moment")
        case Button.MOMENTS_RESOLVE:
            return voice.say("Let It Be")
        case Button.MOMENTS_BALANCE:
            return voice.say("Who Starts")
        case Button.MOMENTS_STARTED:
            return voice.say("I Started This")
        case Button.MOMENTS_END:
            return voice.say("Look No More")
        case Button.MOMENTS_DISMISS:
            return voice.say("Not Now")
        case Button.OCCASIONS_ADD:
            return voice.say("Add a Day")
        case Button.OCCASIONS_HIDE:
            return voice.say("Hide My Day")
        case Button.NUDGES_WHY:
            return voice.say("Why This?")
        case Button.NUDGES_FEWER:
            return voice.say("Fewer of These")
        case Button.NUDGES_STOP:
            return voice.say("Stop These")
        case Button.NUDGES_MONTHLY:
            return voice.say("Keep Them Monthly")
        case _:
            assert_never(button)


def stop_hint(voice: Voice) -> str:
    """Beside every off switch."""
    return voice.say("Turn this off. Nobody will be told.")
