"""Circles and the channels they listen in: the private question, the choice of a circle, the invitation."""

from collections.abc import Collection, Iterable

from integrations import slack_text
from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import Block, View
from service.wording import people, slack
from service.wording.buttons import Button
from service.wording.voice import Voice


def block_of(channel: str) -> str:
    """The name of the row of buttons about a channel."""
    return f"circles.{channel}"


def offer(voice: Voice, channel: str) -> Block:
    """Make this channel a circle, add it to one, or not listen."""
    does = (Button.PEOPLE_MAKE_CIRCLE, Button.PEOPLE_ADD_TO_CIRCLE, Button.PEOPLE_LEAVE_PLACE)
    return pieces.actions(block_of(channel), *(pieces.button(voice, each, channel) for each in does))


def offered(voice: Voice, channel: str) -> list[Block]:
    """The private question about a channel, for an answer that one person alone sees."""
    said = people.place_offered(voice, slack_text.channel(channel))
    return [pieces.section(said, {channel}), offer(voice, channel)]


def choose(voice: Voice, circles: Iterable[tuple[str, str]], kept: str) -> View:
    """To which circle a channel belongs; `circles` are ids and names."""
    options = [pieces.option(name, id_) for id_, name in circles]
    which = pieces.choice(Button.PEOPLE_ADD_TO_CIRCLE, options)
    return pieces.form(
        voice, Button.PEOPLE_ADD_TO_CIRCLE, [pieces.field("circle", slack.which_circle(voice), which)],
        submit=slack.save(voice), kept=kept,
    )  # fmt: skip


def next_steps(voice: Voice, circle: str) -> Block:
    """What a lead may do with a new circle."""
    return pieces.actions(
        f"circles.{circle}",
        pieces.button(voice, Button.PEOPLE_INVITE, circle),
        pieces.button(voice, Button.PEOPLE_JOIN, circle, main=True),
    )


def invitation(voice: Voice, lead: str, circle_name: str, circle: str, speaks_of: Collection[str]) -> list[Block]:
    """A lead's one post in the channel of a circle."""
    return [
        pieces.section(people.invitation(voice, lead, circle_name), speaks_of),
        pieces.context(people.strangers(voice)),
        pieces.actions("people.join", pieces.button(voice, Button.PEOPLE_JOIN, circle, main=True)),
    ]
