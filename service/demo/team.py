"""The made-up team: ten people of a small co-operative who share a Slack."""

from datetime import datetime, timedelta
from typing import Final

from service.db import Session
from service.demo import script
from service.demo.stage import Figure, Stage
from service.demo.standin import StandIn
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind, Told
from service.people import actions as people
from service.people import queries
from service.people.rules import IdentityKind, PlaceKind, Role, ThanksWish, WorkspaceKind

NAME: Final = "Harbourside"
OWNER: Final = "ines"
GUEST: Final = "noah"
NEWCOMER: Final = "kim"

FIGURES: Final = (
    Figure("ada", "Ada Lindqvist", "Keeps the shifts. A question has been waiting for her since the day before last."),
    Figure(
        "ines", "Ines Duarte", "Owns the workspace and leads #ops. On Thursdays she hears whose work had no thanks."
    ),
    Figure("ravi", "Ravi Menon", "Covers shifts. His birthday is near."),
    Figure("mara", "Mara Kowalski", "Keeps the books, and waits for two answers."),
    Figure("tom", "Tom Feld", "Leads #product. He has mended something lately."),
    Figure("priya", "Priya Shah", "Writes the software. Merged #418."),
    Figure("sam", "Sam Osei", "Writes the software too, and reviews."),
    Figure("lena", "Lena Brandt", "Draws what Harbourside looks like."),
    Figure("noah", "Noah Reyes", "A guest: takes pictures for two months."),
    Figure("kim", "Kim Tran", "New here, and has not joined: nothing is noticed about Kim."),
)
OPS: Final = tuple(figure.key for figure in FIGURES)
PRODUCT: Final = ("tom", "priya", "sam", "lena")
JOINED: Final = tuple(one for one in OPS if one not in (GUEST, NEWCOMER))
VALUED: Final = "Clear words\nLooking after each other\nAsking early"
CHANNELS: Final = {"#ops": OPS, "#kitchen-rota": OPS, "#product": (*PRODUCT, "ines")}
WISHES: Final = {
    "ada": ThanksWish.CIRCLE,
    "ravi": ThanksWish.ANYWHERE,
    "priya": ThanksWish.CIRCLE,
    "sam": ThanksWish.ANYWHERE,
    "mara": ThanksWish.CIRCLE,
    "ines": ThanksWish.CIRCLE,
}
RAISE_WITH: Final = {
    "ada": "Tell me directly, before noon if you can. I would rather know.",
    "tom": "A short message first, then a walk. Please not in front of everybody.",
    "priya": "In writing, so that I can think about it.",
}


def arrive(stage: Stage, standin: StandIn) -> None:
    """The team comes into the stand-in, Ines installs the app as an owner does, and it may hear three channels."""
    offset = stage.days.now.astimezone(stage.days.tz).utcoffset() or timedelta()
    zone = {"tz": stage.days.zone, "tz_offset": int(offset.total_seconds())}
    there = standin.tell("/teams", name=NAME)["id"]
    for figure in FIGURES:
        owns = figure.key == OWNER
        traits = {"is_owner": owns, "is_admin": owns, "is_restricted": figure.key == GUEST, **zone}
        shape = standin.tell("/people", team=there, name=figure.key, real_name=figure.name, display_name="", **traits)
        stage.slack[figure.key] = shape["id"]
    standin.tell("/gestures", person=stage.slack[OWNER], verb="installs_app")
    for name, members in CHANNELS.items():
        inside = [stage.slack[one] for one in members]
        shape = standin.tell("/channels", team=there, name=name, members=inside, app_is_member=True)
        stage.slack[name] = shape["id"]


def settle_in(stage: Stage, db: Session, now: datetime) -> None:
    """Circles are made from channels, people join as they read the invitation, and each says a few wishes."""
    home = next(one.id for one in queries.workspaces(db) if one.kind is WorkspaceKind.TEAM)
    stage.home = home
    db.enter(home)
    for figure in FIGURES:
        known = (IdentityKind.SLACK, stage.slack[figure.key])
        role = Role.GUEST if figure.key == GUEST else Role.MEMBER
        stage.members[figure.key] = people.meet(
            db, figure.name, now, role=role, known=known, zone=stage.days.zone, courier="slack"
        )
    people.value(db, home, VALUED)
    _circle(stage, db, "#ops", OWNER, OPS, now, "#ops", "#kitchen-rota")
    _circle(stage, db, "#product", "tom", PRODUCT, now, "#product")
    told = Told(who=stage[OWNER], place=stage.places["#ops"], words="#ops")
    nudges.post(db, NudgeKind.WELCOME, stage.places["#ops"], f"{stage.circles['#ops']}.1", told, now)
    for key in JOINED:
        people.join(db, stage[key], now)
        people.set_wishes(
            db, stage[key], thanks_wish=WISHES.get(key), raise_with_me=RAISE_WITH.get(key), shares_away=key != "sam"
        )
    people.join(db, stage[GUEST], now, whole=False)
    for key in PRODUCT:
        named = script.on_github(key)
        people.identify(db, stage[key], named.kind, named.name, now)
    stage.happens("work 4 09:20", lambda db, at: people.seat(db, stage.circles["#ops"], stage[NEWCOMER], at))


def _circle(
    stage: Stage, db: Session, name: str, lead: str, members: tuple[str, ...], now: datetime, *channels: str
) -> None:
    seated = [stage[one] for one in members if one != NEWCOMER]
    stage.circles[name] = people.make_circle(db, name, now, leads=[stage[lead]], members=seated)
    for channel in channels:
        stage.places[channel] = people.listen(
            db, stage.circles[name], PlaceKind.CHANNEL, stage.slack[channel], now, name=channel
        )
