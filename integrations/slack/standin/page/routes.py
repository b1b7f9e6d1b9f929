"""The page: one view of the chat, and a form for everything that can be done in it."""

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

from integrations.slack.standin import forms, gestures
from integrations.slack.standin.deliver import Answer
from integrations.slack.standin.driver import Slack
from integrations.slack.standin.nouns import Channel, ChannelKind, Message, View
from integrations.slack.standin.page import fields, showing
from integrations.slack.standin.page.place import FRESH, HOME, Place
from integrations.slack.standin.refusals import CannotDoError, RefusalError

HERE = Path(__file__).parent
CLOCK_SECONDS = 60.0
RENEWED_SECONDS = 4
MOVES = ("morning", "thursday", "card")

Done = Answer | Message | None
Act = Callable[[Place], Done]


def blueprint(slack: Slack, prefix: str, clock_url: str | None) -> Blueprint:
    """The page under its prefix; every link in it is relative, so that it may be served through another."""
    page = Blueprint("page", __name__, url_prefix=prefix, template_folder="templates")
    page.after_request(forms.guarded)

    @page.get("")
    def outside() -> AnyResponse:
        return redirect(prefix.rsplit("/", 1)[-1] + "/")

    @page.get("/")
    def chat() -> Response:
        place = Place.of(slack, request.args)
        with slack.world.lock:
            shown = showing.chat(place, request.args, clock=clock_url is not None)
            response = make_response(render_template("chat.html", **shown, form_token=forms.token()))
        if place.fresh and shown["view"] is None:
            response.headers["Refresh"] = f"{RENEWED_SECONDS}; url={place.query(fresh=str(place.fresh - 1))}"
        return response

    @page.get("/sent.json")
    def sent() -> Response:
        place = Place.of(slack, request.args)
        with slack.world.lock:
            return jsonify(showing.sent(place))

    @page.get("/page.css")
    def style() -> Response:
        return send_from_directory(HERE / "static", "page.css")

    @page.get("/icon.svg")
    def icon() -> Response:
        return send_from_directory(HERE / "static", "icon.svg")

    def acts(path: str, act: Act) -> None:
        def answer() -> AnyResponse:
            forms.check()
            place = Place.of(slack, request.form)
            return redirect(_done(place, act), 303)

        page.add_url_rule(path, path.strip("/"), answer, methods=["POST"])

    acts("/say", _say)
    acts("/press", _press)
    acts("/submit", _submit)
    acts("/shortcut", _shortcut)
    acts("/react", _react)
    acts("/edit", _edit)
    acts("/delete", lambda place: place.actor.deletes(_message(place)))
    acts("/invite", lambda place: slack.invite_app(_channel(place), by=place.actor))
    acts("/home", lambda place: place.actor.opens_home())
    acts("/clock", lambda place: _move(place, clock_url))
    return page


def _done(place: Place, act: Act) -> str:
    """Do it, and say in the address where to go on and whether the app answered."""
    said = ""
    try:
        answer = act(place)
        if isinstance(answer, Answer) and not answer.ok and answer.tries:
            said = "refused" if answer.status else "silent"
    except (CannotDoError, RefusalError):
        said = "cannot"
    if request.path.endswith("/home"):
        return place.query(at=HOME, said=said)
    if request.path.endswith("/clock") and not said:
        # What the new time brings arrives within seconds: look again a few times.
        return place.query(fresh=str(FRESH))
    return place.query(said=said)


def _say(place: Place) -> Done:
    text = request.form.get("text", "").replace("\r\n", "\n").strip()
    if not text:
        return None
    channel = _channel(place)
    if text.startswith("/"):
        command, _, rest = text.partition(" ")
        return place.actor.runs(command, rest.strip(), channel=channel)
    return place.actor.says(channel, text, thread=request.form.get("thread") or None)


def _press(place: Place) -> Done:
    """A button or a menu in a message, or in the Home."""
    where = _where(place)
    block, action = request.form["block"], request.form["action"]
    element = showing.element(where, block, action)
    choice = request.form.get("choice")
    if element["type"] not in ("button", "overflow"):
        choice = fields.value(element, request.form, "choice", place.actor.person.tz)
    return place.actor.presses(where, action, block=block, choice=choice)


def _submit(place: Place) -> Done:
    """The modal in front: send it, close it, or press something inside it; what was filled in is kept."""
    view = place.actor.modal
    if request.form.get("view") != view.id:
        raise CannotDoError("another view is in front by now")
    if request.form.get("do") == "close":
        return place.actor.closes()
    gestures.fill(view, fields.read(view, request.form, place.actor.person.tz))
    pressed = request.form.get("press")
    if pressed is not None:
        block, action, choice = pressed.split(fields.SEPARATOR, 2)
        element = showing.element(view, block, action)
        if element["type"] not in ("button", "overflow"):
            return place.actor.presses(
                view, action, block=block, choice=fields.value(
                    element, request.form, fields.name({"block_id": block}, element), place.actor.person.tz
                )
            )  # fmt: skip
        return place.actor.presses(view, action, block=block, choice=choice or None)
    view.errors = gestures.unfit(view)
    return None if view.errors else place.actor.submits(view)


def _shortcut(place: Place) -> Done:
    if "ts" in request.form:
        return place.actor.uses_message_shortcut(request.form["callback_id"], _message(place))
    return place.actor.uses_shortcut(request.form["callback_id"])


def _react(place: Place) -> Done:
    message, name = _message(place), request.form["name"]
    return place.actor.reacts(message, name, removes=place.actor.id in message.reactions.get(name, []))


def _edit(place: Place) -> Done:
    return place.actor.edits(_message(place), request.form.get("text", "").replace("\r\n", "\n").strip())


def _move(place: Place, clock_url: str | None) -> Done:
    """Ask whoever owns the clock to move it; an answer `{"offset_seconds": …}` moves this Slack's clock too."""
    to = request.form.get("to")
    if clock_url is None or to not in MOVES:
        raise CannotDoError("there is no clock to move")
    body = urllib.parse.urlencode({"to": to}).encode()
    asked = urllib.request.Request(clock_url, body, method="POST")  # noqa: S310  given by who started us
    try:
        with urllib.request.urlopen(asked, timeout=CLOCK_SECONDS) as response:  # noqa: S310
            answer = Answer(response.status, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code)
    except OSError:
        return Answer(0, reason="connection_failed")
    if "offset_seconds" in answer.json:
        place.actor.slack.world.now.offset = float(answer.json["offset_seconds"])
    return answer


def _channel(place: Place) -> Channel:
    if place.channel is None:
        raise CannotDoError("the Home is no place to write in")
    return place.channel


def _message(place: Place) -> Message:
    channel = _channel(place)
    message = place.actor.slack.world.message(channel.id, request.form["ts"])
    if channel.kind is not ChannelKind.PUBLIC and place.actor.id not in channel.members:
        raise CannotDoError("this conversation belongs to others")
    return message


def _where(place: Place) -> Message | View:
    if "ts" in request.form:
        return _message(place)
    home = place.actor.home
    if home is None:
        raise CannotDoError("there is no Home yet")
    return home
