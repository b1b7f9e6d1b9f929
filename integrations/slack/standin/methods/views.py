"""views.*: modals and App Homes."""

from typing import Any

from integrations.slack.standin import block_kit, shapes
from integrations.slack.standin.arguments import Arguments
from integrations.slack.standin.limits import views as view_limits
from integrations.slack.standin.methods.registry import Caller, method
from integrations.slack.standin.nouns import Json, Trigger, View
from integrations.slack.standin.refusals import RefusalError
from integrations.slack.standin.world import World


@method("views.open")
def open_view(caller: Caller, arguments: Arguments) -> Json:
    """Show a modal to the person whose gesture this answers."""
    body = checked(arguments.structure("view", "invalid_arguments"), "modal")
    trigger = _trigger(caller, arguments.text("trigger_id"))
    return _answer(caller.world, opened(caller.world, caller.team, trigger.person, body))


@method("views.push")
def push_view(caller: Caller, arguments: Arguments) -> Json:
    """Lay a modal over the one the gesture came from."""
    body = checked(arguments.structure("view", "invalid_arguments"), "modal")
    trigger = _trigger(caller, arguments.text("trigger_id"))
    return _answer(caller.world, pushed(caller.world, caller.team, trigger.person, body))


@method("views.update")
def update_view(caller: Caller, arguments: Arguments) -> Json:
    """Change a view that is open."""
    view = _named(caller, arguments)
    body = checked(arguments.structure("view", "invalid_arguments"), view.body["type"])
    given = arguments.maybe("hash")
    if given is not None and given != view.hash:
        raise RefusalError("hash_conflict")
    return _answer(caller.world, changed(caller.world, view, body))


@method("views.publish")
def publish(caller: Caller, arguments: Arguments) -> Json:
    """Set somebody's App Home."""
    world = caller.world
    person = world.person(caller.team, arguments.text("user_id"))
    body = checked(arguments.structure("view", "invalid_arguments"), "home")
    standing = world.home(person.id)
    if standing is None:
        standing = _made(world, caller.team, person.id, body)
        world.homes[person.id] = standing.id
        return _answer(world, standing)
    given = arguments.maybe("hash")
    if given is not None and given != standing.hash:
        raise RefusalError("hash_conflict")
    return _answer(world, changed(world, standing, body))


def checked(body: Any, kind: str) -> Json:
    """The view, within Slack's limits."""
    if view_limits.too_large(body):
        raise RefusalError("view_too_large")
    wrong = view_limits.problems(body, kind)
    if wrong:
        raise RefusalError("invalid_arguments", response_metadata={"messages": wrong})
    return {**body, "blocks": block_kit.with_ids(body["blocks"])}


def opened(world: World, team: str, person: str, body: Json) -> View:
    """A new first modal; what was open is gone."""
    world.close_modals(person)
    view = _made(world, team, person, body)
    world.modals[person] = [view.id]
    return view


def pushed(world: World, team: str, person: str, body: Json) -> View:
    """A modal over the others, three at the most."""
    stack = world.modals.get(person, [])
    if not stack:
        raise RefusalError("not_found")
    if len(stack) >= view_limits.MODALS_STACKED:
        raise RefusalError("push_limit_reached")
    view = _made(world, team, person, body)
    view.root, view.previous = world.views[stack[0]].root, stack[-1]
    stack.append(view.id)
    return view


def changed(world: World, view: View, body: Json) -> View:
    """Other blocks in the same view; what was filled in stays where the same input still stands."""
    standing = {(block["block_id"], _input(block)) for block in body["blocks"] if block["type"] == "input"}
    view.values = {
        block: {action: state for action, state in filled.items() if (block, action) in standing}
        for block, filled in view.values.items()
    }
    view.body, view.errors, view.hash = body, {}, _new_hash(world)
    return view


def _input(block: Json) -> str | None:
    action: str | None = block["element"].get("action_id")
    return action


def _new_hash(world: World) -> str:
    return f"{int(world.now())}.{world.new_id('h')}"


def _made(world: World, team: str, person: str, body: Json) -> View:
    external = body.get("external_id")
    if external and _by_external_id(world, team, external):
        raise RefusalError("duplicate_external_id")
    view = View(id=world.new_id("V"), team=team, person=person, body=body, hash=_new_hash(world), root="")
    view.root = view.id
    world.views[view.id] = view
    return view


def _trigger(caller: Caller, id: str) -> Trigger:  # noqa: A002
    trigger = caller.world.triggers.get(id)
    if trigger is None or trigger.team != caller.team:
        raise RefusalError("invalid_trigger_id")
    if trigger.used:
        raise RefusalError("exchanged_trigger_id")
    if caller.world.ticks() - trigger.made_at > caller.world.trigger_seconds:
        raise RefusalError("expired_trigger_id")
    trigger.used = True
    return trigger


def _named(caller: Caller, arguments: Arguments) -> View:
    external = arguments.maybe("external_id")
    if external is not None:
        view = _by_external_id(caller.world, caller.team, external)
    else:
        view = caller.world.views.get(arguments.text("view_id"))
    if view is None or view.team != caller.team:
        raise RefusalError("not_found")
    return view


def _by_external_id(world: World, team: str, external: str) -> View | None:
    for view in world.views.values():
        if view.team == team and view.body.get("external_id") == external:
            return view
    return None


def _answer(world: World, view: View) -> Json:
    return {"view": shapes.view(world, view)}
