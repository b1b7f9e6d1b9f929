"""What the form for thanks says in a chat: its doors, whom it cannot reach, and where the words go."""

from collections.abc import Iterable

from service.wording.voice import Voice


def usage(voice: Voice, command: str) -> str:
    """After the command alone, or with words that name nobody."""
    return voice.say(
        "Type {command}, then names and what they did, in any order. You see all of it before it goes.",
        command=command,
    )


def kept_words(voice: Voice) -> str:
    """Under the usage, where words were typed that named nobody."""
    return voice.say("What you typed is kept in the form.")


def thank_someone(voice: Voice) -> str:
    """A button under a question to recall by."""
    return voice.say("Thank Someone")


def thank_someone_else(voice: Voice) -> str:
    """A button at the end of a lead's weekly list."""
    return voice.say("Thank Someone Else")


def post_in(voice: Voice, place: str) -> str:
    """One of the choices of who reads thanks: a post in a channel."""
    return voice.say("A post in {place}", place=place)


def read_by_them(voice: Voice, names: Iterable[str]) -> str:
    """Where thanks to several people go by default."""
    return voice.say("You and {names} see it, and nobody else.", names=voice.names(names))


def wished_quieter(voice: Voice, names: Iterable[str]) -> str:
    """Before sending: somebody likes to be thanked more quietly than the giver chose."""
    return voice.say(
        "{names} would rather be thanked more quietly, so it goes where fewer people see it.",
        names=voice.names(names),
    )


def is_app(voice: Voice, name: str) -> str:
    """An app was chosen."""
    return voice.say("{name} is an app. Choose a person.", name=name)


def is_guest(voice: Voice, name: str) -> str:
    """A guest was chosen."""
    return voice.say("{name} is a guest here, and we don't write to guests. A line in person may do.", name=name)


def is_gone(voice: Voice, name: str) -> str:
    """Somebody was chosen who is no longer in the chat."""
    return voice.say("{name} is no longer here, so words of ours can't get there.", name=name)


def is_stranger(voice: Voice, name: str) -> str:
    """Somebody of another organisation was chosen."""
    return voice.say(
        "{name} belongs to another organisation, and we don't write there. A line in person may do.", name=name
    )


def unknown(voice: Voice) -> str:
    """Somebody was chosen whom the chat does not know."""
    return voice.say("One of these is nobody we can find. Choose again.")


def too_much_for_chat(voice: Voice) -> str:
    """More words than a form of the chat can carry to its preview."""
    return voice.say("That is more than this form can carry. Shorten it a little. Nothing you wrote is lost.")


def marked(voice: Voice) -> str:
    """To somebody who put the reaction that this channel chose for thanks."""
    return voice.say("You marked this message. Would you like to add a few words of thanks?")


def reaction_chosen(voice: Voice, reaction: str) -> str:
    """After a channel chose its reaction for thanks."""
    return voice.say(
        "From now on {reaction} under a message here offers whoever put it a few words of thanks. "
        "Only they see the offer.",
        reaction=reaction,
    )


def reaction_ended(voice: Voice) -> str:
    """After a channel gave up its reaction for thanks."""
    return voice.say("No reaction offers thanks here any more.")


def which_reaction(voice: Voice, command: str) -> str:
    """How a channel chooses its reaction."""
    return voice.say("Type {command} and one reaction, or {command} off.", command=command)


def about_message(voice: Voice) -> str:
    """In the form, where thanks are about a message; a link to it follows."""
    return voice.say("About one message.")


def about_work(voice: Voice) -> str:
    """In the form, where thanks are about work that was noticed."""
    return voice.say("What was noticed stands in the form. Say it your way.")


def lately(voice: Voice) -> str:
    """The heading on the app's home over thanks that may still be changed."""
    return voice.say("Thanks you gave just now")


def open_link(voice: Voice) -> str:
    """A link to what thanks are about, where it is no message."""
    return voice.say("Open the link")
