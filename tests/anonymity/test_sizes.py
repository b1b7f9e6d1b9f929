"""How long an answer is tells nobody on the way whether it was signed, unsigned, or for all."""

from tests.anonymity import scenarios
from tests.anonymity.scenarios import FORM, KIND
from tests.anonymity.stage import CARD, DRAWER, Stage


def test_signed_unsigned_and_for_all_are_as_long_as_one_another(stage: Stage) -> None:
    me, drawer = stage.me, stage.team[DRAWER]
    one = {"for": "one", "member": drawer, "kind": KIND}
    answers = {
        "the door to signed words": me.opens("/repairs/new/hurt"),
        "the form of cards": me.opens(FORM),
        "cards for one": me.sends(FORM, **one),
        "cards for all": me.sends(FORM, **{**one, "for": "all", "member": ""}),
        "declined": me.sends(FORM, **one, card="no such card"),
        "slipped to one": me.sends(FORM, **one, card=CARD),
        "slipped to all": me.sends(FORM, **{**one, "for": "all", "member": ""}, card=CARD),
        "signed words": me.sends("/repairs/new/hurt", receiver=drawer, kind=KIND),
    }
    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code >= 400} == {
        "declined": 422
    }
    assert len({len(answer.get_data()) for answer in answers.values()}) == 1, {
        name: len(answer.get_data()) for name, answer in answers.items()
    }


def test_no_series_counts_these_pages(stage: Stage) -> None:
    scenarios.to_one(stage)
    stage.me.opens("/repairs")
    counters = stage.stores()["counters"]
    assert b'route="/suggestions' not in counters
    assert b'route="/repairs' not in counters
