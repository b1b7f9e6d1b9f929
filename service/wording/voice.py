"""The voice that speaks to one member: their language, how we address them, and the register."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Self

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal

from service.ruptures import Register
from service.wording import catalogues, pseudo

SLOT = re.compile(r"\{([a-z_]+)\}")
_REGIONS = {"en": "en_GB", catalogues.PSEUDO: "en_GB"}
_NEAR = timedelta(days=6)
_FAR = timedelta(days=180)
_FIRST = re.compile(r"^1 ")
"""The first of a month is an ordinal in French, which locale data leave to us."""
_SOUNDS_LIKE_Y = re.compile(r" y (?!.* y )(?=i|hi(?![aeo]))", re.IGNORECASE)
"""Before an “i” the Spanish “y” is an “e”: “Ana e Irene”. Locale data leave that to us, too."""
_UNSPOKEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Unicode categories of marks that would break out of a line or turn its direction."""
_JOINERS = "\u200c\u200d"
"""Invisible, but part of spelling in some scripts and of emoji."""


class SlotError(ValueError):
    """A sentence was given other slots than it declares."""


def text(english: str) -> str:
    """A text of the catalogue that is kept in a table and said later; marked so that it is found."""
    return english


@lru_cache(maxsize=8192)
def slots_of(text: str) -> frozenset[str]:
    """The names in braces that a text declares."""
    return frozenset(SLOT.findall(text))


