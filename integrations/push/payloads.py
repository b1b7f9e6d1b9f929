"""What a device shows of a parcel: a neutral title and a neutral line, and words only where its owner chose so."""

import json
from datetime import date
from typing import Final

from service.nudges.couriers import Parcel
from service.wording import devices, nudges
from service.wording.nudges import Names
from service.wording.voice import Voice, plain

MOST_TITLE: Final = 120
MOST_WORDS: Final = 400
"""Together far below the 4,096 bytes a push service must take (RFC 8030, 7.2)."""
INBOX: Final = "/inbox"


def shown(parcel: Parcel, today: date, *, shows_words: bool) -> bytes:
    """What is sealed for one device."""
    reader = parcel.reader
    voice = Voice.for_language(reader.language, formal=reader.formal, register=reader.register)
    title = " · ".join(dict.fromkeys(nudges.title(voice, nudge.kind) for nudge in parcel.nudges))
    body = devices.open_to_read(voice)
    if shows_words:
        body = "\n".join(_words(voice, parcel, today)) or body
    return _said(parcel.id, voice.language, _cut(title, MOST_TITLE), _cut(body, MOST_WORDS))


def taken_back(tag: str, language: str) -> bytes:
    """What takes the place of words that were taken back."""
    voice = Voice.for_language(language)
    return _said(tag, voice.language, devices.changed(voice), devices.open_to_read(voice))


def _said(tag: str, language: str, title: str, body: str) -> bytes:
    said = {"title": title, "body": body, "tag": tag, "language": language, "path": INBOX}
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")


def _words(voice: Voice, parcel: Parcel, today: date) -> list[str]:
    names = Names(
        {id_: named.name for id_, named in parcel.people.items()},
        {id_: named.name for id_, named in parcel.places.items()},
    )
    return [
        " ".join(
            filter(None, (nudges.body(voice, nudge.kind, nudge.told, names, today), plain(nudge.told.words or "")))
        )
        for nudge in parcel.nudges
    ]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
