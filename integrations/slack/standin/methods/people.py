"""users.*: who is in the team."""

from integrations.slack.standin import shapes
from integrations.slack.standin.arguments import Arguments
from integrations.slack.standin.methods.registry import Caller, method, page
from integrations.slack.standin.nouns import Json, Person
from integrations.slack.standin.refusals import RefusalError


@method("users.info", "users:read")
def info(caller: Caller, arguments: Arguments) -> Json:
    """One person."""
    one = caller.world.person(caller.team, arguments.text("user"))
    return {"user": _shown(caller, one, locale=arguments.flag("include_locale"))}


@method("users.list", "users:read")
def every(caller: Caller, arguments: Arguments) -> Json:
    """Everybody in the team, also bots and those who left."""
    locale = arguments.flag("include_locale")
    people = sorted((one for one in caller.world.people.values() if one.team == caller.team), key=lambda one: one.id)
    some, cursor = page([_shown(caller, one, locale=locale) for one in people], arguments)
    return {"members": some, "cache_ts": int(caller.world.now()), **cursor}


@method("users.lookupByEmail", "users:read.email")
def by_email(caller: Caller, arguments: Arguments) -> Json:
    """The person with this address."""
    wanted = arguments.text("email").lower()
    for one in caller.world.people.values():
        if one.team == caller.team and one.email.lower() == wanted and not one.deleted:
            return {"user": _shown(caller, one)}
    raise RefusalError("users_not_found")


def _shown(caller: Caller, one: Person, *, locale: bool = False) -> Json:
    shape = shapes.person(caller.world, one, locale=locale)
    if "users:read.email" not in caller.token.scopes:
        del shape["profile"]["email"]
    return shape
