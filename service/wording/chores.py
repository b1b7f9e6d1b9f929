"""What we say about the jobs of a home."""

from service.wording.voice import Voice


def lead(voice: Voice) -> str:
    """Under the heading."""
    return voice.say("What keeps the house going. Tap what is done, take one over, or thank somebody.")


def none_yet(voice: Voice) -> str:
    """The heading of an empty list."""
    return voice.say("No jobs here yet")


def none_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("Add the ones that are easy to miss. What is seen can be thanked.")


def example(voice: Voice) -> str:
    """A job as it may stand there."""
    return voice.say("“Taking out the rubbish, every week”")


def jobs(voice: Voice) -> str:
    """Over the list."""
    return voice.say("To do")


def whose(voice: Voice, name: str) -> str:
    """Beside a job that somebody has."""
    return voice.say("{name} has this one", name=name)


def mine(voice: Voice) -> str:
    """Beside a job of one's own."""
    return voice.say("Yours")


def anybodys(voice: Voice) -> str:
    """Beside a job that nobody has in particular."""
    return voice.say("Whoever gets to it")


def comes_back(voice: Voice) -> str:
    """A job that repeats: beside it, and one of two choices."""
    return voice.say("Comes back")


def once(voice: Voice) -> str:
    """The other choice."""
    return voice.say("Just once")


def done(voice: Voice) -> str:
    """The button for a job one did."""
    return voice.say("Done")


def somebody_else(voice: Voice) -> str:
    """The way to saying that somebody else did it."""
    return voice.say("Somebody Else Did It")


def take(voice: Voice) -> str:
    """The button that takes over a job."""
    return voice.say("I Will Take It")


def end(voice: Voice) -> str:
    """The button that ends a job."""
    return voice.say("Take It off the List")


def is_done(voice: Voice, title: str) -> str:
    """After doing a job."""
    return voice.say("Done: {title}", title=title)


def is_done_by(voice: Voice, name: str, title: str) -> str:
    """After saying that somebody did a job."""
    return voice.say("Noted for {name}: {title}", name=name, title=title)


def is_taken(voice: Voice, title: str) -> str:
    """After taking a job over."""
    return voice.say("Yours now: {title}", title=title)


def is_ended(voice: Voice) -> str:
    """After ending a job."""
    return voice.say("Off the list.")


def is_back(voice: Voice) -> str:
    """After undoing one of these."""
    return voice.say("Back on the list.")


def added(voice: Voice, title: str) -> str:
    """After adding a job."""
    return voice.say("On the list: {title}", title=title)


def lately(voice: Voice) -> str:
    """Over the jobs that others did in the last days."""
    return voice.say("Done this week")


def lately_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("For a word of thanks, while it is fresh.")


def done_by(voice: Voice, name: str, title: str) -> str:
    """One of them."""
    return voice.say("{name}: {title}", name=name, title=title)


def thanked(voice: Voice) -> str:
    """Beside one that was thanked for."""
    return voice.say("Thanked")


def add_title(voice: Voice) -> str:
    """Over the form for a new job."""
    return voice.say("Add a job")


def add(voice: Voice) -> str:
    """Its button."""
    return voice.say("Add It")


def what(voice: Voice) -> str:
    """The label of its name."""
    return voice.say("What is the job?")


def what_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("A few words, or choose a picture below.")


def picture(voice: Voice) -> str:
    """Over the pictures."""
    return voice.say("A picture for it")


def how_often(voice: Voice) -> str:
    """The label of how often it comes."""
    return voice.say("Does it come back?")


def who_has_it(voice: Voice) -> str:
    """The label of who has it."""
    return voice.say("Who has it?")


def who_did_it(voice: Voice) -> str:
    """The label of who did a job."""
    return voice.say("Who did it?")


def note_it(voice: Voice) -> str:
    """The button that says so."""
    return voice.say("Note It")


def or_swap(voice: Voice) -> str:
    """Beside the form for thanks at home: a deed is as good."""
    return voice.say("A deed says thanks too: take over a job of theirs.")
