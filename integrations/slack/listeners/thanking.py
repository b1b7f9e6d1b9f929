"""The doors to thanks in Slack: each leads to one form, with what is known already filled in."""

from collections.abc import Mapping
from dataclasses import replace

from integrations import slack_text
from integrations.slack.blocks import appreciations as blocks
from integrations.slack.blocks.appreciations import Begun, Offered
from integrations.slack.blocks.pieces import View
from integrations.slack.listeners import recipients
from integrations.slack.visits import Reply, Visit
from service.appreciations.rules import Door, Job, Sharing
from service.db import Session, new_id
from service.efforts import actions as efforts
from service.efforts import queries as efforts_seen
from service.errors import ProblemKind, refused
from service.people import queries as people
from service.people.queries import MemberCard, WorkspaceCard
from service.people.rules import Feature, IdentityKind, Joined, PlaceKind, WorkspaceKind
from service.wording import appreciations as words
from service.wording import giving
from service.wording.buttons import Button
from service.wording.voice import Voice


def command(visit: Visit) -> Reply:
    """`/thanks` with names and what they did, in any order; anything else is answered with usage."""
    typed, name = visit.gesture.value, visit.desk.runtime.settings.slack_command_thanks
    named = slack_text.named(typed)
    if named:
        card = visit.me()
        did = slack_text.plain(typed)
        open_form(visit, card, Begun(recipients.but_oneself(visit, named), did), Door.COMMAND)
        return None
    voice = visit.voice()
    said = "" if typed.casefold() == "help" else slack_text.plain(typed)
    usage = blocks.usage(voice, name, said)
    return {"response_type": "ephemeral", "text": giving.usage(voice, name), "blocks": usage}


def begin(visit: Visit) -> Reply:
    """Say Thanks, from wherever: its value says what is known."""
    card = visit.me()
    about, _, rest = visit.gesture.value.partition(".")
    match about:
        case "effort":
            return _for_effort(visit, card, rest)
        case "recall":
            with visit.transaction() as db:
                efforts.acted(db, card.id)
            open_form(visit, card, Begun(), Door.NUDGE)
        case "words":
            open_form(visit, card, Begun(did=rest), Door.COMMAND)
        case "message":
            channel, ts, author = (*rest.split("/"), "", "", "")[:3]
            _for_message(visit, card, channel, ts, author, Door.REACTION)
        case _:
            open_form(visit, card, Begun(), Door.HOME if visit.gesture.in_home else Door.SHORTCUT)
    return None


def _for_effort(visit: Visit, card: MemberCard, effort: str) -> Reply:
    with visit.transaction() as db:
        found = next(iter(efforts_seen.efforts(db, [effort])), None)
        if found is None:
            raise refused(ProblemKind.NOT_FOUND)
        efforts.acted(db, card.id)
        address = people.addresses(db, IdentityKind.SLACK, [found.member]).get(found.member)
    who = (address,) if address is not None and address != visit.gesture.person else ()
    open_form(visit, card, Begun(who, found.title or "", link=found.link), Door.NUDGE, efforts=effort)
    return None


def on_message(visit: Visit) -> Reply:
    """Say Thanks on a message: its author and a link to it, and not a word of it."""
    on = visit.gesture.on
    if on is None:
        raise refused(ProblemKind.NOT_FOUND)
    _for_message(visit, visit.me(), on.channel, on.ts, "" if on.by_bot else on.author, Door.MESSAGE)
    return None


def _for_message(visit: Visit, card: MemberCard, channel: str, ts: str, author: str, door: Door) -> None:
    link = slack_text.permalink(visit.installation.address, channel, ts)
    open_form(visit, card, Begun(recipients.but_oneself(visit, [author]), link=link), door)


def open_form(visit: Visit, card: MemberCard, begun: Begun, door: Door, **more: str) -> None:
    """Lay the form before somebody."""
    visit.open(form(visit, card, begun, door, **more))


def form(visit: Visit, card: MemberCard, begun: Begun, door: Door, **more: str) -> View:
    """The form with what is known already; `more` is what it needs to remember."""
    voice = visit.voice(card)
    with visit.transaction(writes=False) as db:
        offered = _offered(db, voice, card)
    remarks = [words.joins_thanks(voice)] if card.joined is Joined.NO else []
    remarks += [giving.about_work(voice)] if more.get("efforts") and begun.did else []
    kept = visit.keep(token=new_id(), door=door.value, **({"link": begun.link} if begun.link else {}), **more)
    shown = replace(begun, remarks=(*begun.remarks, *remarks))
    return blocks.form(voice, shown, offered, kept)


def _offered(db: Session, voice: Voice, card: MemberCard) -> Offered:
    """What the form lets choose from here: readers, whole circles, at home the jobs, and what is valued."""
    home = people.workspace(db, card.workspace)
    circles = people.circles_of(db, card.id)
    wholes = [(each.id, words.all_in(voice, each.name)) for each in circles if len(each.members) > 1]
    at_home = home is not None and home.kind is WorkspaceKind.FAMILY
    jobs = [(job.value, words.job(voice, job)) for job in Job] if at_home else []
    readers = _readers(db, voice, home, {each.id: each.name for each in circles})
    return Offered(readers, wholes, jobs, home.valued if home is not None else ())


def _readers(db: Session, voice: Voice, home: WorkspaceCard | None, mine: Mapping[str, str]) -> list[tuple[str, str]]:
    """Who may read thanks: those they are for, a circle's feed, or a channel one of those circles listens in."""
    found = [(Sharing.PRIVATE.value, words.only_us(voice))]
    if home is None or Feature.FEED in home.switched_off:
        return found
    found += [(f"{Sharing.CIRCLE}.{id_}", words.all_in(voice, name)) for id_, name in mine.items()]
    for place in people.places(db):
        if place.circle in mine and place.listens and place.kind is PlaceKind.CHANNEL:
            name = place.name or mine[place.circle]
            found.append((f"{Sharing.CHANNEL}.{place.id}", giving.post_in(voice, name)))
    return found


BUTTONS = {Button.APPRECIATIONS_OPEN: begin}
SHORTCUTS = {Button.APPRECIATIONS_OPEN: begin, Button.APPRECIATIONS_GIVE: on_message}
COMMANDS = {"slack_command_thanks": command}
