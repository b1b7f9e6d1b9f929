"""The OpenAPI 3.1 document, made from the operations and the types they take and give."""

from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import msgspec

from service.api import shapes
from service.api.operations import Operation
from service.wording import problems as words
from service.wording.voice import Voice

JSON = "application/json"
PROBLEM = "application/problem+json"
REF = "#/components/schemas/{name}"
ABOUT = (
    "Tell Goldseam of work that was done, give thanks, and read what circles share. "
    "Nothing here says who is quick, who is thanked, or how often."
)
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    "description": "Asking again under the same key within a day does nothing twice.",
}


def of(operations: Iterable[Operation], address: str, at: str) -> dict[str, Any]:
    """The whole document."""
    known = tuple(operations)
    taken = [one for each in known for one in (each.takes, each.gives) if one is not None]
    _, schemas = msgspec.json.schema_components([*dict.fromkeys(taken), shapes.Problem], ref_template=REF)
    paths: dict[str, dict[str, Any]] = {}
    for operation in known:
        paths.setdefault(at + operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Goldseam", "version": _version(), "description": ABOUT},
        "servers": [{"url": address.rstrip("/") or "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token of your workspace, made in its settings; it may do what it was made for.",
                }
            },
            "responses": {str(status): _refusal(status) for status in _statuses(known)},
        },
    }


def _version() -> str:
    try:
        return version("goldseam")
    except PackageNotFoundError:
        return "0"


def _statuses(operations: Iterable[Operation]) -> list[int]:
    return sorted({status for operation in operations for status in operation.refusals})


def _operation(operation: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": operation.id,
        "tags": [operation.id.partition(".")[0]],
        "summary": operation.said,
        "description": f"The token needs `{operation.act.value}`.",
        "parameters": [*_path(operation), *_query(operation), *([KEY] if operation.repeats else [])],
        "responses": {
            str(operation.status): _success(operation),
            **{str(status): {"$ref": f"#/components/responses/{status}"} for status in operation.refusals},
        },
    }
    if operation.takes is not None:
        told["requestBody"] = {"required": True, "content": {JSON: {"schema": _ref(operation.takes)}}}
    return told


def _path(operation: Operation) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    schema = {"type": "string", "pattern": shapes.ID, "minLength": 16, "maxLength": 16}
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name in names]


def _query(operation: Operation) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "in": "query", "required": one.required, "schema": one.schema, "description": one.said}
        for one in operation.query
    ]


def _success(operation: Operation) -> dict[str, Any]:
    if operation.gives is None:
        return {"description": "Done."}
    return {"description": "Done.", "content": {JSON: {"schema": _ref(operation.gives)}}}


def _ref(kind: type[msgspec.Struct]) -> Mapping[str, str]:
    return {"$ref": REF.format(name=kind.__name__)}


def _refusal(status: int) -> dict[str, Any]:
    page = words.page(Voice(), status)
    told: dict[str, Any] = {
        "description": page.what,
        "content": {PROBLEM: {"schema": _ref(shapes.Problem)}},
    }
    if status in (429, 503):
        told["headers"] = {"Retry-After": {"required": True, "schema": {"type": "integer", "minimum": 1}}}
    if status == 401:
        told["headers"] = {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}}
    return told
