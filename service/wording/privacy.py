"""The page that tells whoever comes what is kept, why, how long, and how it goes; asked for by nobody's session."""

from service.wording.voice import Voice


def title(voice: Voice) -> str:
    """The heading of the page, and the way there."""
    return voice.say("What is kept, and why")


def lead(voice: Voice) -> str:
    """Under it."""
    return voice.say("Until you join, nothing is noticed or computed about you. A colleague's thanks may reach you.")


def never(voice: Voice) -> tuple[str, ...]:
    """What is not kept about anybody."""
    return (
        voice.say("The text of anything said in Slack is kept nowhere, and read by no model."),
        voice.say(
            "Direct messages between people are not read. In our own direct messages to you we look up one thing: "
            "whether something we sent has arrived."
        ),
        voice.say("Who slipped an unsigned card is written down nowhere."),
        voice.say("No hours online, no speed of answers, no points, and no comparison of people."),
        voice.say("Nothing is sold or passed on, and nothing is used to train a model."),
    )


def never_title(voice: Voice) -> str:
    """Over it."""
    return voice.say("What is not kept")


def kept_title(voice: Voice) -> str:
    """Over what is kept."""
    return voice.say("What is kept, for what, and how long")


def name_and_zone(voice: Voice) -> str:
    """One thing that is kept."""
    return voice.say(
        "Your name, time zone and language, from Slack or from you: to address you, at an hour that suits."
    )


def hours(voice: Voice) -> str:
    """One thing that is kept."""
    return voice.say("Your hours and wishes: to follow them.")


def asks(voice: Voice) -> str:
    """One thing that is kept."""
    return voice.say("That a message asks you something, when, and whether it is settled: to tell you once.")


def windows(voice: Voice) -> str:
    """One thing that is kept."""
    return voice.say(
        "Of a channel a circle listens in: who wrote when, and keyed numbers for rare words, to see which message "
        "answers which."
    )


def efforts(voice: Voice) -> str:
    """One thing that is kept."""
    return voice.say("Work that was noticed, by the title its tool gave it: so that it can be thanked.")


def thanks(voice: Voice) -> str:
    """One thing that is kept."""
    return voice.say("Thanks and repairs you write: they are messages to somebody.")


def moments(voice: Voice) -> str:
    """One thing that is kept."""
    return voice.say("Private moments: for you alone, and sealed.")


def nudges(voice: Voice) -> str:
    """One thing that is kept."""
    return voice.say("What we sent you: your inbox.")


def sessions(voice: Voice) -> str:
    """One thing that is kept."""
    return voice.say("Where you are signed in: to keep you signed in.")


def until_you_leave(voice: Voice) -> str:
    """How long."""
    return voice.say("Until you leave")


def until_deleted(voice: Voice) -> str:
    """How long."""
    return voice.say("Until you or whoever received it deletes it")


def days(voice: Voice, count: int) -> str:
    """How long."""
    return voice.count("{count} day", "{count} days", count)


def days_after(voice: Voice, count: int) -> str:
    """How long after it is settled."""
    return voice.count("{count} day after it is settled", "{count} days after it is settled", count)


def days_idle(voice: Voice, count: int) -> str:
    """How long after the last visit."""
    return voice.count("{count} day after your last visit", "{count} days after your last visit", count)


def yours_title(voice: Voice) -> str:
    """Over what somebody may do."""
    return voice.say("Read it, take it along, or have it deleted")


def yours(voice: Voice, days: int) -> tuple[str, ...]:
    """How to see, take and delete; `days` is how long a workspace that left may come back."""
    return (
        voice.say("Under your settings stands everything that is kept about you, to read and to save as a file."),
        voice.say("Leaving deletes it at once, and nobody is told. In Slack that is a button on the app's home."),
        voice.count(
            "Where the app is taken out of a Slack workspace, its keys are deleted at once and all its data after "
            "{count} day, or at once where an owner asks for it.",
            "Where the app is taken out of a Slack workspace, its keys are deleted at once and all its data after "
            "{count} days, or at once where an owner asks for it.",
            days,
        ),
    )


def safe_title(voice: Voice) -> str:
    """Over how it is kept safe."""
    return voice.say("How it is kept safe")


def safe(voice: Voice) -> tuple[str, ...]:
    """How it is kept safe."""
    return (
        voice.say("Slack's keys and private moments are sealed in the database. Nobody else is shown another's."),
        voice.say("What we send to Slack goes to Slack alone, and only to those it is for."),
    )


def host_title(voice: Voice) -> str:
    """Over who runs it."""
    return voice.say("Who runs this, and whom to ask")


def host(voice: Voice) -> str:
    """Where the operator said whom to write to; the address follows."""
    return voice.say("The people who host this installation answer questions about it:")


def host_unnamed(voice: Voice) -> str:
    """Where the operator did not say."""
    return voice.say(
        "The people who host this installation gave you its address. Ask them, or an owner of your workspace."
    )
