"""The command as a person or a program calls it: exit status, one clear line, JSON alone."""

from pathlib import Path

import pytest

from service import db, schema
from service.asks import actions as asks
from service.asks import queries as ask_queries
from service.asks.rules import Said
from service.people import queries as people
from service.runtime import Runtime
from tests import builders
from tests.fakes import MONDAY
from tests.integration.cli.conftest import Command
from tests.integration.slack_export.test_import import DAYS, export

READING = [
    ("db", "check"),
    ("people", "list"),
    ("keys", "status"),
    ("doctor",),
    ("words", "check"),
]


def test_every_command_says_what_it_is_for(goldseam: Command) -> None:
    listed = goldseam("--help")
    assert listed.status == 0
    for name in ("up", "demo", "web", "worker", "clock", "db", "slack", "people", "asks", "thanks", "keys", "doctor"):
        assert f"  {name} " in listed.out
        assert goldseam(name, "--help").out.startswith(f"Usage: main {name}".replace("main", "goldseam"))


@pytest.mark.parametrize("arguments", [("frob",), ("people", "frob"), ("people", "add"), ("db", "check", "--frob")])
def test_wrong_use_is_status_2_and_says_how(goldseam: Command, arguments: tuple[str, ...]) -> None:
    said = goldseam(*arguments)
    assert said.status == 2
    assert "Usage: goldseam" in said.err
    assert said.out == ""


@pytest.mark.parametrize("arguments", READING)
def test_what_reads_answers_in_json_alone(goldseam: Command, arguments: tuple[str, ...]) -> None:
    said = goldseam(*arguments, "--json")
    assert said.found is not None
    assert len(said.err.splitlines()) <= 1


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("DATABASE_URL", "mysql://x", "DATABASE_URL: give sqlite:///FILE or postgresql+psycopg://"),
        ("PUBLIC_URL", "goldseam.example.org", "PUBLIC_URL: give a whole address"),
        ("CLOCK_PERIOD", "soon", "CLOCK_PERIOD: "),
        ("SECRET_KEYS", "abc", "SECRET_KEYS: key 1 is not a key"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(
    goldseam: Command, monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(name, value)
    said = goldseam("people", "list")
    assert said.status == 1
    assert said.err.startswith(line)
    assert len(said.err.splitlines()) == 1
    assert said.out == ""


def test_a_database_that_is_away_is_one_line(goldseam: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    said = goldseam("people", "list")
    assert (said.status, len(said.err.splitlines())) == (1, 1)
    assert "does not answer" in said.err


def test_a_database_that_is_behind_says_what_to_run(
    goldseam: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    assert "goldseam db upgrade" in goldseam("people", "list").err
    assert goldseam("db", "check").status == 1
    assert goldseam("db", "upgrade").status == 0
    assert goldseam("db", "check").status == 0
    assert goldseam("people", "list").out == "Nobody is here yet.\n"
    engine = db.engine(f"sqlite:///{tmp_path / 'new.db'}")
    assert schema.look(engine)[0] is schema.Fit.FITS
    engine.dispose()


def test_an_import_makes_the_database_it_begins_with(
    goldseam: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    said = goldseam("slack", "import", str(export(tmp_path / "harbour.zip", DAYS)))
    assert (said.status, said.out.splitlines()[0]) == (0, "3 messages read.")
    engine = db.engine(f"sqlite:///{tmp_path / 'new.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    engine.dispose()
    assert "goldseam db upgrade" in goldseam("slack", "import", str(tmp_path / "harbour.zip")).err


def test_people_are_added_listed_and_made_leads(goldseam: Command, runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", "Ben")
    added = goldseam("people", "add", "Cyd", "--workspace", "Harbour", "--mail", "Cyd@Example.org")
    assert added.status == 0
    listed = {row["name"]: row for row in goldseam("people", "list", "--json").found}
    assert set(listed) == {"Ada", "Ben", "Cyd"}
    assert (listed["Ada"]["leads"], listed["Ben"]["leads"]) == ("Harbour", "")
    assert (listed["Cyd"]["courier"], listed["Cyd"]["joined"]) == ("mail", "no")
    assert goldseam("people", "lead", home["Ben"]).out == "Ben leads Harbour.\n"
    assert goldseam("people", "lead", home["Ada"], "--stop").status == 0
    with runtime.transaction(home.id) as session:
        [circle] = people.circles(session)
        assert circle.leads == (home["Ben"],)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("people", "add", "Cyd", "--workspace", "Nowhere"), "There is no workspace called Nowhere."),
        (("people", "add", " ", "--workspace", "Harbour"), "Something belongs here."),
        (("people", "add", "Cyd", "--workspace", "Harbour", "--mail", "cyd"), "We can't read this as an address."),
        (("people", "lead", "nobody"), "This is not here, or no longer."),
        (("asks", "explain", "nothing"), "This is not here, or no longer."),
    ],
)
def test_a_refusal_is_one_line_and_changes_nothing(
    goldseam: Command, runtime: Runtime, arguments: tuple[str, ...], line: str
) -> None:
    builders.team(runtime, "Ada")
    said = goldseam(*arguments)
    assert said.status == 1
    assert said.err.startswith(line)
    assert len(said.err.splitlines()) == 1
    assert len(goldseam("people", "list", "--json").found) == 1


def test_doctor_says_what_to_do(goldseam: Command) -> None:
    said = goldseam("doctor")
    assert said.status == 1
    assert "well  database" in said.out
    assert "LOOK  redis" in said.out
    assert "need attention" in said.err


def test_a_table_that_is_no_table_is_named(goldseam: Command, tmp_path: Path) -> None:
    path = tmp_path / "labelled.tsv"
    path.write_text("id\tsource\tlabel\ttext\n1\tchat\tperhaps\tthank you\n")
    said = goldseam("thanks", "score", str(path))
    assert (said.status, said.err) == (
        1,
        "labelled.tsv: Line 2 should hold an id, a source, a label 0 or 1, and a text.\n",
    )
    path.write_text("id\tsource\tlabel\ttext\n1\tchat\t1\tthank you so much for this\n")
    assert goldseam("thanks", "score", str(path), "--json").found[0]["rows"] == 1


def test_an_ask_is_explained_by_its_id_or_the_address_of_its_message(goldseam: Command, runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", "Bob", "Cy")
    builders.channel(runtime, home)
    ts = f"{MONDAY.timestamp():.6f}"
    said = Said("C0HARBOUR", ts, "UADA", "could you look at the zeppelin?", ("UBOB", "UCY"))
    with runtime.transaction(home.id) as db:
        asks.hear(db, runtime.ears, [said], MONDAY)
        (bobs,) = [ask for ask in ask_queries.of_message(db, "C0HARBOUR", ts) if ask.asked == home["Bob"]]
        asks.not_an_ask(db, bobs.id, home["Bob"], MONDAY)
    address = f"https://harbour.slack.com/archives/C0HARBOUR/p{ts.replace('.', '')}?thread_ts={ts}"
    found = goldseam("asks", "explain", address, "--json").found
    assert found["unanswered"] > 0.5
    assert found["reasons"] == ["nothing since"]
    assert len(found["others"]) == 1
    assert goldseam("asks", "explain", found["id"], "--json").found["unanswered"] == found["unanswered"]
    words = goldseam("asks", "explain", address).out
    assert "Nothing that was written there since looks like an answer." in words
    assert "zeppelin" not in words
    assert goldseam("asks", "explain", address.replace(ts.replace(".", ""), "1700000000000000")).status == 1
