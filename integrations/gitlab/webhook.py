"""GitLab's one address: deliveries with our token come in here."""

from collections.abc import Mapping

from integrations.deliveries import Sender
from integrations.gitlab import payloads, signature
from service.access import hooks
from service.access.hooks import OpenSecret
from service.access.rules import Hook
from service.db import Session
from service.efforts import actions as efforts
from service.runtime import Runtime

EVENTS_AT = "/gitlab/events"
TOKEN_IN = "X-Gitlab-Token"  # noqa: S105 - the name of a header


def sender(runtime: Runtime) -> Sender:
    """GitLab, which sends the token itself along."""
    given = runtime.settings.gitlab_webhook_token

    def find(db: Session, _body: bytes, headers: Mapping[str, str]) -> OpenSecret | None:
        return hooks.sent_secret(db, Hook.GITLAB, headers[TOKEN_IN]) if headers.get(TOKEN_IN) else None

    def fits(token: str, _body: bytes, headers: Mapping[str, str]) -> bool:
        return signature.valid([token], headers.get(TOKEN_IN))

    def learn(db: Session, told: object) -> None:
        """GitLab often names an author by number alone; where it says both, a confirmed name has its number."""
        for name, number in payloads.numbered(told):
            efforts.known_also_as(db, name, number, runtime.now())

    return Sender(
        hook=Hook.GITLAB,
        path=EVENTS_AT,
        secret=given.get_secret_value() if given is not None else None,
        secret_at="GITLAB_WEBHOOK_TOKEN",  # noqa: S106 - the name of a setting
        find=find,
        fits=fits,
        event_in="X-Gitlab-Event",
        noticed=payloads.noticed,
        learn=learn,
    )
