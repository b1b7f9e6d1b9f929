"""Leaks, one by one, as somebody careless could write them: each must be seen by one of the proofs."""

import base64
import hashlib
import hmac
import logging
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import redis
import sqlalchemy as sa
import structlog
from flask import Response, g, request
from prometheus_client import Counter
from rq import Queue

from service import logs
from service.access import actions as access
from service.access import outbox
from service.access.models import Audit
from service.access.postman import Asked
from service.access.rules import By, LetterKind
from service.db import Session
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind, Told
from service.suggestions import actions as suggestions
from tests.anonymity.stage import Stage

Leak = Callable[[Stage, Session], object]
log = structlog.get_logger("careless")


def planted(stage: Stage, leak: Leak, patch: pytest.MonkeyPatch) -> None:
    """From now on each card that is slipped leaks so."""
    true = suggestions.slip

    def careless(db: Session, hat: str, card: str, random: object) -> None:
        true(db, hat, card, random)  # type: ignore[arg-type]
        leak(stage, db)

    patch.setattr(suggestions, "slip", careless)


def _me() -> str:
    found: str = g.here.me.id
    return found


def _say(db: Session, statement: str, *values: object) -> None:
    """A statement past the models, as a driver takes it."""
    db.flush()
    db.connection().exec_driver_sql(statement, tuple(values))


def _column(db: Session, name: str, value: object) -> None:
    if name not in {column["name"] for column in sa.inspect(db.connection()).get_columns("hat")}:
        _say(db, f"ALTER TABLE hat ADD COLUMN {name} VARCHAR(64)")
    _say(db, f"UPDATE hat SET {name} = ?", value)  # noqa: S608 - our own names


def _hmac(stage: Stage) -> str:
    secret = str(stage.app.config["SECRET_KEY"])
    return hmac.new(secret.encode(), _me().encode(), hashlib.sha256).hexdigest()


def _file(stage: Stage, name: str, words: bytes) -> None:
    stage.runtime.settings.state_dir.mkdir(parents=True, exist_ok=True)
    Path(stage.runtime.settings.state_dir / name).write_bytes(words)


def _job(stage: Stage, *words: object) -> None:
    with redis.Redis.from_url(stage.redis_url) as client:
        Queue("goldseam", connection=client, serializer="json").enqueue("service.jobs.work_due", *words)


def _in_redis(stage: Stage, key: str, value: bytes) -> None:
    with redis.Redis.from_url(stage.redis_url) as client:
        client.set(key, value)


def _letter(stage: Stage, db: Session) -> None:
    words = Asked("somebody@example.org", _me(), "1", "2", 0.0)
    outbox.write(db, stage.runtime.keyring, LetterKind.SIGN_IN, words, stage.clock())


def _nudge(stage: Stage, db: Session) -> None:
    nudges.offer(db, NudgeKind.CARD_SHARE, _me(), "thank-you", Told(), stage.clock())


def _seen(stage: Stage, db: Session) -> None:
    access.visited(db, g.here.session.id, stage.clock())


def _audit(stage: Stage, db: Session) -> None:
    db.add(Audit(act=request.user_agent.string[:48], by=By.MEMBER, on=stage.clock().date()))


def _count(_stage: Stage, db: Session) -> None:
    _say(db, "CREATE TABLE IF NOT EXISTS slips (who VARCHAR(32) PRIMARY KEY, times INTEGER)")
    _say(db, "INSERT INTO slips VALUES (?, 1) ON CONFLICT (who) DO UPDATE SET times = slips.times + 1", _me())


def _own_hat(_stage: Stage, db: Session) -> None:
    _say(db, "UPDATE hat SET next_draw_on = '2026-12-01' WHERE member_id = ?", _me())


def _own_card(_stage: Stage, db: Session) -> None:
    _say(db, "UPDATE deck SET paused = 1 WHERE member_id = ?", _me())
    _say(
        db,
        "INSERT OR IGNORE INTO deck (workspace_id, member_id, left_out, paused, other_kind_next) "
        "VALUES (?, ?, '{}', 0, 0)",
        g.here.home.id,
        _me(),
    )


COUNTED = Counter("careless_slips", "Cards by who slipped them.", ["who"])


def _error_told(stage: Stage, _db: Session) -> None:
    try:
        raise ValueError(f"no hat for {g.here.me.name}")  # noqa: TRY301 - as careless code would
    except ValueError as error:
        log.warning(str(error))


def _root(stage: Stage, _db: Session) -> None:
    record = logging.getLogger("werkzeug")
    record.warning(f"{request.remote_addr} POST /suggestions {request.user_agent}")


def _page(stage: Stage, _db: Session) -> None:
    name = g.here.me.name

    def told(answer: Response) -> Response:
        answer.set_data(answer.get_data() + f"<p>Last used by {name}</p>".encode())
        return answer

    stage.app.after_request_funcs.setdefault(None, []).append(told)


BYTES: dict[str, Leak] = {
    "the id in the log": lambda _stage, _db: log.info("slipped", member=_me()),
    "the name in a line": lambda _stage, _db: log.info(f"{g.here.me.name} slipped a card"),  # noqa: G004 - as careless code would
    "the text of an error": _error_told,
    "an access log with addresses": _root,
    "a job with the id": lambda stage, _db: _job(stage, _me()),
    "a key of Redis named after the session": lambda stage, _db: _in_redis(
        stage, f"limit:{request.cookies['session']}", b"1"
    ),
    "something compressed in Redis": lambda stage, _db: _in_redis(stage, "last", zlib.compress(_me().encode() * 3)),
    "created_by": lambda _stage, db: _column(db, "created_by", _me()),
    "a hash of the id": lambda _stage, db: _column(db, "mark", hashlib.sha256(_me().encode()).hexdigest()),
    "an HMAC under our own secret": lambda stage, db: _column(db, "mark", _hmac(stage)),
    "a number that only we can make": lambda stage, db: _column(
        db, "mark", str(stage.runtime.keyring.fingerprint("session", _me()))
    ),
    "a row that counts by person": _count,
    "a nudge to whoever asked": _nudge,
    "the browser in the audit": _audit,
    "the form in a file": lambda stage, _db: _file(stage, "last", request.get_data() + repr(request.form).encode()),
    "the id in a file's name": lambda stage, _db: _file(stage, f"{_me()}.lock", b""),
    "base64 in a file": lambda stage, _db: _file(stage, "last", base64.b64encode(b"x" + g.here.me.name.encode())),
    "utf-16 in a file": lambda stage, _db: _file(stage, "last", g.here.me.name.encode("utf-16")),
    "a statement with the id in it": lambda _stage, db: _say(db, f"SELECT '{_me()}'"),
    "a counter by person": lambda _stage, _db: COUNTED.labels(_me()).inc(),
    "a page others see": _page,
}
"""Leaks of something that belongs to one person."""

WORLDS: dict[str, Leak] = {
    "created_at": lambda stage, db: _column(db, "created_at", stage.clock().isoformat()),
    "last seen": _seen,
    "a sealed letter": _letter,
    "one's own hat skipped": _own_hat,
    "one's own deck touched": _own_card,
    "a line that says when": lambda _stage, _db: log.info("slipped"),
    "a ring for the workers": lambda stage, _db: stage.runtime.wake(),
}
"""Leaks without a byte of anybody: of times, and of rows that are other than those of somebody who did not ask."""


def tells_errors(patch: pytest.MonkeyPatch) -> None:
    """The log takes up the words of errors again."""
    patch.setattr(logs, "_of_error", lambda error: {"error": str(error)})
