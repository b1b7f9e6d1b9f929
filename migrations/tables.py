"""Every table there is, whatever the settings name: those of the slices and those of every integration."""

import functools
import importlib
from pathlib import Path

import sqlalchemy as sa

from service.db import Base


@functools.cache
def metadata() -> sa.MetaData:
    """What the models say the database looks like."""
    for package in ("service", "integrations"):
        root = Path(str(importlib.import_module(package).__file__)).parent
        for path in sorted(root.rglob("*.py")):
            if "__tablename__ =" in path.read_text(encoding="utf-8"):
                importlib.import_module(".".join((package, *path.relative_to(root).with_suffix("").parts)))
    return Base.metadata
