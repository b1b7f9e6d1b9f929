"""What we say to whoever looks after an installation: what is wrong, and how to mend it."""

from typing import assert_never

from service.nudges.rules import NudgeKind
from service.troubles import Seen, Trouble
from service.wording.voice import Voice


def title(voice: Voice) -> str:
    """The heading of the page, and the way to it."""
    return voice.say("Needs attention")


def lead(voice: Voice, *, whole: bool) -> str:
    """Under the heading: how far this page looks."""
    if whole:
        return voice.say("What does not mend itself, here and in the machinery below. It names nobody.")
    return voice.say(
        "What does not mend itself in this workspace. It names nobody. Others share this installation, so its "
        "machinery is for whoever runs it."
    )


def all_well(voice: Voice) -> str:
    """Where nothing was seen."""
    return voice.say("Nothing needs you")


def all_well_why(voice: Voice) -> str:
    """Under it: what was looked at."""
    return voice.say("Messages go out, rounds are walked, and nothing is stuck.")


def more_by_hand(voice: Voice) -> str:
    """At the foot: what this page leaves out, before the command that tells it."""
    return voice.say(
        "This page asks nobody outside. On the machine, {command} also asks Slack and the mail server.",
        command="goldseam doctor",
    )


def look_again(voice: Voice) -> str:
    """The way to look once more."""
    return voice.say("Look Again")


def how_to_mend(voice: Voice) -> str:
    """Before what can be done."""
    return voice.say("To mend it:")


def said(voice: Voice, seen: Seen) -> str:  # noqa: C901 - one line for each kind
    """What is wrong."""
    facts = {name: str(value) for name, value in seen.facts.items()}
    count = int(seen.facts.get("count", 0))
    match seen.trouble:
        case Trouble.LOOPBACK:
            return voice.say("Invitations lead to {address}, which only this machine knows.", address=facts["address"])
        case Trouble.WITHOUT_HTTPS:
            return voice.say(
                "{address} is open to others without encryption: what they send can be read on the way.",
                address=facts["address"],
            )
        case Trouble.LITTLE_ROOM:
            return voice.say("The disk has {count} megabytes to spare.", count=count)
        case Trouble.DATABASE_BEHIND:
            return voice.say("The database does not fit this version.")
        case Trouble.REDIS_AWAY:
            return voice.say(
                "Redis does not answer ({why}). Nothing is lost, work is only found later.", why=facts["why"]
            )
        case Trouble.REDIS_FORGETS:
            return voice.say("Redis may forget work by itself when it is full.")
        case Trouble.NO_WORKER:
            return voice.say("No worker is listening.")
        case Trouble.ROUNDS_STAND:
            return voice.count(
                "Nothing has been done for a while. 1 message is due.",
                "Nothing has been done for a while. {count} messages are due.",
                count,
            )
        case Trouble.ROUND_FAILED:
            return voice.say("The round {name} ended with an error ({why}).", name=facts["name"], why=facts["why"])
        case Trouble.ROUND_LATE:
            return voice.say("The round {name} is late.", name=facts["name"])
        case Trouble.NO_BACKUP:
            return voice.say("There is no backup in {folder}.", folder=facts["folder"])
        case Trouble.BACKUP_OLD:
            return voice.say("The newest backup is {count} days old.", count=count)
        case Trouble.SUSPENDED:
            return voice.say("Nothing is sent in {name}: its token was turned away.", name=facts["name"])
        case Trouble.PARKED:
            return voice.count(
                "Nobody knows whether 1 message arrived ({kind}).",
                "Nobody knows whether {count} messages arrived ({kind}).",
                count,
                kind=_kind(facts),
            )
        case Trouble.FAILED:
            return voice.count(
                "1 message could not be delivered ({kind}).",
                "{count} messages could not be delivered ({kind}).",
                count,
                kind=_kind(facts),
            )
        case Trouble.UNKNOWN:
            return voice.count(
                "We are asking whether 1 message arrived ({kind}).",
                "We are asking whether {count} messages arrived ({kind}).",
                count,
                kind=_kind(facts),
            )
        case Trouble.HELD_BACK:
            return voice.count(
                "1 message was turned away for now ({kind}).",
                "{count} messages were turned away for now ({kind}).",
                count,
                kind=_kind(facts),
            )
        case _:
            assert_never(seen.trouble)


def _kind(facts: dict[str, str]) -> str:
    """Of which kind, and what the courier said; both are names of ours, and of the courier's answers."""
    kind = NudgeKind(facts["kind"]).value.replace("_", " ")
    return f"{kind}, {facts['why']}" if facts.get("why") else kind


def remedy(voice: Voice, seen: Seen) -> str:  # noqa: C901 - one line for each kind
    """How to mend it."""
    match seen.trouble:
        case Trouble.LOOPBACK:
            return voice.say(
                "Start with {command} for phones at home, or set {setting} to the address people open.",
                command="make run LAN=1",
                setting="PUBLIC_URL",
            )
        case Trouble.WITHOUT_HTTPS:
            return voice.say(
                "At home that may do. Otherwise put a proxy with a certificate in front and set {setting} to its "
                "address.",
                setting="PUBLIC_URL",
            )
        case Trouble.LITTLE_ROOM:
            return voice.say("Make room, or move {setting} to a larger disk.", setting="STATE_DIR")
        case Trouble.DATABASE_BEHIND:
            return voice.say("Run {command}, or install the version that made it.", command="goldseam db upgrade")
        case Trouble.REDIS_AWAY:
            return voice.say(
                "Start it, or leave {setting} unset and run {command}.", setting="REDIS_URL", command="goldseam up"
            )
        case Trouble.REDIS_FORGETS:
            return voice.say("Set {setting} in its configuration.", setting="maxmemory-policy noeviction")
        case Trouble.NO_WORKER:
            return voice.say("Start {command}.", command="goldseam worker")
        case Trouble.ROUNDS_STAND:
            return voice.say(
                "Start {worker} and {clock}, or both with {up}.",
                worker="goldseam worker",
                clock="goldseam clock",
                up="goldseam up",
            )
        case Trouble.ROUND_FAILED:
            return voice.say("The log says where. It is tried again by itself.")
        case Trouble.ROUND_LATE:
            return voice.say("A worker may be busy or stuck: look at its log, and start one more.")
        case Trouble.NO_BACKUP | Trouble.BACKUP_OLD:
            return voice.say("Run {command} every night, and keep the keys apart.", command="goldseam backup")
        case Trouble.SUSPENDED:
            return voice.say("Install the app there again. What waits goes out then.")
        case Trouble.PARKED:
            return voice.say("It is never sent twice. It lies in its reader's inbox here: ask whether they have it.")
        case Trouble.FAILED:
            return voice.say("It lies in its reader's inbox here. See whether they can still be reached that way.")
        case Trouble.UNKNOWN | Trouble.HELD_BACK:
            return voice.say("Nothing, as a rule: it goes on by itself.")
        case _:
            assert_never(seen.trouble)
