"""The operator is told where the database itself would write down who asks."""

import pytest
import sqlalchemy as sa

from service import doctor
from service.runtime import Finding, Runtime


def _found(runtime: Runtime) -> list[Finding]:
    runtime.settings.state_dir.mkdir(parents=True, exist_ok=True)
    return [finding for finding in doctor.examine(runtime, []) if finding.what == "statements"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_database_that_logs_statements_is_named(runtime: Runtime) -> None:
    assert [finding.well for finding in _found(runtime)] == [True]

    def talks(raw: object, _record: object) -> None:
        with raw.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute("SET log_statement = 'all'")
        raw.commit()  # type: ignore[attr-defined]

    runtime.engine.dispose()
    sa.event.listen(runtime.engine, "connect", talks)
    (told,) = _found(runtime)
    assert not told.well
    assert "log_statement" in told.said


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_has_no_log(runtime: Runtime) -> None:
    assert _found(runtime) == []
