"""`python -m migrations.check`: whether the models and the steps agree; exit status 1 where they do not."""

import sys
import tempfile
from pathlib import Path

from service import db, schema


def main() -> None:
    """Take every step on an empty database and compare it with what the models say."""
    with tempfile.TemporaryDirectory() as folder:
        engine = db.engine(f"sqlite:///{Path(folder) / 'check.db'}")
        schema.upgrade(engine)
        found = schema.differences(engine)
        engine.dispose()
    for difference in found:
        print(difference)  # noqa: T201 - a command's answer
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
