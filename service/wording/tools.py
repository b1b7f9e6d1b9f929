"""What we say about other tools: tokens, secrets, and what a member is called there."""

from service.people.acts import Act
from service.wording.voice import Voice

_NAMES = {"github": "GitHub", "gitlab": "GitLab"}


def tool(name: str) -> str:
    """A tool by its own name, which is the same in every language."""
    return _NAMES[name]


def title(voice: Voice) -> str:
    """The heading over tokens and secrets, and the way to them."""
    return voice.say("Other tools")


def lead(voice: Voice) -> str:
    """Under it."""
    return voice.say("Tokens and secrets belong to the workspace. Each is shown once and ends when it is taken back.")


def shown_once(voice: Voice) -> str:
    """Over a token or secret that was made just now."""
    return voice.say("Copy this now. It is not shown a second time.")


def tokens(voice: Voice) -> str:
    """Over the tokens of the API."""
    return voice.say("Tokens")


def token_name(voice: Voice) -> str:
    """The label of a token's name."""
    return voice.say("What is it for?")


def token_may(voice: Voice) -> str:
    """The label of what it may do."""
    return voice.say("What may it do?")


def make_token(voice: Voice) -> str:
    """The button that makes it."""
    return voice.say("Make a Token")


def may(voice: Voice, act: Act) -> str:
    """What a token may do."""
    match act:
        case Act.PEOPLE_SEE:
            return voice.say("See who is here, and in which circles")
        case Act.EFFORTS_NOTE:
            return voice.say("Note work that was done")
        case Act.APPRECIATIONS_FEED:
            return voice.say("Read the feed")
        case Act.APPRECIATIONS_GIVE:
            return voice.say("Give thanks for members, in their own words")
        case Act.APPRECIATIONS_EDIT:
            return voice.say("Change thanks it gave, for ten minutes")
        case Act.APPRECIATIONS_WITHDRAW:
            return voice.say("Take back thanks it gave")
        case _:
            return voice.say("Something else")


def secrets(voice: Voice) -> str:
    """Over the secrets of webhooks."""
    return voice.say("Webhooks")


def secrets_lead(voice: Voice) -> str:
    """Under it."""
    return voice.say("With a secret, a tool may tell us of work its members finished. Each of them says so first.")


def made_on(voice: Voice, day: str) -> str:
    """Beside a secret."""
    return voice.say("Made on {day}", day=day)


def make_secret(voice: Voice, name: str) -> str:
    """The button that makes one."""
    return voice.say("Make a Secret for {name}", name=name)


def revoke(voice: Voice) -> str:
    """The button that ends either."""
    return voice.say("Take It Back")


def taken_back(voice: Voice) -> str:
    """After it."""
    return voice.say("Taken back. It ends now.")


def logins(voice: Voice) -> str:
    """The heading over one's names at tools, and the way to them."""
    return voice.say("What you are called at work tools")


def logins_lead(voice: Voice) -> str:
    """Under it."""
    return voice.say("Work there is noticed once you say which name is yours. Nobody else can say it for you.")


def suggested(voice: Voice) -> str:
    """Beside a name that somebody else said is theirs."""
    return voice.say("Somebody thinks this is you.")


def confirm(voice: Voice) -> str:
    """The button that says so."""
    return voice.say("This Is Me")


def which_tool(voice: Voice) -> str:
    """The label of the tool."""
    return voice.say("Where?")


def login(voice: Voice) -> str:
    """The label of the name."""
    return voice.say("Your name there")


def let_go(voice: Voice) -> str:
    """The button that ends it."""
    return voice.say("Let It Go")


def claimed(voice: Voice) -> str:
    """After saying so."""
    return voice.say("Thank you. What you finish there can be seen from now on.")


def disclaimed(voice: Voice) -> str:
    """After ending it."""
    return voice.say("Nothing is noticed there any more.")
