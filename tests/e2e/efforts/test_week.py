"""Walk (c) into walk (b): work is noticed, the Thursday comes, thanks go out, and the week after is silent."""

import email
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import policy
from typing import Any

import pytest
from pydantic import SecretStr

from integrations.mail import plug as mail
from service.efforts import actions as efforts
from service.nudges import queries as nudges
from service.nudges.rules import NudgeKind
from service.people import actions as people
from service.people.rules import IdentityKind, Role, ThanksWish
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock
from tests.integration.mail.server import Mailbox, mail_server
from tests.tools import GITHUB, GITLAB, Tool, secret_of
from tests.visitors import Visitor, delivered, signed_in

THURSDAY = MONDAY + timedelta(days=3)
"""The first one; in the first two weeks a lead is only asked to recall."""


def comes(runtime: Runtime, clock: Clock, at: datetime) -> None:
    """The time goes on until then, and a worker does what is due."""
    while clock.at < at:
        clock.at = min(at, clock.at + timedelta(hours=12))
        delivered(runtime, clock)


def digests(runtime: Runtime, home: Home, reader: str) -> list[list[tuple[str | None, str | None]]]:
    """Whom each digest in somebody's inbox names, and with which words; the newest first."""
    with runtime.transaction(home.id, writes=False) as db:
        cards = [card for card in nudges.inbox(db, home[reader]) if card.kind is NudgeKind.EFFORT_UNTHANKED]
    return [[(item.who, item.words) for item in card.told.items] for card in cards]


def writes_thanks(visitor: Visitor, page: str, words: str, circle: str) -> None:
    """Follow the link of a digest, and fill in the form it opens."""
    (link,) = re.findall(r'href="(/thanks/new\?to=[^"]+)"', page)
    form = visitor.opens(link)
    token = re.search(r'name="token" value="([^"]+)"', form)
    effort = re.search(r'name="effort" value="([^"]+)"', form)
    assert token is not None
    assert effort is not None, "what was noticed is filled in"
    to = re.search(r"to=([a-z2-7]+)", link)
    assert to is not None
    fields = {"recipients": [to[1]], "effort": [effort[1]], "did": [words], "sharing": [circle], "token": [token[1]]}
    for _ in range(2):
        visitor.does("/thanks", fields)


def is_thanked_once_everywhere(runtime: Runtime, home: Home, name: str, words: str) -> None:
    """The words are in the receiver's inbox, among their keepsakes and in the feed of everybody, once each."""
    receiver = signed_in(runtime, home.id, home[name])
    for path in ("/inbox", "/keepsakes", "/thanks"):
        assert receiver.opens(path).count(words) == 1, path


@pytest.fixture
def letters(runtime: Runtime) -> Iterator[Mailbox]:
    """A mail server, to which this installation hands its letters."""
    with mail_server() as box:
        address = SecretStr(f"smtp://127.0.0.1:{box.port}?tls=none&from=goldseam@example.org")
        changed = {"mail_url": address, "public_url": "https://seam.example.org"}
        runtime.settings = runtime.settings.model_copy(update=changed)
        courier = mail.plug(runtime).courier
        assert courier is not None
        runtime.couriers[courier.name] = courier
        yield box


def letter_with(box: Mailbox, words: str) -> list[str]:
    """The addresses of the letters that say this."""
    read = [email.message_from_bytes(written, policy=policy.default) for _, written in box.taken]
    found = [(each["To"], each.get_body(("plain",))) for each in read]
    return [to for to, body in found if body is not None and words in body.get_content()]


def merged(tool: Tool, number: int, at: datetime) -> dict[str, Any]:
    """A change that Ben proposed and somebody merged."""
    told = tool.example(tool.merged[1])
    if tool is GITHUB:
        told["pull_request"] |= {"number": number, "title": "Mend the gate", "merged_at": at.isoformat()}
        told["pull_request"]["user"] = {"login": "Ben-Example", "type": "User"}
    else:
        told["object_attributes"] |= {"iid": number, "title": "Mend the gate", "merged_at": at.isoformat()}
        told["object_attributes"] |= {"author_id": told["user"]["id"]}
    return told