def plain(words: str) -> str:
    """Somebody's words on one line, without marks that break lines or turn their direction."""
    kept = (mark if unicodedata.category(mark) not in _UNSPOKEN or mark in _JOINERS else " " for mark in words)
    return " ".join("".join(kept).split())


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its slots filled, in one pass, so that braces inside a value stay words."""
    return SLOT.sub(lambda found: plain(values[found[1]]), text)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_REGIONS.get(language, language))


@lru_cache(maxsize=2048)
def _in_words(skeleton: str, on: date, language: str) -> str:
    """A date as a language writes these parts of it; a page says the same few days again and again."""
    return str(format_skeleton(skeleton, on, locale=_locale(language)))


@cache
def _weekdays(language: str) -> tuple[str, ...]:
    names = get_day_names("wide", "stand-alone", _locale(language))
    return tuple(str(names[number]) for number in range(7))


@cache
def _after_weekday(language: str) -> str:
    """What stands between weekday and date; in English, nothing but a space."""
    comma = language not in _REGIONS and "EEEE," in _locale(language).date_formats["full"].pattern
    return ", " if comma else " "


@dataclass(frozen=True, slots=True)
class Voice:
    """A language, formal or informal address, and a register."""

    language: str = catalogues.SOURCE
    formal: bool = False
    register: Register = Register.TEAM

    @classmethod
    def for_language(
        cls, language: str | None, *, formal: bool | None = None, register: Register = Register.TEAM
    ) -> Self:
        """The voice for a wished language ("es", "es-MX"), English where we do not speak it.

        Where nobody said how to be addressed, we are formal at work; at home and to children never.
        """
        spoken = language if language == catalogues.PSEUDO else (language or "").replace("_", "-").split("-")[0].lower()
        if spoken not in {*catalogues.languages(), catalogues.PSEUDO}:
            spoken = catalogues.SOURCE
        return cls(spoken, register is Register.TEAM and formal is not False, register)

    def say(self, text: str, /, **slots: str | int) -> str:
        """One text of the catalogue in this voice, with its declared slots filled."""
        if slots_of(text) != slots.keys():
            raise SlotError(f"{text!r} declares {sorted(slots_of(text))}, given {sorted(slots)}")
        return fill(self.wording(text), self._spoken(slots))

    def count(self, one: str, many: str, count: int, /, **slots: str | int) -> str:
        """A text that depends on a number, which fills `{count}`."""
        given = {**slots, "count": count}
        if not slots_of(one) | slots_of(many) == given.keys():
            raise SlotError(f"{many!r} declares {sorted(slots_of(many))}, given {sorted(given)}")
        return fill(self._counted(one, many, count), self._spoken(given))

    def wording(self, text: str, context: str | None = None) -> str:
        """The unfilled text in this voice; English where it is not written yet, which the gate lists."""
        forms = self._forms(text, context)
        if forms is not None:
            return forms[0][0]
        return pseudo.accented(text) if self.language == catalogues.PSEUDO else text

    def forms(self, one: str) -> tuple[str, ...]:
        """The unfilled forms of a text that counts, in this voice; none where it is not written yet."""
        found = self._forms(one, None)
        return found[0] if found is not None else ()

    def _forms(self, text: str, context: str | None) -> tuple[tuple[str, ...], catalogues.Catalogue] | None:
        for catalogue in catalogues.chain(self.language, formal=self.formal):
            for wanted in (self.register.value, None) if context is None else (context,):
                forms = catalogue.texts.get((wanted, text))
                if forms is not None:
                    return forms, catalogue
        return None

    def _counted(self, one: str, many: str, count: int) -> str:
        found = self._forms(one, None)
        if found is not None:
            forms, catalogue = found
            return forms[min(catalogue.plural(count), len(forms) - 1)]
        text = one if count == 1 else many
        return pseudo.accented(text) if self.language == catalogues.PSEUDO else text

    def _spoken(self, slots: Mapping[str, str | int]) -> dict[str, str]:
        return {name: self.number(value) if isinstance(value, int) else value for name, value in slots.items()}

    def number(self, value: int) -> str:
        """A whole number as this language writes it."""
        return format_decimal(value, locale=_locale(self.language))

    def decimal(self, value: float) -> str:
        """A number with one decimal as this language writes it."""
        return format_decimal(value, format="#,##0.0", locale=_locale(self.language))

    def names(self, names: Iterable[str]) -> str:
        """Names joined as this language joins them: "Ada, Ben and Cleo"."""
        said: str = format_list([plain(name) for name in names], locale=_locale(self.language))
        return _SOUNDS_LIKE_Y.sub(" e ", said) if self.language == "es" else said

    def day(self, on: date | datetime, today: date | None = None) -> str:
        """A day by name: "Monday" within six days of today, else "Thursday 26 November".

        A moment is taken on the clock it carries, so bring it into the member's zone first. Without `today`
        the date is said as well, and beyond half a year so is the year.
        """
        if isinstance(on, datetime):
            if on.tzinfo is None:
                raise ValueError("a moment without a zone has no day")
            on = on.date()
        if today is not None and abs(on - today) <= _NEAR:
            return self.weekday(on.weekday())
        far = today is not None and abs(on - today) > _FAR
        dated = self._dated(format_date(on, "long", locale=_locale(self.language))) if far else self.day_of_year(on)
        return f"{self.weekday(on.weekday())}{_after_weekday(self.language)}{dated}"

    def day_of_year(self, on: date) -> str:
        """A day of the year without its weekday: "26 November"."""
        return self._dated(_in_words("MMMMd", on, self.language))

    def _dated(self, said: str) -> str:
        return _FIRST.sub("1er ", said) if self.language == "fr" else said

    def month(self, on: date, *, short: bool = False) -> str:
        """A month with its year, "March 2026"; or short and without it, "Mar"."""
        return _in_words("MMM" if short else "yMMMM", on, self.language)

    def clock(self, at: time | datetime) -> str:
        """A time of day: "09:15"."""
        return format_time(at, "short", locale=_locale(self.language))

    def weekday(self, weekday: int) -> str:
        """The name of a weekday, Monday is 0."""
        return _weekdays(self.language)[weekday]

    def language_name(self, language: str) -> str:
        """A language by the name its own speakers give it."""
        try:
            locale = Locale.parse(language)
        except (UnknownLocaleError, ValueError):
            return language
        name = locale.get_language_name(language) or language
        return name[:1].upper() + name[1:]
