"""Each room by its forms: what is done is done, what is refused keeps what was typed, and what can be undone is."""

import re

from service.appreciations import queries as appreciations
from service.asks import queries as asks
from service.asks.rules import AskState, Mark
from service.nudges import queries as nudges
from service.nudges.rules import Level, NudgeKind
from service.people import actions as people_acts
from service.people import queries as people
from service.people.rules import ThanksWish
from service.runtime import Runtime
from tests.builders import Home
from tests.fakes import Clock
from tests.visitors import HTML, Visitor, bare, delivered, signed_in


def put(runtime: Runtime, home: Home, maja: Visitor, words: str = "Are you free on Sunday?") -> str:
    maja.does("/questions", {"asked": [home["Ben"]], "words": words, "mark": "none"})
    with runtime.transaction(home.id) as db:
        return asks.waiting_for_me(db, home["Ben"])[-1].id


def test_a_question_is_put_told_and_answered(
    runtime: Runtime, clock: Clock, home: Home, maja: Visitor, ben: Visitor
) -> None:
    ask = put(runtime, home, maja)
    delivered(runtime, clock)
    page = ben.opens("/today")
    assert "Maja asks you:" in page
    assert "Are you free on Sunday?" in page
    assert "A few words are enough" in ben.is_refused(f"/asks/{ask}/answer", {"words": " "})
    assert "Your answer is on its way to Maja." in ben.does(f"/asks/{ask}/answer", {"words": "Yes, from noon."})
    delivered(runtime, clock)
    assert "Yes, from noon." in maja.opens("/today")
    assert "Nothing is waiting for you." in ben.opens("/questions")


def test_each_button_of_a_question(runtime: Runtime, clock: Clock, home: Home, maja: Visitor, ben: Visitor) -> None:
    def state(ask: str) -> AskState:
        with runtime.transaction(home.id) as db:
            card = asks.ask(db, ask)
        assert card is not None
        return card.state

    first = put(runtime, home, maja)
    assert "That day has passed." in ben.is_refused(f"/asks/{first}/promise", {"on": "2020-01-01"})
    assert "rests until then" in ben.does(f"/asks/{first}/promise", {"on": "2026-03-06"})
    assert state(first) is AskState.PROMISED
    assert "Ben gave you Friday." in maja.opens("/questions")
    ben.does(f"/asks/{first}/decline")
    assert state(first) is AskState.SETTLED
    clock.move(minutes=1)
    second = put(runtime, home, maja)
    assert "rests until" in ben.does(f"/asks/{second}/snooze")
    ben.does(f"/asks/{second}/not-mine", {"instead": home["Ruth"]})
    assert state(second) is AskState.SETTLED
    ruth = signed_in(runtime, home.id, home["Ruth"])
    assert "Can't Help" in ruth.opens("/today")
    clock.move(minutes=1)
    third = put(runtime, home, maja)
    maja.does(f"/asks/{third}/mark", {"mark": "personal"})
    with runtime.transaction(home.id) as db:
        card = asks.ask(db, third)
    assert card is not None
    assert card.mark is Mark.PERSONAL
    maja.is_refused(f"/asks/{third}/mark", {"mark": "reply_by", "reply_by": ""})
    maja.does("/questions", {"asked": [home["Ben"]], "words": "Sunday?", "mark": "none", "again": third})
    assert state(third) is AskState.RELEASED


def test_a_question_that_is_refused_keeps_its_words(home: Home, maja: Visitor) -> None:
    fields = {"asked": [home["Ben"]], "words": "Will it rain?", "mark": "reply_by", "reply_by": "2020-01-01"}
    page = maja.is_refused("/questions", fields)
    assert "Will it rain?" in page
    assert 'value="2020-01-01"' in page
    assert f'value="{home["Ben"]}" checked' in page
    assert 'href="#reply_by"' in page


