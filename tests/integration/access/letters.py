"""What the tests of signing in share: a postbag, and the steps of a link."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from service.access import actions as access
from service.access import posting, queries, rules
from service.access.postman import Ready
from service.access.rules import Entrance
from service.errors import ProblemKind, Refused
from service.runtime import Runtime
from tests.fakes import Clock

ADA = "ada@example.org"


class Postbag:
    """A postman that keeps the letters, and fails where it was told to."""

    def __init__(self) -> None:
        self.letters: list[Ready] = []
        self.faults: list[Exception] = []

    def send(self, letter: Ready) -> None:
        """Keep the letter."""
        if self.faults:
            raise self.faults.pop(0)
        self.letters.append(letter)

    @property
    def token(self) -> str:
        """The token of the last letter's link."""
        return self.letters[-1].words.path.removeprefix(rules.LINK_PATH)

    @property
    def code(self) -> str:
        """The code of the last letter."""
        return self.letters[-1].words.code or ""


def begin(runtime: Runtime, clock: Clock, address: str = ADA, client: str = "10.0.0.1") -> str:
    """Ask for a letter; returns what the browser keeps."""
    with runtime.housekeeping() as db:
        return access.begin_sign_in(db, runtime.keyring, address, client, clock())


def post(runtime: Runtime, clock: Clock, bag: Postbag) -> int:
    """Carry the letters that are due."""
    return posting.deliver_letters(runtime.housekeeping, runtime.keyring, bag, clock())


def asked(runtime: Runtime, clock: Clock) -> tuple[str, Postbag]:
    """Ask for a letter and receive it."""
    bag = Postbag()
    waiting = begin(runtime, clock)
    post(runtime, clock, bag)
    return waiting, bag


def follow(runtime: Runtime, clock: Clock, token: str) -> str:
    """Follow a link; returns the cookie."""
    with runtime.housekeeping() as db:
        entrance = access.consume_link(db, runtime.keyring, token, clock())
        return access.open_session(db, runtime.keyring, entrance, "Firefox, Linux", clock())


def whose(runtime: Runtime, clock: Clock, cookie: str) -> str | None:
    """Whose session a cookie opens."""
    with runtime.housekeeping(writes=False) as db:
        card = queries.session_of(db, runtime.keyring, cookie, clock())
    return None if card is None else card.member


def count(runtime: Runtime, table: type) -> int:
    """How many rows a table has."""
    with runtime.housekeeping(writes=False) as db:
        return db.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def refusal(act: Callable[[], object]) -> ProblemKind:
    """Why something is refused."""
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.problems[0].kind


def typed(runtime: Runtime, clock: Clock, waiting: str, code: str) -> Entrance | None:
    """Type a code in the browser that asked."""
    with runtime.housekeeping() as db:
        return access.consume_code(db, runtime.keyring, waiting, code, clock())
