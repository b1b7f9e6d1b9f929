"""auth.*, oauth.* and apps.*: whose token this is, how it was come by, and how it ends."""

import secrets

from integrations.slack.standin import installing
from integrations.slack.standin.arguments import Arguments
from integrations.slack.standin.limits import manifests
from integrations.slack.standin.methods.registry import Caller, method, open_method
from integrations.slack.standin.nouns import Installation, Json
from integrations.slack.standin.refusals import RefusalError
from integrations.slack.standin.world import World


@open_method("api.test")
def test(_world: World, arguments: Arguments) -> Json:
    """An echo."""
    error = arguments.maybe("error")
    if error:
        raise RefusalError(error)
    return {"args": arguments.raw}


@method("auth.test")
def whose(caller: Caller, _arguments: Arguments) -> Json:
    """Whose token this is."""
    team = caller.world.team(caller.team)
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": caller.bot.name,
        "team_id": team.id,
        "user_id": caller.bot.id,
        "bot_id": caller.bot.bot_id,
        "is_enterprise_install": False,
    }


@method("auth.revoke")
def revoke(caller: Caller, arguments: Arguments) -> Json:
    """End the token that calls."""
    if arguments.flag("test"):
        return {"revoked": False}
    whose_token = installing.revoke(caller.world, caller.team)
    caller.world.announce(caller.team, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": whose_token}})
    return {"revoked": True}


@method("apps.uninstall")
def uninstall(caller: Caller, arguments: Arguments) -> Json:
    """Take the app out of the team."""
    proven(caller.world, arguments)
    installing.uninstall(caller.world, caller.team)
    caller.world.announce(caller.team, {"type": "app_uninstalled"})
    return {}


@open_method("oauth.v2.access")
def access(world: World, arguments: Arguments) -> Json:
    """A token for a code of the consent page, or for a refresh token."""
    proven(world, arguments)
    if arguments.maybe("grant_type") == "refresh_token":
        installation = installing.refresh(world, arguments.text("refresh_token"))
        if installation is None:
            raise RefusalError("invalid_refresh_token")
        return _granted(world, installation)
    code = world.codes.pop(arguments.text("code"), None)
    if code is None or code["kind"] != "install":
        raise RefusalError("invalid_code")
    if arguments.maybe("redirect_uri") not in (None, code["redirect_uri"]):
        raise RefusalError("bad_redirect_uri")
    return _granted(world, installing.install(world, code["team"], code["person"], frozenset(code["scopes"])))


@method("oauth.v2.exchange")
def exchange(caller: Caller, arguments: Arguments) -> Json:
    """A token that expires, for one that does not."""
    proven(caller.world, arguments)
    if not caller.world.app.rotates_tokens:
        raise RefusalError("token_rotation_not_enabled")
    installation = caller.installation
    return _granted(
        caller.world,
        installing.install(caller.world, caller.team, installation.installed_by, installation.scopes),
    )


@method("apps.manifest.validate")
def validate_manifest(_caller: Caller, arguments: Arguments) -> Json:
    """Whether Slack would take this manifest."""
    errors = manifests.problems(arguments.structure("manifest", "invalid_json"))
    if errors:
        raise RefusalError("invalid_manifest", errors=errors)
    return {}


@method("apps.connections.open", "connections:write")
def open_connection(caller: Caller, _arguments: Arguments) -> Json:
    """Where Socket Mode may open one web socket."""
    world, ticket = caller.world, secrets.token_urlsafe(16)
    world.tickets.add(ticket)
    return {"url": f"{world.address.replace('http', 'ws', 1)}/link?ticket={ticket}"}


def proven(world: World, arguments: Arguments) -> None:
    """The app must prove itself by its secret."""
    if arguments.text("client_id") != world.app.client_id:
        raise RefusalError("invalid_client_id")
    if arguments.text("client_secret") != world.app.client_secret:
        raise RefusalError("bad_client_secret")


def _granted(world: World, installation: Installation) -> Json:
    team = world.team(installation.team)
    rotation: Json = {}
    if installation.refresh_token is not None:
        rotation = {"refresh_token": installation.refresh_token, "expires_in": installing.TOKEN_SECONDS}
    return {
        "app_id": world.app.id,
        "authed_user": {"id": installation.installed_by},
        "scope": ",".join(sorted(installation.scopes)),
        "token_type": "bot",
        "access_token": installation.token,
        "bot_user_id": installation.bot,
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "is_enterprise_install": False,
        **rotation,
    }
