"""What happens here when the app answers: to a command, to a form, or later through a response_url."""

from typing import Any

from integrations.slack.standin import block_kit
from integrations.slack.standin.arguments import Arguments
from integrations.slack.standin.deliver import Answer
from integrations.slack.standin.methods import chat, views
from integrations.slack.standin.nouns import Channel, Json, Message, Person, ResponseUrl, View
from integrations.slack.standin.refusals import RefusalError
from integrations.slack.standin.world import World

URL_SECONDS = 30 * 60
URL_USES = 5


def response_url(world: World, person: Person, channel: Channel, message: Message | None = None) -> ResponseUrl:
    """A fresh address for answering one gesture."""
    with world.lock:
        url = ResponseUrl(
            id=world.new_id("R"),
            team=person.team,
            channel=channel.id,
            person=person.id,
            made_at=world.now(),
            message_ts=message.ts if message else None,
            thread_ts=message.thread_ts if message else None,
        )
        world.response_urls[url.id] = url
        return url


def to_command(world: World, person: Person, channel: Channel, answer: Answer) -> Message | None:
    """The message a command's answer makes, if it says anything."""
    if not answer.ok or not answer.body.strip():
        return None
    said = answer.json or {"text": answer.text}
    return _said(world, said, person, channel)


def to_response_url(world: World, id: str, said: Json) -> Message | None:  # noqa: A002
    """What an app says through a response_url. Refuses as Slack does when it is spent or too old."""
    with world.lock:
        url = world.response_urls.get(id)
        if url is None or world.now() - url.made_at > URL_SECONDS or url.uses >= URL_USES:
            raise RefusalError("used_url" if url is not None and url.uses >= URL_USES else "expired_url")
        url.uses += 1
        channel = world.channels[url.channel]
        message = world.messages[channel.id].get(url.message_ts or "")
        if message is not None and said.get("delete_original"):
            message.deleted = True
            return None
        if message is not None and said.get("replace_original"):
            message.text, message.blocks = chat.content(Arguments(said))
            return message
        return _said(world, said, world.people[url.person], channel, url.thread_ts)


def to_submission(world: World, view: View, answer: Answer) -> None:
    """What becomes of the modal in front of somebody after they pressed Submit."""
    if not answer.ok:
        return
    with world.lock:
        said = answer.json
        action = said.get("response_action")
        view.errors = {}
        if action is None:
            world.close_modal(view.person)
        elif action == "clear":
            world.close_modals(view.person)
        elif action == "errors":
            view.errors = _errors(view, said.get("errors"))
        elif action == "update":
            views.changed(world, view, views.checked(said.get("view"), "modal"))
        elif action == "push":
            views.pushed(world, view.team, view.person, views.checked(said.get("view"), "modal"))
        else:
            raise RefusalError("unknown_response_action", action=action)


def _errors(view: View, errors: Any) -> dict[str, str]:
    """The app's words below its inputs; Slack shows none at all when one names another block."""
    inputs = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise RefusalError("invalid_errors", errors=errors, inputs=sorted(inputs))
    return {block: str(words) for block, words in errors.items()}


def _said(world: World, said: Json, person: Person, channel: Channel, thread_ts: str | None = None) -> Message | None:
    text, blocks = chat.content(Arguments(said))
    bot = world.bot_of(person.team)
    if bot is None:
        return None
    return world.add_message(
        channel.id,
        bot.id,
        text,
        blocks=block_kit.with_ids(blocks),
        thread_ts=said.get("thread_ts", thread_ts),
        bot_id=bot.bot_id,
        app_id=world.app.id,
        ephemeral_to=None if said.get("response_type") == "in_channel" else person.id,
    )
