"""The small ruptures we have words for: one list that moments, repairs and suggestions share."""

from enum import StrEnum


class Rupture(StrEnum):
    """A kind of small moment that wears a bond down when it is left alone."""

    EFFORT_UNSEEN = "effort_unseen"
    REPLY_WAITING = "reply_waiting"
    PERSONAL_WAITING = "personal_waiting"
    DIVIDED_ATTENTION = "divided_attention"
    TALKED_OVER = "talked_over"
    SHARP_TONE = "sharp_tone"
    JOKE_LANDED = "joke_landed"
    LOOK_OR_SIGH = "look_or_sigh"
    SLIPPED_PROMISE = "slipped_promise"
    ONE_SIDED_START = "one_sided_start"
    LEFT_OUT = "left_out"
    CREDIT_ASTRAY = "credit_astray"
    DAY_MISSED = "day_missed"
    SPACE_NOT_KEPT = "space_not_kept"


class Register(StrEnum):
    """To whom the words are spoken: colleagues, a home, or a child."""

    TEAM = "team"
    FAMILY = "family"
    CHILD = "child"
