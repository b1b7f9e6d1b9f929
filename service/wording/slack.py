"""What we say in Slack alone: on the way in, under a command, in forms and on the app's home."""

from collections.abc import Sequence
from datetime import date, time
from typing import assert_never

from service.asks.rules import Mark
from service.wording.voice import Voice


def introduction(voice: Voice) -> str:
    """The first sentence on the app's home, before joining."""
    return voice.say(
        "Goldseam makes it easier to thank each other, to answer each other and to mend small things. "
        "Nothing is noticed about you until you join."
    )


def only_you(voice: Voice) -> str:
    """Under what one person alone sees."""
    return voice.say("Only you can see this.")


def strangers(voice: Voice) -> str:
    """To somebody of another organisation who pressed a button in a shared channel."""
    return voice.say("This is for the people of this workspace. Your own may have Goldseam too.")


def usage_title(voice: Voice) -> str:
    """Above what a command can do."""
    return voice.say("What you can do here")


def usage_join(voice: Voice, command: str) -> str:
    """One line of help."""
    return voice.say("{command}: read what joining means, and join", command=f"{command} join")


def usage_hours(voice: Voice, command: str) -> str:
    """One line of help."""
    return voice.say("{command}: say when we may write to you", command=f"{command} hours")


def usage_circle(voice: Voice, command: str) -> str:
    """One line of help."""
    return voice.say("{command}: make the channel you are in a circle", command=f"{command} circle")


def usage_leave(voice: Voice, command: str) -> str:
    """One line of help."""
    return voice.say("{command}: leave, and have what we keep about you deleted", command=f"{command} leave")


def usage_shortcut(voice: Voice, shortcut: str) -> str:
    """One line of help; the shortcut by its name in the menu."""
    return voice.say("On any message, in its menu: {shortcut}", shortcut=shortcut)


def not_a_channel(voice: Voice) -> str:
    """After `circle` in a conversation the app is not in."""
    return voice.say("We are not in this conversation. Invite Goldseam to a channel first, then try it there.")


def circle_made(voice: Voice, circle: str) -> str:
    """After a channel was made a circle."""
    return voice.say(
        "{circle} is a circle now, and you lead it. Nobody is noticed until they join. "
        "You can invite the people there in one post.",
        circle=circle,
    )


def place_added(voice: Voice, circle: str) -> str:
    """After a channel was added to a circle."""
    return voice.say("This channel belongs to {circle} now.", circle=circle)


def place_left(voice: Voice) -> str:
    """After *Don't Listen*."""
    return voice.say("We listen to nothing there. You can change that on any day.")


def which_circle(voice: Voice) -> str:
    """The label of the choice of a circle."""
    return voice.say("To which circle?")


def invited(voice: Voice) -> str:
    """After *Invite This Circle*."""
    return voice.say("Your invitation goes to the channel. It can be repeated once.")


def invited_enough(voice: Voice) -> str:
    """After the second invitation."""
    return voice.say("This circle was invited twice. Whoever wants to join finds the way on the app's home.")


def who_owes(voice: Voice) -> str:
    """The label of the choice of who owes an answer."""
    return voice.say("Who may answer this?")


def by_which_day(voice: Voice) -> str:
    """The label of a day one gives."""
    return voice.say("By which day?")


def who_instead(voice: Voice) -> str:
    """The label of the choice of somebody to pass an ask on to."""
    return voice.say("Somebody who may know, if you like")


def how_it_waits(voice: Voice) -> str:
    """The label of the choice of how an ask waits."""
    return voice.say("How may it wait?")


def mark(voice: Voice, mark: Mark) -> str:
    """How an ask waits, as one of the choices."""
    match mark:
        case Mark.NONE:
            return voice.say("As usual")
        case Mark.NO_RUSH:
            return voice.say("No rush")
        case Mark.REPLY_BY:
            return voice.say("A reply by a day")
        case Mark.PERSONAL:
            return voice.say("It is personal")
        case Mark.NO_REPLY_NEEDED:
            return voice.say("No reply needed")
        case _:
            assert_never(mark)


def open_message(voice: Voice) -> str:
    """A link to a message."""
    return voice.say("Open the message")


def i_answered(voice: Voice) -> str:
    """A button for an ask in a conversation that we don't read."""
    return voice.say("I Answered")


def my_questions(voice: Voice) -> str:
    """The heading over what one waits for."""
    return voice.say("Questions of yours that wait")


