"""What owners look after: which features are allowed in their workspace, and what Slack has not granted."""

from integrations.slack import scopes
from integrations.slack.blocks import home as blocks
from integrations.slack.blocks import pieces
from integrations.slack.visits import Reply, Visit
from service.errors import ProblemKind, refused
from service.people import actions as acts
from service.people import queries as people
from service.people.queries import MemberCard
from service.people.rules import Feature
from service.wording import settings as words
from service.wording.buttons import Button


def _owner(visit: Visit) -> MemberCard:
    """Whoever made this gesture, where they own the workspace: asked anew each time, whatever they were shown."""
    card = visit.full_member()
    if not card.is_owner:
        raise refused(ProblemKind.NOT_ALLOWED)
    return card


def shown(visit: Visit) -> Reply:
    """The settings of the workspace."""
    voice = visit.voice(_owner(visit))
    with visit.transaction(writes=False) as db:
        home = people.workspace(db, visit.installation.workspace)
    off = home.switched_off if home is not None else frozenset()
    settings = visit.desk.runtime.settings
    grant_at = f"{settings.public_url.rstrip('/')}/slack/install" if settings.slack_client_id else ""
    unlocks = [each.unlocks(voice) for each in scopes.missing(visit.installation.scopes)]
    visit.open(blocks.workspace(voice, off, unlocks, grant_at, visit.keep()))
    return None


def kept(visit: Visit) -> Reply:
    """What is allowed was chosen."""
    voice = visit.voice(_owner(visit))
    chosen = visit.gesture.chosen("features")
    with visit.transaction() as db:
        for feature in Feature:
            acts.switch(db, visit.installation.workspace, feature, on=feature.value in chosen)
    return {"response_action": "update", "view": pieces.notice(voice, words.switched(voice))}


BUTTONS = {Button.PEOPLE_SETTINGS: shown}
FORMS = {Button.PEOPLE_SETTINGS: kept}
