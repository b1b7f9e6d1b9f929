"""Moments are for one alone: absent from everything others can open, and unreadable where they are kept."""

import json

from service.access import actions as access
from service.belongings import actions as belongings
from service.people.acts import Act
from tests.anonymity import canaries, stores
from tests.anonymity.canaries import Canary
from tests.anonymity.scenarios import KIND
from tests.anonymity.stage import ASKER, DRAWER, OWNER, Stage

WORDS = "the velvet kettledrum fell silent at noon"


def _noted(stage: Stage) -> str:
    """A moment with a colleague, noted on the web; returns its id."""
    stage.me.opens("/moments")
    assert stage.me.sends("/moments", kind=KIND, who=stage.team[DRAWER], words=WORDS).status_code == 303
    with stage.runtime.engine.connect() as connection:
        found: str = connection.exec_driver_sql("SELECT id FROM moment").scalar_one()
        return found


def test_the_words_lie_open_nowhere(stage: Stage) -> None:
    stage.whole = True
    shapes = canaries.all_shapes([Canary("the words", WORDS), Canary("some of them", "velvet kettledrum")], {})
    before = stage.stores()
    _noted(stage)
    assert WORDS.encode() in stage.me.opens("/moments").get_data()
    assert canaries.grown(before, stage.stores(), shapes) == []


def test_that_there_is_one_shows_to_nobody_else(stage: Stage) -> None:
    """Neither its id nor the words are on a page, in an export or in an answer to a tool that may do everything."""
    stage.whole = True
    before = {**_seen(stage), **_told(stage)}
    moment = _noted(stage)
    after = {**_seen(stage), **_told(stage)}
    shapes = canaries.all_shapes([Canary("the moment", moment), Canary("the words", WORDS)], {})
    assert before.keys() == after.keys()
    assert canaries.grown(before, after, shapes) == []


def test_erasing_leaves_nothing_of_it(stage: Stage) -> None:
    moment = _noted(stage)
    with stage.runtime.transaction(stage.team.id) as db:
        belongings.erase(db, stage.team[ASKER], stage.clock())
    kept = stores.rows(stage.runtime.engine)
    assert [rows for name, rows in kept.items() if name.startswith("moment (")] == [[]]
    assert moment.encode() not in stores.dump(stage.runtime.engine)


def test_another_can_neither_resolve_nor_delete_it(stage: Stage) -> None:
    moment = _noted(stage)
    for name in (OWNER, DRAWER):
        browser = stage.browsers[name]
        browser.opens("/moments")
        assert browser.sends(f"/moments/{moment}/delete").status_code == 404
        assert browser.sends(f"/moments/{moment}/resolve", how="let_be").status_code == 404
    assert WORDS.encode() in stage.me.opens("/moments").get_data()


def _seen(stage: Stage) -> dict[str, bytes]:
    """Every page and export of others, and what an operator is told."""
    wanted = (" for ", "export of", "doctor", "counters")
    return {name: there for name, there in stage.stores().items() if any(one in name for one in wanted)}


def _told(stage: Stage) -> dict[str, bytes]:
    """What the API answers to a token that may do all there is."""
    with stage.runtime.transaction(stage.team.id) as db:
        _, token = access.make_api_token(db, "everything", list(Act), stage.clock())
    client, found = stage.app.test_client(), {}
    for path in stage.paths():
        if path.startswith("/api/"):
            answer = client.get(path, headers={"Authorization": f"Bearer {token}"})
            found[path] = answer.get_data()
    assert any(json.loads(said) for said in found.values()), "no answer was looked at"
    assert not any("moment" in path for path in found)
    return found
