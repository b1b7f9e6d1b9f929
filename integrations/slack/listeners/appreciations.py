"""Thanks in Slack: seen before they go, sent, changed for ten minutes, taken back."""

from dataclasses import replace

from integrations.slack.blocks import appreciations as blocks
from integrations.slack.blocks import pieces
from integrations.slack.blocks.appreciations import Preview
from integrations.slack.gestures import Kind
from integrations.slack.listeners import home, recipients
from integrations.slack.listeners.recipients import Reached
from integrations.slack.visits import Reply, Visit
from service.appreciations import actions as appreciations
from service.appreciations import queries, rules
from service.appreciations.rules import Door, Draft, Job, Sharing
from service.db import Session
from service.errors import Problem, ProblemKind, Refused, refused
from service.people import actions as acts
from service.people import queries as people
from service.people.queries import MemberCard
from service.wording import appreciations as words
from service.wording import giving, refusals
from service.wording.buttons import Button
from service.wording.voice import Voice

MOST_KEPT = 3000
"""How much Slack keeps of a form between two steps, in characters."""


def look(visit: Visit) -> Reply:
    """Exactly what will be sent, and where; or what is in the way, at its field."""
    card, said = visit.me(), visit.gesture.said
    voice = visit.voice(card)
    chosen = visit.gesture.chosen("recipients")
    others = recipients.but_oneself(visit, chosen)
    reached = recipients.reached(visit, voice, chosen)
    kept = {**visit.kept(), "to": " ".join(chosen), "sharing": said("sharing")}
    kept |= {"did": said("did"), "eased": said("eased")}
    menus = {name: ",".join(visit.gesture.chosen(name)) for name in ("everybody", "job", "values")}
    kept |= {name: chosen for name, chosen in menus.items() if chosen}
    try:
        with visit.transaction(writes=False) as db:
            draft = _draft(db, card, kept, [one.id for one in reached.known])
            whole = _whole(db, draft)
            where, quieter = _where(db, voice, draft, others, reached, whole)
    except Refused as refusal:
        return _at_fields(voice, refusal.problems, reached.told)
    if reached.told:
        return _at_fields(voice, (), reached.told)
    stored = visit.keep(**kept)
    if len(stored) > MOST_KEPT:
        return {"response_action": "errors", "errors": {"did": giving.too_much_for_chat(voice)}}
    beside = _beside(voice, draft)
    shown = Preview(visit.gesture.person, others, draft.did, draft.eased, where, quieter, whole, beside)
    return {"response_action": "push", "view": blocks.preview(voice, shown, stored)}


def _draft(db: Session, card: MemberCard, kept: dict[str, str], to: list[str]) -> Draft:
    sharing, _, where = kept.get("sharing", "").partition(".")
    try:
        shared, door = Sharing(sharing or Sharing.PRIVATE), Door(kept.get("door", Door.SHORTCUT))
        job = Job(kept["job"]) if kept.get("job") else None
    except ValueError:
        raise refused(ProblemKind.UNKNOWN_VALUE, "sharing") from None
    place = people.place(db, where) if shared is Sharing.CHANNEL else None
    circle = place.circle if place is not None else where if shared is Sharing.CIRCLE else None
    return Draft(
        giver=card.id,
        recipients=tuple(to),
        did=kept.get("did", ""),
        eased=kept.get("eased", ""),
        job=job,
        sharing=shared,
        circle=circle,
        everybody=kept.get("everybody") or None,
        place=where if shared is Sharing.CHANNEL else None,
        values=tuple(filter(None, kept.get("values", "").split(","))),
        efforts=tuple(filter(None, kept.get("efforts", "").split(","))),
        link=kept.get("link"),
        door=door,
        token=kept.get("token", ""),
    )


def _whole(db: Session, draft: Draft) -> str | None:
    """The name of the circle that is thanked as a whole, where one is."""
    circle = people.circle(db, draft.everybody) if draft.everybody is not None else None
    return circle.name if circle is not None else None


def _beside(voice: Voice, draft: Draft) -> tuple[str, ...]:
    job = [words.job(voice, draft.job)] if draft.job is not None else []
    return *job, *([words.valued(voice, draft.values)] if draft.values else [])


def _where(
    db: Session, voice: Voice, draft: Draft, others: tuple[str, ...], reached: Reached, whole: str | None
) -> tuple[str, str | None]:
    """Who will read it, in a sentence, and whose wish made it quieter; whom we never met is thanked in private."""
    if reached.known or draft.everybody is not None:
        sharing, quieter = appreciations.preview(db, draft), appreciations.wished_quieter(db, draft)
    elif problems := rules.problems_of(replace(draft, recipients=reached.unmet)):
        raise Refused(*problems)
    else:
        sharing, quieter = draft.sharing, ()
    if reached.unmet:
        sharing = Sharing.PRIVATE
    said = giving.wished_quieter(voice, quieter) if quieter else None
    match sharing:
        case Sharing.PRIVATE:
            named = blocks.thanked(voice, others, whole)
            alone = whole is None and len(others) == 1
            return (words.privately(voice) if alone else giving.read_by_them(voice, named)), said
        case Sharing.CIRCLE:
            circle = people.circle(db, draft.circle or "")
            return words.in_feed(voice, circle.name if circle is not None else ""), said
        case Sharing.CHANNEL:
            place = people.place(db, draft.place or "")
            return words.in_place(voice, (place.name if place is not None else None) or ""), said


