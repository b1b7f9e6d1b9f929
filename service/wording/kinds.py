"""What the fourteen kinds are called, and how each looks when one sees it."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.ruptures import Register, Rupture
from service.wording.voice import Voice, text


@dataclass(frozen=True, slots=True)
class _Kind:
    title: str
    child: str
    seen: str
    at_work: str
    at_home: str


_KINDS: Mapping[Rupture, _Kind] = {
    Rupture.EFFORT_UNSEEN: _Kind(
        title=text("Effort not mentioned"),
        child=text("Nobody saw that I helped"),
        seen=text("Work or help is finished, and no thanks, comment or credit follows within a week."),
        at_work=text("Three late shifts covered; the handover note goes straight to the next task."),
        at_home=text("Folded laundry appears each week, and the day moves on."),
    ),
    Rupture.REPLY_WAITING: _Kind(
        title=text("A message left waiting"),
        child=text("I am waiting for an answer"),
        seen=text("A direct question or request has no reply past the agreed time."),
        at_work=text("“Can you check the figures?” sits for three working days."),
        at_home=text("“Are you free on Sunday?” has been open since Thursday."),
    ),
    Rupture.PERSONAL_WAITING: _Kind(
        title=text("A personal message left waiting"),
        child=text("I told something sad"),
        seen=text("A message its writer marked as personal has no reply by the end of the day."),
        at_work=text("“I had bad news from home” gets no reply."),
        at_home=text("“I've been feeling low this week” gets no reply."),
    ),
    Rupture.DIVIDED_ATTENTION: _Kind(
        title=text("Attention elsewhere"),
        child=text("Looking at a screen"),
        seen=text("A phone, a laptop or another task is in use while someone is speaking."),
        at_work=text("Typing through a colleague's update."),
        at_home=text("Scrolling while a child tells a story."),
    ),
    Rupture.TALKED_OVER: _Kind(
        title=text("Talked over"),
        child=text("I could not finish talking"),
        seen=text("Someone starts before another has finished, and the first person stops."),
        at_work=text("A junior colleague stops mid-point in two reviews."),
        at_home=text("Stories at dinner stop half-way."),
    ),
    Rupture.SHARP_TONE: _Kind(
        title=text("A sharp tone"),
        child=text("A cross voice"),
        seen=text("A reply is curt, loud or cutting compared with how people here usually talk."),
        at_work=text("“Just read the document.”"),
        at_home=text("“Not now” from behind a door."),
    ),
    Rupture.JOKE_LANDED: _Kind(
        title=text("A joke that landed badly"),
        child=text("A joke that made me sad"),
        seen=text("A joke about a person gets a laugh they don't share."),
        at_work=text("A nickname that sticks after a mistake."),
        at_home=text("A teasing story told in front of guests."),
    ),
    Rupture.LOOK_OR_SIGH: _Kind(
        title=text("A look or a sigh"),
        child=text("A big sigh"),
        seen=text("Sighs, eye-rolls or turning away while someone is speaking."),
        at_work=text("A sigh on a call when a question is asked twice."),
        at_home=text("Eyes roll when homework is raised."),
    ),
    Rupture.SLIPPED_PROMISE: _Kind(
        title=text("A follow-up that slipped"),
        child=text("A promise we did not do yet"),
        seen=text("Something agreed has not happened, and no new date was given."),
        at_work=text("Notes promised after Monday's meeting."),
        at_home=text("A promised trip to the park."),
    ),
    Rupture.ONE_SIDED_START: _Kind(
        title=text("One person doing the starting"),
        child=text("I am the one who asks to play"),
        seen=text("Over four weeks, nearly all plans or calls of a pair are started by one of them."),
        at_work=text("One colleague books each catch-up."),
        at_home=text("One sibling makes each call."),
    ),
    Rupture.LEFT_OUT: _Kind(
        title=text("Heard about it late"),
        child=text("I did not know the plan"),
        seen=text("A decision or plan that touches someone is settled before they hear of it."),
        at_work=text("A shift pattern changes by mail."),
        at_home=text("A weekend is planned without one person."),
    ),
    Rupture.CREDIT_ASTRAY: _Kind(
        title=text("Credit that went astray"),
        child=text("I did it too"),
        seen=text("Work is shown, praised or passed on without the name of the person who did it."),
        at_work=text("Slides shared with the author's name gone."),
        at_home=text("One name is told when two people built it."),
    ),
    Rupture.DAY_MISSED: _Kind(
        title=text("A day that mattered"),
        child=text("My special day went by"),
        seen=text("A birthday, milestone or hard anniversary that was known passes unmarked."),
        at_work=text("A ten-year mark passes in silence."),
        at_home=text("A sibling's birthday slips by."),
    ),
    Rupture.SPACE_NOT_KEPT: _Kind(
        title=text("Time or space not kept"),
        child=text("I wanted to be alone"),
        seen=text("Messages, visits or requests arrive in time or space someone asked to keep free."),
        at_work=text("Messages late at night with no “this can wait”."),
        at_home=text("A shut door opened without a knock."),
    ),
}


def title(voice: Voice, rupture: Rupture) -> str:
    """What a picker calls the kind."""
    kind = _KINDS[rupture]
    return voice.say(kind.child if voice.register is Register.CHILD else kind.title)


def seen(voice: Voice, rupture: Rupture) -> str:
    """What one sees when it happens, without guessing at anybody's mind."""
    return voice.say(_KINDS[rupture].seen)


def example(voice: Voice, rupture: Rupture) -> str:
    """One instance, from work or from home."""
    kind = _KINDS[rupture]
    return voice.say(kind.at_work if voice.register is Register.TEAM else kind.at_home)
