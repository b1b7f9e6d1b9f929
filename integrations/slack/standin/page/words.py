"""Slack's markup as HTML."""

import html
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from integrations.slack.standin.nouns import Json
from integrations.slack.standin.world import World

_BRACKET = re.compile(r"<([^<>\n]+)>")
_PREFORMATTED = re.compile(r"```(.+?)```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_MARKS = (
    (re.compile(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])"), "strong"),
    (re.compile(r"(?<![\w_])_([^_\n]+)_(?![\w_])"), "em"),
    (re.compile(r"(?<![\w~])~([^~\n]+)~(?![\w~])"), "s"),
)
_QUOTE = re.compile(r"(?m)(?:^&gt; ?.*(?:\n|\Z))+")
_PERMALINK = re.compile(r"https://[\w-]+\.slack\.com/archives/(\w+)/p(\d{10})(\d{6})")
_DATE_PARTS = {
    "date_num": "%Y-%m-%d",
    "date": "%B %-d, %Y",
    "date_short": "%b %-d, %Y",
    "date_long": "%A, %B %-d, %Y",
    "date_pretty": "%B %-d, %Y",
    "date_short_pretty": "%b %-d, %Y",
    "date_long_pretty": "%A, %B %-d, %Y",
    "time": "%H:%M",
    "time_secs": "%H:%M:%S",
    "day_divider_pretty": "%A, %B %-d",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Writes messages out for one person: names, channels and dates as they see them."""

    world: World
    tz: str
    # where a link to a message of this Slack leads on the page, e.g. "?person=U1&at={channel}#m{ts}"
    message_link: str

    def marked(self, text: str) -> Markup:
        """mrkdwn as HTML."""
        pieces = []
        for place, part in enumerate(_PREFORMATTED.split(text)):
            if place % 2:
                pieces.append(Markup("<pre>{}</pre>").format(html.unescape(part).strip("\n")))
            else:
                pieces.append(self._flowing(part))
        return Markup("").join(pieces)

    def plain(self, text: str) -> Markup:
        """Plain text as HTML."""
        return Markup(str(escape(html.unescape(text))).replace("\n", "<br>"))  # noqa: S704  escaped first

    def rich(self, block: Json) -> Markup:
        """A rich_text block as HTML."""
        return Markup("").join(self._rich(element) for element in block["elements"])

    def when(self, seconds: float, form: str = "%a %H:%M") -> str:
        """A moment in this person's time zone."""
        return datetime.fromtimestamp(seconds, ZoneInfo(self.tz)).strftime(form)

    def _flowing(self, text: str) -> Markup:
        pieces = []
        for place, part in enumerate(_CODE.split(text)):
            if place % 2:
                pieces.append(Markup("<code>{}</code>").format(html.unescape(part)))
            else:
                pieces.append(self._spoken(part))
        return Markup("").join(pieces)

    def _spoken(self, text: str) -> Markup:
        """Marks and quotes around brackets; the brackets wait behind placeholders meanwhile."""
        kept: list[Markup] = []

        def keep(found: re.Match[str]) -> str:
            kept.append(self._bracket(found[1]))
            return f"\x00{len(kept) - 1}\x00"

        line = str(escape(html.unescape(_BRACKET.sub(keep, text.replace("\x00", "")))))
        for mark, tag in _MARKS:
            line = mark.sub(rf"<{tag}>\1</{tag}>", line)
        line = _QUOTE.sub(_quoted, line).replace("\n", "<br>")
        return Markup(re.sub(r"\x00(\d+)\x00", lambda found: str(kept[int(found[1])]), line))  # noqa: S704  escaped

    def _bracket(self, inside: str) -> Markup:
        target, _, label = inside.partition("|")
        if target.startswith("@"):
            return self._person(target[1:], label)
        if target.startswith("#"):
            known = self.world.channels.get(target[1:])
            return _chip("#" + (known.name if known else label or "a-channel"))
        if target.startswith("!date^"):
            return self._date(target, label)
        if target.startswith("!"):
            return _chip(label or "@" + target[1:].split("^")[0])
        return self._link(html.unescape(target), html.unescape(label or target))

    def _person(self, id: str, label: str = "") -> Markup:  # noqa: A002
        known = self.world.people.get(id)
        return _chip("@" + (known.real_name if known else label or "somebody"))

    def _date(self, target: str, fallback: str) -> Markup:
        parts = target.split("^")
        try:
            moment = datetime.fromtimestamp(int(parts[1]), ZoneInfo(self.tz))
        except (IndexError, ValueError, OverflowError):
            return Markup(escape(fallback))  # noqa: S704  escaped
        form = parts[2] if len(parts) > 2 else "{date_num}"
        words = re.sub(r"\{(\w+)\}", lambda found: moment.strftime(_DATE_PARTS.get(found[1], "%x")), form)
        return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), words)

    def _link(self, target: str, label: str) -> Markup:
        inner = _PERMALINK.fullmatch(target.split("?", maxsplit=1)[0])
        if inner:
            here = self.message_link.format(channel=inner[1], ts=f"{inner[2]}.{inner[3]}")
            return Markup('<a href="{}">{}</a>').format(here, label)
        if urlsplit(target).scheme not in ("http", "https", "mailto"):
            return Markup(escape(label))  # noqa: S704  escaped
        return Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(target, label)

    def _rich(self, element: Json) -> Markup:
        inside = Markup("").join(self._rich_piece(one) for one in element.get("elements", ()))
        match element.get("type"):
            case "rich_text_list":
                items = Markup("").join(
                    Markup("<li>{}</li>").format(self._rich_inside(one)) for one in element["elements"]
                )
                tag = "ol" if element.get("style") == "ordered" else "ul"
                return Markup(f"<{tag}>{{}}</{tag}>").format(items)  # noqa: S704  tag is ours
            case "rich_text_quote":
                return Markup("<blockquote>{}</blockquote>").format(inside)
            case "rich_text_preformatted":
                return Markup("<pre>{}</pre>").format(inside)
            case _:
                return Markup("<p>{}</p>").format(inside)

    def _rich_inside(self, section: Json) -> Markup:
        return Markup("").join(self._rich_piece(one) for one in section.get("elements", ()))

    def _rich_piece(self, one: Json) -> Markup:
        match one.get("type"):
            case "text":
                words = self.plain(one["text"])
                for style, tag in (("bold", "strong"), ("italic", "em"), ("strike", "s"), ("code", "code")):
                    if one.get("style", {}).get(style):
                        words = Markup(f"<{tag}>{{}}</{tag}>").format(words)  # noqa: S704  tag is ours
                return words
            case "link":
                return self._link(one["url"], one.get("text") or one["url"])
            case "user":
                return self._person(one["user_id"])
            case "channel":
                return self._bracket(f"#{one['channel_id']}")
            case "broadcast":
                return _chip(f"@{one['range']}")
            case "emoji":
                return Markup(escape(f":{one['name']}:"))  # noqa: S704  escaped
            case _:
                return Markup("")


def _chip(words: str) -> Markup:
    return Markup('<span class="chip">{}</span>').format(words)


def _quoted(found: re.Match[str]) -> str:
    lines = [re.sub(r"^&gt; ?", "", line) for line in found[0].rstrip("\n").split("\n")]
    return "<blockquote>" + "\n".join(lines) + "</blockquote>"
