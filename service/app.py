"""The web application: our own pages and whatever the integrations bring."""

from typing import Final

from flask import Flask
from flask_wtf import CSRFProtect

from service import bootstrap, measures
from service.runtime import Runtime
from service.web import health, look, problems, security

MOST_BYTES: Final = 1024 * 1024
"""The longest body that is read; anything longer is answered 413."""


def create_app(runtime: Runtime | None = None) -> Flask:
    """The application of this runtime, or of one made from the environment."""
    made = runtime or bootstrap.runtime()
    settings = made.settings
    app = Flask("service.web", static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES,
        SECRET_KEY=made.keyring.derived("session").hex(),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
    )
    app.extensions["goldseam"] = made
    forms = CSRFProtect(app)
    measures.counts(app)
    security.guard(app, settings)
    problems.plug(app)
    look.dress(app, settings)
    app.register_blueprint(health.blueprint(made))
    for plug in bootstrap.plugs(made):
        if plug.blueprint is not None:
            forms.exempt(plug.blueprint)  # what comes in there is signed
            app.register_blueprint(plug.blueprint)
    return app
