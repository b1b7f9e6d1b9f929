"""Efforts other tools notice. What becomes of one is its doer's to decide, so none of it is told."""

from datetime import timedelta

from service.api import shapes
from service.api.operations import Call, Operation, Parameter
from service.efforts import actions as efforts
from service.efforts.rules import Named, Noticed, Source
from service.errors import ProblemKind, refused
from service.people.acts import Act
from service.people.rules import IdentityKind

AHEAD = timedelta(minutes=5)
"""How far another tool's clock may be ahead of ours."""


def notice(call: Call) -> shapes.Noticed:
    """Somebody did something: whether it is kept depends on them."""
    told: shapes.Notice = call.body
    if not call.now - efforts.KEPT_FOR < told.done_at <= call.now + AHEAD:
        raise refused(ProblemKind.UNKNOWN_VALUE, "done_at")
    noticed = Noticed(
        source=Source.API,
        reference=told.reference,
        kind=told.kind,
        doer=_named(told.doer),
        done_at=told.done_at,
        title=told.title,
        link=told.link,
        out_of_hours=told.out_of_hours,
        witnesses=tuple(one for one in map(_named, told.saw) if one is not None),
    )
    doer = told.doer if isinstance(told.doer, str) else None
    efforts.notice(call.db, noticed, call.now, doer=doer, saw=[one for one in told.saw if isinstance(one, str)])
    return shapes.Noticed(reference=told.reference)


def forget(call: Call) -> None:
    """It was not so: what a tool noticed under this reference is forgotten, where it was kept."""
    reference = call.query.get("reference", "")
    if not 1 <= len(reference) <= 200:
        raise refused(ProblemKind.MISSING, "reference")
    efforts.forget(call.db, Source.API, reference)


def _named(who: str | shapes.Identity) -> Named | None:
    """Whom an identity names; nobody is called by signs that no text can hold."""
    if isinstance(who, str) or not who.name.isprintable():
        return None
    return Named(who.kind, who.name if who.kind is IdentityKind.SLACK else who.name.lower())


OPERATIONS = (
    Operation(
        "efforts.notice",
        "POST",
        "/efforts",
        Act.EFFORTS_NOTE,
        "Tell of work somebody did; the same reference is kept once.",
        notice,
        status=202,
        gives=shapes.Noticed,
        takes=shapes.Notice,
    ),
    Operation(
        "efforts.forget",
        "DELETE",
        "/efforts",
        Act.EFFORTS_NOTE,
        "Take back what your tools told of under a reference.",
        forget,
        status=204,
        query=(
            Parameter(
                "reference",
                {"type": "string", "minLength": 1, "maxLength": 200},
                "The reference it was noticed under.",
                required=True,
            ),
        ),
    ),
)
