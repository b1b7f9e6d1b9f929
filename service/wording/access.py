"""What we say on the way in: links, invitations, sessions."""

from service.wording.voice import Voice


def sign_in_subject(voice: Voice) -> str:
    """The subject of the letter with a sign-in link."""
    return voice.say("Your way in to Goldseam")


def sign_in_letter(voice: Voice, minutes: int) -> str:
    """Above the link."""
    return voice.count(
        "This link signs you in. It works once, for one minute.",
        "This link signs you in. It works once, for {count} minutes.",
        minutes,
    )


def sign_in_unasked(voice: Voice) -> str:
    """Under the link."""
    return voice.say("If you did not ask for it, leave it. Nobody gets in without it.")


def sign_in_sent(voice: Voice) -> str:
    """After asking for a link: the same words whether or not the address is known."""
    return voice.say("If this address is known here, a link is on its way.")


def invited_subject(voice: Voice, name: str) -> str:
    """The subject of an invitation."""
    return voice.say("{name} invites you", name=name)


def invited(voice: Voice, name: str, circle: str) -> str:
    """An invitation by link or letter."""
    return voice.say(
        "{name} invites you to {circle} on Goldseam. You choose what is noticed, and you can leave on any day.",
        name=name,
        circle=circle,
    )


def link_used_up(voice: Voice) -> str:
    """A link that has been used, or has run out."""
    return voice.say("This link has been used or has run out. Ask for a new one. It takes a moment.")


def signed_out(voice: Voice) -> str:
    """After signing out."""
    return voice.say("You are signed out on this device.")


def sign_in(voice: Voice) -> str:
    """The heading of the way in, and its button."""
    return voice.say("Sign In")


def your_address(voice: Voice) -> str:
    """The label of the address a link goes to."""
    return voice.say("Your address")


def your_address_hint(voice: Voice) -> str:
    """Under that label."""
    return voice.say("We send a link that signs you in. There is no password.")


def send_link(voice: Voice) -> str:
    """The button that has a link sent."""
    return voice.say("Send Me a Link")


def other_device(voice: Voice) -> str:
    """Where the letter lies on another device."""
    return voice.say("Is the letter on another device? Type its code here.")


def code(voice: Voice) -> str:
    """The label of the code beside the link."""
    return voice.say("Code from the letter")


def code_wrong(voice: Voice) -> str:
    """A code that is not right, or not any more."""
    return voice.say("This code does not fit. Look once more, or ask for a new letter.")


def one_press(voice: Voice) -> str:
    """Over the button that a link in a letter leads to."""
    return voice.say("One more press and you are in")


def one_press_why(voice: Voice) -> str:
    """Why the link alone does not sign in."""
    return voice.say("Some mail programs open links by themselves. Pressing the button uses this one up.")


def through(voice: Voice, name: str) -> str:
    """The button that signs in by another site."""
    return voice.say("Sign In with {name}", name=name)


def no_address(voice: Voice) -> str:
    """To those who gave no address."""
    return voice.say("No address given? Ask an adult of your family to show you a new code.")


def one_click(voice: Voice) -> str:
    """Over the made-up people of the demo."""
    return voice.say("Who would you like to be?")


def again(voice: Voice) -> str:
    """The heading where an act asks for a fresh sign-in."""
    return voice.say("Sign in once more")


def again_why(voice: Voice) -> str:
    """Why it asks."""
    return voice.say("What comes next is weighty, so we make sure that it is you. You are led back afterwards.")


def written_is_back(voice: Voice) -> str:
    """Over a form that was sent when the sign-in was no longer fresh."""
    return voice.say("Here is what you had written. It was not sent yet.")


def sign_out(voice: Voice) -> str:
    """The button that ends this session."""
    return voice.say("Sign Out")


def sessions(voice: Voice) -> str:
    """Over the list of one's sessions."""
    return voice.say("Where you are signed in")


def this_device(voice: Voice) -> str:
    """Beside the session of this browser."""
    return voice.say("This device")


def last_seen(voice: Voice, day: str) -> str:
    """When a session was used last; the day comes from `voice.day`."""
    return voice.say("Used last on {day}", day=day)


