"""The sheet for the fridge holds nothing that is for one person alone."""

from service.asks import home as questions
from service.asks.rules import Mark
from service.occasions import actions as occasions
from service.occasions.rules import Day, OccasionKind
from service.runtime import Runtime
from tests.builders import Home
from tests.visitors import Visitor


def test_a_sheet_for_everybody_who_walks_by(runtime: Runtime, home: Home, maja: Visitor) -> None:
    now = runtime.now()
    with runtime.transaction(home.id) as db:
        questions.put(db, home["Maja"], home.circle, [home["Ben"]], "Who cooks on Friday?", now)
        questions.put(db, home["Maja"], home.circle, [home["Ben"]], "Are we all right?", now, mark=Mark.PERSONAL)
        occasions.add(db, home["Maja"], home.circle, OccasionKind.BIRTHDAY, Day(3, 9), now, of=home["Ben"])
        occasions.add(db, home["Maja"], home.circle, OccasionKind.HARD_DAY, Day(3, 10), now, name="Grandpa Ole")
        hidden = occasions.add(db, home["Maja"], home.circle, OccasionKind.MILESTONE, Day(3, 11), now, of=home["Maja"])
        occasions.hide(db, home["Maja"], hidden, hidden=True)
    page = maja.opens("/fridge")
    assert "9 March" in page
    for absent in ("Are we all right?", "Grandpa Ole", "11 March"):
        assert absent not in page
    assert page.count("by-hand-line") == 6
