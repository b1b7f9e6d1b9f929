"""What each kind of nudge says: a neutral title, our sentences, and its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from service.appreciations.rules import Job
from service.nudges.rules import Item, NudgeKind, Told
from service.occasions.rules import OccasionKind
from service.ruptures import Register, Rupture
from service.suggestions import deck
from service.wording import (
    appreciations,
    asks,
    cards,
    efforts,
    moments,
    notes,
    occasions,
    people,
    repair_lines,
    repairs,
    slots,
    suggestions,
    weeks,
)
from service.wording.voice import Voice

INVITATION = "invitation"
"""What thanks are told as, where they are the first to somebody who has not joined."""


@dataclass(frozen=True, slots=True)
class Names:
    """How the courier names members and places: by id, a mention in Slack, a plain name elsewhere."""

    members: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def member(self, voice: Voice, member: str | None) -> str:
        """The name of a member, or a word for somebody whose name we do not have."""
        return self.members.get(member or "") or people.somebody(voice)

    def place(self, place: str | None) -> str | None:
        """The name of a place, if it has one."""
        return self.places.get(place or "")


def title(voice: Voice, kind: NudgeKind) -> str:  # noqa: C901 - one line for each kind
    """What stands on a locked screen: it names nobody and gives nothing away."""
    match kind:
        case NudgeKind.WELCOME:
            return voice.say("Welcome")
        case NudgeKind.PLACE_OFFERED:
            return voice.say("A channel to choose for")
        case NudgeKind.ASK_WAITING:
            return asks.title(voice)
        case NudgeKind.ASK_OPEN_TIP | NudgeKind.ASK_PROMISED:
            return voice.say("About a question of yours")
        case NudgeKind.QUESTION_AT_HOME | NudgeKind.ASK_PASSED_ON:
            return voice.say("A question for you")
        case NudgeKind.ANSWER_AT_HOME:
            return voice.say("An answer for you")
        case NudgeKind.THANKS_RECEIVED:
            return voice.say("A thank-you for you")
        case NudgeKind.THANKS_SHARED:
            return voice.say("A thank-you")
        case NudgeKind.THANKS_WEEK:
            return weeks.title(voice)
        case NudgeKind.EFFORT_UNTHANKED | NudgeKind.EFFORT_RECALL | NudgeKind.EFFORT_SEEN:
            return efforts.digest_title(voice)
        case NudgeKind.KEEP_OR_STOP:
            return voice.say("Keep these, or stop?")
        case NudgeKind.CIRCLE_DIGEST:
            return voice.say("From your circle")
        case NudgeKind.REPAIR_RECEIVED | NudgeKind.REPAIR_ANSWERED | NudgeKind.NOTE_RECEIVED:
            return voice.say("A word for you")
        case NudgeKind.NOTE_EXPIRED:
            return voice.say("About something you wrote")
        case NudgeKind.CARD_DRAWN:
            return voice.say("Your card this week")
        case NudgeKind.HOUSE_CARD:
            return voice.say("This week's card for all of us")
        case NudgeKind.CARD_SHARE:
            return voice.say("Something to try")
        case NudgeKind.MOMENT_PATTERN:
            return voice.say("For you alone")
        case NudgeKind.BALANCE_INVITE:
            return voice.say("A small invitation")
        case NudgeKind.OCCASION_SOON | NudgeKind.OCCASION_TODAY:
            return voice.say("A day that matters")
        case _:
            assert_never(kind)


def body(voice: Voice, kind: NudgeKind, told: Told, names: Names, today: date | None = None) -> str:  # noqa: C901 - one line for each kind
    """Our sentences; `told.words`, a member's own, and `lines` follow them and are never mixed in."""
    who = names.member(voice, told.who)
    on = told.on or today or date.min
    match kind:
        case NudgeKind.WELCOME:
            return people.welcome(voice, names.place(told.place))
        case NudgeKind.PLACE_OFFERED:
            return people.place_offered(voice, names.place(told.place) or people.a_channel(voice))
        case NudgeKind.ASK_WAITING:
            return _waiting(voice, told, names, on, today)
        case NudgeKind.ASK_OPEN_TIP:
            return asks.open_tip(voice, told.on, today)
        case NudgeKind.ASK_PROMISED:
            return asks.promised(voice, who, on, today)
        case NudgeKind.ASK_PASSED_ON:
            return asks.passed_on(voice, who, on, today)
        case NudgeKind.QUESTION_AT_HOME:
            return asks.asked_at_home(voice, who)
        case NudgeKind.ANSWER_AT_HOME:
            return asks.answered_at_home(voice, who)
        case NudgeKind.THANKS_RECEIVED:
            return _thanks(voice, told, who)
        case NudgeKind.THANKS_SHARED:
            return appreciations.shared(voice, who, _thanked(voice, told, names))
        case NudgeKind.THANKS_WEEK:
            return weeks.shared(voice, (told.extra or {}).get("circle") or people.somebody(voice))
        case NudgeKind.EFFORT_UNTHANKED:
            return efforts.digest_doubt(voice)
        case NudgeKind.EFFORT_RECALL:
            return efforts.recall(voice, int((told.extra or {}).get("turn", "0")))
        case NudgeKind.EFFORT_SEEN:
            return efforts.seen_by_you(voice, who, on, today)
        case NudgeKind.KEEP_OR_STOP:
            return efforts.keep_or_stop(voice)
        case NudgeKind.CIRCLE_DIGEST:
            return asks.open_in_circle(voice, max(1, len(told.items)))
        case NudgeKind.REPAIR_RECEIVED:
            return repairs.received(voice, who)
        case NudgeKind.REPAIR_ANSWERED:
            return _answered(voice, who, told.kind)
        case NudgeKind.NOTE_RECEIVED:
            return repairs.note_received(voice, who)
        case NudgeKind.NOTE_EXPIRED:
            return repairs.note_expired(voice)
        case NudgeKind.CARD_DRAWN | NudgeKind.HOUSE_CARD:
            return _card(voice, told)
        case NudgeKind.CARD_SHARE:
            return suggestions.shared(voice, who) if told.who else suggestions.share_offer(voice)
        case NudgeKind.MOMENT_PATTERN:
            return moments.pattern(voice)
        case NudgeKind.BALANCE_INVITE:
            return moments.balance_invite(voice, who)
        case NudgeKind.OCCASION_SOON:
            if told.kind == OccasionKind.HARD_DAY:
                return occasions.hard_soon(voice, _celebrated(voice, told, names), on, today)
            return occasions.soon(voice, _celebrated(voice, told, names), on, today)
        case NudgeKind.OCCASION_TODAY:
            if told.kind == OccasionKind.HARD_DAY:
                return occasions.hard_today(voice, _celebrated(voice, told, names))
            return occasions.today(voice, _celebrated(voice, told, names))
        case _:
            assert_never(kind)


