"""The rooms where things are mended, noted, marked and looked at, by their forms."""

import re

from service.moments import queries as moments
from service.nudges import actions as nudges
from service.nudges.rules import Item, NudgeKind, Told
from service.people import queries as people
from service.repairs import queries as repairs
from service.repairs.rules import RepairState
from service.runtime import Runtime
from service.suggestions import actions as suggestions
from service.web import slipping
from service.wording import catalogues
from tests.builders import Home, always_open, team
from tests.fakes import Clock
from tests.visitors import HTML, Visitor, delivered, signed_in


def test_the_coach_lends_a_line_and_says_what_will_be_read(
    runtime: Runtime, clock: Clock, home: Home, maja: Visitor, ben: Visitor
) -> None:
    assert 'href="#receiver"' in maja.is_refused("/repairs/new/mine", {"kind": "slipped_promise"})
    chosen = {"receiver": home["Ben"], "kind": "slipped_promise", "token": "t"}
    assert "A line to start from" in maja.sends("/repairs/new/mine", chosen).text
    assert 'href="#day"' in maja.is_refused("/repairs/preview/mine", chosen | {"day": ""})
    filled = chosen | {"day": "2026-03-07", "hold": "now"}
    line = "I forgot what I promised, and I'm sorry. Can we do it on Saturday?"
    assert line.replace("'", "&#39;") in maja.sends("/repairs/preview/mine", filled).text
    page = maja.does("/repairs", filled | {"way": "mine"})
    assert "On its way to Ben" in page
    delivered(runtime, clock)
    assert line in ben.opens("/today")
    repair = re.findall(r"/repairs/(\w+)/answer", ben.opens("/repairs"))[0]
    ben.does(f"/repairs/{repair}/answer", {"answer": "thank"})
    maja.is_refused(f"/repairs/{repair}/settle", status=403)
    ben.does(f"/repairs/{repair}/settle")
    delivered(runtime, clock)
    assert "Ben says thank you." in maja.opens("/today")
    with runtime.transaction(home.id) as db:
        (card,) = repairs.sent_by(db, home["Maja"])
    assert card.state is RepairState.SETTLED


def test_what_hurt_goes_as_a_note_when_the_time_is_good(runtime: Runtime, home: Home, maja: Visitor) -> None:
    chosen = {"receiver": home["Ben"], "kind": "talked_over", "token": "t"}
    assert "A line to have ready" in maja.sends("/repairs/new/hurt", chosen).text
    filled = chosen | {"where": "meals", "when": "lately"}
    assert "This will go out when the time is good" in maja.sends("/repairs/preview/hurt", filled).text
    page = maja.does("/repairs", filled | {"way": "hurt"})
    assert "It waits until tomorrow morning" in page
    with runtime.transaction(home.id) as db:
        (card,) = repairs.sent_by(db, home["Maja"])
    assert (card.state, card.words) == (RepairState.HELD, "")
    maja.does(f"/repairs/{card.id}/take-back")
    assert "To Ben" not in maja.opens("/repairs")


def test_moments_are_noted_and_let_be(runtime: Runtime, home: Home, maja: Visitor) -> None:
    page = maja.is_refused("/moments", {"kind": "", "who": home["Ben"], "words": "He looked away."})
    assert "He looked away." in page
    maja.does("/moments", {"kind": "divided_attention", "who": home["Ben"], "words": "He looked away."})
    with runtime.transaction(home.id) as db:
        (moment,) = moments.mine(db, runtime.keyring, home["Maja"])
    assert "It will fade by itself." in maja.does(f"/moments/{moment.id}/resolve", {"how": "let_be"})
    maja.does(f"/moments/{moment.id}/delete")
    assert "He looked away." not in maja.opens("/moments")


def test_who_starts_begins_when_both_agree_and_either_ends_it(home: Home, maja: Visitor, ben: Visitor) -> None:
    maja.is_refused("/starts", {})
    assert "Not begun." in maja.does("/starts", {"member": home["Ben"]})
    assert "Not begun." not in ben.opens("/starts")
    maja.is_refused("/starts/mine", {"member": home["Ben"]}, status=404)
    assert "You have both said yes." in ben.does("/starts", {"member": home["Maja"]})
    assert "you started something with Ben" in maja.does("/starts/mine", {"member": home["Ben"]})
    maja.is_refused("/starts/dismiss", {"member": home["Ben"]}, status=404)
    ben.does("/starts/end", {"member": home["Maja"]})
    assert "both said yes" not in maja.opens("/starts")


def test_days_are_added_hidden_and_removed(home: Home, maja: Visitor, ben: Visitor) -> None:
    birthday = {"kind": "birthday", "of": home["Ben"], "name": "", "title": "", "day": "1980-03-09", "yearly": "yearly"}
    assert 'href="#day"' in maja.is_refused("/days", birthday | {"day": ""})
    assert "9 March" in maja.does("/days", birthday)
    day = re.findall(r"/days/(\w+)/hide", ben.opens("/days"))[0]
    assert "/show" in ben.does(f"/days/{day}/hide")
    assert "9 March" not in maja.opens("/days")
    ben.does(f"/days/{day}/show")
    assert "9 March" in maja.opens("/today")
    assert "Tell Me of This Day" in maja.does(f"/days/{day}/no-word")
    maja.does(f"/days/{day}/remove")
    assert "9 March" not in ben.opens("/days")


