"""What an import says while it reads, and of what it found."""

from service.wording.voice import Voice


def reading(voice: Voice) -> str:
    """Before the first file has been read."""
    return voice.say("Reading")


def read_so_far(voice: Voice, messages: int) -> str:
    """While it reads."""
    return voice.count("{count} message", "{count} messages", messages)


def report(voice: Voice, messages: int, channels: int, asks: int, open_asks: int | None, kept: int) -> tuple[str, ...]:
    """What was found, in numbers."""
    lines = [
        voice.count("{count} message read.", "{count} messages read.", messages),
        voice.count("{count} channel.", "{count} channels.", channels),
        voice.count("{count} ask found.", "{count} asks found.", asks),
    ]
    if open_asks is None:
        lines.append(voice.say("A dry run follows no replies and keeps nothing."))
        return tuple(lines)
    lines.append(voice.count("{count} of them is still open.", "{count} of them are still open.", open_asks))
    lines.append(
        voice.count(
            "{count} ask kept: nothing is kept about anybody who has not joined.",
            "{count} asks kept: nothing is kept about anybody who has not joined.",
            kept,
        )
    )
    return tuple(lines)


def bad_file(voice: Voice, name: str) -> str:
    """A file that could not be read; the rest was."""
    return voice.say("Passed over, since it cannot be read: {name}", name=name)


def passed_over(voice: Voice, rows: int) -> str:
    """Rows that could not be read; the rest was."""
    return voice.count(
        "{count} row passed over, since it cannot be read.",
        "{count} rows passed over, since they cannot be read.",
        rows,
    )


def which_workspace(voice: Voice) -> str:
    """Several workspaces could be meant."""
    return voice.say("There is more than one workspace. Name one with --workspace.")
