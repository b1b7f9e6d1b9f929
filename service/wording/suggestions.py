"""What we say about unsigned cards: the way in, the plain promise, and what lies under each card."""

from collections.abc import Iterable

from service.wording.voice import Voice


def title(voice: Voice) -> str:
    """The heading of the form."""
    return voice.say("Suggest a repair, unsigned")


def way_out(voice: Voice, contacts: str) -> str:
    """The first lines of the form: this is for small things; the workspace's contacts follow."""
    return voice.say(
        "This is for small things. If you are afraid, or somebody harms you, these people can help: {contacts}",
        contacts=contacts,
    )


def for_all(voice: Voice) -> str:
    """The first choice."""
    return voice.say("For all of us")


def for_all_hint(voice: Voice) -> str:
    """Under the first choice."""
    return voice.say("One card for the whole circle. Everyone gets the same one at the same time.")


def for_one(voice: Voice) -> str:
    """The second choice."""
    return voice.say("For one person")


def promise(voice: Voice) -> str:
    """What we promise, nowhere stronger."""
    return voice.say(
        "No field, row, log line or queue entry we write says who slipped a card. "
        "Somebody who keeps copying the raw database files could see about when a card was set "
        "and compare it with who was active then. The people who run the live server, and Slack, "
        "could see it at the moment you press the button. Others can guess from the situation or by "
        "comparing notes. One person's hat takes a card only while five others could have slipped it."
    )


def promise_short(voice: Voice) -> str:
    """The promise in one breath, beside the button; the long one is a tap away."""
    return voice.say("Your name is not kept. Your lead and your admins can't look it up here.")


def weak(voice: Voice) -> str:
    """What a card cannot do, said before it is slipped."""
    return voice.say(
        "A card is a quiet hint. It is often drawn within two or three weeks, among cards that come by chance. "
        "A signed word is clearer. It can't be taken back: nothing here says it was yours."
    )


def could_have(voice: Voice, names: Iterable[str]) -> str:
    """Who else could have slipped this card, so that a circle of one's own accounts is seen for what it is."""
    return voice.say("One of these could have sent it: {names}.", names=voice.names(names))


def may_not_draw(voice: Voice) -> str:
    """Said of everybody alike, so that a pause shows nothing."""
    return voice.say("If they are not drawing cards now, this will not reach them.")


def too_few(voice: Voice) -> str:
    """Where fewer than five others could have slipped it."""
    return voice.say(
        "Fewer than five others could have sent this, so it would not be anonymous. You can sign it, or leave it."
    )


def pair(voice: Voice) -> str:
    """In a circle of two nothing can be slipped."""
    return voice.say(
        "With two people, a card would say who it came from. Your card comes by chance. You can sign a word instead."
    )


def lead_signs(voice: Voice) -> str:
    """To a lead who wants to slip a card to somebody they lead."""
    return voice.say(
        "You lead this person, so your word carries your name. You can write a signed one, "
        "or put a card in for all of us."
    )


def slipped(voice: Voice) -> str:
    """The last view, and the only sign there will ever be."""
    return voice.say("Done. You will hear no more about it from us, and nor will anybody else.")


def put_by(voice: Voice) -> str:
    """Where a card has left the deck since it was drawn."""
    return voice.say("This card is out of the deck now. The next one comes at your next slot.")


def with_your_others(voice: Voice) -> str:
    """In the inbox, where a card's own words are no longer kept."""
    return voice.say("You drew a card. It lies with your others, under Cards.")


def footer(voice: Voice) -> str:
    """Under each card."""
    return voice.say(
        "Half or more of these cards come up by chance; some are put in by a person. "
        "Nothing here says which. Use it or leave it."
    )


def kept(voice: Voice) -> str:
    """After *Keep It*."""
    return voice.say("Kept on your page.")


def left_out(voice: Voice) -> str:
    """After *Not This One for Now*."""
    return voice.say("Left out for twelve weeks.")


def other_kind(voice: Voice) -> str:
    """After asking for another kind."""
    return voice.say("Next week's card will be of another kind.")


def paused(voice: Voice) -> str:
    """After pausing the draw."""
    return voice.say("No cards for you until you want them again. Nobody is told.")


