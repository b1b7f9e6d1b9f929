"""The public page about what is kept: for whoever comes, and for whoever reviews the app."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from service.access.rules import IDLE
from service.asks import rules as asks
from service.belongings.rules import HELD_FOR
from service.efforts import actions as efforts
from service.moments import rules as moments
from service.nudges import actions as nudges
from service.people.rules import WorkspaceKind
from service.web.entry import open_to_all
from service.wording import privacy as words
from service.wording.voice import Voice

room = Blueprint("privacy", __name__)
AT = "/privacy"


@room.get(AT)
@open_to_all
def page() -> ResponseReturnValue:
    """What is kept, why, how long, and how it goes."""
    voice: Voice = g.voice
    return render_template(
        "home/privacy.html",
        voice=voice,
        words=words,
        kept=_kept(voice),
        yours=words.yours(voice, HELD_FOR.days),
        contact=g.runtime.settings.contact,
        href=_href(g.runtime.settings.contact),
    )


def _kept(voice: Voice) -> list[tuple[str, str]]:
    """Each thing that is kept, and how long, from the rules that delete it."""

    def days(kept: timedelta) -> str:
        return words.days(voice, kept.days)

    return [
        (words.name_and_zone(voice), words.until_you_leave(voice)),
        (words.hours(voice), words.until_you_leave(voice)),
        (words.asks(voice), words.days_after(voice, asks.KEPT_AFTER.days)),
        (words.windows(voice), words.days(voice, 1)),
        (words.efforts(voice), days(efforts.KEPT_FOR)),
        (words.thanks(voice), words.until_deleted(voice)),
        (words.moments(voice), days(moments.FADES_AFTER)),
        (words.nudges(voice), days(nudges.KEPT_AFTER)),
        (words.sessions(voice), words.days_idle(voice, IDLE[WorkspaceKind.TEAM].days)),
    ]


def _href(contact: str) -> str | None:
    """Where a press on the contact leads; None where it is neither an address nor a page."""
    if urlsplit(contact).scheme in ("http", "https"):
        return contact
    return f"mailto:{contact}" if "@" in contact and " " not in contact else None
