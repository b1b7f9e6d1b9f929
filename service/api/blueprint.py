"""The API's addresses: a token comes in, one operation is called inside one transaction, JSON goes out."""

import re
import threading
from collections.abc import Mapping
from math import ceil

import msgspec
from flask import Blueprint, Response, request
from werkzeug.exceptions import Forbidden, RequestEntityTooLarge

from service.access import actions as access
from service.access import queries as tokens
from service.access.queries import ApiCard
from service.api import appreciations, circles, document, efforts, members, problems, shapes
from service.api.limits import Allowance
from service.api.operations import Call, Operation
from service.errors import Refused, StoreAway
from service.runtime import Runtime

NAME = "api"
AT = "/api/v1"
MOST_BYTES = 1 << 20
RETRY_AFTER_S = 30
OPERATIONS = (*members.OPERATIONS, *circles.OPERATIONS, *efforts.OPERATIONS, *appreciations.OPERATIONS)

_BEARER = re.compile(r"Bearer ([A-Za-z0-9_-]{1,200})", re.ASCII)
_KEY = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)
_ID = re.compile(shapes.ID)


class Declined(Exception):  # noqa: N818 - an answer, not an error
    """The request goes no further."""

    def __init__(self, answer: Response) -> None:
        super().__init__(answer.status)
        self.answer = answer


class Desk:
    """Where a request is looked at before an operation hears of it."""

    def __init__(self, runtime: Runtime, allowance: Allowance) -> None:
        self.runtime = runtime
        self.allowance = allowance

    def answer(self, operation: Operation, path: Mapping[str, str]) -> Response:
        """What this request is answered."""
        try:
            card = self._token(operation)
            body, raw = _body(operation) if operation.takes is not None else (None, b"")
            key = _key() if operation.repeats else None
            _are_ids(path)
            _are_known(operation)
            made = self._called(operation, card, path, (body, raw), key)
        except Declined as declined:
            return declined.answer
        except Refused as refusal:
            return problems.declined(refusal.problems)
        except StoreAway:
            return problems.of(503, retry_after=RETRY_AFTER_S)
        if made is None:
            return Response(status=operation.status)
        return Response(msgspec.json.encode(made), operation.status, content_type="application/json")

    def _called(
        self,
        operation: Operation,
        card: ApiCard,
        path: Mapping[str, str],
        given: tuple[object, bytes],
        key: str | None,
    ) -> msgspec.Struct | None:
        now = self.runtime.now()
        seen = card.seen_on is not None and card.seen_on >= now.date()
        writes = operation.method != "GET" or not seen
        with self.runtime.transaction(card.workspace, writes=writes) as db:
            if not seen:
                access.used_api_token(db, card.id, now)
            body, raw = given
            asked = f"{request.method} {request.path}\n".encode() + raw
            query = request.args.to_dict()
            made = operation.answer(Call(db, card.workspace, card.id, now, path, query, body, asked, key))
        if operation.method != "GET":
            self.runtime.soon()
        return made

    def _token(self, operation: Operation) -> ApiCard:
        shown = _BEARER.fullmatch(request.headers.get("Authorization", ""))
        if shown is None:
            raise Declined(problems.of(401))
        with self.runtime.housekeeping(writes=False) as db:
            card = tokens.api_token(db, shown[1])
        if card is None:
            raise Declined(problems.of(401))
        wait = self.allowance.wait(card.id, self.runtime.now().timestamp())
        if wait:
            raise Declined(problems.of(429, retry_after=ceil(wait)))
        if operation.act not in card.acts:
            raise Declined(problems.of(403))
        return card


def _are_ids(path: Mapping[str, str]) -> None:
    """What is no id is as absent as an id of another workspace."""
    if not all(_ID.fullmatch(one) for one in path.values()):
        raise Declined(problems.of(404))


def _are_known(operation: Operation) -> None:
    """A parameter nobody knows is refused, so that a slip of the pen is found."""
    if not request.args.keys() <= {one.name for one in operation.query}:
        raise Declined(problems.of(422))


def _body(operation: Operation) -> tuple[object, bytes]:
    request.max_content_length = MOST_BYTES
    if request.mimetype != "application/json":
        raise Declined(problems.of(415))
    try:
        raw = request.get_data(cache=False, parse_form_data=False)
    except RequestEntityTooLarge:
        raise Declined(problems.of(413)) from None
    try:
        return msgspec.json.decode(raw, type=operation.takes), raw
    except msgspec.ValidationError as error:
        # msgspec names the field and what it wants of it, never what was sent.
        raise Declined(problems.of(422, detail=str(error))) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError, OverflowError):
        raise Declined(problems.of(400)) from None


def _key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        raise Declined(problems.of(422, detail="Idempotency-Key"))
    return key


def blueprint(runtime: Runtime, allowance: Allowance | None = None) -> Blueprint:
    """Every operation at its address, and the document that describes them."""
    made = Blueprint(NAME, __name__, url_prefix=AT)
    desk = Desk(runtime, allowance or Allowance())
    for operation in OPERATIONS:
        _open(made, desk, operation)
    written = _Once(runtime)

    @made.get("/openapi.json")
    def openapi() -> Response:
        """The document, which needs no token."""
        return Response(written.text(), content_type="application/json")

    @made.errorhandler(Forbidden)
    def from_another_site(_error: Forbidden) -> Response:
        """A page of another site has a browser ask: declined before the token is looked at, and as all is declined."""
        return problems.of(403)

    return made


class _Once:
    """The document, written when it is first asked for."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._writing = threading.Lock()
        self._text: bytes | None = None

    def text(self) -> bytes:
        """The document as JSON."""
        with self._writing:
            if self._text is None:
                self._text = msgspec.json.encode(document.of(OPERATIONS, self._runtime.settings.public_url, AT))
            return self._text


def _open(made: Blueprint, desk: Desk, operation: Operation) -> None:
    def view(**path: str) -> Response:
        answer = desk.answer(operation, path)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    rule = operation.path.replace("{", "<").replace("}", ">")
    made.add_url_rule(rule, operation.id.replace(".", "_"), view, methods=[operation.method])
