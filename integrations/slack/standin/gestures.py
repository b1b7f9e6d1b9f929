"""What a person does in Slack with a mouse and a keyboard, and what the app hears of it."""

from typing import Any

from integrations.slack.standin import answers, block_kit, envelopes
from integrations.slack.standin.deliver import Answer, Courier
from integrations.slack.standin.nouns import Channel, Json, Message, Person, View
from integrations.slack.standin.refusals import CannotDoError, RefusalError


def run(courier: Courier, person: Person, channel: Channel, command: str, text: str) -> Answer:
    """Type a slash command."""
    world = courier.world
    known = world.app.commands
    if known is not None and command not in known:
        raise CannotDoError(f"{command} is not a command of this app: {sorted(known)}")
    trigger = world.trigger(person.team, person.id)
    url = answers.response_url(world, person, channel)
    answer = courier.form(envelopes.command(world, person, channel, trigger, url, command, text))
    answers.to_command(world, person, channel, answer)
    return answer


def shortcut(courier: Courier, person: Person, callback_id: str, message: Message | None = None) -> Answer:
    """Choose an entry of the shortcuts menu, or of a message's menu."""
    world = courier.world
    known = [one.callback_id for one in world.app.shortcuts if one.on_message is (message is not None)]
    if world.app.commands is not None and callback_id not in known:
        raise CannotDoError(f"{callback_id} is not a shortcut of this app here: {known}")
    trigger = world.trigger(person.team, person.id)
    more: Json = {"callback_id": callback_id, "action_ts": f"{world.now():.6f}"}
    if message is None:
        payload = envelopes.gesture(world, person, "shortcut", trigger, **more)
    else:
        url = answers.response_url(world, person, world.channels[message.channel], message)
        place = envelopes.on_message(world, message, url)
        del place["container"]
        more["message_ts"] = message.ts
        payload = envelopes.gesture(world, person, "message_action", trigger, **more, **place)
    return courier.form(envelopes.interaction(payload))


def press(
    courier: Courier,
    person: Person,
    where: Message | View,
    action_id: str,
    *,
    value: str | None = None,
    block: str | None = None,
    choice: Any = None,
) -> Answer:
    """Press a button, or choose in a menu; `value` or `block` say which of several, `choice` what is chosen."""
    world = courier.world
    blocks = where.body["blocks"] if isinstance(where, View) else where.blocks
    holder, element = _found(blocks, action_id, value, block)
    at = f"{world.now():.6f}"
    touched = where.values if isinstance(where, View) else where.chosen.setdefault(person.id, {})
    if element["type"] not in ("button", "overflow"):
        touched.setdefault(holder["block_id"], {})[action_id] = block_kit.state(element, choice)
    values = block_kit.standing(blocks, touched)
    trigger = world.trigger(person.team, person.id, where.id if isinstance(where, View) else None)
    actions = [block_kit.action(holder, element, choice, at)]
    if isinstance(where, View):
        where.values = values
        place = envelopes.on_view(world, where)
    else:
        url = answers.response_url(world, person, world.channels[where.channel], where)
        place = {**envelopes.on_message(world, where, url), "state": {"values": values}}
    payload = envelopes.gesture(world, person, "block_actions", trigger, actions=actions, **place)
    return courier.form(envelopes.interaction(payload))


def fill(view: View, values: dict[Any, Any]) -> None:
    """Fill in a modal: values by action id, or by (block id, action id)."""
    unused = set(values)
    for block, element in block_kit.elements(view.body["blocks"]):
        name = element["action_id"]
        for key in ((block["block_id"], name), name):
            if key in values and element["type"] not in ("button", "overflow"):
                unused.discard(key)
                view.values.setdefault(block["block_id"], {})[name] = block_kit.state(element, values[key])
                break
    if unused:
        raise CannotDoError(f"there is no field {sorted(map(str, unused))} in this view")
    view.values = block_kit.standing(view.body["blocks"], view.values)


def unfit(view: View) -> dict[str, str]:
    """What Slack's client complains about before it sends a form, by block id."""
    wrong: dict[str, str] = {}
    for block in view.body["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        here = view.values.get(block["block_id"], {}).get(element["action_id"])
        value = block_kit.filled(element, here)
        if not value:
            if not block.get("optional"):
                wrong[block["block_id"]] = "Please complete this field."
        elif isinstance(value, str):
            least, most = element.get("min_length", 0), element.get("max_length", 3000)
            if not least <= len(value) <= most:
                wrong[block["block_id"]] = f"Please write {least} to {most} characters."
    return wrong


def submit(courier: Courier, person: Person, view: View) -> Answer:
    """Send the modal in front of the person, as it is filled in."""
    world = courier.world
    if world.modal(person.id) is not view:
        raise CannotDoError("this view is not the one in front")
    if wrong := unfit(view):
        raise CannotDoError(f"Slack would not send this form yet: {wrong}")
    trigger = world.trigger(person.team, person.id, view.id)
    payload = envelopes.gesture(
        world, person, "view_submission", trigger, view=envelopes.on_view(world, view)["view"], response_urls=[]
    )
    answer = courier.form(envelopes.interaction(payload))
    try:
        answers.to_submission(world, view, answer)
    except RefusalError as error:
        view.errors = {"": f"We had some trouble connecting ({error.name} {error.more})."}
    return answer


def close(courier: Courier, person: Person, *, every: bool = False) -> Answer | None:
    """Close the modal in front, or all of them; the app hears of it where it asked to."""
    world = courier.world
    with world.lock:
        view = world.modal(person.id)
        if view is None:
            raise CannotDoError("there is no modal to close")
        shape = envelopes.on_view(world, view)["view"]
        if every:
            world.close_modals(person.id)
        else:
            world.close_modal(person.id)
    if not view.body.get("notify_on_close"):
        return None
    payload = envelopes.gesture(world, person, "view_closed", None, view=shape, is_cleared=every)
    return courier.form(envelopes.interaction(payload))


def _found(blocks: list[Json], action_id: str, value: str | None, block: str | None) -> tuple[Json, Json]:
    there = [(holder, element) for holder, element in block_kit.elements(blocks)]
    fitting = [
        (holder, element)
        for holder, element in there
        if element["action_id"] == action_id
        and (value is None or element.get("value") == value)
        and (block is None or holder["block_id"] == block)
    ]
    if len(fitting) != 1:
        seen = [(holder["block_id"], element["action_id"], element.get("value")) for holder, element in there]
        raise CannotDoError(f"{len(fitting)} places to press {action_id!r}; there are {seen}")
    return fitting[0]
