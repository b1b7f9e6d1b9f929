"""The demo in the browser: who to be, where to look first, the clock, and the way to the stand-in for Slack."""

from typing import Final

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.access import actions as access
from service.demo import casting, clock, filling
from service.demo.clock import Move
from service.demo.standin import StandIn
from service.runtime import Runtime
from service.web import entry
from service.web.entry import open_to_all
from service.web.notices import onward
from service.wording import demo as words
from service.wording.voice import Voice

HANDED_ON: Final = ("Content-Type", "Location", "Refresh", "Cache-Control")
"""What of the stand-in's answers goes on to the browser; our own headers are added to it."""
VOICE: Final = Voice()
"""The demo's own pages speak English, like everybody in it."""


def blueprint(runtime: Runtime) -> Blueprint:
    """The demo's addresses; nobody reaches them anywhere else."""
    made = Blueprint("demo", __name__, url_prefix="/demo", template_folder="templates")
    standin = StandIn.of(runtime.settings)

    @made.get("")
    @open_to_all
    def first() -> ResponseReturnValue:
        """Who to be, and where to look first."""
        shown = runtime.now().astimezone(clock.zone())
        moves = [(to.value, words.move(VOICE, to.value)) for to in Move]
        return render_template("demo/page.html", voice=VOICE, words=words, homes=casting.HOMES, moves=moves, now=shown)

    @made.get("/as/<key>")
    @open_to_all
    def be(key: str) -> ResponseReturnValue:
        """Be somebody made up: the address that `goldseam demo` prints."""
        member = casting.member(runtime.settings, key)
        if member is None:
            abort(503 if casting.is_known(key) else 404)  # the month is still being told, for some seconds
        with runtime.housekeeping() as db:
            cookie = access.one_click(db, runtime.keyring, member, entry.device(), runtime.now(), is_demo=True)
        entry.begin_session(cookie)
        return redirect("/today", 303)

    @made.post("/clock")
    @open_to_all
    def move_clock() -> ResponseReturnValue:
        """Move the clock, for the stand-in's page and for ours."""
        to = next((one for one in Move if one.value == request.form.get("to")), None)
        if to is None:
            abort(400)
        ahead = clock.move(runtime, to)
        if "back" not in request.form:
            return jsonify(offset_seconds=ahead)
        shown = runtime.now().astimezone(clock.zone())
        return onward(url_for("demo.first"), words.moved(VOICE, VOICE.day(shown), VOICE.clock(shown)))

    @made.post("/reset")
    @open_to_all
    def reset() -> ResponseReturnValue:
        """Begin anew: everything that was done here is gone."""
        filling.fill(runtime.settings)
        entry.end_session()
        return onward(url_for("demo.first"), words.begun_anew(VOICE))

    @made.get("/slack")
    @made.route("/slack/", methods=["GET", "POST"])
    @made.route("/slack/<path:_path>", methods=["GET", "POST"])
    @open_to_all
    def slack(_path: str = "") -> ResponseReturnValue:
        """The stand-in's page, handed on as it is: every link in it is relative."""
        return _handed_on(standin)

    return made


def _handed_on(standin: StandIn) -> Response:
    asked = f"{request.path}?{request.query_string.decode('latin-1')}" if request.query_string else request.path
    try:
        answer = standin.page(request.method, asked, request.get_data(), request.content_type)
    except OSError:
        abort(503)
    kept = {name: value for name, value in answer.headers.items() if name in HANDED_ON}
    return Response(answer.body, answer.status, kept)
