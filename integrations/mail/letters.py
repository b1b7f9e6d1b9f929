"""What letters say: a parcel, a way in, an invitation, each as text and as HTML from the same sentences."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from service.access.postman import Ready, Words
from service.access.rules import LINK_LIFE, LetterKind, shown_code
from service.nudges.couriers import Enclosed, Parcel
from service.wording import access, asks, nudges, people, reasons
from service.wording.look import PRODUCT
from service.wording.nudges import Names
from service.wording.voice import Voice, plain

MOST = 20
"""How many nudges one letter spells out."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is put into an envelope."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One nudge, in its own words."""

    body: str
    words: str | None
    lines: tuple[str, ...]
    footer: str | None


def of_parcel(parcel: Parcel, today: date, home: str, stop: str) -> Letter:
    """A parcel as a letter. `home` is where its reader opens Goldseam, `stop` where they end these letters."""
    reader = parcel.reader
    voice = Voice.for_language(reader.language, formal=reader.formal, register=reader.register)
    names = Names(
        {id_: named.name for id_, named in parcel.people.items()},
        {id_: named.name for id_, named in parcel.places.items()},
    )
    said = parcel.nudges[:MOST]
    more = parcel.more + len(parcel.nudges) - len(said)
    return _letter(
        "parcel",
        voice,
        " · ".join(dict.fromkeys(nudges.title(voice, nudge.kind) for nudge in said)),
        passages=[_passage(voice, nudge, names, today) for nudge in said],
        more=asks.more(voice, more) if more else None,
        link=home,
        label=PRODUCT,
        why=[*dict.fromkeys(reasons.why(voice, nudge.kind) for nudge in said)],
        fewer=reasons.fewer_or_stop(voice),
        stop=stop,
    )


def _passage(voice: Voice, nudge: Enclosed, names: Names, today: date) -> Passage:
    told = nudge.told
    return Passage(
        nudges.body(voice, nudge.kind, told, names, today),
        told.words,
        nudges.lines(voice, nudge.kind, told, names, today),
        nudges.footer(voice, nudge.kind, told),
    )


def of_way_in(ready: Ready, public_url: str) -> Letter:
    """A sign-in link or an invitation as a letter."""
    words = ready.words
    voice = Voice.for_language(words.language, formal=words.formal, register=words.register)
    link = public_url.rstrip("/") + words.path
    if ready.kind is LetterKind.INVITE:
        return _invitation(voice, words, link)
    code = f"{access.code(voice)}: {shown_code(words.code)}" if words.code is not None else None
    minutes = int(LINK_LIFE.total_seconds() // 60)
    return _letter(
        "way_in",
        voice,
        access.sign_in_subject(voice),
        body=access.sign_in_letter(voice, minutes),
        link=link,
        label=access.sign_in(voice),
        code=code,
        small=access.sign_in_unasked(voice),
    )


def _invitation(voice: Voice, words: Words, link: str) -> Letter:
    name, circle = words.name or "", words.circle or ""
    return _letter(
        "way_in",
        voice,
        access.invited_subject(voice, name),
        body=access.invited(voice, name, circle),
        link=link,
        label=people.join_title(voice, circle),
        code=None,
        small=None,
    )


def _letter(template: str, voice: Voice, subject: str, **slots: Any) -> Letter:
    text, html = (
        _templates().get_template(f"{template}.{form}").render(subject=subject, language=voice.language, **slots)
        for form in ("txt", "html")
    )
    return Letter(plain(subject), text.strip() + "\n", html)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("integrations.mail"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
