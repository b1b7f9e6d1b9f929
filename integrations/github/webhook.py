"""GitHub's one address: signed deliveries come in here."""

from collections.abc import Mapping

from integrations.deliveries import Sender
from integrations.github import payloads, signature
from service.access import hooks
from service.access.hooks import OpenSecret
from service.access.rules import Hook
from service.db import Session
from service.runtime import Runtime

EVENTS_AT = "/github/events"
SIGNED_IN = "X-Hub-Signature-256"


def sender(runtime: Runtime) -> Sender:
    """GitHub, which signs the raw bytes with a secret and does not say with whose."""
    given = runtime.settings.github_webhook_secret

    def find(db: Session, body: bytes, headers: Mapping[str, str]) -> OpenSecret | None:
        secrets = hooks.signing_secrets(db, runtime.keyring, Hook.GITHUB) if SIGNED_IN in headers else []
        return next((one for one in secrets if fits(one.secret, body, headers)), None)

    def fits(secret: str, body: bytes, headers: Mapping[str, str]) -> bool:
        return signature.valid([secret], body, headers.get(SIGNED_IN))

    return Sender(
        hook=Hook.GITHUB,
        path=EVENTS_AT,
        secret=given.get_secret_value() if given is not None else None,
        secret_at="GITHUB_WEBHOOK_SECRET",  # noqa: S106 - the name of a setting
        find=find,
        fits=fits,
        event_in="X-GitHub-Event",
        noticed=payloads.noticed,
    )
