"""What we say about messages that hope for a reply."""

from datetime import date

from service.ruptures import Register
from service.wording.voice import Voice


def title(voice: Voice) -> str:
    """The heading over asks in a parcel."""
    return voice.say("Waiting for a line from you")


def waiting(voice: Voice, name: str | None, place: str | None, on: date, today: date | None = None) -> str:
    """To the person asked; `name` is None where the asker has not joined."""
    day = voice.day(on, today)
    if name is not None and place is not None:
        return voice.say(
            "{name} asked you something in {place} on {day}. A line is enough: yes, no, or when.",
            name=name,
            place=place,
            day=day,
        )
    if name is not None:
        return voice.say("{name} asked you something on {day}. A line is enough: yes, no, or when.", name=name, day=day)
    if place is not None:
        return voice.say(
            "A question to you in {place} on {day} is still open. A line is enough: yes, no, or when.",
            place=place,
            day=day,
        )
    return voice.say("A question to you from {day} is still open. A line is enough: yes, no, or when.", day=day)


def waiting_personal(voice: Voice, name: str | None) -> str:
    """To the person asked, where the asker marked the message as personal."""
    if name is None:
        return voice.say(
            "This was marked as personal. You don't need perfect words. "
            "“I read this, and I'm glad you told me” is enough."
        )
    return voice.say(
        "{name} marked this as personal. You don't need perfect words. "
        "“I read this, and I'm glad you told me” is enough.",
        name=name,
    )


def open_for_asker(voice: Voice, on: date, today: date | None = None) -> str:
    """In the asker's own list."""
    return voice.say(
        "Your question from {day} is still open. You could make it smaller, add a day, or ask someone else.",
        day=voice.day(on, today),
    )


def personal_for_asker(voice: Voice) -> str:
    """In the asker's own list, under a message they marked as personal."""
    return voice.say("Writing is not the only way. A call may be easier for both of you.")


def open_tip(voice: Voice, on: date | None = None, today: date | None = None) -> str:
    """To the asker of a question that named nobody, once."""
    if on is None:
        return voice.say("No one has picked up your question yet. Naming one person often helps.")
    return voice.say(
        "No one has picked up your question from {day} yet. Naming one person often helps.",
        day=voice.day(on, today),
    )


def promised(voice: Voice, name: str, on: date, today: date | None = None) -> str:
    """To the asker, when the person asked gave a day."""
    return voice.say("{name} will get back to you by {day}.", name=name, day=voice.day(on, today))


def passed_on(voice: Voice, name: str, on: date, today: date | None = None) -> str:
    """To somebody who may know, when the person asked passed the question on to them."""
    return voice.say(
        "{name} passed a question from {day} on to you, since you may know. A line is enough: yes, no, or when.",
        name=name,
        day=voice.day(on, today),
    )


def asked_at_home(voice: Voice, name: str) -> str:
    """Above a question put to a member in the family's room; the question's own words follow."""
    return voice.say("{name} asks you:", name=name)


def answered_at_home(voice: Voice, name: str) -> str:
    """Above an answer in the family's room; its own words follow."""
    return voice.say("{name} answered you:", name=name)


def open_in_circle(voice: Voice, count: int) -> str:
    """One line in the parcel of a circle's members about open questions to nobody by name."""
    return voice.count(
        "One question to everybody is still open. Perhaps you know.",
        "{count} questions to everybody are still open. Perhaps you know one.",
        count,
    )


def more(voice: Voice, count: int) -> str:
    """What a parcel does not spell out."""
    return voice.count("And one more.", "And {count} more.", count)


def answer_late(voice: Voice) -> str:
    """An opener for a reply that comes late; the writer goes on from it, or not."""
    match voice.register:
        case Register.TEAM:
            return voice.say("Sorry for the wait, that's on me.")
        case Register.FAMILY:
            return voice.say("Sorry I took so long to reply.")
        case Register.CHILD:
            return voice.say("Sorry I was slow.")


def settled(voice: Voice) -> str:
    """After a tap that closes an ask."""
    return voice.say("Done. This one is closed.")


def promise_kept(voice: Voice, on: date, today: date | None = None) -> str:
    """After giving a day: what happens now."""
    return voice.say("{day} it is. This one rests until then.", day=voice.day(on, today))


