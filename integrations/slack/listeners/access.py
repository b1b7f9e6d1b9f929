"""From Slack to the web: a link that works once, for whoever asked, in a form nobody else sees."""

from integrations import slack_text
from integrations.slack.blocks import pieces
from integrations.slack.visits import Reply, Visit
from service.access import actions as access
from service.access.rules import LINK_PATH
from service.wording import access as words
from service.wording import buttons
from service.wording.buttons import Button


def opened(visit: Visit) -> Reply:
    """Somebody wants to go on in their browser."""
    card, runtime = visit.me(), visit.desk.runtime
    with visit.transaction() as db:
        token = access.make_way_in(db, runtime.keyring, card.id, visit.now)
    voice = visit.voice(card)
    address = f"{runtime.settings.public_url.rstrip('/')}{LINK_PATH}{token}"
    link = slack_text.link(address, buttons.label(voice, Button.ACCESS_OPEN))
    visit.open(pieces.notice(voice, blocks=[pieces.section(words.web_link(voice), link=link)]))
    return None


BUTTONS = {Button.ACCESS_OPEN: opened}
