"""What somebody types, in Slack's markup."""

import re

from integrations.slack.standin.world import World

_MENTION = re.compile(r"(?<![\w.])@([\w.-]*\w)")
_CHANNEL = re.compile(r"(?<!\w)#([\w-]+)")
_EVERYBODY = ("here", "channel", "everyone")


def escaped(text: str) -> str:
    """Text as it travels: the three characters that mean something to Slack are written out."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def markup(world: World, team: str, text: str, *, named: bool = False) -> str:
    """Typed text with mentions and channels as Slack sends them; `named` adds the name as commands do."""

    def mention(found: re.Match[str]) -> str:
        name = found[1]
        if name in _EVERYBODY:
            return f"<!{name}>"
        person = world.named(team, name)
        if person is None:
            return found[0]
        return f"<@{person.id}|{person.name}>" if named else f"<@{person.id}>"

    def channel(found: re.Match[str]) -> str:
        there = world.channel_named(team, found[1])
        return f"<#{there.id}|{there.name}>" if there else found[0]

    return _CHANNEL.sub(channel, _MENTION.sub(mention, escaped(text)))
