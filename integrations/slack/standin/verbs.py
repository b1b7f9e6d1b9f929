"""An actor's verbs by name, for those who drive the stand-in over HTTP."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from integrations.slack.standin.actor import Actor
from integrations.slack.standin.deliver import Answer
from integrations.slack.standin.driver import Slack
from integrations.slack.standin.nouns import Json, Message, View
from integrations.slack.standin.refusals import CannotDoError


def done(slack: Slack, told: Json) -> Json:
    """Let somebody do something: `{"person", "verb", …}`; answers with what came of it."""
    verb = told.pop("verb")
    if verb in _TEAM_VERBS:
        return _came_of(_TEAM_VERBS[verb](slack, told))
    if verb not in _VERBS:
        raise CannotDoError(f"nobody can {verb!r}; they can {sorted(_VERBS | _TEAM_VERBS)}")
    return _came_of(_VERBS[verb](slack.person(told.pop("person")), told))


def shown(actor: Actor) -> Json:
    """What somebody has in front of them."""
    return {
        "person": asdict(actor.person),
        "modal": asdict(actor.view) if actor.view else None,
        "home": asdict(actor.home) if actor.home else None,
        "inbox": [asdict(one) for one in actor.inbox],
    }


def _message(actor: Actor, told: Json) -> Message:
    return actor.slack.world.message(told.pop("channel"), told.pop("ts"))


def _where(actor: Actor, told: Json) -> Message | View:
    """A message by channel and ts, or the `view` "modal" or "home"."""
    match told.pop("view", None):
        case "modal":
            return actor.modal
        case "home" if actor.home is not None:
            return actor.home
        case _:
            return _message(actor, told)


def _came_of(result: Any) -> Json:
    if isinstance(result, Answer):
        return {"status": result.status, "body": result.text, "reason": result.reason, "tries": result.tries}
    if isinstance(result, Message):
        return asdict(result)
    return {}


_VERBS: dict[str, Callable[[Actor, Json], Any]] = {
    "says": lambda actor, told: actor.says(told.pop("channel"), told.pop("text"), **told),
    "edits": lambda actor, told: actor.edits(_message(actor, told), **told),
    "deletes": lambda actor, told: actor.deletes(_message(actor, told)),
    "reacts": lambda actor, told: actor.reacts(_message(actor, told), **told),
    "joins": lambda actor, told: actor.joins(told["channel"]),
    "leaves": lambda actor, told: actor.leaves(told["channel"]),
    "runs": lambda actor, told: actor.runs(told.pop("command"), **told),
    "presses": lambda actor, told: actor.presses(_where(actor, told), told.pop("action"), **told),
    "fills": lambda actor, told: actor.fills(told["values"]),
    "submits": lambda actor, told: actor.submits(values=told.get("values")),
    "closes": lambda actor, told: actor.closes(**told),
    "opens_home": lambda actor, _: actor.opens_home(),
    "changes": lambda actor, told: actor.changes(**told),
    "uses_shortcut": lambda actor, told: actor.uses_shortcut(told["callback_id"]),
    "uses_message_shortcut": lambda actor, told: actor.uses_message_shortcut(
        told.pop("callback_id"), _message(actor, told)
    ),
    "invites_app": lambda actor, told: actor.slack.invite_app(told["channel"], by=actor),
    "removes_app": lambda actor, told: actor.slack.remove_app(told["channel"], by=actor),
    "installs_app": lambda actor, _: actor.slack.install(actor.person.team, by=actor),
}
_TEAM_VERBS: dict[str, Callable[[Slack, Json], Any]] = {
    "uninstalls_app": lambda slack, told: slack.uninstall(told["team"])[-1],
    "revokes_tokens": lambda slack, told: slack.revoke(told["team"], silently=told.get("silently", False)),
}