@pytest.mark.walk
@pytest.mark.parametrize(
    ("tool", "login", "words"),
    [(GITHUB, "ben-example", "Mend the gate (#420)"), (GITLAB, "ben_example", "Mend the gate (!420)")],
    ids=["github", "gitlab"],
)
def test_a_merged_change_is_thanked_within_the_week(
    runtime: Runtime, clock: Clock, letters: Mailbox, tool: Tool, login: str, words: str
) -> None:
    home = builders.team(runtime, "Ada", "Ben", "Cleo")
    secret = secret_of(runtime, home, tool)
    with runtime.transaction(home.id) as db:
        efforts.claim(db, home["Ben"], tool.kind, login, MONDAY)
        people.set_wishes(db, home["Ben"], thanks_wish=ThanksWish.CIRCLE)
        people.identify(db, home["Ada"], IdentityKind.MAIL, "ada@example.org", MONDAY)
        people.carry_by(db, home["Ada"], "mail")
    comes(runtime, clock, THURSDAY + timedelta(days=6))
    ben = signed_in(runtime, home.id, home["Ben"])
    event = tool.merged[0]
    for number in range(3):
        told = merged(tool, 418 + number, clock())
        answers = [tool.deliver(ben.client, secret, event, told) for _ in range(2)]
        assert [answer.get_json() for answer in answers] == [{"noticed": 1}] * 2
        clock.move(minutes=1)
    assert tool.deliver(ben.client, "guessed", event, tool.example(tool.merged[1])).status_code == 401

    comes(runtime, clock, THURSDAY + timedelta(weeks=2))
    clock.move(minutes=15)
    delivered(runtime, clock)
    ada = signed_in(runtime, home.id, home["Ada"])
    assert digests(runtime, home, "Ada") == [[(home["Ben"], words)]]
    assert letter_with(letters, words) == ["ada@example.org"]
    page = ada.opens("/inbox")
    assert words in page
    writes_thanks(ada, page, "You mended what we all walk through.", home.circle)
    delivered(runtime, clock)
    is_thanked_once_everywhere(runtime, home, "Ben", "You mended what we all walk through.")

    comes(runtime, clock, THURSDAY + timedelta(weeks=3, days=1))
    assert len(digests(runtime, home, "Ada")) == 1, "nothing of it the week after"
    assert letter_with(letters, words) == ["ada@example.org"]


@pytest.mark.walk
def test_a_chore_at_home_is_thanked_within_the_week(runtime: Runtime, clock: Clock) -> None:
    home = builders.family(runtime, Maja=Role.ADULT, Jon=Role.ADULT, Ben=Role.CHILD)
    with runtime.transaction(home.id) as db:
        people.set_wishes(db, home["Ben"], thanks_wish=ThanksWish.CIRCLE)
        chores = [
            efforts.make_chore(db, home["Maja"], home.circle, title, repeats=False)
            for title in ("Clear out the cellar", "Wash the car", "Sort the bottles")
        ]
    comes(runtime, clock, THURSDAY + timedelta(days=6))
    with runtime.transaction(home.id) as db:
        for chore in chores:
            assert efforts.done(db, home["Ben"], chore, clock.move(minutes=1))

    comes(runtime, clock, THURSDAY + timedelta(weeks=2))
    assert [digests(runtime, home, name) for name in ("Maja", "Jon")] == [[[(home["Ben"], "Sort the bottles")]]] * 2
    assert digests(runtime, home, "Ben") == []
    maja = signed_in(runtime, home.id, home["Maja"])
    writes_thanks(maja, maja.opens("/inbox"), "The cellar can breathe again.", home.circle)
    delivered(runtime, clock)
    is_thanked_once_everywhere(runtime, home, "Ben", "The cellar can breathe again.")

    comes(runtime, clock, THURSDAY + timedelta(weeks=3, days=1))
    assert [len(digests(runtime, home, name)) for name in ("Maja", "Jon")] == [1, 1]
