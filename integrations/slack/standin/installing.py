"""The app comes into a team, and leaves it again."""

import secrets

from integrations.slack.standin.nouns import Installation, Person, Token, TokenState
from integrations.slack.standin.world import World

TOKEN_SECONDS = 43_200


def install(world: World, team: str, installer: str, scopes: frozenset[str]) -> Installation:
    """Install the app, or install it again with a new token; its bot stays the same person."""
    with world.lock:
        there = world.team(team)
        bot = _bot(world, team)
        token = new_token(world, team, bot.id, scopes)
        there.installation = Installation(
            team=team,
            bot=bot.id,
            bot_id=bot.bot_id or "",
            token=token.text,
            scopes=scopes,
            installed_by=installer,
            refresh_token=_refresh_token() if world.app.rotates_tokens else None,
        )
        return there.installation


def refresh(world: World, refresh_token: str) -> Installation | None:
    """A new token for a refresh token, which is spent by it."""
    with world.lock:
        for team in world.teams.values():
            installation = team.installation
            if installation is None or installation.refresh_token != refresh_token:
                continue
            token = new_token(world, team.id, installation.bot, installation.scopes)
            installation.token, installation.refresh_token = token.text, _refresh_token()
            return installation
        return None


def uninstall(world: World, team: str) -> list[str]:
    """Take the app out of a team: its tokens are dead at once, its bot leaves. Returns whose tokens died."""
    with world.lock:
        there = world.team(team)
        bot = world.bot_of(team)
        there.installation = None
        if bot is not None:
            bot.deleted = True
            for channel in world.channels.values():
                channel.members -= {bot.id} if channel.name else set()
        return revoke(world, team, TokenState.INACTIVE)


def revoke(world: World, team: str, state: TokenState = TokenState.REVOKED) -> list[str]:
    """Every live token of a team stops working. Returns whose they were."""
    with world.lock:
        struck = [one for one in world.tokens.values() if one.team == team and one.state is TokenState.LIVE]
        for token in struck:
            token.state = state
        return sorted({token.person for token in struck})


def new_token(world: World, team: str, person: str, scopes: frozenset[str], text: str | None = None) -> Token:
    """A token that opens the Web API from now on."""
    rotates = world.app.rotates_tokens
    prefix = "xoxe.xoxb" if rotates else "xoxb"
    token = Token(
        text=text or f"{prefix}-{team}-{secrets.token_hex(12)}",
        team=team,
        person=person,
        scopes=scopes,
        expires_at=world.now() + TOKEN_SECONDS if rotates else None,
    )
    world.tokens[token.text] = token
    return token


def _bot(world: World, team: str) -> Person:
    for one in world.people.values():
        if one.team == team and one.bot_id and one.name == world.app.name.lower():
            one.deleted = False
            return one
    name = world.app.name.lower()
    bot_id = world.new_id("B")
    return world.add_person(team, name, real_name=world.app.name, email="", is_bot=True, bot_id=bot_id)


def _refresh_token() -> str:
    return f"xoxe-1-{secrets.token_hex(16)}"
