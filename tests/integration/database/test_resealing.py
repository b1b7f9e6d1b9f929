"""Keys are changed while everything stays readable, and again after an interruption."""

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken

from migrations import tables
from service import resealing
from service.errors import StartRefused
from service.moments import actions as moments
from service.moments.models import MomentRow
from service.moments.rules import Moment
from service.runtime import Runtime
from service.ruptures import Rupture
from service.sealing import keyring, new_key
from tests import builders
from tests.fakes import MONDAY

SEALED = {
    ("slack_installation", "token"),
    ("slack_installation", "refresh_token"),
    ("moment", "sealed"),
    ("letter", "sealed"),
    ("hook_secret", "sealed"),
    ("device", "sealed"),
}


def test_every_sealed_column_says_so() -> None:
    marked = {
        (table.name, column.name)
        for table in tables.metadata().sorted_tables
        for column in table.columns
        if column.info.get("sealed")
    }
    assert marked == SEALED


def noted(runtime: Runtime, count: int) -> list[str]:
    """So many moments, each sealed."""
    home = builders.team(runtime, "Ada", "Ben")
    with runtime.transaction(home.id) as db:
        return [
            moments.note(db, runtime.keyring, home["Ada"], Moment(Rupture.SHARP_TONE, None, f"words {number}"), MONDAY)
            for number in range(count)
        ]


def sealed(runtime: Runtime) -> list[str]:
    with runtime.housekeeping(writes=False) as db:
        return list(db.scalars(sa.select(MomentRow.sealed)))


def test_everything_opens_with_the_new_key_alone(runtime: Runtime) -> None:
    noted(runtime, 2 * resealing.AT_ONCE + 1)
    old, new = runtime.keyring.keys[0], new_key()
    runtime.keyring = keyring([new, old])
    assert resealing.reseal(runtime) == 2 * resealing.AT_ONCE + 1
    assert not [value for value in sealed(runtime) if not opens(value, new)]
    assert resealing.reseal(runtime) == 2 * resealing.AT_ONCE + 1
    assert not [value for value in sealed(runtime) if opens(value, old)]


def opens(value: str, key: str) -> bool:
    try:
        Fernet(key).decrypt(value.encode())
    except InvalidToken:
        return False
    return True


def test_a_value_whose_key_is_gone_is_named_and_left(runtime: Runtime) -> None:
    noted(runtime, 1)
    before = sealed(runtime)
    runtime.keyring = keyring([new_key()])
    with pytest.raises(StartRefused, match="table moment"):
        resealing.reseal(runtime)
    assert sealed(runtime) == before
