"""The stand-in on a port of this machine."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, Response, request
from werkzeug.serving import WSGIRequestHandler, make_server

from integrations.slack.standin import api, consent, control, deliver, manifest
from integrations.slack.standin.driver import Slack
from integrations.slack.standin.faults import Script
from integrations.slack.standin.nouns import App, Json
from integrations.slack.standin.page import routes
from integrations.slack.standin.sockets import Sockets
from integrations.slack.standin.world import Clock, World

TEST_RETRIES = (0.0, 0.05, 0.1)


class Quiet(WSGIRequestHandler):
    """Says nothing about each request: their bodies are people's words."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        """No line."""


def served(slack: Slack, *, prefix: str = "/demo/slack", clock_url: str | None = None) -> Flask:
    """The stand-in as a web application."""
    app = Flask(__name__, static_folder=None)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    app.register_blueprint(consent.blueprint(slack))
    app.register_blueprint(control.blueprint(slack))
    app.register_blueprint(routes.blueprint(slack, prefix, clock_url))

    @app.route("/api/<name>", methods=["GET", "POST"])
    def call(name: str) -> Response:
        return api.called(slack.world, slack.script, slack.courier.stopping, request, name)

    @app.get("/link", websocket=True)
    def link() -> Response:
        slack.sockets.serve(request)

    @app.post("/hooks/response/<id>")
    def later(id: str) -> Response:  # noqa: A002
        return api.answered_later(slack.world, request, id)

    return app


@contextmanager
def running(
    app: deliver.Door | str | None = None,
    *,
    signing_secret: str = "stand-in-signing-secret",  # noqa: S107  made up, opens only the stand-in
    described: Json | None = None,
    now: Callable[[], float] = time.time,
    retries: tuple[float, ...] = TEST_RETRIES,
    echoes: bool = False,
    port: int = 0,
    prefix: str = "/demo/slack",
    clock_url: str | None = None,
    **traits: str,
) -> Iterator[Slack]:
    """A Slack for the time of a `with` block.

    `app` is where the app's HTTP door is ("http://127.0.0.1:8000"), a deliver.Door, or nothing where
    `slack.reaches` says it later (an app that must know this address first). `described` is its manifest, `now` the
    clock for messages and signatures, `echoes` sends the app its own messages too, as Slack does, and `traits` are
    fields of App (client_id, client_secret …). The page is under `prefix`; its clock buttons post to `clock_url`.
    """
    known = App(signing_secret=signing_secret, **traits)  # type: ignore[arg-type]
    if described is not None:
        manifest.learn(known, described)
    world = World(app=known, now=Clock(now))
    courier = deliver.Courier(world, deliver.nowhere, retries=retries)
    slack = Slack(world, courier, Script(), Sockets(world), echoes=echoes)
    if app is not None:
        slack.reaches(app)
    web = served(slack, prefix=prefix, clock_url=clock_url)
    server = make_server("127.0.0.1", port, web, threaded=True, request_handler=Quiet)
    slack.address = world.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="standin", daemon=True)
    thread.start()
    try:
        yield slack
    finally:
        slack.courier.stopping.set()
        slack.sockets.close()
        slack.background.shutdown(wait=True, cancel_futures=True)
        server.shutdown()
        thread.join()
        server.server_close()
