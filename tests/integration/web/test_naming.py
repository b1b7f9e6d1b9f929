"""The name and the time zone of a home or a team, changed by those who may."""

import pytest

from service.people import queries as people
from service.people.rules import Role
from service.runtime import Runtime
from tests.builders import family, team
from tests.visitors import signed_in


def kept(runtime: Runtime) -> tuple[str, str]:
    with runtime.housekeeping(writes=False) as db:
        (home,) = people.workspaces(db)
    return home.name, home.zone


def test_an_adult_names_the_home_and_nobodys_hours_change(runtime: Runtime) -> None:
    home = family(runtime, Maja=Role.ADULT, Ben=Role.ADULT)
    ben = signed_in(runtime, home.id, home["Ben"])
    assert "/settings/home" in ben.opens("/settings")
    with runtime.transaction(home.id, writes=False) as db:
        before = people.boundaries(db, list(home))
    assert "The Houseboat" in ben.does("/settings/home", {"name": " The  Houseboat ", "zone": "Europe/Lisbon"})
    assert kept(runtime) == ("The Houseboat", "Europe/Lisbon")
    with runtime.transaction(home.id, writes=False) as db:
        assert people.boundaries(db, list(home)) == before


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " ", "zone": "Europe/Lisbon"}, 'href="#name"'),
        ({"name": "x" * 81, "zone": "Europe/Lisbon"}, 'href="#name"'),
        ({"name": "The Houseboat", "zone": "Europe/Nowhere"}, "We don't know this time zone."),
        ({}, 'href="#name"'),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(runtime: Runtime, fields: dict[str, str], said: str) -> None:
    home = family(runtime, Maja=Role.ADULT)
    before = kept(runtime)
    page = signed_in(runtime, home.id, home["Maja"]).is_refused("/settings/home", fields)
    assert said in page
    assert f'value="{fields.get("name", "")}"' in page
    assert kept(runtime) == before


def test_nobody_else_changes_them(runtime: Runtime) -> None:
    home = family(runtime, Maja=Role.ADULT, Theo=Role.TEEN, Kim=Role.CHILD, Ruth=Role.RELATIVE)
    work = team(runtime, "Ada", "Bo")
    fields = {"name": "Ours", "zone": "UTC"}
    for where, who in ((home, "Theo"), (home, "Kim"), (home, "Ruth"), (work, "Bo")):
        somebody = signed_in(runtime, where.id, where[who])
        assert "/settings/home" not in somebody.opens("/settings")
        somebody.is_refused("/settings/home", fields, status=403)
    assert "Ours" in signed_in(runtime, work.id, work["Ada"]).does("/settings/home", fields)
