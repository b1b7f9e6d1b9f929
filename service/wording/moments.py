"""What we say about private noticing, and about who starts."""

from service.wording.voice import Voice


def title(voice: Voice) -> str:
    """The heading of the form for a moment."""
    return voice.say("Something small happened")


def private(voice: Voice) -> str:
    """Under the form: who can read it."""
    return voice.say("Only you can read this. It fades after 180 days, or when you delete it.")


def who(voice: Voice) -> str:
    """The label of the person field, which may stay empty."""
    return voice.say("With whom? You can leave this empty.")


def note(voice: Voice) -> str:
    """The label of the private note."""
    return voice.say("A note to yourself")


def mine_here(voice: Voice) -> str:
    """A question to oneself; it may end in no message at all."""
    return voice.say("What is mine here?")


def mine_here_hint(voice: Voice) -> str:
    """Under that question."""
    return voice.say("Tired, rushed, or hoping for something unsaid? Nothing to send is a good answer too.")


def noted(voice: Voice) -> str:
    """After noting a moment."""
    return voice.say("Noted, for you alone.")


def pattern(voice: Voice) -> str:
    """To oneself, after the third of a kind with the same person in four weeks."""
    return voice.say("You have noted this kind of moment on three days. Want to say something, or let it go for now?")


def let_be(voice: Voice) -> str:
    """After letting a pattern be."""
    return voice.say("Let be. It will fade by itself.")


def none_yet(voice: Voice) -> str:
    """An empty list of moments."""
    return voice.say("Nothing noted. That is fine.")


def balance_title(voice: Voice) -> str:
    """The heading of the setting for who starts."""
    return voice.say("Who starts")


def balance_quiet(voice: Voice) -> str:
    """What agreeing to it means."""
    return voice.say("No numbers are shown. Only the quieter side ever hears of it, as an invitation.")


def balance_invite(voice: Voice, name: str) -> str:
    """To the quieter side alone, at most once in six weeks."""
    return voice.say("It has been a while since you started a plan with {name}. Want to suggest one?", name=name)


def what_kind(voice: Voice) -> str:
    """The label of the kinds in the form for a moment."""
    return voice.say("What kind of moment was it?")


def say_something(voice: Voice) -> str:
    """A button under a pattern: to the coach."""
    return voice.say("Say Something")


def slip_a_card(voice: Voice) -> str:
    """A button under a pattern: to the unsigned cards."""
    return voice.say("Slip a Card")