def unknown_device(voice: Voice) -> str:
    """A session whose browser did not say what it is."""
    return voice.say("A device")


def end(voice: Voice) -> str:
    """The button that ends another session."""
    return voice.say("Sign Out There")


def end_others(voice: Voice) -> str:
    """The button that ends all other sessions."""
    return voice.say("Sign Out Everywhere Else")


def ended(voice: Voice) -> str:
    """After ending other sessions."""
    return voice.say("Signed out there.")


def also_you(voice: Voice) -> str:
    """Over one's members elsewhere."""
    return voice.say("Also you")


def also_you_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("You confirmed the same address there. Nothing passes from one to the other.")


def change_to(voice: Voice) -> str:
    """The button that goes on as another of one's members."""
    return voice.say("Go There")


def web_link(voice: Voice) -> str:
    """Over the link from a chat to the web."""
    return voice.say("This link opens Goldseam on the web as you. It works once, for ten minutes. Keep it to yourself.")


def give_address(voice: Voice) -> str:
    """Over the form for an address of one's own."""
    return voice.say("An address to sign in with")


def give_address_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("Without one you get back in by a code that somebody of your family shows you.")


def address_asked(voice: Voice) -> str:
    """After giving an address: the same words for any."""
    return voice.say("A letter is on its way. Its link confirms the address.")


def way_in(voice: Voice) -> str:
    """The button that shows a new way in for somebody of the household."""
    return voice.say("Show a Way In")


def way_in_title(voice: Voice, name: str) -> str:
    """Over a code for somebody of the household."""
    return voice.say("A way in for {name}", name=name)


def way_in_hint(voice: Voice) -> str:
    """Beside that code."""
    return voice.say("Hold a camera over it, or type the address. It works once, for ten minutes.")


def way_in_code(voice: Voice, name: str) -> str:
    """What a screen reader says of that code."""
    return voice.say("Code that signs in {name}", name=name)


def invite_title(voice: Voice) -> str:
    """The heading over inviting."""
    return voice.say("Invite somebody")


def invite_as(voice: Voice) -> str:
    """The label of what they will be."""
    return voice.say("As whom?")


def invite_uses(voice: Voice) -> str:
    """The label of how many may use one invitation."""
    return voice.say("For how many people?")


def invite_make(voice: Voice) -> str:
    """The button that makes a link and a code."""
    return voice.say("Make a Link")


def invite_letter(voice: Voice) -> str:
    """The label of an address the invitation is sent to."""
    return voice.say("Send it to an address")


def invite_sent(voice: Voice) -> str:
    """After sending an invitation by letter."""
    return voice.say("The invitation is on its way.")


def invite_shown(voice: Voice, circle: str) -> str:
    """Over the code that opens an invitation."""
    return voice.say("Join {circle}", circle=circle)


def invite_shown_hint(voice: Voice, day: str) -> str:
    """Beside that code; the day comes from `voice.day`."""
    return voice.say("Hold a camera over it, or send the address. It works until {day}.", day=day)


def invite_code(voice: Voice) -> str:
    """What a screen reader says of that code."""
    return voice.say("Code that opens the invitation")


def invite_loopback(voice: Voice) -> str:
    """Where our own address works on this computer alone."""
    return voice.say("This address works on this computer alone. Whoever runs Goldseam can give it one for phones.")


def invites_open(voice: Voice) -> str:
    """Over the invitations that still work."""
    return voice.say("Invitations that are open")


def invite_line(voice: Voice, circle: str, role: str, day: str) -> str:
    """One open invitation; role and day come in words."""
    return voice.say("{circle}, as {role}, until {day}", circle=circle, role=role, day=day)


def invite_revoke(voice: Voice) -> str:
    """The button that takes an invitation back."""
    return voice.say("Take It Back")


def invite_revoked(voice: Voice) -> str:
    """After taking an invitation back."""
    return voice.say("The invitation is taken back.")


def your_name(voice: Voice) -> str:
    """The label of the name somebody goes by here."""
    return voice.say("What are you called here?")
