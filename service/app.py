"""The web application: our own pages and whatever the integrations bring."""

from datetime import timedelta
from typing import Final

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from service import bootstrap, measures
from service.api import blueprint as api
from service.api.limits import Allowance
from service.demo import pages as demo
from service.runtime import Runtime
from service.web import entry, health, living, look, problems, rooms, security

MOST_BYTES: Final = 1024 * 1024
"""The longest body that is read; anything longer is answered 413."""
KEPT_BY_BROWSERS: Final = timedelta(days=180)
"""How long a browser keeps its cookie; how long a session lasts is decided by `service.access`."""


def create_app(runtime: Runtime | None = None, *, allowance: Allowance | None = None) -> Flask:
    """The application of this runtime, or of one made from the environment.

    `allowance` says how often a token of the API may ask, where that is not as usual.
    """
    made = runtime or bootstrap.runtime()
    settings = made.settings
    plugs = bootstrap.plugs(made)
    app = Flask("service.web", static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        SECRET_KEY=made.keyring.derived("session").hex(),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        PERMANENT_SESSION_LIFETIME=KEPT_BY_BROWSERS,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session, so that a form may lie open over lunch
    )
    if settings.is_https:
        # We serve no certificates, so a proxy stands in front, and only it knows who asks: limits go by that.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=0)  # type: ignore[method-assign]
    app.extensions["goldseam"] = made
    app.extensions["goldseam.plugs"] = plugs
    measures.counts(app)
    entry.plug(app, made, plugs, api.NAME)
    forms = CSRFProtect(app)
    security.guard(app, settings)
    problems.plug(app)
    look.dress(app, settings)
    app.register_blueprint(health.blueprint(made))
    tools = api.blueprint(made, allowance)
    forms.exempt(tools)  # each request there brings a token of its own
    app.register_blueprint(tools)
    rooms.open_all(app)
    if settings.goldseam_demo:
        living.show(app)
        tried = demo.blueprint(made)
        forms.exempt(tried)  # the stand-in posts there too, and puts a token of its own into its forms
        app.register_blueprint(tried)
    for plug in plugs:
        if plug.blueprint is not None:
            forms.exempt(plug.blueprint)  # what comes in there is signed
            app.register_blueprint(plug.blueprint)
    entry.require_policies(app)
    return app
