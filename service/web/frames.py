"""The frame around a page: the rooms somebody may enter, and what is always one press away."""

from collections.abc import Callable

from flask import request

from service.people.acts import Act
from service.runtime import Runtime
from service.web.here import Here
from service.web.look import Banner, Frame, Way
from service.web.pieces import Act as Button
from service.wording import demo, privacy
from service.wording import rooms as words
from service.wording.voice import Voice

Says = Callable[[Voice], str]

ROOMS: tuple[tuple[str, Says, str, Act], ...] = (
    ("/today", words.today, "today", Act.NUDGES_INBOX),
    ("/questions", words.questions, "question", Act.ASKS_LISTS),
    ("/thanks", words.thanks, "thanks", Act.APPRECIATIONS_OPEN),
    ("/repairs", words.mend, "mend", Act.REPAIRS_OPEN),
    ("/people", words.people, "people", Act.PEOPLE_SEE),
    ("/chores", words.chores, "chore", Act.EFFORTS_CHORES),
    ("/cards", words.cards, "card", Act.SUGGESTIONS_HOUSE_CARD),
    ("/days", words.days, "day", Act.OCCASIONS_SEE),
    ("/moments", words.moments, "moment", Act.MOMENTS_LIST),
    ("/noticed", words.noticed, "check", Act.EFFORTS_NOTE),
    ("/inbox", words.inbox, "inbox", Act.NUDGES_INBOX),
    ("/boundary", words.hours, "boundary", Act.PEOPLE_BOUNDARY),
    ("/settings", words.settings, "settings", Act.SESSIONS),
)
MOST_WAYS = 5
"""How many rooms fit side by side at the foot of a phone; the others stand below the page."""


def frame(runtime: Runtime, here: Here | None, visitor: Voice) -> Frame:
    """What stands around this page; `visitor` speaks to somebody we do not know."""
    if here is None:
        return Frame(banner=_banner(runtime, None), links=(("/privacy", privacy.title(visitor)),))
    open_rooms = [(href, say(here.voice), icon) for href, say, icon, act in ROOMS if here.may(act)]
    return Frame(
        ways=tuple(Way(href, label, icon, current=_is_in(href)) for href, label, icon in open_rooms[:MOST_WAYS]),
        where=here.home.name,
        me=here.me.name,
        me_key=here.me.id,
        me_href="/profiles" if here.session.is_at_household else "/settings",
        banner=_banner(runtime, here),
        links=(
            *((href, label) for href, label, _ in open_rooms[MOST_WAYS:]),
            ("/privacy", privacy.title(here.voice)),
        ),
    )


def _banner(runtime: Runtime, here: Here | None) -> Banner | None:
    if not runtime.settings.goldseam_demo:
        return None
    voice = here.voice if here is not None else Voice()
    slack = Button(words.slack_page(voice), href="/demo/slack", kind="quiet")
    other = Button(words.somebody_else(voice), href="/demo", kind="quiet")
    anew = Button(demo.start_over(voice), action="/demo/reset", kind="quiet")
    return Banner(words.demo(voice), (slack, other, anew))


def _is_in(href: str) -> bool:
    return request.path == href or request.path.startswith(f"{href}/")
