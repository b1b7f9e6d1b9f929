"""What somebody types, in Slack's markup, and back."""

import html
import re

from integrations.slack.standin.world import World

_SPECIAL = re.compile(
    r"(?P<link>https?://[^\s<>|]+[^\s<>|.,;:!?)'\"])"
    r"|(?<![\w.])@(?P<name>[\w.-]*\w)"
    r"|(?<!\w)#(?P<channel>[\w-]+)"
)
_BRACKET = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
_EVERYBODY = ("here", "channel", "everyone")


def escaped(text: str) -> str:
    """Text as it travels: the three characters that mean something to Slack are written out."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def markup(world: World, team: str, text: str, *, named: bool = False) -> str:
    """Typed text with mentions, channels and links as Slack sends them; `named` adds the name as commands do."""

    def special(found: re.Match[str]) -> str:
        if found["link"]:
            return f"<{found[0]}>"
        if found["channel"]:
            there = world.channel_named(team, found["channel"])
            return f"<#{there.id}|{there.name}>" if there else found[0]
        if found["name"] in _EVERYBODY:
            return f"<!{found['name']}>"
        person = world.named(team, found["name"])
        if person is None:
            return found[0]
        return f"<@{person.id}|{person.name}>" if named else f"<@{person.id}>"

    return _SPECIAL.sub(special, escaped(text))


def unmarked(world: World, text: str) -> str:
    """The text as it was typed, for typing it anew."""

    def back(found: re.Match[str]) -> str:
        sign, target, label = found.groups()
        if sign == "@" and target in world.people:
            return f"@{world.people[target].name}"
        if sign == "#" and target in world.channels:
            return f"#{world.channels[target].name}"
        return f"@{target}" if sign == "!" else label or target

    return html.unescape(_BRACKET.sub(back, text))