def test_thanks_are_seen_first_sent_changed_and_taken_back(
    runtime: Runtime, clock: Clock, home: Home, maja: Visitor, ben: Visitor
) -> None:
    with runtime.transaction(home.id) as db:
        people_acts.set_wishes(db, home["Ben"], thanks_wish=ThanksWish.CIRCLE)
    token = re.findall(r'name="token" value="(\w+)"', maja.opens(f"/thanks/new?to={home['Ben']}"))[0]
    fields = {"recipients": [home["Ben"]], "did": "", "eased": "", "sharing": home.circle, "token": token}
    assert "words of your own" in maja.is_refused("/thanks/preview", fields)
    fields |= {"did": "You folded the laundry.", "eased": "I slept an hour more."}
    shown = maja.sends("/thanks/preview", fields)
    assert shown.status_code == 200
    assert "Everybody in Lindgren can read it." in shown.text
    assert "You folded the laundry." in maja.sends("/thanks/new", fields).text
    page = maja.does("/thanks", fields)
    assert bare(maja.does("/thanks", fields)) == bare(page)  # a form sent twice sends once
    thanks = re.findall(r"/thanks/(\w+)/withdraw", page)[0]
    delivered(runtime, clock)
    assert "You folded the laundry." in ben.opens("/keepsakes")
    assert "Maja thanked Ben" in ben.opens("/thanks")
    assert maja.is_refused(f"/thanks/{thanks}/edit", {"did": "…", "eased": ""})
    maja.does(f"/thanks/{thanks}/edit", {"did": "You folded all of it.", "eased": ""})
    assert "You folded all of it." in ben.opens("/today")
    maja.does(f"/thanks/{thanks}/withdraw")
    delivered(runtime, clock)
    for path in ("/keepsakes", "/thanks", "/today"):
        assert "folded" not in ben.opens(path)


def test_the_wish_of_the_recipient_wins_and_is_said_before(home: Home, maja: Visitor) -> None:
    fields = {"recipients": [home["Ben"]], "did": "You waited up.", "sharing": home.circle, "token": "t"}
    assert "Ben likes to be thanked in private" in maja.sends("/thanks/preview", fields).text


def test_a_whole_circle_is_thanked_and_what_is_valued_stands_with_it(home: Home, maja: Visitor, ben: Visitor) -> None:
    assert "Does one of these fit?" not in maja.opens("/thanks/new")
    assert "12 at a time" in maja.is_refused("/settings/values", {"valued": "\n".join("abcdefghijklmn")})
    assert "Patience" in maja.does("/settings/values", {"valued": "Patience, a kind word"})
    ben.opens("/settings/values")  # at home any adult may
    form = maja.opens("/thanks/new")
    assert "Does one of these fit?" in form
    everybody: dict[str, str | list[str]] = {"did": "For the long drive.", "sharing": home.circle, "token": "t1"}
    assert "at least one person" in maja.is_refused("/thanks/preview", everybody)
    everybody |= {"everybody": home.circle, "values": ["a kind word"]}
    shown = maja.sends("/thanks/preview", everybody)
    assert "This is what everybody in Lindgren will read:" in shown.text
    assert "What we value in it: a kind word" in shown.text
    assert "to everybody in Lindgren" in maja.does("/thanks", everybody)
    page = ben.opens("/thanks")
    assert "Maja thanked everybody in Lindgren" in page
    assert "What we value in it: a kind word" in page
    assert "For the long drive." in ben.opens("/keepsakes")
    maja.is_refused("/thanks/preview", {**everybody, "values": ["profit"]})
    maja.is_refused("/thanks/preview", {**everybody, "everybody": [home.circle, home.circle + "x"]})


def test_a_week_of_thanks_is_told_where_its_people_chose_so(
    runtime: Runtime, clock: Clock, home: Home, maja: Visitor, ben: Visitor
) -> None:
    assert "Bring It to Me" not in ben.opens("/thanks")
    assert "From Friday on." in maja.does(f"/thanks/week/{home.circle}", {"on": "yes"})
    ben.does("/thanks/week", {"on": "yes"})
    ruth = signed_in(runtime, home.id, home["Ruth"])
    ruth.is_refused(f"/thanks/week/{home.circle}", {"on": "no"}, status=403)
    maja.does("/thanks", {"everybody": home.circle, "did": "For the long drive.", "sharing": home.circle, "token": "t"})
    clock.move(days=7)
    delivered(runtime, clock)
    assert "Thanks this week" in ben.opens("/thanks")
    ben.does("/thanks/week", {"on": "no"})
    assert "Bring It to Me" in ben.opens("/thanks")


