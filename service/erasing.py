"""What is erased leaves no byte behind, as far as the database lets go of it."""

from service.runtime import Runtime


def leave_no_byte(runtime: Runtime, *, scrub: bool) -> None:
    """Let the database forget what it deleted.

    SQLite overwrites what it deletes, and its journal is cut off here. PostgreSQL keeps dead rows until it writes the
    tables anew, which `scrub` makes it do; its own write-ahead log and archives age out by themselves.
    """
    with runtime.engine.connect().execution_options(isolation_level="AUTOCOMMIT", reads_only=True) as connection:
        if runtime.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("COMMIT")  # a journal cannot be cut off inside a transaction
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            if scrub:
                connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("BEGIN")
        elif scrub:
            connection.exec_driver_sql("VACUUM (FULL)")
