"""How we decline: what is in the way, how to mend it, and never a loss of what was typed."""

from collections.abc import Iterable
from typing import assert_never

from service.errors import Problem, ProblemKind
from service.wording import home, suggestions
from service.wording.voice import Voice


def sentence(voice: Voice, problem: Problem) -> str:  # noqa: C901 - one line for each kind
    """One problem in words; `problem.at` says beside which field they belong."""
    match problem.kind:
        case ProblemKind.NOT_FOUND:
            return voice.say("This is not here, or no longer. Go back to the list and choose again.")
        case ProblemKind.NOT_ALLOWED:
            return voice.say("This is for others to do. Ask a lead of the circle, or the owner.")
        case ProblemKind.NOT_GRANTED:
            return home.needs_scope(voice)
        case ProblemKind.NOT_JOINED:
            return voice.say("This works once you have joined. Joining takes one tap, leaving too.")
        case ProblemKind.EXPIRED:
            return voice.say("This has run out. Open it once more and go on from there.")
        case ProblemKind.ALREADY_DONE:
            return voice.say("This is done already. There is nothing left to do.")
        case ProblemKind.TOO_LATE:
            return voice.say("The time to change this has passed. You can write a new line instead.")
        case ProblemKind.TOO_LONG:
            return _too_long(voice, problem)
        case ProblemKind.TOO_MANY:
            return _too_many(voice, problem)
        case ProblemKind.TOO_SOON:
            return voice.say("That is a little soon. Wait a while and try it again.")
        case ProblemKind.MISSING:
            return voice.say("Something belongs here. A few words are enough.")
        case ProblemKind.UNKNOWN_VALUE:
            return voice.say("We can't use this value. Choose one of those on offer.")
        case ProblemKind.NOBODY_CHOSEN:
            return voice.say("Choose at least one person.")
        case ProblemKind.ONLY_YOURSELF:
            return voice.say("That would go to you alone. Choose somebody else as well.")
        case ProblemKind.OWN_WORDS_NEEDED:
            return voice.say("Add a few words of your own, however plain.")
        case ProblemKind.DAY_IS_PAST:
            return voice.say("That day has passed. Choose today or a later one.")
        case ProblemKind.LAST_OWNER:
            return voice.say("Nobody else owns this workspace yet. Name another owner first.")
        case ProblemKind.SWITCHED_OFF:
            return voice.say("This is switched off here. The owner of the workspace can switch it on.")
        case ProblemKind.UNKNOWN_TIME_ZONE:
            return voice.say("We don't know this time zone. Choose the nearest large city.")
        case ProblemKind.UNKNOWN_ADDRESS:
            return voice.say("We can't read this as an address. Check it for a slip of the finger.")
        case ProblemKind.HOURS_TURNED:
            return voice.say("These times don't fit. The day starts, then the list comes, then it ends.")
        case ProblemKind.NO_WORKING_DAY:
            return voice.say("Choose at least one day, or take a pause instead.")
        case ProblemKind.PLACE_TAKEN:
            return voice.say("This belongs to somebody already. Choose another, or take it off there first.")
        case ProblemKind.TOO_FEW_OTHERS:
            return suggestions.too_few(voice)
        case ProblemKind.LEAD_OF_THEM:
            return suggestions.lead_signs(voice)
        case ProblemKind.OUT_OF_REACH:
            return voice.say(
                "Your words can't reach {name} here. A line in person may do.", name=problem.values["name"]
            )
        case ProblemKind.UNREADABLE_FILE:
            return voice.say("This file could not be read. Choose another one; nothing of it was kept.")
        case ProblemKind.FRESH_SIGN_IN_NEEDED:
            return voice.say("This needs a fresh sign-in. Sign in once more and you are back here.")
        case ProblemKind.PIN_SHUT:
            return voice.say("This number does not open anything now. A grown-up can sign in and set a new one.")
        case ProblemKind.LAST_ADULT:
            return voice.say("Nobody else here is an adult yet. Hand over to another adult, or close this home.")
        case ProblemKind.PASSKEY_ELSEWHERE:
            return voice.say(
                "This passkey was asked for at another address. Open Goldseam at its own and try it there."
            )
        case ProblemKind.PASSKEY_UNFIT:
            return voice.say("This passkey could not be checked. Try it once more, or sign in by a link.")
        case ProblemKind.PASSKEY_UNKNOWN:
            return voice.say("This passkey is not known here any more. Sign in by a link, then add a new one.")
        case ProblemKind.SIGN_IN_UNCLEAR:
            return voice.say("It did not become clear who you are there. Try it once more, or ask for a link.")
        case ProblemKind.UNKNOWN_THERE:
            return voice.say("Goldseam is not in that workspace yet. Whoever looks after it can add Goldseam.")
        case _:
            assert_never(problem.kind)


def sentences(voice: Voice, problems: Iterable[Problem]) -> str:
    """Several problems in one breath, for places that have no fields."""
    return " ".join(dict.fromkeys(sentence(voice, problem) for problem in problems))


def _too_long(voice: Voice, problem: Problem) -> str:
    most = problem.values.get("most")
    if isinstance(most, int):
        return voice.count(
            "There is room for one character. Shorten it a little. Nothing you wrote is lost.",
            "There is room for {count} characters. Shorten it a little. Nothing you wrote is lost.",
            most,
        )
    return voice.say("This is too long. Shorten it a little. Nothing you wrote is lost.")


def _too_many(voice: Voice, problem: Problem) -> str:
    most = problem.values.get("most")
    if isinstance(most, int):
        return voice.count(
            "One at a time is the most here. Take some away, or go on later.",
            "{count} at a time are the most here. Take some away, or go on later.",
            most,
        )
    return voice.say("That is more than fits at once. Take some away, or go on later.")
