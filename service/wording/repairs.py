"""What we say about signed repair: the fork, the coach, and what comes back."""

from datetime import date

from service.ruptures import Register
from service.wording.voice import Voice


def fork(voice: Voice) -> str:
    """The first and only question of the coach."""
    return voice.say("What brings you here?")


def fork_mend(voice: Voice) -> str:
    """The first answer."""
    return voice.say("I'd like to mend something I did")


def fork_hurt(voice: Voice) -> str:
    """The second answer."""
    return voice.say("Something hurt me")


def fork_saw(voice: Voice) -> str:
    """The third answer."""
    return voice.say("I saw it happen to someone else")


def signed_first(voice: Voice) -> str:
    """Before anything unsigned is offered."""
    return voice.say("Would you be happy to say this with your name? A signed word is clearer.")


def acknowledge(voice: Voice) -> str:
    """The first step of a repair."""
    return voice.say("What happened, in plain words")


def name_it(voice: Voice) -> str:
    """The second step."""
    return voice.say("What it may have been like for them")


def reconnect(voice: Voice) -> str:
    """The third step."""
    return voice.say("What you'd like to do next")


def deed(voice: Voice) -> str:
    """A way without words."""
    return voice.say("A deed instead of words: a cup of tea, a job taken over, something fixed.")


def nothing(voice: Voice) -> str:
    """The way out of the coach."""
    return voice.say("Leaving it be is a good end too.")


def preview(voice: Voice, name: str) -> str:
    """Above the preview of exactly what will be sent."""
    return voice.say("This is what {name} will read, with your name:", name=name)


def hold(voice: Voice) -> str:
    """Before a signed note goes."""
    return voice.say("We will send this tomorrow morning. You can change your mind until then.")


def goes_when_good(voice: Voice) -> str:
    """The same sentence to every writer of a note, whether or not others wrote."""
    return voice.say("This will go out when the time is good, or you will hear within 14 days that it did not.")


def sent(voice: Voice) -> str:
    """All that a writer sees afterwards."""
    return voice.say("Sent.")


def undo(voice: Voice) -> str:
    """Beside what was just sent."""
    return voice.say("You can take it back for ten minutes.")


def received(voice: Voice, name: str) -> str:
    """Above a repair; its words follow."""
    return voice.say("{name} would like to mend something with you:", name=name)


def note_received(voice: Voice, name: str) -> str:
    """Above a signed note; its sentences follow."""
    return voice.say("{name} picked these words from our list.", name=name)


def note_expired(voice: Voice) -> str:
    """To the writer of a note that found no good time."""
    return voice.say("Your note from two weeks ago did not go out. You can say it another way, or let it go.")


def answered_thanks(voice: Voice, name: str) -> str:
    """Back to the writer: *Thank you*."""
    return voice.say("{name} says thank you.", name=name)


def answered_talk(voice: Voice, name: str) -> str:
    """Back to the writer: *Let's talk*."""
    return voice.say("{name} would like to talk. You could suggest a time.", name=name)


def answered_later(voice: Voice, name: str) -> str:
    """Back to the writer: *Not now*."""
    return voice.say("{name} has read it, and needs some time.", name=name)


def answered_unsettled(voice: Voice, name: str) -> str:
    """Back to the writer: *Not settled*."""
    return voice.say("For {name} this isn't settled yet. A talk may do more than another line.", name=name)


def answered_settled(voice: Voice, name: str) -> str:
    """To the other side, when the one who was hurt calls it settled."""
    return voice.say("For {name} this is settled.", name=name)


def unfair(voice: Voice) -> str:
    """After *This isn't fair*, to whoever pressed it."""
    return voice.say("Taken away. It costs nobody anything. We look at our wording, not at you.")


def bigger(voice: Voice, help_at: str) -> str:
    """Where small repair is the wrong tool; the workspace's contacts follow."""
    return voice.say(
        "This sounds bigger than a small repair. We won't send a note. Here is who can help: {help}",
        help=help_at,
    )


def smaller_way(voice: Voice) -> str:
    """Do something small, in answer to a note."""
    return voice.say("A small deed often says it. Nobody is told which one you choose.")


def witness(voice: Voice) -> str:
    """A word from somebody who was there."""
    match voice.register:
        case Register.TEAM:
            return voice.say("I was there, and it stayed with me. Would you like to talk?")
        case Register.FAMILY:
            return voice.say("I saw that. How are you?")
        case Register.CHILD:
            return voice.say("I saw that. Are you okay?")


def from_ask(voice: Voice, on: date, today: date | None = None) -> str:
    """The coach, opened from a question that waited."""
    return voice.say("About the question from {day}", day=voice.day(on, today))


def none_yet(voice: Voice) -> str:
    """An empty list of repairs."""
    return voice.say("Nothing here. You can start from any small thing you'd like to mend.")


def send_line(voice: Voice) -> str:
    """In answer to a note: a repair line of one's own."""
    return voice.say("Send a Repair Line")
