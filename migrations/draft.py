"""`python -m migrations.draft MESSAGE`: write the next step, from the last one to what the models say.

With `--again` the last step is written anew; that is for steps no installation has taken yet.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from service import db, schema


def main() -> None:
    """Draft one step and bring it into the house's form."""
    asked = argparse.ArgumentParser(prog="python -m migrations.draft")
    asked.add_argument("message")
    asked.add_argument("--again", action="store_true")
    given = asked.parse_args()
    if given.again and schema.known()[-1]:
        for path in (schema.STEPS / "versions").glob(f"{schema.known()[-1]}_*.py"):
            path.unlink()
        schema.known.cache_clear()
    with tempfile.TemporaryDirectory() as folder:
        engine = db.engine(f"sqlite:///{Path(folder) / 'draft.db'}")
        schema.upgrade(engine)
        path = schema.draft(engine, given.message)
        engine.dispose()
    for form in (["format", "--quiet"], ["check", "--fix", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *form, str(path)], check=True)  # noqa: S603 - our own file
    print(path)  # noqa: T201 - a command's answer


if __name__ == "__main__":
    main()