def promised_by(voice: Voice, name: str, on: date, today: date | None = None) -> str:
    """In the asker's list, under an ask for which a day was given."""
    return voice.say("{name} gave you {day}.", name=name, day=voice.day(on, today))


def your_hours(voice: Voice, days: Sequence[int], starts_at: time, ends_at: time, digest_at: time) -> str:
    """When we may write to a member, in one sentence."""
    return voice.say(
        "We write to you on {days}, between {start} and {end}. Your morning list comes at {at}.",
        days=voice.names(voice.weekday(day) for day in days),
        start=voice.clock(starts_at),
        end=voice.clock(ends_at),
        at=voice.clock(digest_at),
    )


def hours_title(voice: Voice) -> str:
    """The heading over one's hours."""
    return voice.say("When we may write to you")


def hours_saved(voice: Voice) -> str:
    """After one's hours were kept."""
    return voice.say("Kept. From now on we follow these hours.")


def time_zone(voice: Voice) -> str:
    """The label of the time zone."""
    return voice.say("Time zone")


def open_days(voice: Voice) -> str:
    """The label of the days on which we may write."""
    return voice.say("Days")


def day_starts(voice: Voice) -> str:
    """The label of when the day starts."""
    return voice.say("Not before")


def day_ends(voice: Voice) -> str:
    """The label of when the day ends."""
    return voice.say("Not after")


def list_comes(voice: Voice) -> str:
    """The label of when the morning list comes."""
    return voice.say("Morning list at")


def most_a_week(voice: Voice) -> str:
    """The label of the weekly allowance."""
    return voice.say("Other messages a week, at most")


def pause_until(voice: Voice) -> str:
    """The label of the day until which one takes a pause."""
    return voice.say("Pause until, if you like")


def language(voice: Voice) -> str:
    """The label of the language we speak."""
    return voice.say("Language")


def address(voice: Voice) -> str:
    """The label of how one is addressed."""
    return voice.say("How we address you")


def formal(voice: Voice, *, formal: bool) -> str:
    """A way of being addressed, as one of the choices."""
    return voice.say("Formally") if formal else voice.say("Informally")


def save(voice: Voice) -> str:
    """The button that keeps a form."""
    return voice.say("Save")


def cancel(voice: Voice) -> str:
    """The button that leaves a form as it was."""
    return voice.say("Cancel")


def close(voice: Voice) -> str:
    """The button that closes what was read."""
    return voice.say("Close")


def why_title(voice: Voice) -> str:
    """The heading over the reasons of a message."""
    return voice.say("Why you see this")


def watch_title(voice: Voice) -> str:
    """The heading of the form that watches for a reply."""
    return voice.say("Watch for a Reply")


def shortcut_hint(voice: Voice) -> str:
    """What the message shortcut does, in the app's manifest."""
    return voice.say("Keep an eye on a message until it has its answer.")


def command_hint(voice: Voice) -> str:
    """What the command does, in the app's manifest."""
    return voice.say("See what Goldseam can do for you here.")


def purpose(voice: Voice) -> str:
    """What the app is for, in its manifest."""
    return voice.say("Notice, name and repair small ruptures at work and at home.")


def page_installed(voice: Voice, team: str) -> str:
    """The page after an installation."""
    return voice.say("Goldseam is in {team}.", team=team)


def page_next(voice: Voice) -> str:
    """What to do after an installation."""
    return voice.say("Invite it to a channel next. It asks you, and you alone, what it may do there.")


def page_open_slack(voice: Voice) -> str:
    """The link back to Slack."""
    return voice.say("Open Slack")


def page_cancelled(voice: Voice) -> str:
    """The page after an installation that was not agreed to."""
    return voice.say("Nothing was installed. You can start again on any day.")


def page_run_out(voice: Voice) -> str:
    """The page after an installation that took too long, or was begun elsewhere."""
    return voice.say("This installation has run out, or was begun in another browser. Start it once more.")


def page_refused(voice: Voice) -> str:
    """The page where Slack did not agree to an installation."""
    return voice.say("Slack did not agree to this installation. Start it once more, or ask who manages your Slack.")


def page_whole_organisation(voice: Voice) -> str:
    """The page where somebody installs for a whole organisation at once."""
    return voice.say("Goldseam is installed team by team. Choose one team on Slack's page, and start once more.")
