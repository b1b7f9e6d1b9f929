"""No more letters: one click in a mail program, or one button on a page, and the inbox on the web remains."""

from flask import Blueprint, Response, g, make_response, render_template
from werkzeug.exceptions import NotFound

from service.nudges.couriers import INBOX, Reader
from service.people import actions as people
from service.people import queries
from service.runtime import Runtime
from service.sealing import Keyring
from service.wording import buttons, reasons, rooms
from service.wording.buttons import Button
from service.wording.voice import Voice

PATH = "/mail/stop/"
PURPOSE = "mail.stop"


def path(keyring: Keyring, reader: Reader) -> str:
    """Where this reader ends letters to them."""
    return PATH + keyring.seal(PURPOSE, [reader.workspace, reader.member])


def blueprint(runtime: Runtime) -> Blueprint:
    """The address that ends letters; what comes in there carries our seal."""
    room = Blueprint("mail", __name__, template_folder="pages")

    @room.get(f"{PATH}<token>")
    def ask(token: str) -> Response:
        """Nothing changes by opening a link: one button does it."""
        voice = _voice(runtime, _whose(runtime, token))
        return _page(voice, reasons.fewer_or_stop(voice), stop=buttons.label(voice, Button.NUDGES_STOP))

    @room.post(f"{PATH}<token>")
    def stop(token: str) -> Response:
        """Letters end: what we have to say lies in the inbox on the web from now on."""
        workspace, member = _whose(runtime, token)
        voice = _voice(runtime, (workspace, member))
        with runtime.transaction(workspace) as db:
            if queries.member(db, member) is not None:
                people.carry_by(db, member, INBOX)
        return _page(voice, reasons.stopped(voice))

    return room


def _whose(runtime: Runtime, token: str) -> tuple[str, str]:
    match runtime.keyring.opened(PURPOSE, token):
        case [str(workspace), str(member)]:
            return workspace, member
    raise NotFound


def _voice(runtime: Runtime, whose: tuple[str, str]) -> Voice:
    with runtime.transaction(whose[0], writes=False) as db:
        member = queries.member(db, whose[1])
    return Voice.for_language(member.language, formal=member.formal) if member is not None else Voice()


def _page(voice: Voice, said: str, *, stop: str | None = None) -> Response:
    """In the language of whoever has the letter, whoever may be signed in on this device; `stop` is the button."""
    g.voice = voice
    page = render_template(
        "mail/stop.html", title=reasons.letters(voice), said=said, stop=stop, hours=rooms.hours(voice)
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer
