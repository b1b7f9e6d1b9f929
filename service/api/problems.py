"""How the API declines: problem+json after RFC 9457, in sentences a person understands."""

from collections.abc import Iterable

import msgspec
from flask import Response, g

from service.api.shapes import Fault
from service.api.shapes import Problem as Body
from service.errors import Problem, ProblemKind
from service.wording import problems as words
from service.wording import refusals
from service.wording.voice import Voice

CONTENT_TYPE = "application/problem+json"
REALM = 'Bearer realm="goldseam"'

_STATUS = {
    ProblemKind.NOT_ALLOWED: 403,
    ProblemKind.SWITCHED_OFF: 403,
    ProblemKind.TOO_LATE: 409,
    ProblemKind.PLACE_TAKEN: 409,
}


def declined(problems: Iterable[Problem]) -> Response:
    """An action declined."""
    found = tuple(problems)
    return _answer(max(map(_status, found)), found)


def _status(problem: Problem) -> int:
    if problem.kind is ProblemKind.NOT_FOUND and problem.at is None:
        return 404
    return _STATUS.get(problem.kind, 422)


def of(status: int, *, detail: str | None = None, retry_after: int | None = None) -> Response:
    """The request itself was wrong, or comes at a bad time."""
    answer = _answer(status, (), detail)
    if retry_after is not None:
        answer.headers["Retry-After"] = str(retry_after)
    if status == 401:
        answer.headers["WWW-Authenticate"] = REALM
    return answer


def _answer(status: int, found: tuple[Problem, ...], detail: str | None = None) -> Response:
    voice: Voice = g.get("voice", Voice())
    page = words.page(voice, status)
    said = refusals.sentences(voice, found) if found and status != 404 else detail or page.what
    faults = [Fault(one.kind, refusals.sentence(voice, one), one.at) for one in found if status != 404]
    body = Body(title=page.title, status=status, detail=said, errors=faults)
    return Response(msgspec.json.encode(body), status, content_type=CONTENT_TYPE)