def test_a_child_thanks_by_a_picture(runtime: Runtime, home: Home, maja: Visitor) -> None:
    kim = signed_in(runtime, home.id, home["Kim"])
    fields = {
        "recipients": [home["Maja"]],
        "did": "",
        "eased": "",
        "job": "laundry",
        "sharing": "private",
        "token": "t",
    }
    assert "Doing the laundry" in kim.sends("/thanks/preview", fields).text
    kim.does("/thanks", fields)
    with runtime.transaction(home.id) as db:
        (kept,) = appreciations.keepsakes(db, home["Maja"]).cards
    assert "Doing the laundry" in maja.opens("/keepsakes")
    file = maja.client.get("/keepsakes/file", headers=HTML)
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.json == [{"from": "Kim", "on": "2026-03-02", "words": "Doing the laundry"}]
    maja.does(f"/keepsakes/{kept.id}/let-go")
    assert "Doing the laundry" not in maja.opens("/keepsakes")


def test_fewer_of_these_can_be_undone(runtime: Runtime, home: Home, maja: Visitor) -> None:
    def level() -> Level | None:
        with runtime.transaction(home.id) as db:
            return nudges.levels(db, [home["Maja"]]).get((home["Maja"], NudgeKind.CARD_DRAWN))

    page = maja.does("/nudges/card_drawn/stop")
    assert level() is Level.STOPPED
    assert "/nudges/card_drawn/as-usual" in page
    maja.does("/nudges/card_drawn/as-usual")
    assert level() is Level.AS_USUAL
    maja.is_refused("/nudges/horoscope/stop", status=404)


BOUNDARY: dict[str, str | list[str]] = {
    "zone": "Europe/Stockholm",
    "days": ["0", "1", "2"],
    "starts_at": "08:00",
    "ends_at": "20:00",
    "digest_at": "08:30",
    "weekly_allowance": "2",
    "paused_until": "",
    "country": "DE",
    "region": "by",
    "thanks_wish": "anywhere",
    "raise_with_me": "Write first.",
    "shares_away": "yes",
    "language": "en",
    "formal": "no",
    "sources": ["note"],
}


def test_a_boundary_is_kept_whole_or_not_at_all(runtime: Runtime, home: Home, maja: Visitor) -> None:
    wrong = BOUNDARY | {"starts_at": "", "weekly_allowance": "many", "raise_with_me": "Sing."}
    page = maja.is_refused("/boundary", wrong)
    assert 'href="#starts_at"' in page
    assert 'href="#weekly_allowance"' in page
    assert "Sing." in page
    for name, value in (("zone", "Mars"), ("days", []), ("ends_at", "07:00"), ("region", "XX"), ("language", "tlh")):
        maja.is_refused("/boundary", {**BOUNDARY, name: value})
    maja.does("/boundary", BOUNDARY | {"paused_until": "2026-03-10"})
    with runtime.transaction(home.id) as db:
        view = people.boundary_view(db, home["Maja"])
    assert (view.boundary.zone, view.boundary.days, view.boundary.holidays) == (
        "Europe/Stockholm", frozenset({0, 1, 2}), ("DE", "BY"),
    )  # fmt: skip
    assert view.boundary.paused_until is not None
    assert (view.thanks_wish, view.raise_with_me, view.shares_away) == (ThanksWish.ANYWHERE, "Write first.", True)
    assert "note" not in view.sources_off
    assert "chore" in view.sources_off


def test_keeping_apart_is_seen_by_one_alone(home: Home, maja: Visitor, ben: Visitor) -> None:
    assert "Nobody was told." in maja.does("/boundary/apart", {"other": home["Ben"]})
    assert f"/boundary/apart/{home['Ben']}/end" in maja.opens("/boundary")
    assert "/end" not in ben.opens("/boundary")
    maja.does(f"/boundary/apart/{home['Ben']}/end")
    assert "/end" not in maja.opens("/boundary")


def test_the_first_two_weeks_say_until_when_they_last(runtime: Runtime, clock: Clock, home: Home) -> None:
    maja = signed_in(runtime, home.id, home["Maja"])
    page = maja.opens("/today")
    assert "Until Monday 16 March we are only listening." in page
    assert 'href="/repairs"' in page
    clock.move(days=15)
    assert "only listening" not in signed_in(runtime, home.id, home["Maja"]).opens("/today")
