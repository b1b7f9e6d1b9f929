"""A crowd that talks at a steady pace, whatever falls over meanwhile, and says again what was not acknowledged."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from benchmarks import load
from integrations.slack import manifest
from integrations.slack.standin import envelopes
from integrations.slack.standin.nouns import Channel, Json
from tests.e2e.kills.conftest import Site
from tests.slack import offering

A_SECOND: Final = 200
CHUNK_S: Final = 2
CHANNELS: Final = 16
ASKER: Final = "zoe"
ASKS_EVERY: Final = 21
CONNECTIONS: Final = 64
_OK: Final = range(200, 300)


def places(site: Site) -> list[Channel]:
    """Channels where everybody is, and which the owner made circles."""
    town, team = site.town, site.team
    made = [town.slack.channel(f"#storm-{number}", team=team.ops.team) for number in range(CHANNELS)]
    web = site.start("web")
    try:
        for place in made:
            for each in (town.slack.person(ASKER, team=team.ops.team), team.ada, team.ben):
                each.joins(place)
            town.slack.invite_app(place, by=team.owner)
            town.goes_on()
            team.owner.presses(offering(team.owner.inbox, "people.make_circle"), "people.make_circle")
    finally:
        web.kill()
    return made


@dataclass
class Crowd:
    """People who talk without end, from now on until they are told to stop.

    Who asks has not joined: of them nothing is kept, so that no line is one of a burst and each asks for itself.
    """

    site: Site
    places: list[Channel]
    asks: list[str] = field(default_factory=list)
    said: int = 0
    again: int = 0
    """How often an event had to be sent again."""
    lasted: float = 0.0

    def __post_init__(self) -> None:
        slack = self.site.town.slack
        self._port = urlsplit(self.site.environment["PUBLIC_URL"]).port or 0
        self._asker = slack.person(ASKER, team=self.site.team.ops.team)
        self._over = threading.Event()
        self._waiting: list[Json] = []
        talks = ThreadPoolExecutor(max_workers=1)
        self._talking = talks.submit(self._talk)
        talks.shutdown(wait=False)

    @property
    def is_silent(self) -> bool:
        """Whether they ended before they were told to; `end` says why."""
        return self._talking.done()

    def end(self) -> None:
        """Stop talking; returns once everything that was said is acknowledged, and fails where it is not."""
        self._over.set()
        self._talking.result()

    def _talk(self) -> None:
        began = time.monotonic()
        while not self._over.is_set():
            due = int(A_SECOND * (time.monotonic() - began + CHUNK_S))
            self._waiting += self._says(due - self.said)
            self._send()
        until = time.monotonic() + 120
        while self._waiting:
            assert time.monotonic() < until, "what was said is not acknowledged"
            self._send()
        self.lasted = time.monotonic() - began

    def _says(self, many: int) -> list[Json]:
        with self.site.town.slack.holding() as held:
            for number in range(self.said, self.said + many):
                place = self.places[number % CHANNELS]
                if number % ASKS_EVERY == 0:
                    self._asks(place, number)
                else:
                    self.site.team.ada.says(place, f"that is {number}")
        self.said += many
        return held.envelopes

    def _asks(self, place: Channel, number: int) -> None:
        self.asks.append(self._asker.says(place, f"@ben could you look at number {number}?").ts)

    def _send(self) -> None:
        """Each of what waits, once and at the pace; what is not acknowledged waits again, as Slack does it."""
        sent, self._waiting = self._waiting, []
        requests = [self._request(one) for one in sent]
        answers = load.send(self._port, requests, connections=CONNECTIONS, a_second=max(A_SECOND, len(sent) / CHUNK_S))
        self._waiting += [one for one, answer in zip(sent, answers, strict=True) if answer.status not in _OK]
        self.again += len(self._waiting)

    def _request(self, envelope: Json) -> bytes:
        body = json.dumps(envelope).encode()
        world = self.site.town.slack.world
        proof = envelopes.signed(world.app.signing_secret, body, world.now())
        lines = [f"{name}: {value}" for name, value in proof.items()]
        head = [f"POST {manifest.EVENTS_AT} HTTP/1.1", "Host: 127.0.0.1", f"Content-Type: {envelopes.JSON_TYPE}"]
        return "\r\n".join([*head, *lines, f"Content-Length: {len(body)}"]).encode() + b"\r\n\r\n" + body