def declined(voice: Voice) -> str:
    """After *Can't help*."""
    return voice.say("No is a full answer. This one is closed.")


def not_mine(voice: Voice) -> str:
    """After *Not for me*."""
    return voice.say("Thank you. This one is off your list.")


def snoozed(voice: Voice, on: date, today: date | None = None) -> str:
    """After *Snooze*."""
    return voice.say("This one rests until {day}.", day=voice.day(on, today))


def released(voice: Voice) -> str:
    """After the asker lets an ask go."""
    return voice.say("Marked as no longer needed. Nobody was told.")


def not_an_ask(voice: Voice, place: str | None) -> str:
    """After "not an ask": what it teaches."""
    if place is None:
        return voice.say("Thank you. This one is closed, and we will read such messages differently.")
    return voice.say(
        "Thank you. This one is closed, and we will read such messages in {place} differently.", place=place
    )


def watching(voice: Voice, name: str) -> str:
    """After *Watch for a reply* on one's own message."""
    return voice.say("Noted. If {name} has joined, they will see it once in their morning list.", name=name)


def watching_mine(voice: Voice) -> str:
    """After *Watch for a reply* on another's message: it joins one's own list only."""
    return voice.say("Noted in your own list. Only you see it.")


def no_rush(voice: Voice) -> str:
    """Under an ask that goes out through us."""
    return voice.say("No rush unless a date is shown.")


def nothing_waiting(voice: Voice) -> str:
    """An empty list of what waits for me."""
    return voice.say("Nothing is waiting for you.")


def nothing_asked(voice: Voice) -> str:
    """An empty list of what I wait for."""
    return voice.say("You are not waiting for an answer.")


def put_title(voice: Voice) -> str:
    """Over the form for a question in the circle's own room."""
    return voice.say("Ask something")


def put_words(voice: Voice) -> str:
    """The label of the question."""
    return voice.say("Your question")


def put_to(voice: Voice) -> str:
    """The label of whom it is for."""
    return voice.say("Whom do you ask?")


def put_to_hint(voice: Voice) -> str:
    """Under that label."""
    return voice.say("With nobody chosen it goes to all.")


def put_button(voice: Voice) -> str:
    """The button that puts it."""
    return voice.say("Ask")


def put(voice: Voice) -> str:
    """After putting a question."""
    return voice.say("Your question is on its way. It goes out at once, outside quiet hours.")


def answer_words(voice: Voice) -> str:
    """The label of an answer."""
    return voice.say("Your answer")


def answer_hint(voice: Voice) -> str:
    """Under that label."""
    return voice.say("A line is enough: yes, no, or when.")


def answer_sent(voice: Voice, name: str) -> str:
    """After answering a question of the room."""
    return voice.say("Your answer is on its way to {name}.", name=name)


def quick_answers(voice: Voice) -> tuple[str, ...]:
    """Answers that need no typing."""
    return voice.say("Yes."), voice.say("No, not this time."), voice.say("I'll tell you tonight.")


def quick_label(voice: Voice) -> str:
    """Over the answers that need no typing."""
    return voice.say("Or in one press")


def i_answered(voice: Voice) -> str:
    """The button for a question that was answered somewhere else."""
    return voice.say("I Answered")


def add_mark(voice: Voice) -> str:
    """The button that says how a question may wait."""
    return voice.say("How It May Wait")


def marked(voice: Voice) -> str:
    """After saying how a question may wait."""
    return voice.say("Noted. It waits as you said.")


def promised_until(voice: Voice, name: str, on: date, today: date | None = None) -> str:
    """In the asker's list, under an ask for which a day was given."""
    return voice.say("{name} gave you {day}.", name=name, day=voice.day(on, today))


def you_promised(voice: Voice, on: date, today: date | None = None) -> str:
    """In one's own list, under an ask for which one gave a day."""
    return voice.say("You gave {day}.", day=voice.day(on, today))


def asked_of(voice: Voice, name: str) -> str:
    """In the asker's list: whom they asked."""
    return voice.say("You asked {name}", name=name)


def asked_of_all(voice: Voice) -> str:
    """In the asker's list: a question that named nobody."""
    return voice.say("You asked everybody")


def wait_example(voice: Voice) -> str:
    """Where one waits for nothing: what would stand there."""
    return voice.say("What you asked stands here while it is open. Nobody is pushed.")
