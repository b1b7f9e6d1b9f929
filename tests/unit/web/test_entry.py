"""A view that does not say whom it is for stops the start."""

import pytest
from flask import Blueprint, Flask

from service.errors import StartRefused
from service.people.acts import Act
from service.web import entry


def application() -> Flask:
    app = Flask(__name__, static_folder=None)
    app.extensions["signed by their senders"] = frozenset({"slack"})
    return app


def test_a_view_without_a_policy_stops_the_start() -> None:
    app = application()
    app.add_url_rule("/open", "open", entry.open_to_all(lambda: "open"))
    entry.require_policies(app)
    app.add_url_rule("/forgotten", "forgotten", lambda: "forgotten")
    with pytest.raises(StartRefused, match="forgotten"):
        entry.require_policies(app)


def test_what_a_sender_signs_needs_no_policy_of_ours() -> None:
    app, signed = application(), Blueprint("slack", __name__)
    signed.add_url_rule("/slack/events", "events", lambda: "heard")
    app.register_blueprint(signed)
    entry.require_policies(app)


def test_a_view_says_for_whom_it_is() -> None:
    view = entry.for_members(Act.ASKS_PUT)(lambda _here: "put")
    assert entry.policy_of(view) == entry.Policy(entry.Audience.MEMBERS, Act.ASKS_PUT)
    assert entry.policy_of(lambda: "") is None
