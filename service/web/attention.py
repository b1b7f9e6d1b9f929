"""For owners: what does not mend itself, and how to mend it."""

from typing import Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service import checks
from service.people import queries as people
from service.people.acts import Act
from service.troubles import HINTS
from service.web.entry import for_members
from service.web.here import Here
from service.wording import health as words

room = Blueprint("attention", __name__)
REDIS_WITHIN_S: Final = 0.25
"""No page waits longer for Redis."""


@room.get("/attention")
@for_members(Act.WORKSPACE_HEALTH)
def attention(here: Here) -> ResponseReturnValue:
    """What is stuck in this workspace; and where it is the only one, what the installation lacks."""
    with here.transaction(writes=False) as db:
        seen = checks.of_workspace(db, here.now)
    with here.runtime.housekeeping(writes=False) as db:
        whole = len(people.workspaces(db)) == 1
    if whole:
        seen += checks.of_installation(here.runtime, within=REDIS_WITHIN_S)
    grave = [one for one in seen if one.trouble not in HINTS]
    return render_template(
        "health/attention.html",
        here=here,
        words=words,
        whole=whole,
        seen=[*grave, *(one for one in seen if one.trouble in HINTS)],
    )
