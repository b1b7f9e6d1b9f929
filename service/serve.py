"""The web: granian in front of `service.app:create_app`."""

import importlib
import os
import shutil
import threading
from pathlib import Path

import structlog
from flask import Flask

from service import bootstrap, db, heap, schema
from service.settings import Settings

log = structlog.get_logger("web")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"_granian": {"propagate": True, "handlers": []}, "granian.access": {"handlers": []}},
}
"""granian's lines go the way of ours."""


def run(settings: Settings) -> None:
    """Serve until told to stop; a process that dies is replaced."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    engine = db.engine(settings.database)
    schema.refuse_newer(engine)
    engine.dispose()
    _count_together(settings.state_dir.absolute() / "measures")
    importlib.import_module("service.app")
    bootstrap.read_ahead(settings)
    log.info("the web listens", port=settings.port, pid=os.getpid())
    Server(
        "service.serve:served",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_concurrency,
        blocking_threads=settings.web_threads,
        blocking_threads_idle_timeout=600,
        websockets=False,
        factory=True,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.error,
        log_dictconfig=LOGGING,
    ).serve()


def served() -> Flask:
    """The application in one process of the web, and what integrations run beside it for as long as it lives."""
    from service.app import create_app

    app = create_app()
    heap.settle()
    for plug in app.extensions["goldseam.plugs"]:
        if plug.beside is not None:
            threading.Thread(target=plug.beside, args=(threading.Event(),), name=plug.name, daemon=True).start()
    return app


def _count_together(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
