"""What we write into the log: ids, kinds and numbers, never words, tokens or addresses."""

import logging
import re
import sys
import traceback
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, Final, Literal, TextIO

import structlog

ALLOWED: Final = frozenset(
    {
        *("event", "level", "timestamp", "logger", "where"),
        *("error", "failure", "outcome", "why", "state", "kind", "round", "failpoint"),
        *("workspace", "member", "circle", "place", "ask", "nudge", "parcel", "effort", "occasion", "courier"),
        *("integration", "feature", "api", "route", "method", "status", "request", "mark"),
        *("count", "sent", "put_off", "unknown", "failed", "seconds", "attempt", "pid", "code", "name", "port"),
        *("version", "revision", "file", "line", "mark"),
    }
)
"""The fields a line may have; any other is left out, so that a careless line gives nothing away."""

SECRETS: Final = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe\.[\w.-]+"  # Slack's tokens
    r"|(?:Bearer|Basic)\s+\S+"
    r"|(?<=://)[^\s/@]+@"  # a password in an address
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"  # an address of mail
    r"|\b[A-Za-z0-9_-]{40,}={0,2}"  # keys, links and anything else that was meant to be hard to guess
)

Fields = MutableMapping[str, Any]

TOLD: Final[list[Callable[[BaseException], object]]] = []
"""Who else hears of an error that the log tells of."""


def begin(form: Literal["console", "json"], *, level: int = logging.INFO) -> None:
    """Write every line of this process to standard error, in this form; ours and the libraries'."""
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="timestamp"),
        _by_day,
        _without_words,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    shown: structlog.types.Processor = (
        structlog.processors.JSONRenderer(sort_keys=True)
        if form == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    handler = _ToStandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_from_a_library, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, shown],
            keep_exc_info=False,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for library in ("rq", "redis", "urllib3", "alembic", "sqlalchemy", "werkzeug"):
        logging.getLogger(library).setLevel(logging.WARNING)
    for talkative in ("slack_sdk", "slack_bolt"):  # they write whole messages into their warnings
        logging.getLogger(talkative).setLevel(logging.CRITICAL)


class _ToStandardError(logging.StreamHandler[TextIO]):
    """Writes to whatever standard error is at that moment."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        """Standard error."""
        return sys.stderr

    @stream.setter
    def stream(self, _other: TextIO) -> None:
        """It stays what it is."""


def _by_day(_logger: object, _method: str, fields: Fields) -> Fields:
    """A line about what nobody may be found by says on which day it was written, and not when."""
    if fields.pop("by_day", False):
        fields["timestamp"] = str(fields["timestamp"])[: len("2026-01-31")]
    return fields


def _without_words(_logger: object, _method: str, fields: Fields) -> Fields:
    error = fields.pop("exc_info", None)
    fields.pop("exc_text", None)
    if error:
        fields.update(_of_error(error))
    kept: Fields = {name: _redacted(value) for name, value in fields.items() if name in ALLOWED or name[0] == "_"}
    return kept


def _redacted(value: object) -> object:
    return SECRETS.sub("[redacted]", value) if isinstance(value, str) else value


def _of_error(exc_info: object) -> Mapping[str, str]:
    """The kind of an error and where it arose; its message may hold what somebody wrote."""
    if isinstance(exc_info, BaseException):
        error: BaseException | None = exc_info
    elif isinstance(exc_info, tuple):
        error = exc_info[1]
    else:
        error = sys.exc_info()[1]
    if error is None:
        return {}
    for tell in TOLD:
        tell(error)
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return {
        "error": type(error).__name__,
        "where": " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames)),
    }


def _from_a_library(_logger: object, _method: str, fields: Fields) -> Fields:
    """Of a library's line we keep the sentence without its values: these may be anybody's words."""
    record = fields.get("_record")
    if isinstance(record, logging.LogRecord):
        fields["event"] = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        fields["logger"] = record.name
        if record.exc_info:
            fields["exc_info"] = record.exc_info
    return fields
