"""Other tools: tokens of the API and secrets of webhooks for the owner, and what each member is called there."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.access import actions as access
from service.access import hooks, queries
from service.access.rules import API_ACTS, MOST_HOOK_SECRETS, Hook
from service.efforts import actions as efforts
from service.efforts import logins as named
from service.errors import Refused
from service.people.acts import Act
from service.people.rules import IdentityKind
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Choice
from service.wording import tools as words

room = Blueprint("tools", __name__)


@room.get("/tools")
@for_members(Act.WORKSPACE_KEYS)
def tools(here: Here) -> ResponseReturnValue:
    """The tokens and secrets there are, none of them shown again."""
    return _tools(here, forms.begun(name="", acts="", hook=""))


def _tools(here: Here, typed: Typed, made: str | None = None) -> str:
    voice = here.voice
    with here.transaction(writes=False) as db:
        tokens, secrets = queries.api_tokens(db), hooks.hook_secrets(db)
    return render_template(
        "settings/tools.html",
        here=here,
        words=words,
        typed=typed,
        made=made,
        tokens=[(one.id, one.name, [words.may(voice, act) for act in API_ACTS if act in one.acts]) for one in tokens],
        acts=[Choice(act.value, words.may(voice, act)) for act in API_ACTS],
        secrets=[(one.id, words.tool(one.hook), words.made_on(voice, here.day(one.made_on))) for one in secrets],
        hooks=[
            (hook, words.tool(hook), f"{here.runtime.settings.public_url}/{hook}/events")
            for hook in Hook
            if sum(one.hook is hook for one in secrets) < MOST_HOOK_SECRETS
        ],
    )


@room.post("/tools/tokens")
@for_members(Act.WORKSPACE_KEYS)
def make_token(here: Here) -> ResponseReturnValue:
    """Make a token for what was chosen, and show it this once."""
    typed = forms.sent("name", "acts")
    try:
        acts = [forms.choice(Act, one, "acts") for one in typed.all("acts") if one]
        with here.transaction() as db:
            _, shown = access.make_api_token(db, typed.one("name"), acts, here.now)
    except Refused as declined:
        return _tools(here, typed.declined(here.voice, declined)), 422
    return _tools(here, forms.begun(name="", acts=""), shown)


@room.post("/tools/tokens/<token>/revoke")
@for_members(Act.WORKSPACE_KEYS)
def revoke_token(here: Here, token: str) -> ResponseReturnValue:
    """Take a token back; it ends at once."""
    with here.transaction() as db:
        access.revoke_api_token(db, token)
    return onward("/tools", words.taken_back(here.voice))


@room.post("/tools/secrets")
@for_members(Act.WORKSPACE_KEYS)
def make_secret(here: Here) -> ResponseReturnValue:
    """Make a secret for the webhook of a tool, and show it this once."""
    typed = forms.sent("hook")
    try:
        hook = forms.choice(Hook, typed.one("hook"), "hook")
        with here.transaction() as db:
            _, shown = access.make_hook_secret(db, here.runtime.keyring, hook, here.now)
    except Refused as declined:
        return _tools(here, typed.declined(here.voice, declined)), 422
    return _tools(here, forms.begun(name="", acts=""), shown)


@room.post("/tools/secrets/<secret>/revoke")
@for_members(Act.WORKSPACE_KEYS)
def revoke_secret(here: Here, secret: str) -> ResponseReturnValue:
    """Believe nothing signed with it any more."""
    with here.transaction() as db:
        access.revoke_hook_secret(db, secret)
    return onward("/tools", words.taken_back(here.voice))


@room.get("/logins")
@for_members(Act.EFFORTS_LIST)
def logins(here: Here) -> ResponseReturnValue:
    """What I am called where my work may be noticed; mine alone to say."""
    return _logins(here, forms.begun(kind=IdentityKind.GITHUB.value, login=""))


def _logins(here: Here, typed: Typed) -> str:
    with here.transaction(writes=False) as db:
        claims = named.claims(db, here.me.id)
    return render_template(
        "settings/logins.html",
        here=here,
        words=words,
        typed=typed,
        claims=[(one.kind, words.tool(one.kind), one.login, one.confirmed) for one in claims],
        kinds=[Choice(kind.value, words.tool(kind)) for kind in (IdentityKind.GITHUB, IdentityKind.GITLAB)],
    )


@room.post("/logins")
@for_members(Act.EFFORTS_LIST)
def claim(here: Here) -> ResponseReturnValue:
    """Say which login is mine, or confirm one somebody else said is."""
    typed = forms.sent("kind", "login")
    try:
        kind = forms.choice(IdentityKind, typed.one("kind"), "kind")
        with here.transaction() as db:
            efforts.claim(db, here.me.id, kind, typed.one("login"), here.now)
    except Refused as declined:
        return _logins(here, typed.declined(here.voice, declined)), 422
    return onward("/logins", words.claimed(here.voice))


@room.post("/logins/<kind>/let-go")
@for_members(Act.EFFORTS_LIST)
def disclaim(here: Here, kind: str) -> ResponseReturnValue:
    """Nothing is noticed there any more."""
    with here.transaction() as db:
        efforts.disclaim(db, here.me.id, forms.choice(IdentityKind, kind, "kind"))
    return onward("/logins", words.disclaimed(here.voice))
