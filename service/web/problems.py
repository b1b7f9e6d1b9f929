"""Error pages: what happened and what to do now, the same for what is absent and what is another's."""

import secrets

import structlog
from flask import Flask, g, jsonify, render_template, request
from flask_wtf.csrf import validate_csrf
from werkzeug.exceptions import (
    Forbidden,
    HTTPException,
    InternalServerError,
    NotFound,
    ServiceUnavailable,
    UnprocessableEntity,
)
from werkzeug.wrappers import Response
from wtforms import ValidationError

from service.errors import ProblemKind, Refused, StoreAway
from service.runtime import Runtime
from service.web import sizes
from service.web.forms import PROOF
from service.wording import problems as words
from service.wording import refusals
from service.wording.voice import Voice

AGAIN_AFTER = 5
"""Seconds until asking again is worth while, when the database is away."""

log = structlog.get_logger(__name__)


def plug(app: Flask) -> None:
    """Answer every error of an application with a page, or with JSON where no page is asked for."""
    app.register_error_handler(HTTPException, _refused_by_http)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(StoreAway, _store_away)
    app.register_error_handler(Exception, _broken)


def _refused_by_http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return _answer(error)


def _refused(error: Refused) -> Response:
    """What is not here, or not theirs to open, has its own pages; of anything else the sentence is said."""
    kinds = {problem.kind for problem in error.problems}
    if ProblemKind.NOT_FOUND in kinds:
        return _answer(NotFound())
    if ProblemKind.NOT_ALLOWED in kinds:
        return _answer(Forbidden())
    voice: Voice = g.get("voice", Voice())
    return _answer(UnprocessableEntity(), refusals.sentences(voice, error.problems))


def _store_away(_error: StoreAway) -> Response:
    return _answer(ServiceUnavailable(retry_after=AGAIN_AFTER))


def _broken(error: Exception) -> Response:
    runtime: Runtime | None = g.get("runtime")
    chance = runtime.random if runtime is not None else secrets.SystemRandom()
    mark = f"{chance.getrandbits(32):08x}"
    route = request.url_rule and request.url_rule.rule
    log.error("web.broken", mark=mark, route=route, exc_info=error, by_day=request.path.startswith(sizes.ALIKE))
    return _answer(InternalServerError(), mark=mark)


def _answer(error: HTTPException, what: str | None = None, mark: str | None = None) -> Response:
    """The error's own answer (Allow and Retry-After stay), with our words in it.

    Of the request it repeats what somebody wrote into a form of ours, so that it is not lost, and nothing else: nobody
    learns from a 404 whether a page exists elsewhere.
    """
    voice: Voice = g.get("voice", Voice())
    status = error.code or InternalServerError.code
    page = words.page(voice, status)
    reference = words.reference(voice, mark) if mark else None
    answer = error.get_response()
    if _wants_page():
        answer.set_data(
            render_template(
                "errors/page.html",
                page=page,
                what=what or page.what,
                reference=reference,
                broken=status >= 500,
                words=words,
                voice=voice,
                written=_written(),
            )
        )
        answer.content_type = "text/html; charset=utf-8"
    else:
        said = {"status": status, "problem": what or page.what} | ({"reference": mark} if mark else {})
        answer.set_data(jsonify(said).get_data())
        answer.content_type = "application/json"
    return answer


def _written() -> list[str]:
    """What somebody wrote into a form of ours, field by field: several words, so neither a choice nor a code."""
    try:
        validate_csrf(request.form.get(PROOF))
    except (ValidationError, HTTPException):
        return []  # another site may have sent this, and would speak through us; or it is too long to be read
    texts = (text.strip() for name, several in request.form.lists() if name != PROOF for text in several)
    return list(dict.fromkeys(text for text in texts if len(text.split()) > 1))


def _wants_page() -> bool:
    return request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html"