def _at_fields(voice: Voice, problems: tuple[Problem, ...], told: tuple[str, ...]) -> Reply:
    """Every problem beside its field; nothing that was filled in is lost."""
    errors: dict[str, list[str]] = {}
    for problem in problems:
        if problem.kind is ProblemKind.NOBODY_CHOSEN and told:
            continue  # somebody was chosen, and why they can't be reached is said already
        at = {"circle": "sharing", "place": "sharing"}.get(problem.at or "", problem.at or "recipients")
        errors.setdefault(at, []).append(refusals.sentence(voice, problem))
    if told:
        errors["recipients"] = [*told, *errors.get("recipients", [])]
    return {"response_action": "errors", "errors": {at: " ".join(dict.fromkeys(said)) for at, said in errors.items()}}


def give(visit: Visit) -> Reply:
    """Send what was looked at; whoever it is for and was never met is met now."""
    card, kept = visit.me(), visit.kept()
    chosen = recipients.but_oneself(visit, kept.get("to", "").split())
    to = [visit.met(each).id for each in chosen]
    with visit.transaction() as db:
        draft = _draft(db, card, kept, to)
        appreciation = appreciations.give(db, draft, visit.now)
        whole = _whole(db, draft)
    visit.desk.runtime.soon()
    voice = visit.voice(card)
    if kept.get("ts") or kept.get("home"):
        said = words.given(voice, blocks.thanked(voice, chosen, whole))
        home.done_before(visit, pieces.context(said, chosen))
    return {"response_action": "update", "view": blocks.given(voice, chosen, whole, appreciation)}


def edit_form(visit: Visit) -> Reply:
    """The words as they stand, to be said better."""
    card = visit.me()
    with visit.transaction(writes=False) as db:
        found = queries.appreciation(db, visit.gesture.value, card.id)
    if found is None or found.giver != card.id:
        raise refused(ProblemKind.NOT_FOUND)
    if not queries.may_change(found, visit.now):
        raise refused(ProblemKind.TOO_LATE)
    form = blocks.edit(visit.voice(card), found.did, found.eased, visit.keep(thanks=found.id))
    if visit.gesture.view is not None and not visit.gesture.in_home:
        visit.client.views_update(view_id=visit.gesture.view, view=form)  # Slack lays three views over one another
    else:
        visit.open(form)
    return None


def edit(visit: Visit) -> Reply:
    """The words were changed; so is whatever was posted."""
    card, kept, said = visit.me(), visit.kept(), visit.gesture.said
    with visit.transaction() as db:
        appreciations.edit(db, kept.get("thanks", ""), card.id, said("did"), said("eased"), visit.now)
    return _changed(visit, words.edited(visit.voice(card)))


def withdraw(visit: Visit) -> Reply:
    """Take It Back."""
    card = visit.me()
    with visit.transaction() as db:
        appreciations.withdraw(db, visit.gesture.value, card.id, visit.now)
    return _changed(visit, words.taken_back(visit.voice(card)))


def _changed(visit: Visit, said: str) -> Reply:
    """What was sent is brought in line; what was done is shown where it was done."""
    visit.desk.runtime.soon()
    view = {**pieces.notice(visit.voice(), said), "clear_on_close": True}
    if visit.gesture.in_home or visit.kept().get("home"):
        home.publish(visit)
    if visit.gesture.kind is Kind.FORM:
        return {"response_action": "update", "view": view}
    if visit.gesture.view is not None and not visit.gesture.in_home:
        visit.client.views_update(view_id=visit.gesture.view, view=view)
    return None


def stop(visit: Visit) -> Reply:
    """Don't Send Me These, from somebody who has not joined."""
    card = visit.me()
    with visit.transaction() as db:
        acts.refuse_thanks(db, card.id)
    home.done(visit, pieces.context(words.no_more(visit.voice(card))))
    return None


BUTTONS = {
    Button.APPRECIATIONS_EDIT: edit_form,
    Button.APPRECIATIONS_WITHDRAW: withdraw,
    Button.APPRECIATIONS_STOP: stop,
}
FORMS = {Button.APPRECIATIONS_OPEN: look, Button.APPRECIATIONS_GIVE: give, Button.APPRECIATIONS_EDIT: edit}
