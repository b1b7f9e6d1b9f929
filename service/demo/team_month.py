"""A month of the made-up team: what was said, done, thanked and mended at Harbourside."""

from datetime import datetime, timedelta

from service.appreciations.rules import Door, Sharing
from service.db import Session
from service.demo import team
from service.demo.stage import Play, Stage
from service.efforts import actions as efforts
from service.efforts.rules import EffortKind
from service.moments import actions as moments
from service.moments.rules import Moment
from service.occasions import actions as occasions
from service.occasions.rules import Day, OccasionKind
from service.repairs import actions as repairs
from service.repairs.rules import Answer, Direction
from service.repairs.rules import Draft as Repair
from service.ruptures import Rupture
from service.suggestions import actions as suggestions
from service.suggestions import queries as hats


def tell(stage: Stage) -> None:
    """Everything that happened up to yesterday."""
    _talk(stage)
    _wait(stage)
    _work(stage)
    _thank(stage)
    _mend(stage)
    _days(stage)


def _talk(stage: Stage) -> None:
    on, says = stage.days, stage.says
    says(on.work(22, "09:40"), "#ops", "ines", "Morning all. From Monday the new supplier comes an hour earlier.")
    gate = says(on.work(22, "10:05"), "#ops", "ravi", "@ines do you have the gate code for them?")
    says(on.work(22, "10:11"), "#ops", "ines", "@ravi yes, it is on the board by the door.", thread=gate)
    says(on.work(21, "11:20"), "#ops", "mara", "@ada could you send me the figures for the harbour order?")
    says(on.work(21, "11:52"), "#ops", "ada", "@mara sent, they are in the shared folder.")
    says(on.work(20, "16:10"), "#kitchen-rota", "ada", "Next week's rota is up. Two gaps on Tuesday.")
    says(on.work(20, "16:31"), "#kitchen-rota", "ravi", "I can take both.")
    says(on.work(20, "16:33"), "#kitchen-rota", "ada", "Thank you @ravi, that saves the week.")
    page = says(on.work(18, "14:30"), "#product", "tom", "@priya could you write down how the import works?")
    says(on.work(17, "09:50"), "#product", "priya", "@tom here is a first page, tell me what is missing.", thread=page)
    sign = says(on.work(17, "15:10"), "#ops", "lena", "Does anybody have the photo of the old sign?")
    says(on.work(17, "15:24"), "#ops", "sam", "@lena yes, I put it into the design folder.", thread=sign)
    says(on.work(15, "10:02"), "#product", "sam", "@tom which page shows what is in stock?")
    says(on.work(15, "10:40"), "#product", "tom", "@sam the one called levels.")
    says(on.work(13, "09:15"), "#kitchen-rota", "ada", "@ravi could you swap Thursday with me?")
    says(on.work(13, "09:20"), "#kitchen-rota", "ravi", "@ada yes, happy to.")
    printer = says(on.work(11, "11:05"), "#ops", "ravi", "@tom can you look at the label printer before Friday?")
    says(on.work(11, "13:45"), "#ops", "tom", "@ravi done, it was the cable.", thread=printer)
    says(on.work(9, "09:31"), "#product", "priya", "#418 goes out at ten. The till may blink for a minute.")
    review = says(on.work(8, "14:02"), "#product", "sam", "@priya could you review the new prices when you can?")
    says(on.work(7, "10:12"), "#product", "priya", "@sam done, two small remarks.", thread=review)
    says(on.work(6, "10:30"), "#ops", "ines", "Who can take the Saturday delivery?")
    says(on.work(6, "10:47"), "#ops", "ravi", "I can.")
    says(on.work(5, "08:58"), "#kitchen-rota", "lena", "The dishwasher is blinking again.")
    says(on.work(5, "09:06"), "#kitchen-rota", "sam", "I'll reset it.")
    hello = says(on.work(4, "09:05"), "#ops", "mara", "Please welcome @kim, who starts with us today.")
    says(on.work(4, "09:12"), "#ops", "ada", "Welcome! I'll show you around the kitchen at eleven.", thread=hello)
    stage.happens(on.work(4, "09:20"), lambda db, now: team.newcomer(stage, db, now))
    says(on.work(3, "15:22"), "#product", "lena", "The new sign is on the wall. Pictures tomorrow.")