def lines(voice: Voice, kind: NudgeKind, told: Told, names: Names, today: date | None = None) -> tuple[str, ...]:
    """The lines of a nudge that names several things, most of them ending in words that are not ours."""
    match kind:
        case NudgeKind.EFFORT_UNTHANKED:
            return tuple(_effort(voice, item, names, today) for item in told.items)
        case NudgeKind.THANKS_WEEK:
            return tuple(_of_week(voice, one, to, names) for one, to in weeks.grouped(told.items))
        case NudgeKind.THANKS_RECEIVED | NudgeKind.THANKS_SHARED:
            return _beside_thanks(voice, told.extra or {})
        case NudgeKind.NOTE_RECEIVED:
            return _note(voice, told, today)
        case NudgeKind.REPAIR_RECEIVED:
            return _repair(voice, told, today)
        case _:
            return ()


def seen_to(voice: Voice) -> str:
    """In the place of the buttons of a message, after its reader pressed one elsewhere."""
    return voice.say("You have seen to this.")


def footer(voice: Voice, kind: NudgeKind, told: Told | None = None) -> str | None:
    """The small print, where a kind has some."""
    match kind:
        case NudgeKind.THANKS_RECEIVED if told is not None and told.kind == INVITATION:
            return appreciations.first_received(voice)
        case NudgeKind.THANKS_WEEK:
            return weeks.footer(voice)
        case NudgeKind.CARD_DRAWN | NudgeKind.HOUSE_CARD:
            return suggestions.footer(voice)
        case NudgeKind.EFFORT_UNTHANKED:
            return efforts.limits(voice)
        case NudgeKind.EFFORT_RECALL:
            return efforts.recall_why(voice)
        case NudgeKind.WELCOME:
            return people.welcome_tip(voice)
        case _:
            return None


