"""openid.connect.*: signing in to a web page with Slack."""

import base64
import functools
import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from integrations.slack.standin.arguments import Arguments
from integrations.slack.standin.methods.access import proven
from integrations.slack.standin.methods.registry import Caller, method, open_method
from integrations.slack.standin.nouns import Json, Person, Token
from integrations.slack.standin.refusals import RefusalError
from integrations.slack.standin.world import World

SECONDS = 300


@open_method("openid.connect.token")
def token(world: World, arguments: Arguments) -> Json:
    """An id_token, and a token for userInfo, for a code of the sign-in page.

    A test may put other `claims` beside a code, or have its id_token `forged`: signed by somebody else.
    """
    proven(world, arguments)
    code = world.codes.pop(arguments.text("code"), None)
    if code is None or code["kind"] != "sign_in":
        raise RefusalError("invalid_code")
    if arguments.maybe("redirect_uri") not in (None, code["redirect_uri"]):
        raise RefusalError("bad_redirect_uri")
    person = world.person(code["team"], code["person"])
    access = Token(
        text=f"xoxp-{world.new_id('s')}-{hashlib.sha256(person.id.encode()).hexdigest()[:12]}",
        team=person.team,
        person=person.id,
        kind="user",
        scopes=frozenset(code["scopes"]),
    )
    world.tokens[access.text] = access
    now = int(world.now())
    claims = {
        "iss": "https://slack.com",
        "aud": world.app.client_id,
        "iat": now,
        "exp": now + SECONDS,
        "auth_time": now,
        "nonce": code["nonce"],
        "at_hash": _encoded(hashlib.sha256(access.text.encode()).digest()[:16]),
        **_claims(world, person),
        **code.get("claims", {}),
    }
    proof = signed(claims, by=_stranger() if code.get("forged") else None)
    return {"access_token": access.text, "token_type": "Bearer", "id_token": proof}


@method("openid.connect.userInfo", "openid")
def person_info(caller: Caller, _arguments: Arguments) -> Json:
    """Who signed in."""
    return _claims(caller.world, caller.bot)


def keys() -> Json:
    """The public key that proves an id_token, as a JWK set."""
    numbers = _key().public_key().public_numbers()
    size = (numbers.n.bit_length() + 7) // 8
    key = {
        "kty": "RSA",
        "use": "sig",
        "alg": "RS256",
        "kid": "standin",
        "n": _encoded(numbers.n.to_bytes(size, "big")),
        "e": _encoded(numbers.e.to_bytes(3, "big")),
    }
    return {"keys": [key]}


def signed(claims: Json, by: rsa.RSAPrivateKey | None = None) -> str:
    """A JSON web token over these claims."""
    header = {"alg": "RS256", "typ": "JWT", "kid": "standin"}
    body = f"{_encoded(_compact(header))}.{_encoded(_compact(claims))}"
    proof = (by or _key()).sign(body.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{body}.{_encoded(proof)}"


def _claims(world: World, person: Person) -> Json:
    team = world.team(person.team)
    return {
        "sub": person.id,
        "https://slack.com/user_id": person.id,
        "https://slack.com/team_id": team.id,
        "https://slack.com/team_name": team.name,
        "https://slack.com/team_domain": team.domain,
        "email": person.email,
        "email_verified": True,
        "name": person.real_name,
        "locale": person.locale,
    }


def _compact(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@functools.cache
def _stranger() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@functools.cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)
