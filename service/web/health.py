"""How this installation is, for machines that watch it: /healthz, /readyz, /metrics."""

import hmac
from collections.abc import Callable

from flask import Blueprint, Response, abort, jsonify, request

from service import measures, queue, schema
from service.errors import StoreAway
from service.runtime import Runtime

NAME = "health"


def blueprint(runtime: Runtime) -> Blueprint:
    """The three addresses."""
    health = Blueprint(NAME, __name__)

    @health.get("/healthz")
    def alive() -> Response:
        """The process is up."""
        return jsonify(status="up")

    @health.get("/readyz")
    def ready() -> tuple[Response, int]:
        """Whether work can be taken in: the database answers and fits. Redis may be away."""
        reasons = _reasons(runtime)
        redis = "here" if queue.answers(queue.address(runtime.settings)) else "away"
        status = "ready" if not reasons else "not ready"
        return jsonify(status=status, reasons=reasons, redis=redis), 200 if not reasons else 503

    token = runtime.settings.metrics_token
    if token is not None:
        health.add_url_rule("/metrics", view_func=_metrics(runtime, token.get_secret_value()))
    return health


def _reasons(runtime: Runtime) -> list[str]:
    try:
        with runtime.housekeeping(writes=False) as db:
            fit = schema.fit_of(schema.at(db.connection()))
    except StoreAway:
        return ["The database does not answer."]
    match fit:
        case schema.Fit.FITS:
            return []
        case schema.Fit.BEHIND:
            return ["The database is not up to date: run `goldseam db upgrade`."]
        case schema.Fit.NEWER:
            return ["The database is newer than this version."]


def _metrics(runtime: Runtime, token: str) -> Callable[[], Response]:
    def metrics() -> Response:
        """The counters, for whoever brings the token."""
        brought = request.headers.get("Authorization", "")
        if not hmac.compare_digest(brought.encode(), f"Bearer {token}".encode()):
            abort(401)
        return Response(measures.exposed(runtime), content_type=measures.CONTENT_TYPE)

    return metrics
