"""What a turn has to do with an ask before it, whatever the linker makes of it, and when that is certain."""

from collections.abc import Iterable

from service.asks.beliefs import OpenAsk, Sign
from service.asks.reading import Form
from service.asks.windows import Turn

SOON = 120.0
_OWN_SHARE = 200
_THANKED_SHARE = 300
_REPLY_SHARE = 50

_BY_ASKER = int(Sign.BY_ASKER)
_THANKS = int(Sign.THANKS)
_CLOSES = int(Sign.CLOSES)
_ASKS_AGAIN = int(Sign.ASKS_AGAIN)
_NAMES_ANOTHER = int(Sign.NAMES_ANOTHER)
_NAMES_ASKER = int(Sign.NAMES_ASKER)
_BY_NAMED = int(Sign.BY_NAMED)
_SOON = int(Sign.SOON)
_THANKS_FORM = int(Form.THANKS)
_CLOSING_FORM = int(Form.SOLVED | Form.NEVER_MIND)
_ASKING_FORM = int(Form.ASKS | Form.AGAIN)


def signs(ask: Turn, new: Turn) -> int:
    """The signs of one turn about one ask."""
    found = 0
    if new.author == ask.author:
        found = _BY_ASKER
        if new.mentions:
            found |= _NAMES_ANOTHER
        if new.form & _THANKS_FORM:
            found |= _THANKS
        if new.form & _CLOSING_FORM:
            found |= _CLOSES
        if new.form & _ASKING_FORM:
            found |= _ASKS_AGAIN
        return found
    if ask.author in new.mentions:
        found |= _NAMES_ASKER
    if new.author in ask.mentions:
        found |= _BY_NAMED
        if new.at - ask.at <= SOON:
            found |= _SOON
    return found


def settles(ask: OpenAsk, new: Turn, share: int, thanked: Iterable[tuple[float, int]]) -> bool:
    """Whether its asker calls the ask closed, or thanks somebody for a reply to it.

    `share` is the probability in thousandths that `new` belongs to the ask, `thanked` for which turns of others it
    gives thanks, with thousandths.
    """
    if new.form & _ASKING_FORM:
        return False
    if new.form & _CLOSING_FORM and share >= _OWN_SHARE:
        return True
    for at, sure in thanked:
        if sure >= _THANKED_SHARE:
            for seen in ask.evidence:
                if seen.at == at and not seen.signs & _BY_ASKER and (seen.signs or seen.share >= _REPLY_SHARE):
                    return True
    return False