def _wait(stage: Stage) -> None:
    """What was asked last and is still open: more than a day ago, so that it is due with the first parcels."""
    on, says = stage.days, stage.says
    says(on.ago(2, "14:10"), "#ops", "mara", "@ada could you check the delivery figures before the invoice goes out?")
    says(on.ago(2, "15:05"), "#product", "sam", "@tom can we move the release to Thursday?")
    says(on.ago(2, "16:20"), "#ops", "lena", "@ines are you fine with the new sign in the window?")
    says(on.ago(2, "16:42"), "#ops", "mara", "@ines shall I book the van for the market again?")
    says(on.ago(1, "11:00"), "#kitchen-rota", "ravi", "Who can take the early shift on Friday?")


def _work(stage: Stage) -> None:
    on, works, notes = stage.days, stage.works, stage.notes
    works(on.work(16, "17:02"), "402", "sam", EffortKind.CHANGE, "Let the till print without a network (#402)", "tom")
    works(
        on.work(16, "15:40"),
        "402/review",
        "tom",
        EffortKind.REVIEW,
        "Let the till print without a network (#402)",
        "sam",
    )
    works(on.work(12, "16:20"), "411", "priya", EffortKind.CHANGE, "Import the supplier's price list (#411)", "sam")
    works(
        on.work(12, "15:20"), "411/review", "sam", EffortKind.REVIEW, "Import the supplier's price list (#411)", "priya"
    )
    notes(
        on.before_digest(9, "12:30"),
        "minutes",
        "tom",
        "ada",
        "took notes in every planning meeting, and sent them the same day",
    )
    notes(on.before_digest(8, "17:05"), "fridge", "ravi", "lena", "cleared the cold room after the power cut")
    works(
        on.before_digest(3, "10:05"), "418", "priya", EffortKind.CHANGE, "Make the stock page fast again (#418)", "tom"
    )
    works(on.before_digest(2, "16:30"), "421/review", "priya", EffortKind.REVIEW, "New prices (#421)", "sam")
    works(on.before_digest(2, "16:45"), "421", "sam", EffortKind.CHANGE, "New prices (#421)", "priya")
    notes(on.before_digest(2, "09:20"), "shifts", "ada", "ravi", "covered two shifts while Lena was ill")
    notes(on.before_digest(1, "18:10"), "supplier", "mara", "sam", "stayed with the supplier until the last box was in")


def _thank(stage: Stage) -> None:
    on, thanks = stage.days, stage.thanks
    thanks(
        on.work(21, "12:05"),
        "mara",
        "ada",
        "sent the figures within the half hour",
        "I could close the month",
        door=Door.COMMAND,
    )
    thanks(
        on.work(19, "08:50"),
        "ada",
        "ravi",
        "took both gaps on Tuesday",
        "nobody had to work twice",
        sharing=Sharing.CHANNEL,
        place="#kitchen-rota",
        door=Door.MESSAGE,
    )
    thanks(
        on.work(17, "15:40"),
        "lena",
        "sam",
        "found the photo of the old sign",
        "the new one has the right green",
        sharing=Sharing.CIRCLE,
        circle="#ops",
        door=Door.HOME,
    )
    thanks(
        on.work(16, "10:00"),
        "tom",
        "priya",
        "wrote the page about the import",
        "I stopped asking you",
        sharing=Sharing.CIRCLE,
        circle="#product",
        values=("clear",),
    )
    thanks(
        on.work(13, "17:15"),
        "ines",
        ["ravi", "ada"],
        "swapped Thursday between you without a fuss",
        "the week held",
        sharing=Sharing.CIRCLE,
        circle="#ops",
    )
    thanks(
        on.work(11, "14:00"),
        "ravi",
        "tom",
        "came down for the printer within hours",
        "Friday's labels went out",
        door=Door.COMMAND,
    )
    thanks(
        on.work(10, "16:30"),
        "sam",
        "mara",
        "explained the new invoices twice, and slowly",
        "I got mine right",
        sharing=Sharing.CIRCLE,
        circle="#ops",
    )
    thanks(
        on.before_digest(0, "10:25"),
        "ines",
        "ada",
        "took notes in every planning meeting",
        "whoever was away could catch up",
        sharing=Sharing.CIRCLE,
        circle="#ops",
        about=("minutes",),
        door=Door.NUDGE,
    )
    stage.happens(on.before_digest(0, "10:26"), lambda db, _now: efforts.acted(db, stage["ines"]))
    stage.happens(on.before_digest(0, "10:40"), lambda db, _now: efforts.acted(db, stage["tom"]))
    thanks(
        on.work(4, "12:20"),
        "mara",
        "ada",
        "showed Kim around before anybody asked",
        "the first day was a good one",
        sharing=Sharing.CIRCLE,
        circle="#ops",
    )
    thanks(on.work(3, "09:10"), "priya", "lena", "put the sign up in the rain", "people find the door now")
    thanks(
        on.work(2, "17:20"),
        "tom",
        "mara",
        "caught the wrong total before it went out",
        "we kept a customer",
        sharing=Sharing.CIRCLE,
        circle="#ops",
    )


