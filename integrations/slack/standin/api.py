"""The Web API over HTTP: one call in, one answer out, and the faults between."""

import json
import os
import socket
import struct
from threading import Event
from typing import NoReturn

from flask import Request, Response

from integrations.slack.standin import answers
from integrations.slack.standin.arguments import Arguments
from integrations.slack.standin.faults import Fault, Kind, Script
from integrations.slack.standin.installing import revoke
from integrations.slack.standin.methods import access, chat, conversations, openid, people, registry, views
from integrations.slack.standin.nouns import Call, Json
from integrations.slack.standin.refusals import RefusalError
from integrations.slack.standin.world import World

# Importing a family enters its methods in the registry's table.
FAMILIES = (access, chat, conversations, openid, people, views)
GARBAGE = b"<html><body>502 Bad Gateway</body></html>"
_BEFORE = (Kind.RATE_LIMITED, Kind.ERROR, Kind.GARBAGE, Kind.REFUSE, Kind.REVOKE, Kind.RESET, Kind.HANG)


def called(world: World, script: Script, stopping: Event, request: Request, name: str) -> Response:
    """Answer one call, unless a fault is waiting for it."""
    try:
        arguments = Arguments.of(request)
    except RefusalError as refusal:
        return _json(refusal.answer())
    text = _token(request, arguments)
    token = world.tokens.get(text or "")
    team = token.team if token else None
    fault = script.strikes(name, arguments.maybe("channel"), team)
    if fault is not None and fault.kind is Kind.ACCEPT_LATE:
        stopping.wait(fault.seconds)
    if fault is not None and fault.kind in _BEFORE:
        world.record(Call(name, team, arguments.raw, fault.kind.value, 0.0))
        return _struck(world, fault, team, stopping, request)
    try:
        answer = registry.answer(world, name, text, arguments)
    except RefusalError as refusal:
        answer = refusal.answer()
    outcome = "ok" if answer["ok"] else str(answer["error"])
    world.record(Call(name, team, arguments.raw, fault.kind.value if fault else outcome, 0.0))
    return _lost(fault, answer, stopping, request) if fault else _json(answer)


def answered_later(world: World, request: Request, id: str) -> Response:  # noqa: A002
    """What an app says through a response_url."""
    try:
        answers.to_response_url(world, id, Arguments.of(request).raw)
    except RefusalError as refusal:
        return _json(refusal.answer(), 404 if refusal.name in ("used_url", "expired_url") else 400)
    return Response("ok", content_type="text/html")


def _token(request: Request, arguments: Arguments) -> str | None:
    header = request.headers.get("Authorization", "")
    given = arguments.raw.pop("token", None)
    return header.removeprefix("Bearer ") if header.startswith("Bearer ") else given


def _struck(world: World, fault: Fault, team: str | None, stopping: Event, request: Request) -> Response:
    """The answer of a call that was not carried out."""
    match fault.kind:
        case Kind.RATE_LIMITED:
            refused = _json({"ok": False, "error": "ratelimited"}, 429)
            refused.headers["Retry-After"] = str(int(fault.seconds))
            return refused
        case Kind.ERROR:
            return Response("upstream connect error", fault.status)
        case Kind.GARBAGE:
            return Response(GARBAGE, 200, content_type="text/html")
        case Kind.REVOKE:
            if team is not None:
                revoke(world, team)
            return _json({"ok": False, "error": "token_revoked"})
        case Kind.REFUSE:
            return _json({"ok": False, "error": fault.name})
        case Kind.HANG:
            stopping.wait(fault.seconds)
    return _reset(request)


def _lost(fault: Fault, answer: Json, stopping: Event, request: Request) -> Response:
    """The answer of a call that was carried out, as the caller gets to see it."""
    match fault.kind:
        case Kind.ACCEPT_THEN_ERROR:
            return Response("upstream connect error", fault.status)
        case Kind.ACCEPT_THEN_GARBAGE:
            return Response(GARBAGE, 200, content_type="text/html")
        case Kind.ACCEPT_THEN_DROP:
            _connection(request).shutdown(socket.SHUT_RDWR)
            raise ConnectionAbortedError(fault.kind)
        case Kind.ACCEPT_THEN_RESET:
            _reset(request)
        case Kind.ACCEPT_THEN_HANG:
            stopping.wait(fault.seconds)
    return _json(answer)


def _connection(request: Request) -> socket.socket:
    connection: socket.socket = request.environ["werkzeug.socket"]
    return connection


def _reset(request: Request) -> NoReturn:
    """Cut the connection with a reset, as a broken middle box does."""
    connection = _connection(request)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(connection.detach())
    raise ConnectionResetError("reset")


def _json(body: Json, status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json; charset=utf-8")
