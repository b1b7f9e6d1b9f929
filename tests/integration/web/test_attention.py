"""What needs an owner's hand: their own workspace's, and the machinery only where nobody else shares it."""

from datetime import datetime

import pytest

from service import checks, doctor
from service.db import new_id
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind, NudgeState
from service.people.models import Workspace
from service.runtime import Runtime
from service.troubles import Trouble
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock
from tests.visitors import signed_in


@pytest.fixture
def harbour(runtime: Runtime) -> Home:
    return builders.team(runtime, "Ada", "Ben")


def stuck(runtime: Runtime, home: Home, kind: NudgeKind, state: NudgeState, due_at: datetime = MONDAY) -> None:
    with runtime.transaction(home.id) as db:
        db.add(
            Nudge(
                reader=home["Ben"],
                member_id=home["Ben"],
                kind=kind,
                subject=new_id(),
                told={"words": "the late boat"},
                state=state,
                attempts=3,
                why="channel_not_found" if state is NudgeState.FAILED else None,
                offered_at=MONDAY,
                due_at=due_at,
            )
        )


def test_an_owner_reads_what_is_stuck_and_how_to_mend_it(runtime: Runtime, harbour: Home, clock: Clock) -> None:
    stuck(runtime, harbour, NudgeKind.THANKS_RECEIVED, NudgeState.PARKED)
    stuck(runtime, harbour, NudgeKind.THANKS_RECEIVED, NudgeState.PARKED)
    stuck(runtime, harbour, NudgeKind.ASK_WAITING, NudgeState.FAILED)
    stuck(runtime, harbour, NudgeKind.ASK_WAITING, NudgeState.WAITING, clock.move(hours=1))
    clock.move(hours=-1)
    page = signed_in(runtime, harbour.id, harbour["Ada"]).opens("/attention")
    assert "Nobody knows whether 2 messages arrived (thanks received)." in page
    assert "It is never sent twice." in page
    assert "1 message could not be delivered (ask waiting, channel_not_found)." in page
    assert "1 message was turned away for now (ask waiting)." in page
    assert "late boat" not in page
    assert "Ben" not in page
    assert "Start goldseam worker and goldseam clock" in page


def test_what_only_its_reader_may_know_of_is_not_told(runtime: Runtime, harbour: Home) -> None:
    ada = signed_in(runtime, harbour.id, harbour["Ada"])
    before = ada.opens("/attention")
    for kind in (NudgeKind.NOTE_RECEIVED, NudgeKind.CARD_DRAWN, NudgeKind.MOMENT_PATTERN):
        stuck(runtime, harbour, kind, NudgeState.PARKED)
    assert ada.opens("/attention").count('class="card') == before.count('class="card')


def test_an_owner_among_others_sees_their_own_alone(runtime: Runtime, harbour: Home) -> None:
    other = builders.team(runtime, "Olu", "Ben")
    stuck(runtime, other, NudgeKind.THANKS_RECEIVED, NudgeState.PARKED)
    page = signed_in(runtime, harbour.id, harbour["Ada"]).opens("/attention")
    assert "Nothing needs you" in page
    assert "Redis" not in page
    assert "its machinery is for whoever runs it" in page
    client = signed_in(runtime, harbour.id, harbour["Ben"]).client
    assert client.get("/attention", headers={"Accept": "text/html"}).status_code == 403


def test_the_command_says_what_the_page_says(runtime: Runtime, harbour: Home, clock: Clock) -> None:
    with runtime.housekeeping() as db:
        home = db.get(Workspace, harbour.id)
        assert home is not None
        home.suspended_at = MONDAY
    seen = {one.trouble for one in checks.of_installation(runtime, within=0.1)}
    assert {Trouble.SUSPENDED, Trouble.ROUNDS_STAND, Trouble.REDIS_AWAY, Trouble.NO_BACKUP} <= seen
    found = doctor.examine(runtime, [])
    assert any(not one.well and one.said == "Nothing is sent in Harbour: its token was turned away." for one in found)
    assert all(one.remedy for one in found if not one.well)


def test_an_old_backup_is_told_and_a_new_one_is_not(runtime: Runtime, harbour: Home, clock: Clock) -> None:
    folder = runtime.settings.state_dir / checks.BACKUPS
    folder.mkdir(parents=True)
    (folder / "goldseam-one.db").touch()

    def told() -> set[Trouble]:
        return {one.trouble for one in checks.of_machine(runtime, within=0.1)} & {
            Trouble.NO_BACKUP,
            Trouble.BACKUP_OLD,
        }

    clock.at = datetime.fromtimestamp((folder / "goldseam-one.db").stat().st_mtime, MONDAY.tzinfo)
    assert told() == set()
    clock.move(days=9)
    assert told() == {Trouble.BACKUP_OLD}