def test_a_card_is_slipped_and_nothing_says_by_whom(runtime: Runtime, clock: Clock) -> None:
    work = team(runtime, "Ada", "Bo", "Cy", "Di", "Ed", "Fi", "Gu", "Hal")
    with runtime.transaction(work.id) as db:
        suggestions.hats_for_all(db, runtime.now())
    bo = signed_in(runtime, work.id, work["Bo"])
    slipping.counted.__init__()  # type: ignore[misc]  # a fresh day
    chosen = {"for": "one", "member": work["Cy"], "kind": "talked_over"}
    page = bo.sends("/suggestions", chosen).text
    assert "One of these could have sent it: Di, Ed, Fi, Gu and Hal." in page
    card = re.findall(r'name="card" value="([\w.]+)"', page)[0]
    answer = bo.sends("/suggestions", chosen | {"card": card})
    assert answer.status_code == 200
    assert "You will hear no more about it from us" in answer.text
    ada = signed_in(runtime, work.id, work["Ada"])
    assert "carries your name" in ada.opens("/suggestions")
    ada.is_refused("/suggestions", chosen | {"card": card})
    for _ in range(2):
        bo.sends("/suggestions", {"for": "all", "kind": "talked_over", "card": card})
    assert "at a time are the most" in bo.is_refused(
        "/suggestions", {"for": "all", "kind": "talked_over", "card": card}
    )


def test_a_weekly_list_is_worked_off_line_by_line(runtime: Runtime, clock: Clock) -> None:
    work = team(runtime, "Ada", "Bo", "Cy")
    always_open(runtime, work)
    items = (Item("e1", work["Bo"], "Fix the door", kind="change"), Item("e2", work["Cy"], "Review", kind="review"))
    with runtime.transaction(work.id) as db:
        nudge = nudges.offer(
            db, NudgeKind.EFFORT_UNTHANKED, work["Ada"], f"{work.circle}.x", Told(items=items), runtime.now()
        )
    delivered(runtime, clock)
    ada = signed_in(runtime, work.id, work["Ada"])
    page = ada.opens("/today")
    assert "Bo: finished a change: Fix the door" in page
    assert f"/thanks/new?to={work['Cy']}" in page
    ada.does(f"/nudges/{nudge}/already", {"effort": "e1"})
    assert "Fix the door" not in ada.opens("/today")
    ada.is_refused(f"/nudges/{nudge}/skip", {"effort": "e1"}, status=404)
    ada.does(f"/nudges/{nudge}/skip", {"effort": "e2"})
    assert "Review" not in ada.opens("/today")


def test_a_workspace_switches_off_for_all_and_everything_kept_is_shown(
    runtime: Runtime, home: Home, maja: Visitor, ben: Visitor
) -> None:
    maja.does("/settings/features/feed", {"on": "no"})
    assert "Who reads it?" not in ben.opens("/thanks/new")
    maja.does("/settings/name", {"name": "Maja L."})
    assert "Maja L." in ben.opens("/people")
    kept = maja.client.get("/kept/file", headers=HTML)
    assert kept.json is not None
    assert kept.json["member"][0]["name"] == "Maja L."
    page = maja.opens("/kept")
    assert "Maja L." in page
    assert "Monday, Tuesday" in page
    assert re.search(r"\d\d:\d\d:\d\d", page) is None, "hours are said as a clock shows them"


def test_whom_to_turn_to_is_named_by_the_workspace_and_a_card_may_need_more_others(
    runtime: Runtime, clock: Clock
) -> None:
    work = team(runtime, "Ada", "Bo", "Cy", "Di", "Ed", "Fi", "Gu", "Hal")
    ada, bo = signed_in(runtime, work.id, work["Ada"]), signed_in(runtime, work.id, work["Bo"])
    assert "somebody you trust" in bo.opens("/repairs/help")
    assert "It is bigger than a small repair" in bo.opens("/repairs")
    for few in ("4", "", "51", "five"):
        assert "The quiet room" in ada.is_refused("/settings/help", {"help_at": "The quiet room", "others": few})
    bo.is_refused("/settings/help", {"help_at": "me", "others": "6"}, status=403)
    assert work["Cy"] in bo.opens("/suggestions")
    ada.does("/settings/help", {"help_at": "Fi, or the quiet room <b>", "others": "6"})
    page = bo.opens("/repairs/help")
    assert "These people can help" in page
    assert "Fi, or the quiet room <b>" in page
    assert "<title>Today" in page, "nothing to read over a shoulder"
    page = bo.opens("/suggestions")
    assert "Fi, or the quiet room" in page
    assert work["Cy"] not in page, "five others are there, and six are asked for"
    assert work["Ada"] in page, "whoever leads has one more"


def test_an_owner_says_in_which_language_people_write_here(
    runtime: Runtime, home: Home, maja: Visitor, ben: Visitor
) -> None:
    ben.is_refused("/settings/language", {"language": "xx"})
    maja.does("/settings/language", {"language": catalogues.languages()[-1]})
    with runtime.housekeeping(writes=False) as db:
        assert [card.language for card in people.workspaces(db)] == [catalogues.languages()[-1]]
