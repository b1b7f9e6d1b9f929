"""Slack's markup in our words, and our words as Slack shows them without being moved by them."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 2900
"""How many characters of somebody's words one block takes, inside Slack's limit of 3,000."""

_BLOCK = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_SPAN = re.compile(r"`[^`\n]+`")
_QUOTE = re.compile(r"^(?:&gt;>?>?|>).*$", re.MULTILINE)
_TOKEN = re.compile(r"<([^<>\n]{1,4000})>")
_STRESS = re.compile(r"(?<![\w*_~])[*_~]+(?=\S)|(?<=\S)[*_~]+(?![\w*_~])")
_PERSON = re.compile(r"<@([UW][A-Z0-9]{1,20})(?:\|[^<>\n]*)?>")
_EVERYBODY = re.compile(r"<!(?:channel|here|everyone|subteam\^[A-Z0-9]+)(?:\|[^<>\n]*)?>")
_ADDRESS = re.compile(r"^(?:https?:|mailto:|tel:|www\.)|://|^\S+@\S+\.\w+$|^\S+\.\w{2,}(?:/\S*)?$")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([@#][A-Z0-9]{{2,24}}){_CLOSE}")
_ADDRESS_MARKS = re.compile(r"[<>|\s]")
_CALL = re.compile(r"@(?=channel|here|everyone)", re.IGNORECASE)
_SCHEME = re.compile(r":(?=//)|(?<=mailto):|(?<=tel):", re.IGNORECASE)
_JOINER = "\u2060"
"""Has no width and breaks no line, but what stands around it is no longer a call or an address."""
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_KEPT = frozenset("\n\u200c\u200d")


def plain(text: str) -> str:
    """What somebody said, as words alone: code, quotes, people, places and addresses are taken out."""
    said = _STRESS.sub("", _TOKEN.sub(_label, _without_code(text)))
    return " ".join(_ENTITY.sub(lambda found: _ENTITIES[found[1]], said).split())


def named(text: str) -> tuple[str, ...]:
    """The ids of the people it names, each once, in their order; code and quotes name nobody."""
    return tuple(dict.fromkeys(_PERSON.findall(_without_code(text))))


def to_all(text: str) -> bool:
    """Whether it calls a whole channel, or one of Slack's lists of people."""
    return _EVERYBODY.search(_without_code(text)) is not None


def _without_code(text: str) -> str:
    return _QUOTE.sub(" ", _SPAN.sub(" ", _BLOCK.sub(" ", text)))


def _label(token: re.Match[str]) -> str:
    """The words on a link are said; an address, a person, a place or a command is not."""
    inside = token[1]
    if inside[0] in "@#!":
        return " "
    label = inside.partition("|")[2].strip()
    return " " if not label or _ADDRESS.search(label) else label


def person(slack_id: str) -> str:
    """A mark that becomes a mention in `sentence`; nothing somebody typed can be one."""
    return f"{_OPEN}@{slack_id}{_CLOSE}"


def channel(slack_id: str) -> str:
    """A mark that becomes the name of a channel in `sentence`."""
    return f"{_OPEN}#{slack_id}{_CLOSE}"


def permalink(address: str, channel_id: str, ts: str) -> str | None:
    """Where a message stands; `address` is where the team opens Slack in a browser."""
    if not address:
        return None
    return f"{address.rstrip('/')}/archives/{channel_id}/p{ts.replace('.', '')}"


def link(address: str, label: str) -> str:
    """An address of ours as a link in mrkdwn."""
    return f"<{_ADDRESS_MARKS.sub('', address)}|{sentence(label).replace('|', '/')}>"


def sentence(said: str, speaks_of: Collection[str] = ()) -> str:
    """A finished sentence of ours as mrkdwn: escaped and defanged, with the marks of these ids as mentions."""
    parts = _MARK.split(said)
    marks = (f"<{mark}>" if mark[1:] in speaks_of else "" for mark in parts[1::2])
    shown = [_escaped(words(part)) for part in parts[::2]]
    return "".join(text for pair in zip(shown, [*marks, ""], strict=True) for text in pair)


def words(said: str, most: int = LONGEST) -> str:
    """Somebody's own words for a block of plain text: no marks that hide or turn them, no calls, no addresses."""
    seen = "".join(mark for mark in said if mark in _KEPT or unicodedata.category(mark) not in _UNSEEN)
    tame = _SCHEME.sub(f":{_JOINER}", _CALL.sub(f"@{_JOINER}", seen))
    return tame if len(tame) <= most else f"{tame[: most - 1]}…"


def _escaped(said: str) -> str:
    return said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
