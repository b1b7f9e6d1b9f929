"""`goldseam people`: who is here, for an operator without a browser at hand."""

from dataclasses import asdict

import click

from service.commands import speaking
from service.db import Session
from service.errors import ProblemKind, StartRefused, refused
from service.people import actions, queries
from service.people.queries import CircleCard, MemberCard, WorkspaceCard
from service.people.rules import IdentityKind


@click.group()
def people() -> None:
    """See who is here, add a member, or let one lead."""


@people.command("list")
@click.option("--workspace", "home", help="The workspace, by name or id; all of them where it is left out.")
@speaking.as_json
def list_(home: str | None, *, as_json: bool) -> None:
    """List members, and the circles they lead."""
    found: list[dict[str, object]] = []
    with speaking.opened() as runtime:
        with runtime.housekeeping(writes=False) as db:
            homes = [_workspace(db, home)] if home else queries.workspaces(db)
        for each in homes:
            with runtime.transaction(each.id, writes=False) as db:
                circles = queries.circles(db)
                found += [_row(each, card, circles) for card in queries.everybody(db)]
    speaking.answer(
        found,
        as_json=as_json,
        words=lambda: speaking.table(
            found, ["id", "name", "role", "joined", "leads", "workspace"], nothing="Nobody is here yet."
        ),
    )


def _row(home: WorkspaceCard, card: MemberCard, circles: list[CircleCard]) -> dict[str, object]:
    leads = ", ".join(circle.name for circle in circles if card.id in circle.leads)
    kept = asdict(card)
    return {
        **{name: kept[name] for name in ("id", "name", "role", "is_owner", "joined", "courier")},
        "leads": leads,
        "workspace": home.name,
    }


@people.command()
@click.argument("name")
@click.option("--workspace", "home", required=True, help="The workspace, by name or id.")
@click.option("--mail", help="An address of mail, so that a sign-in link reaches them.")
def add(name: str, home: str, mail: str | None) -> None:
    """Add a member. Nothing about them is noticed until they join."""
    with speaking.opened() as runtime:
        with runtime.housekeeping(writes=False) as db:
            chosen = _workspace(db, home)
        with runtime.transaction(chosen.id) as db:
            known = (IdentityKind.MAIL, _address(mail)) if mail else None
            member = actions.meet(db, name, runtime.now(), known=known, courier="mail" if mail else "inbox")
    click.echo(f"{name} is a member of {chosen.name} now: {member}")


@people.command()
@click.argument("member")
@click.option("--circle", "circle_name", help="The circle, by name or id, where they are in several.")
@click.option("--stop", is_flag=True, help="Let them lead it no more.")
def lead(member: str, circle_name: str | None, *, stop: bool) -> None:
    """Let a member, named by id, lead their circle."""
    with speaking.opened() as runtime:
        with runtime.housekeeping(writes=False) as db:
            card = queries.the_member(db, member)
        with runtime.transaction(card.workspace) as db:
            circle = _circle(queries.circles_of(db, member), circle_name)
            actions.seat(db, circle.id, member, runtime.now(), leads=not stop)
    click.echo(f"{card.name} {'no longer leads' if stop else 'leads'} {circle.name}.")


def _workspace(db: Session, named: str) -> WorkspaceCard:
    found = [card for card in queries.workspaces(db) if named in (card.id, card.name)]
    if len(found) != 1:
        raise StartRefused(f"There {'is no workspace' if not found else 'are several workspaces'} called {named}.")
    return found[0]


def _circle(circles: list[CircleCard], named: str | None) -> CircleCard:
    found = [card for card in circles if named is None or named in (card.id, card.name)]
    if len(found) != 1:
        raise StartRefused("Say which circle with --circle." if found else "They are in no such circle.")
    return found[0]


def _address(mail: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(mail, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise refused(ProblemKind.UNKNOWN_ADDRESS, "mail") from None
