"""What we say about a circle to itself: what is reckoned, how, and why there is nothing to say."""

from collections.abc import Mapping
from typing import assert_never

from service.insights.rules import LEAST, Answered, Burden, Measure, Mended, Silence
from service.wording.voice import Voice, text


def title(voice: Voice) -> str:
    """The heading of the page, and the way to it."""
    return voice.say("How it goes here")


def lead(voice: Voice) -> str:
    """Under the heading: what this is, and what it never is."""
    return voice.say("Whole months of a circle, and never one person. What we send is counted here too.")


def whose(voice: Voice, circle: str) -> str:
    """The way to one of several circles."""
    return voice.say("How it goes in {circle}", circle=circle)


def who_sees(voice: Voice) -> str:
    """At the foot: who may read this."""
    return voice.say("Leads, owners and the people of this circle can read this. Nobody sees a person in it.")


def once(voice: Voice) -> str:
    """At the foot: that figures do not move."""
    return voice.say(
        "A month is counted once, nine days after it ends, for those who were here from its first day. "
        "It stays as it was counted, so that nobody can work out one person by comparing."
    )


def nothing_yet(voice: Voice) -> str:
    """Over a page without a month."""
    return voice.say("Nothing to show yet")


def first_on(voice: Voice, day: str) -> str:
    """When the first month comes; the day comes from `voice.day`."""
    return voice.say("The first whole month comes about {day}. Until then nothing is missing.", day=day)


def too_small(voice: Voice) -> str:
    """A circle with fewer than five people who joined."""
    return voice.say(
        "Fewer than 5 people have joined this circle. Any figure would be about one of you, so there is none."
    )


def example(voice: Voice) -> str:
    """What would stand there."""
    return voice.say("“In May, half of the questions had an answer within 3 working hours.”")


_TITLES: Mapping[Measure, str] = {
    Measure.THANKED: text("Work that was seen"),
    Measure.ANSWERED: text("Until a first answer"),
    Measure.BURDEN: text("Messages from us"),
    Measure.MENDED: text("Repairs"),
}
_FORMULAS: Mapping[Measure, str] = {
    Measure.THANKED: text(
        "For each person: of the work we noticed in a month, how much had thanks here, or an “already did”, "
        "within 7 days. We show the person in the middle, and the quarter with the fewest thanks taken together, "
        "in steps of 5 in 100."
    ),
    Measure.ANSWERED: text(
        "Of questions put to somebody by name: the working hour by which half had a first answer, "
        "in the hours of whoever was asked. No is an answer. Questions that stayed open count for as long as we saw "
        "them (the Kaplan–Meier method). Half a month counts where 5 people were asked, "
        "and none of them more than half of the time."
    ),
    Measure.BURDEN: text(
        "What we sent, for one person and one week. Cards, repairs, notes and moments are left out. "
        "What was sent outside the hours somebody has set should be none."
    ),
    Measure.MENDED: text(
        "Repairs and notes that went between people of this circle in a quarter, and how many were called settled "
        "by those who were hurt. Only for 10 people or more, and never fewer than 3."
    ),
}


def measure(voice: Voice, measure: Measure) -> str:
    """Over one chart."""
    return voice.say(_TITLES[measure])


def formula(voice: Voice, measure: Measure) -> str:
    """How it is reckoned."""
    return voice.say(_FORMULAS[measure])


def paler(voice: Voice, what: str) -> str:
    """After a formula: what the second, paler columns show; it comes from the head of the table."""
    return voice.say("The paler columns: {what}.", what=what)


def month(voice: Voice) -> str:
    """The head of the column of months."""
    return voice.say("Month")


def quarter(voice: Voice) -> str:
    """The head of the column of quarters."""
    return voice.say("Quarter from")


def middle(voice: Voice) -> str:
    """The person in the middle."""
    return voice.say("In the middle")


def lowest(voice: Voice) -> str:
    """The quarter with the fewest thanks."""
    return voice.say("Lowest quarter")


def half_by(voice: Voice) -> str:
    """By when half had an answer."""
    return voice.say("Half had one within")


def open_long(voice: Voice) -> str:
    """What was open after five working days."""
    return voice.say("Open after 5 working days")


def a_week(voice: Voice) -> str:
    """Messages to one person in a week."""
    return voice.say("A person and week")


def out_of_hours(voice: Voice) -> str:
    """Deliveries outside somebody's hours."""
    return voice.say("Out of hours")


def stopped(voice: Voice) -> str:
    """People who paused or stopped a kind."""
    return voice.say("Paused or stopped")


def offered(voice: Voice) -> str:
    """Repairs that were offered."""
    return voice.say("Offered")


def settled(voice: Voice) -> str:
    """Repairs that were settled."""
    return voice.say("Settled")


def share(voice: Voice, percent: int | None) -> str:
    """A share."""
    return voice.say("{share} %", share=percent) if percent is not None else voice.say("not known")


def wait(voice: Voice, answered: Answered) -> str:
    """By when half had an answer, or that they never had."""
    if answered.median is None:
        return voice.say("more than half stayed open")
    return voice.count("1 working hour", "{count} working hours", answered.median)


def number(voice: Voice, value: float) -> str:
    """A number with one decimal."""
    return voice.decimal(value)


def deliveries(voice: Voice, burden: Burden) -> str:
    """How many were out of hours."""
    return voice.say("none") if not burden.out_of_hours else voice.number(burden.out_of_hours)


def how_many(voice: Voice, count: int, of: int) -> str:
    """A number of people or repairs, as far as it may be said."""
    if not count:
        return voice.say("fewer than 3")
    if count == of:
        return voice.say("nearly all")
    return voice.number(count)


def were_offered(voice: Voice, mended: Mended) -> str:
    """How many repairs were offered, as far as it may be said."""
    return voice.number(mended.offered) if mended.offered else voice.say("fewer than 3")


def were_settled(voice: Voice, mended: Mended) -> str:
    """How many of them were settled, as far as it may be said."""
    return how_many(voice, mended.settled, mended.offered) if mended.offered else voice.say("fewer than 3")


def silent(voice: Voice, why: Silence | None, measure: Measure) -> str:
    """Why nothing is said of a month or a quarter."""
    match why:
        case None:
            return voice.say("Not counted: it was too late when we looked.")
        case Silence.TOO_FEW:
            return voice.say("Fewer than {count} people were here all that time.", count=LEAST[measure])
        case Silence.TOO_ALIKE:
            return voice.say(
                "Another circle here has nearly the same people. Side by side, the two could tell about one of them."
            )
        case Silence.TOO_LITTLE:
            return voice.say("It would have been about too few people, or about one above all.")
        case Silence.QUIET:
            return voice.say("This circle was in quiet time.")
        case Silence.OFF:
            return voice.say("What this rests on is switched off here.")
        case _:
            assert_never(why)
