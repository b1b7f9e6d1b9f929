"""A team in Slack in which somebody asks who has no hat of their own, and everything they may try there."""

import copy
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from integrations.slack.standin.actor import Actor
from integrations.slack.standin.nouns import View
from service.people import circles as seats
from service.people import queries as people
from tests.anonymity.canaries import Canary
from tests.slack import Street, Team, resent, settled_in

ASK = "suggestions.open"
NAME = "quirina.zwaardvlinder"


@dataclass(frozen=True)
class Crowd:
    """Those who are there, and the asker, who came after the hats were given out."""

    town: Street
    team: Team
    circle: str
    asker: Actor

    def member(self, actor: Actor) -> str:
        """Somebody's id with us."""
        return self.town.member(actor).id

    def canaries(self) -> list[Canary]:
        """All that belongs to the asker, with every view and trigger they have had until now."""
        person, world = self.asker.person, self.town.slack.world
        return [
            Canary("the chat's id", person.id),
            Canary("the name", person.name),
            Canary("the full name", person.real_name),
            Canary("the mail", person.email),
            Canary("the direct conversation", self.asker.dm.id),
            Canary("the member", self.member(self.asker)),
            *(Canary("a view", each.id) for each in world.views.values() if each.person == person.id),
            *(Canary("a trigger", each.id) for each in world.triggers.values() if each.person == person.id),
        ]


def gathered(town: Street) -> Crowd:
    """Six others below a lead, who all joined; then the asker."""
    team = settled_in(town)
    others = [town.slack.person(name, team="Maple") for name in ("cleo", "dora", "emil", "finn")]
    _join([*others, team.owner], team)
    with town.runtime.transaction(town.workspace(team.ops.team)) as db:
        circle = people.circles(db)[0].id
        seats.seat(db, circle, town.member(team.owner).id, town.clock(), leads=True)
    town.passes(minutes=2)
    asker = town.slack.person(NAME, team="Maple", real_name="Quirina Zwaardvlinder", email=f"{NAME}@vlinder.example")
    _join([asker], team)
    return Crowd(town, team, circle, asker)


def _join(actors: Iterable[Actor], team: Team) -> None:
    for each in actors:
        each.joins(team.ops)
        each.runs("/goldseam", "join")
        assert each.submits().ok
        each.closes(every=True)


def walks(crowd: Crowd, *, person: str | None = None) -> None:
    """To the last view, for one person or for all."""
    asker = crowd.asker
    asker.uses_shortcut(ASK)
    asker.submits(values={("for", ASK): crowd.circle if person is None else "one", ("kind", ASK): "talked_over"})
    if person is not None:
        asker.submits(values={("person", ASK): person})
    if asker.view is not None and "suggestions.signed" not in str(asker.view.body["blocks"][-1]):
        asker.submits(values={("act", ASK): "2", ("setting", ASK): "calls"})


def to_one(crowd: Crowd) -> None:
    """A card for a colleague."""
    walks(crowd, person=crowd.member(crowd.team.ben))
    crowd.asker.submits()


def to_all(crowd: Crowd) -> None:
    """A card for the circle."""
    walks(crowd)
    crowd.asker.submits()


def to_their_lead(crowd: Crowd) -> None:
    """A card for whoever leads."""
    walks(crowd, person=crowd.member(crowd.team.owner))
    crowd.asker.submits()


def gives_up(crowd: Crowd) -> None:
    """Closes the last view."""
    walks(crowd, person=crowd.member(crowd.team.ben))
    crowd.asker.closes(every=True)


def replayed(crowd: Crowd) -> None:
    """The same form again, and with other words in it."""
    walks(crowd, person=crowd.member(crowd.team.ben))
    view = copy.deepcopy(crowd.asker.modal)
    crowd.asker.submits()
    assert resent(crowd.town, crowd.asker, view).ok
    _forged(crowd, view)


def forged(crowd: Crowd) -> None:
    """Forms that nobody was shown."""
    walks(crowd)
    _forged(crowd, copy.deepcopy(crowd.asker.modal))


def _forged(crowd: Crowd, view: View) -> None:
    whole = {"for": "one", "person": crowd.member(crowd.asker), "kind": "talked_over", "act": "2", "setting": "calls"}
    for kept in (whole, {**whole, "person": crowd.asker.id}, {**whole, "kind": NAME}, {**whole, "for": NAME}):
        view.body["private_metadata"] = json.dumps(kept)
        assert resent(crowd.town, crowd.asker, view).ok


def too_often(crowd: Crowd) -> None:
    """One card more than a day has room for."""
    for _ in range(4):
        to_all(crowd)
        crowd.asker.closes(every=True)


def unanswered(crowd: Crowd) -> None:
    """Slack refuses the view we would open."""
    crowd.town.slack.fault("error", "views.open")
    crowd.asker.uses_shortcut(ASK)


QUICK = ("one person",)
ALL: dict[str, Callable[[Crowd], None]] = {
    "one person": to_one,
    "all of us": to_all,
    "a lead": to_their_lead,
    "giving up": gives_up,
    "replayed": replayed,
    "forged": forged,
    "too often": too_often,
    "unanswered": unanswered,
}
