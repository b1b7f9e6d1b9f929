"""What we say about work that was noticed."""

from collections.abc import Mapping
from datetime import date

from service.efforts.rules import EffortKind
from service.wording.voice import Voice, text

_RECALLS = (
    text("Who made your week easier?"),
    text("Who picked up something that wasn't theirs?"),
    text("Who helped somebody new?"),
    text("Who answered a question that others had left alone?"),
    text("Who tidied up something nobody had asked for?"),
    text("Who stayed calm when things went wrong?"),
    text("Who shared something they had learned?"),
    text("Who said the thing that needed saying, kindly?"),
    text("Who made room for somebody else to speak?"),
    text("Whose work do you notice only when it stops?"),
    text("Who took notes, booked the room, or kept the list?"),
    text("Who did you mean to thank and didn't get round to?"),
)


def digest_title(voice: Voice) -> str:
    """The heading of a lead's weekly digest."""
    return voice.say("Worth a word this week")


def digest_item(voice: Voice, name: str, effort: str, on: date | None = None, today: date | None = None) -> str:
    """One line of the digest; the effort comes last, since its words may be a member's own."""
    if on is None:
        return voice.say("{name}: {effort}", name=name, effort=effort)
    return voice.say("{name}, on {day}: {effort}", name=name, day=voice.day(on, today), effort=effort)


_DONE: Mapping[EffortKind, str] = {
    EffortKind.NOTE: text("work that others could build on"),
    EffortKind.COVER: text("covered for someone"),
    EffortKind.HELP: text("helped where nobody had planned it"),
    EffortKind.MENTORING: text("helped someone learn"),
    EffortKind.REVIEW: text("reviewed a change"),
    EffortKind.GLUE: text("kept things together: notes, rota, rooms"),
    EffortKind.CHANGE: text("finished a change"),
    EffortKind.TASK: text("finished a task"),
    EffortKind.ANSWER: text("answered a question for someone"),
    EffortKind.CHORE: text("did a job at home"),
    EffortKind.REPEATED_CHORE: text("does a job at home, again and again"),
}


def done(voice: Voice, kind: str | None, words: str | None) -> str:
    """What somebody did: the kind, and after it the words of whoever noted it or the tool's own title."""
    said = voice.say(_DONE[EffortKind(kind or EffortKind.NOTE)])
    if words is None:
        return said
    return words if kind in {None, EffortKind.NOTE} else voice.say("{done}: {words}", done=said, words=words)


def digest_doubt(voice: Voice) -> str:
    """Under the lines of a digest."""
    return voice.say("No thanks seen yet, though we may have missed it.")


def limits(voice: Voice) -> str:
    """At the end of each digest."""
    return voice.say("This list knows only people who joined, and work it can see.")


def seen_by_you(voice: Voice, name: str, on: date, today: date | None = None) -> str:
    """To one peer who saw the work, whose words follow."""
    return voice.say(
        "You were there on {day} when {name} did something for others. A word from you comes from close by.",
        day=voice.day(on, today),
        name=name,
    )


def caution(voice: Voice) -> str:
    """Beside an effort outside working hours, so that thanks do not reward overwork."""
    return voice.say("This was out-of-hours work. You may want to thank them and ask if it can be avoided next time.")


def recall(voice: Voice, turn: int) -> str:
    """A question that claims nothing, for weeks in which nobody stands out; twelve in turn."""
    return voice.say(_RECALLS[turn % len(_RECALLS)])


def recall_why(voice: Voice) -> str:
    """Under a recall prompt."""
    return voice.say("A question for you alone. If a name comes up, a few plain words are enough.")


def keep_or_stop(voice: Voice) -> str:
    """Once, after several digests that nobody used."""
    return voice.say("These lists have been resting. Keep them monthly, or stop?")


def already_done(voice: Voice) -> str:
    """After *Already did*."""
    return voice.say("Good. This one is off the list.")


def skipped(voice: Voice) -> str:
    """After *Not this one*."""
    return voice.say("Left out. You will not see this one again.")


def noted(voice: Voice, name: str) -> str:
    """After noting what a peer did."""
    return voice.say("Noted for {name}. You can thank them now, too.", name=name)


def noted_own(voice: Voice) -> str:
    """After noting what one did oneself."""
    return voice.say("Noted. Work that is easy to miss counts too.")


def balance(voice: Voice, name: str) -> str:
    """To oneself: a quiet look at whom one has not thanked."""
    return voice.say("You have not written to {name} here for a while. Only you see this.", name=name)


def who_did_it(voice: Voice) -> str:
    """The label of the person in the form that notes work."""
    return voice.say("Who did it? You can choose yourself.")


def what_was_done(voice: Voice) -> str:
    """The label of the words in the form that notes work."""
    return voice.say("What did they do?")


def kept_monthly(voice: Voice) -> str:
    """After *Keep Them Monthly*."""
    return voice.say("From now on these come once a month.")
