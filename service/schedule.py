"""Which rounds there are, and how often each is walked."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Round(StrEnum):
    """A periodic job: it asks the database what is due and works it off. What offers comes before what delivers."""

    SEND_LETTERS = "send_letters"
    """Sign-in links and invitations: somebody waits for them. Walked by the integration that carries letters."""
    RENEW_TOKENS = "renew_tokens"
    """Tokens of chats that run out. Walked by the integration that holds them, before anything is delivered."""
    SURFACE_ASKS = "surface_asks"
    NOTICE_UNTHANKED = "notice_unthanked"
    NIGHT = "night"
    DRAW_CARDS = "draw_cards"
    SEND_HELD = "send_held"
    TELL_DAYS = "tell_days"
    INVITE_QUIETER = "invite_quieter"
    TELL_WEEKS = "tell_weeks"
    DELIVER_NUDGES = "deliver_nudges"
    TRACE_NUDGES = "trace_nudges"
    DROP_ASKS = "drop_asks"
    TRIM_WINDOWS = "trim_windows"
    WRITE_INSIGHTS = "write_insights"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a round is walked, and how long one walker may hold it.

    A round that claims its rows one by one needs no lease: any number of workers may walk it at once.
    """

    every: timedelta
    lease: timedelta = timedelta(0)


LEASED = timedelta(minutes=5)

PACES: dict[Round, Pace] = {
    Round.SEND_LETTERS: Pace(timedelta(0)),
    Round.RENEW_TOKENS: Pace(timedelta(minutes=5)),
    Round.SURFACE_ASKS: Pace(timedelta(seconds=1)),
    Round.NOTICE_UNTHANKED: Pace(timedelta(minutes=5), LEASED),
    Round.NIGHT: Pace(timedelta(days=1), LEASED),
    Round.DRAW_CARDS: Pace(timedelta(minutes=1), LEASED),
    Round.SEND_HELD: Pace(timedelta(seconds=20)),
    Round.TELL_DAYS: Pace(timedelta(minutes=10), LEASED),
    Round.INVITE_QUIETER: Pace(timedelta(hours=6), LEASED),
    Round.TELL_WEEKS: Pace(timedelta(minutes=10), LEASED),
    Round.DELIVER_NUDGES: Pace(timedelta(0)),
    Round.TRACE_NUDGES: Pace(timedelta(seconds=4)),
    Round.DROP_ASKS: Pace(timedelta(minutes=10)),
    Round.TRIM_WINDOWS: Pace(timedelta(minutes=10), LEASED),
    Round.WRITE_INSIGHTS: Pace(timedelta(hours=6), LEASED),
    Round.FORGET: Pace(timedelta(hours=1), LEASED),
}