def _mend(stage: Stage) -> None:
    on = stage.days
    _repair(
        stage,
        on.work(12, "10:15"),
        "late",
        "tom",
        "sam",
        Rupture.REPLY_WAITING,
        day=on.work(10, "12:00"),
        answer="yes, the second way is fine",
    )
    stage.happens(
        on.work(12, "11:00"), lambda db, now: repairs.answer(db, stage.kept["late"], stage["sam"], Answer.THANK, now)
    )
    stage.happens(on.work(10, "15:00"), lambda db, now: repairs.settle(db, stage.kept["late"], stage["sam"], now))
    note = Repair(
        stage["lena"], stage["ines"], Direction.HURT, Rupture.TALKED_OVER, {"where": "meetings", "when": "lately"}
    )
    stage.keeps(on.work(9, "16:05"), "note", lambda db, now: repairs.send(db, note, now))
    _repair(stage, on.work(2, "16:50"), "screen", "priya", "ada", Rupture.DIVIDED_ATTENTION)
    for days, words in (
        (14, "Tom went on over me in the Monday round. I let it go."),
        (8, "Again, when I was explaining the rota. He meant well."),
        (3, "I stopped halfway through. I'd like to say something."),
    ):
        _notes_moment(stage, on.work(days, "17:10"), "ada", Moment(Rupture.TALKED_OVER, stage["tom"], words))
    unseen = Moment(Rupture.EFFORT_UNSEEN, None, "Stayed until nine. Nobody has said anything yet.")
    _notes_moment(stage, on.work(5, "20:45"), "ravi", unseen)
    sharp = Moment(
        Rupture.SHARP_TONE, stage["mara"], "What is mine here? I answered in two words because I was hungry."
    )
    _notes_moment(stage, on.work(6, "13:30"), "ines", sharp)
    _slips(stage, on.work(13, "12:00"), "effort_unseen.1")
    _slips(stage, on.work(8, "12:00"), "talked_over.2.meetings")


def _repair(stage: Stage, at: datetime, name: str, who: str, whom: str, kind: Rupture, **slots: datetime | str) -> None:
    kept = {slot: value.date().isoformat() if isinstance(value, datetime) else value for slot, value in slots.items()}
    draft = Repair(stage[who], stage[whom], Direction.MINE, kind, kept)
    stage.keeps(at, name, lambda db, now: repairs.send(db, draft, now))


def _notes_moment(stage: Stage, at: datetime, who: str, moment: Moment) -> None:
    stage.happens(at, lambda db, now: moments.note(db, stage.runtime.keyring, stage[who], moment, now))


def _slips(stage: Stage, at: datetime, card: str) -> None:
    """Somebody slips a card into the hat that everybody shares; who it was is told to nobody, us included."""

    def slip(db: Session, _now: datetime) -> None:
        hat = hats.hat_of_circle(db, stage.circles["#ops"])
        if hat is not None:
            suggestions.slip(db, hat, card, stage.runtime.random)

    stage.happens(at, slip)


def _days(stage: Stage) -> None:
    for who, kind, ahead, title in (
        ("ravi", OccasionKind.BIRTHDAY, 3, ""),
        ("mara", OccasionKind.MILESTONE, 12, "Five years at Harbourside"),
        ("ines", OccasionKind.BIRTHDAY, 20, ""),
        ("lena", OccasionKind.ANNIVERSARY, 40, "First sign I painted here"),
    ):
        stage.happens(stage.days.ago(30, "12:10"), _day(stage, who, kind, ahead, title))


def _day(stage: Stage, who: str, kind: OccasionKind, ahead: int, title: str) -> Play:
    on = stage.days.today + timedelta(days=ahead)
    day, circle = Day(on.month, on.day), stage.circles["#ops"]
    return lambda db, now: occasions.add(db, stage[who], circle, kind, day, now, of=stage[who], title=title)
