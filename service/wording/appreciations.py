"""What we say about thanks: the form, the openers, and how they travel."""

from collections.abc import Iterable, Mapping

from service.appreciations.rules import Job
from service.ruptures import Register
from service.wording.voice import Voice, text


def received(voice: Voice, name: str) -> str:
    """Above the giver's own words."""
    return voice.say("{name} thanks you:", name=name)


def received_from_former(voice: Voice) -> str:
    """Above words whose giver has left."""
    return voice.say("A former member thanks you:")


def shared(voice: Voice, giver: str, recipients: Iterable[str]) -> str:
    """Above thanks that a circle or a channel reads."""
    return voice.say("{giver} thanks {names}:", giver=giver, names=voice.names(recipients))


def everybody_in(voice: Voice, circle: str) -> str:
    """A whole circle, where people are named."""
    return voice.say("everybody in {circle}", circle=circle)


def to_everybody(voice: Voice) -> str:
    """The label of the circles that can be thanked as a whole."""
    return voice.say("Or a whole circle")


def to_everybody_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("One thank-you for all of them but you. The feed names the circle, not each person.")


def valued(voice: Voice, values: Iterable[str]) -> str:
    """What is valued in it, beside the giver's words, by the words of the workspace's own list."""
    return voice.say("What we value in it: {values}", values=voice.names(values))


def which_values(voice: Voice) -> str:
    """The label of the words for what is valued here."""
    return voice.say("Does one of these fit?")


def given(voice: Voice, names: Iterable[str]) -> str:
    """After giving: who will read it."""
    return voice.say("Your thanks are on their way to {names}.", names=voice.names(names))


def undo(voice: Voice) -> str:
    """Beside what was just given."""
    return voice.say("You can change it or take it back for ten minutes.")


def opener(voice: Voice) -> str:
    """A line to go on from, in the giver's register; their own words follow each colon."""
    match voice.register:
        case Register.TEAM:
            return voice.say("What I noticed:")
        case Register.FAMILY:
            return voice.say("I saw that you")
        case Register.CHILD:
            return voice.say("I saw you")


def easier(voice: Voice) -> str:
    """The second blank of the form."""
    match voice.register:
        case Register.TEAM:
            return voice.say("What it made easier:")
        case Register.FAMILY | Register.CHILD:
            return voice.say("It helped me")


def eased(voice: Voice, words: str) -> str:
    """What it made easier, in the giver's words, beside what they wrote."""
    return voice.say("What it made easier: {words}", words=words)


def thank_you(voice: Voice) -> str:
    """How thanks end when the giver leaves the end to us."""
    return voice.say("Thank you.")


def hint(voice: Voice) -> str:
    """Under the blanks of the form."""
    return voice.say("Plain is fine. Name what they did, and what it made easier.")


def preview(voice: Voice, names: Iterable[str]) -> str:
    """Above the preview of exactly what will be sent."""
    return voice.say("This is what {names} will read:", names=voice.names(names))


def privately(voice: Voice) -> str:
    """Where thanks go by default."""
    return voice.say("Only the two of you see it.")


def in_feed(voice: Voice, circle: str) -> str:
    """Thanks shared in a circle's feed."""
    return voice.say("Everybody in {circle} can read it.", circle=circle)


def in_place(voice: Voice, place: str) -> str:
    """Thanks posted in a channel."""
    return voice.say("It is posted in {place}.", place=place)


def wish_wins(voice: Voice, name: str) -> str:
    """Where the receiver asked to be thanked more quietly than the giver chose."""
    return voice.say("{name} likes to be thanked in private, so it goes there.", name=name)


def joins_thanks(voice: Voice) -> str:
    """On the form of somebody's first thanks: what giving them agrees to."""
    return voice.say(
        "Giving thanks joins you for thanks alone. We keep your words for them, and nothing else about you."
    )


def first_received(voice: Voice) -> str:
    """Under the first thanks a person gets who has not joined."""
    return voice.say("These words came through Goldseam, which a colleague uses. You need not join to read them.")


def taken_back(voice: Voice) -> str:
    """After withdrawing thanks."""
    return voice.say("Taken back. Nobody was told.")


_JOBS: Mapping[Job, str] = {
    Job.COOKING: text("Cooking"),
    Job.DISHES: text("Doing the dishes"),
    Job.LAUNDRY: text("Doing the laundry"),
    Job.TIDYING: text("Tidying up"),
    Job.SHOPPING: text("Shopping"),
    Job.LIFT: text("Giving a lift"),
    Job.HOMEWORK: text("Helping with homework"),
    Job.BEDTIME: text("Putting someone to bed"),
    Job.PETS: text("Looking after a pet"),
    Job.GARDEN: text("Working in the garden"),
    Job.RUBBISH: text("Taking out the rubbish"),
    Job.LISTENING: text("Listening"),
    Job.CARING: text("Looking after someone"),
    Job.FIXING: text("Fixing something"),
    Job.PLANNING: text("Making plans"),
}


def job(voice: Voice, done: Job) -> str:
    """What stands under the picture of a job."""
    return voice.say(_JOBS[done])


def none_received(voice: Voice) -> str:
    """An empty list of keepsakes."""
    return voice.say("Words of thanks to you will be kept here, for you alone.")


def none_given(voice: Voice) -> str:
    """An empty list of thanks given."""
    return voice.say("You have not thanked anybody here yet. One plain line is a good start.")


def form_title(voice: Voice) -> str:
    """The heading of the form."""
    return voice.say("Say thanks")


def to_whom(voice: Voice) -> str:
    """The label of the recipients."""
    return voice.say("Whom would you like to thank?")


def to_whom_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("One or several.")


def find_somebody(voice: Voice) -> str:
    """The field that narrows a long list."""
    return voice.say("Find somebody")


def what_they_did(voice: Voice) -> str:
    """The label of the first blank."""
    return voice.say("What did they do?")


def what_it_eased(voice: Voice) -> str:
    """The label of the second blank."""
    return voice.say("What did it make easier?")


def or_a_picture(voice: Voice) -> str:
    """The label of the pictures of jobs."""
    return voice.say("Or choose a picture")


def or_a_job(voice: Voice) -> str:
    """The label of the same jobs in a list, in a chat."""
    return voice.say("Or choose a job")


def who_reads(voice: Voice) -> str:
    """The label of who will see it."""
    return voice.say("Who reads it?")


def only_us(voice: Voice) -> str:
    """The first of the choices."""
    return voice.say("Only you and them")


def only_us_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("The usual way.")


def all_in(voice: Voice, circle: str) -> str:
    """The other choices: the feed of one circle."""
    return voice.say("Everybody in {circle}", circle=circle)


def all_in_hint(voice: Voice) -> str:
    """Under each of them."""
    return voice.say("It stands on the feed, unless they like to be thanked in private.")


def see_first(voice: Voice) -> str:
    """The button from the form to what will be sent."""
    return voice.say("See It First")


def change(voice: Voice) -> str:
    """The button back from what will be sent to the form."""
    return voice.say("Change It")


def sent_title(voice: Voice, names: Iterable[str]) -> str:
    """Over thanks that were just sent."""
    return voice.say("On its way to {names}", names=voice.names(names))


def edited(voice: Voice) -> str:
    """After changing thanks."""
    return voice.say("Changed, wherever it went.")


def no_more(voice: Voice) -> str:
    """After "Don't Send Me These"."""
    return voice.say("You will get no such words any more. Nobody is told.")


def noticed_work(voice: Voice) -> str:
    """Over what was noticed of the person one writes to."""
    return voice.say("What was noticed")
