"""What of one's own may still be changed or settled, for the app's home."""

from collections.abc import Collection
from datetime import datetime

from integrations import slack_text
from integrations.slack.blocks import appreciations as thanks_blocks
from integrations.slack.blocks import repairs as blocks
from integrations.slack.blocks.home import Circle, Thanked
from integrations.slack.blocks.pieces import Block
from integrations.slack.blocks.repairs import Line
from service.appreciations import queries as thanks
from service.appreciations.queries import AppreciationCard
from service.db import Session
from service.people import queries as people
from service.people.queries import MemberCard
from service.people.rules import IdentityKind
from service.repairs import queries, rules
from service.repairs.queries import RepairCard
from service.repairs.rules import Direction, RepairState
from service.wording import appreciations as words
from service.wording import coaching, home
from service.wording.voice import Voice

MOST_LINES = 5
MOST_THANKS = 3


def _named(db: Session, ids: Collection[str]) -> tuple[dict[str, str], dict[str, str]]:
    """How these members are named here, and their Slack ids."""
    addresses = people.addresses(db, IdentityKind.SLACK, ids)
    names = {id_: one.name for id_, one in people.members(db, ids).items()}
    return names | {id_: slack_text.person(address) for id_, address in addresses.items()}, addresses


def given(db: Session, voice: Voice, card: MemberCard, now: datetime) -> list[Block]:
    """Thanks given within the last ten minutes."""
    found = [each for each in thanks.given(db, card.id, most=3).cards if thanks.may_change(each, now)]
    return thanks_blocks.lately(voice, [(each.id, *to) for each, to in _to_whom(db, voice, card, found)])


def _to_whom(
    db: Session, voice: Voice, card: MemberCard, gave: Collection[AppreciationCard]
) -> list[tuple[AppreciationCard, tuple[list[str], list[str]]]]:
    """To whom one gave thanks: a whole circle and people one by one, as named here, and the Slack ids of these."""
    circles = {circle.id: circle for circle in people.circles_of(db, card.id)}
    names, addresses = _named(db, {one for each in gave for one in each.recipients})
    found = []
    for each in gave:
        whole = circles.get(each.everybody or "")
        one_by_one = [one for one in each.recipients if whole is None or one not in whole.members]
        everybody = [words.everybody_in(voice, whole.name)] if whole is not None else []
        named = [*everybody, *(names[one] for one in one_by_one if one in names)]
        found.append((each, (named, [addresses[one] for one in one_by_one if one in addresses])))
    return found


def thanked(db: Session, voice: Voice, card: MemberCard, now: datetime) -> list[Thanked]:
    """The newest thanks one received, with their words, and the newest one gave. `now` is on the member's clock."""

    def day(each: AppreciationCard) -> str:
        return voice.day(each.given_at.astimezone(now.tzinfo), now.date())

    received = thanks.keepsakes(db, card.id, most=MOST_THANKS).cards
    names, addresses = _named(db, {each.giver for each in received if each.giver})
    lines = []
    for each in received:
        name = names.get(each.giver or "")
        said = home.from_whom(voice, name, day(each)) if name else home.from_former(voice, day(each))
        theirs = " ".join(filter(None, (each.did, each.eased)))
        lines.append(Thanked(said, theirs, [addresses[each.giver]] if each.giver in addresses else []))
    gave = thanks.given(db, card.id, most=MOST_THANKS).cards
    for each, (named, known) in _to_whom(db, voice, card, gave):
        if named:
            lines.append(Thanked(home.to_whom(voice, voice.names(named), day(each)), "", known))
    return lines


def circles(db: Session, card: MemberCard) -> list[Circle]:
    """The circles a member is in, and whether they lead them."""
    mine = people.circles_of(db, card.id)
    addresses = people.addresses(db, IdentityKind.SLACK, {lead for each in mine for lead in each.leads})
    return [
        Circle(
            each.id,
            each.name,
            leads=[addresses[lead] for lead in each.leads if lead in addresses],
            is_led=card.id in each.leads,
        )
        for each in mine
    ]


def sent(db: Session, voice: Voice, card: MemberCard, now: datetime) -> list[Block]:
    """Repairs of one's own that may be settled or taken back."""
    open_ones = [each for each in queries.sent_by(db, card.id) if _settles(each) or _may_go_back(each, now)]
    shown = open_ones[:MOST_LINES]
    names, addresses = _named(db, {each.receiver for each in shown})
    lines = []
    for each in shown:
        said = coaching.held_for if each.state is RepairState.HELD else coaching.sent_to
        speaks_of = [addresses[each.receiver]] if each.receiver in addresses else []
        name = names.get(each.receiver, "")
        lines.append(Line(each.id, said(voice, name), speaks_of, _settles(each), _may_go_back(each, now)))
    return blocks.mine(voice, lines)


def _settles(repair: RepairCard) -> bool:
    """Whether it is its writer who was hurt, and it went out."""
    return repair.direction is Direction.HURT and repair.state is RepairState.SENT


def _may_go_back(repair: RepairCard, now: datetime) -> bool:
    just_sent = repair.sent_at is not None and now < repair.sent_at + rules.MAY_UNDO_FOR
    return repair.state is RepairState.HELD or (repair.state is RepairState.SENT and just_sent)
