"""Slack and our app face to face: the stand-in on a port of this machine, the app behind its own address."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from pydantic import SecretStr

from integrations.slack import installations, manifest
from integrations.slack.counter import Counter
from integrations.slack.socket import Line
from integrations.slack.standin import deliver, envelopes, server
from integrations.slack.standin.actor import Actor
from integrations.slack.standin.deliver import Answer
from integrations.slack.standin.driver import Slack
from integrations.slack.standin.nouns import Channel, Message, View
from integrations.slack.teams import Teams
from integrations.slack.visits import Desk
from service import jobs
from service.app import create_app
from service.people import queries as people
from service.people.queries import MemberCard
from service.people.rules import IdentityKind
from service.runtime import Plug, Runtime
from service.settings import Settings
from tests import processes
from tests.fakes import Clock

SECRET = "stand-in-signing-secret"


class Later:
    """The app's door, which opens once both sides know where the other one is."""

    def __init__(self) -> None:
        self.door: deliver.Door | None = None

    def __call__(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        assert self.door is not None
        return self.door(method, path, headers, body)


@dataclass
class Street:
    """Both sides, and the clock they share."""

    slack: Slack
    runtime: Runtime
    clock: Clock
    plugs: list[Plug]

    def works(self) -> None:
        """What a worker does when the bell rings: every round that is due."""
        jobs.walk(self.runtime, self.plugs)

    def goes_on(self) -> None:
        """A minute passes, and what waits is delivered."""
        self.clock.move(minutes=1)
        self.works()

    def passes(self, *, look_every_s: float = 43_200, **by: float) -> None:
        """Time passes, and whatever comes due in it is worked off by a worker that looks every so often."""
        until = self.clock() + timedelta(**by)
        while self.clock() < until:
            self.clock.at = min(until, self.clock() + timedelta(seconds=look_every_s))
            self.works()
        for _ in range(2):
            self.clock.move(seconds=10)
            self.works()

    def known(self, actor: Actor) -> MemberCard | None:
        """Somebody as we know them, if we do."""
        with self.runtime.transaction(self.workspace(actor.person.team), writes=False) as db:
            return people.known_as(db, IdentityKind.SLACK, [actor.id]).get(actor.id)

    def member(self, actor: Actor) -> MemberCard:
        """Somebody whom we know."""
        found = self.known(actor)
        assert found is not None
        return found

    def workspace(self, team: str) -> str:
        """The workspace of a team."""
        with self.runtime.housekeeping(writes=False) as db:
            found = installations.workspace_of(db, team)
        assert found is not None
        return found

    def knock(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
        """A request as anybody could send it."""
        return self.slack.courier.door(method, path, headers or {}, body)


def buttons(message: Message) -> list[str]:
    """What can be done with a message, by identifier."""
    return [each["action_id"] for block in message.blocks for each in block.get("elements", ()) if "action_id" in each]


def offering(messages: Iterable[Message], does: str) -> Message:
    """The newest of these messages that has this button."""
    return [each for each in messages if does in buttons(each)][-1]


def about_asks(actor: Actor) -> list[Message]:
    """What somebody was told of asks."""
    return [each for each in actor.inbox if any(name.startswith("asks.") for name in buttons(each))]


def texts(message: Message) -> str:
    """Everything a message says."""
    parts = [block.get("text", {}).get("text", "") for block in message.blocks]
    parts += [
        each.get("text", "")
        for block in message.blocks
        for each in block.get("elements", ())
        if each["type"] == "mrkdwn"
    ]
    return "\n".join(filter(None, parts))


def resent(town: Street, actor: Actor, view: View) -> Answer:
    """A form sent by anybody, whether or not it stands before them; Slack signs what its client sends."""
    world = town.slack.world
    shape = envelopes.on_view(world, view)["view"]
    trigger = world.trigger(actor.person.team, actor.id, view.id)
    body = envelopes.gesture(world, actor.person, "view_submission", trigger, view=shape, response_urls=[])
    return town.slack.courier.form(envelopes.interaction(body))


@dataclass(frozen=True)
class Team:
    """A team with a circle: an owner who leads it, and two people who joined."""

    ops: Channel
    owner: Actor
    ada: Actor
    ben: Actor


def settled_in(town: "Street", name: str = "Maple") -> Team:
    """Install the app in a team, make its #ops a circle, and let two people join."""
    there = town.slack.team(name)
    owner = town.slack.person("owner", team=there, is_owner=True, is_admin=True)
    answer = town.slack.install(name, by=owner)
    assert answer.status == 200, answer.text
    return settle(town, name)


def settle(town: "Street", name: str = "Maple") -> Team:
    """Make the #ops of a team that has the app a circle, and let two people join."""
    there = town.slack.team(name)
    owner = town.slack.person("owner", team=there, is_owner=True, is_admin=True)
    ops = town.slack.channel("#ops", team=there)
    ada, ben = (town.slack.person(each, team=there) for each in ("ada", "ben"))
    for each in (owner, ada, ben):
        each.joins(ops)
    town.slack.invite_app(ops, by=owner)
    town.goes_on()
    owner.presses(offering(owner.inbox, "people.make_circle"), "people.make_circle")
    owner.presses(offering(owner.inbox, "people.invite"), "people.invite")
    town.goes_on()
    for each in (ada, ben):
        each.presses(offering(each.sees(ops), "people.join"), "people.join")
        assert each.submits().ok
    town.goes_on()
    return Team(ops, owner, ada, ben)


def with_slack(settings: Settings, **more: object) -> Settings:
    """These settings with a Slack app in them."""
    given = {
        **settings.model_dump(),
        "integrations": ("slack",),
        "slack_signing_secret": SECRET,
        "slack_client_id": "1000.2000",
        "slack_client_secret": "stand-in-client-secret",
        **more,
    }
    return Settings.model_validate(given)


@contextlib.contextmanager
def comes_by_socket(town: "Street") -> Iterator[Line]:
    """What Slack sends comes by a socket from now on, for the team whose token the settings name."""
    bot = town.slack.seats("Maple")
    town.runtime.settings = town.runtime.settings.model_copy(
        update={
            "slack_app_token": SecretStr(town.slack.app_token()),
            "slack_bot_token": SecretStr(bot.token),
            "slack_signing_secret": None,
            "slack_client_id": None,
            "slack_client_secret": None,
        }
    )
    line = Line(Counter(Desk(town.runtime, Teams(town.runtime))), look_every_s=0.05, ping_every_s=1)
    line.look()
    processes.until(lambda: town.slack.sockets.connections, within=10, what="a socket")
    town.slack.reaches(town.slack.sockets.door)
    try:
        yield line
    finally:
        line.close()


@contextlib.contextmanager
def street(runtime: Runtime, clock: Clock) -> Iterator[Street]:
    """Slack on one side, the app of this runtime on the other."""
    later = Later()
    described = manifest.manifest(with_slack(runtime.settings))
    with server.running(later, signing_secret=SECRET, described=described, now=lambda: clock().timestamp()) as slack:
        runtime.settings = with_slack(
            runtime.settings, slack_api_url=slack.api_url, slack_authorize_url=slack.authorize_url
        )
        app = create_app(runtime)
        later.door = deliver.over_wsgi(app)
        yield Street(slack, runtime, clock, [])