def resumed(voice: Voice) -> str:
    """After drawing again."""
    return voice.say("You draw again from your next slot on.")


def reported_unkind(voice: Voice) -> str:
    """After "unkind": it counts against our words, not against a person."""
    return voice.say("Thank you. We count it against the words of this card, never against a person.")


def reported_unsafe(voice: Voice, contacts: str) -> str:
    """After "not safe": nothing is stored, help is shown."""
    return voice.say("We kept no record of this tap. These people can help: {contacts}", contacts=contacts)


def share_offer(voice: Voice) -> str:
    """To the drawer, once, some time after a draw."""
    return voice.say("Is there something from your card you will try? You can tell your circle in your own words.")


def shared(voice: Voice, name: str) -> str:
    """Above what a member said they will try."""
    return voice.say("{name} will try this:", name=name)


def none_yet(voice: Voice) -> str:
    """Before the first draw."""
    return voice.say("Your first card comes at your next weekly slot.")


def hats_unseen(voice: Voice) -> str:
    """Why nobody is shown the cards of a hat, not even its owner."""
    return voice.say("Cards that wait in a hat are shown to nobody, not even to its owner.")


def open_form(voice: Voice) -> str:
    """The way to the form."""
    return voice.say("Suggest a Repair, Unsigned")


def for_whom(voice: Voice) -> str:
    """The first question of the form."""
    return voice.say("Whom is it for?")


def for_one_hint(voice: Voice) -> str:
    """Under the second choice."""
    return voice.say("One person draws it, some week, among cards that come by chance.")


def signed(voice: Voice) -> str:
    """The third choice, which leads to the coach."""
    return voice.say("I'd rather say it with my name")


def which_person(voice: Voice) -> str:
    """The label of the person a card is for."""
    return voice.say("Who could draw it?")


def which_kind(voice: Voice) -> str:
    """The label of the kinds."""
    return voice.say("What is it about?")


def which_card(voice: Voice) -> str:
    """The label of the cards of one kind."""
    return voice.say("Which card?")


def show_cards(voice: Voice) -> str:
    """The button from the choices to the cards of that kind."""
    return voice.say("Show the Cards")


def slip_it(voice: Voice) -> str:
    """The button that puts a card in."""
    return voice.say("Slip the Card")


def promise_whole(voice: Voice) -> str:
    """What opens the whole promise."""
    return voice.say("What exactly is kept, and who could see it")


def contacts(voice: Voice, named: str = "") -> str:
    """Whom to turn to: those whom the workspace named, or anybody's first thought."""
    return named or voice.say("somebody you trust, or the emergency number where you live.")


def my_card(voice: Voice) -> str:
    """Over a member's own card."""
    return voice.say("Your card this week")


def house_card(voice: Voice) -> str:
    """Over the card of a circle."""
    return voice.say("A card for all of us")


def earlier(voice: Voice) -> str:
    """Over the cards of earlier weeks."""
    return voice.say("Earlier cards")


def week_of(voice: Voice, day: str) -> str:
    """Under an earlier card; the day comes from `voice.day_of_year`."""
    return voice.say("Week of {day}", day=day)


def below_floor(voice: Voice) -> str:
    """Where a circle is so small that its own card is the week's card."""
    return voice.say("In a small circle the card for all is the week's card, so that nobody can be guessed.")


def draw_again(voice: Voice) -> str:
    """The button that ends a pause."""
    return voice.say("Draw Cards Again")


def unkind(voice: Voice) -> str:
    """A button: the words of a card are unkind."""
    return voice.say("Unkind Words")


def unsafe(voice: Voice) -> str:
    """A button: something here is not safe."""
    return voice.say("Not Safe")


def share_label(voice: Voice) -> str:
    """The label of what somebody will try."""
    return voice.say("What will you try? Your circle reads it under your name.")


def share_button(voice: Voice) -> str:
    """The button that tells the circle."""
    return voice.say("Share What I Will Try")


def shared_done(voice: Voice) -> str:
    """After telling the circle."""
    return voice.say("Your circle reads it with the next morning list.")