def _waiting(voice: Voice, told: Told, names: Names, on: date, today: date | None) -> str:
    name = names.members.get(told.who or "")
    said = asks.waiting(voice, name, names.place(told.place), on, today)
    return f"{said} {asks.waiting_personal(voice, name)}" if told.personal else said


def _thanked(voice: Voice, told: Told, names: Names) -> list[str]:
    """Those a circle or a channel reads of: a whole circle by its name, and whoever else is named."""
    everybody = (told.extra or {}).get("everybody")
    whole = [appreciations.everybody_in(voice, everybody)] if everybody else []
    return [*whole, *(names.member(voice, item.who) for item in told.items)]


def _thanks(voice: Voice, told: Told, who: str) -> str:
    if told.who and "everybody" in (told.extra or {}):
        return appreciations.shared(voice, who, _thanked(voice, replace(told, items=()), Names()))
    return appreciations.received(voice, who) if told.who else appreciations.received_from_former(voice)


def _of_week(voice: Voice, one: Item, to: Sequence[Item], names: Names) -> str:
    named = [
        names.member(voice, each.who) if each.words is None else appreciations.everybody_in(voice, each.words)
        for each in to
    ]
    return weeks.line(voice, names.member(voice, one.who), named, one.words, one.kind)


def _beside_thanks(voice: Voice, extra: Mapping[str, str]) -> tuple[str, ...]:
    found = [appreciations.job(voice, Job(extra["job"]))] if "job" in extra else []
    found += [appreciations.eased(voice, extra["eased"])] if "eased" in extra else []
    found += [appreciations.valued(voice, extra["values"].split(","))] if "values" in extra else []
    return tuple(found)


def _note(voice: Voice, told: Told, today: date | None) -> tuple[str, ...]:
    if told.kind is None:
        return ()
    speaker, filled = _spoken_by(voice, told, today)
    said = notes.note(speaker, Rupture(told.kind), filled)
    return said.observe, said.impact, said.ask


def _repair(voice: Voice, told: Told, today: date | None) -> tuple[str, ...]:
    """The line of the catalogue, where its writer did not say it in their own words."""
    if told.kind is None or told.words:
        return ()
    speaker, filled = _spoken_by(voice, told, today)
    return (repair_lines.line(speaker, Rupture(told.kind), filled),)


def _spoken_by(voice: Voice, told: Told, today: date | None) -> tuple[Voice, slots.Fillings]:
    """The register of whoever wrote it, and what they filled in."""
    extra = dict(told.extra or {})
    register = Register(extra.pop("register", voice.register))
    return replace(voice, register=register), slots.parsed(extra, today)


def _answered(voice: Voice, who: str, answer: str | None) -> str:
    match answer:
        case "thank":
            return repairs.answered_thanks(voice, who)
        case "talk":
            return repairs.answered_talk(voice, who)
        case "unsettled":
            return repairs.answered_unsettled(voice, who)
        case "settle":
            return repairs.answered_settled(voice, who)
        case _:
            return repairs.answered_later(voice, who)


def _effort(voice: Voice, item: Item, names: Names, today: date | None) -> str:
    done = efforts.done(voice, item.kind, item.words)
    said = efforts.digest_item(voice, names.member(voice, item.who), done, item.on, today)
    return f"{said} {efforts.caution(voice)}" if item.caution else said


def _card(voice: Voice, told: Told) -> str:
    if told.kind is None:
        return suggestions.with_your_others(voice)
    grown = Register.TEAM if voice.register is Register.TEAM else Register.FAMILY
    drawn = deck.card(voice.register, told.kind) or deck.card(grown, told.kind)
    return suggestions.put_by(voice) if drawn is None else str(cards.card(voice, drawn))


def _celebrated(voice: Voice, told: Told, names: Names) -> str:
    return told.words or names.member(voice, told.who)
