"""For every column that names a member: what of its row is shown to them, and what becomes of it when they go.

A test walks the tables and fails for a column that has no decision here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

HELD_FOR: Final = timedelta(days=30)
"""How long a workspace that cannot be reached any more may come back and go on where it stopped."""


class Going(StrEnum):
    """What becomes of a row when the member it names is erased."""

    GOES = "goes"
    STAYS_NAMELESS = "stays_nameless"
    """The words stay with those who received them, from a former member."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with the rows that name a member in one column."""

    going: Going = Going.GOES
    shown: bool = True
    why_not: str = ""
    """Why a row is not shown to the member it names."""
    without: frozenset[str] = frozenset()
    """Columns of the row that are another person's, or mean nothing to anybody."""


DECISIONS: Mapping[tuple[str, str], Decision] = {
    ("member", "guardian_id"): Decision(Going.STAYS_NAMELESS, shown=False, why_not="the child's own row"),
    ("identity", "member_id"): Decision(),
    ("boundary", "member_id"): Decision(),
    ("circle_member", "member_id"): Decision(),
    ("apart", "member_id"): Decision(),
    ("apart", "other_id"): Decision(shown=False, why_not="invisible to the one kept apart from"),
    ("session", "member_id"): Decision(without=frozenset({"hash", "opened_from"})),
    ("sign_in_link", "member_id"): Decision(without=frozenset({"hash", "waiting", "code"})),
    ("device", "member_id"): Decision(without=frozenset({"hash", "sealed"})),
    ("invite", "made_by"): Decision(without=frozenset({"hash"})),
    ("profile_pin", "member_id"): Decision(without=frozenset({"hash", "salt"})),
    ("passkey", "member_id"): Decision(without=frozenset({"credential", "public_key"})),
    ("nudge", "member_id"): Decision(
        without=frozenset({"reader", "parcel", "receipt", "lease_until", "attempts", "traces", "change"})
    ),
    ("nudge_wish", "member_id"): Decision(),
    ("ask", "asked_id"): Decision(without=frozenset({"for_whom"})),
    ("ask", "asker_id"): Decision(without=frozenset({"for_whom"})),
    ("ask_lesson", "member_id"): Decision(),
    ("effort", "member_id"): Decision(),
    ("effort_witness", "member_id"): Decision(),
    ("effort_shown", "member_id"): Decision(shown=False, why_not="what a lead was shown is the lead's"),
    ("effort_shown", "reader_id"): Decision(),
    ("last_thanked", "member_id"): Decision(),
    ("digest_reader", "member_id"): Decision(),
    ("chore", "whose_id"): Decision(Going.STAYS_NAMELESS),
    ("appreciation", "giver_id"): Decision(Going.STAYS_NAMELESS, without=frozenset({"token"})),
    ("appreciation_received", "member_id"): Decision(),
    ("appreciation_kin_allowed", "child_id"): Decision(),
    ("repair", "sender_id"): Decision(Going.STAYS_NAMELESS, without=frozenset({"token"})),
    ("repair", "receiver_id"): Decision(without=frozenset({"token", "goes_at"})),
    ("moment", "member_id"): Decision(without=frozenset({"sealed", "pattern"})),
    ("balance", "one_id"): Decision(shown=False, why_not="holds what the other side agreed to"),
    ("balance", "other_id"): Decision(shown=False, why_not="holds what the other side agreed to"),
    ("start", "by_id"): Decision(),
    ("start", "with_id"): Decision(shown=False, why_not="the other side's"),
    ("hat", "member_id"): Decision(shown=False, why_not="nobody is shown what lies in a hat, its owner included"),
    ("deck", "member_id"): Decision(),
    ("drawn", "member_id"): Decision(without=frozenset({"owner"})),
    ("occasion", "member_id"): Decision(),
    ("occasion", "added_by_id"): Decision(Going.STAYS_NAMELESS),
    ("occasion_feed", "member_id"): Decision(without=frozenset({"hash"})),
    ("occasion_marker", "member_id"): Decision(),
}


def unnamed(decisions: Mapping[tuple[str, str], Decision] = DECISIONS) -> list[str]:
    """Decisions that hide a row and do not say why."""
    return [f"{table}.{column}" for (table, column), one in decisions.items() if not one.shown and not one.why_not]
