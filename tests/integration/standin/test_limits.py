"""Slack's limits: what they let pass the real client, and what they refuse by name."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models import blocks as sdk

from integrations.slack.standin.driver import Slack
from integrations.slack.standin.limits import blocks, manifests, views
from integrations.slack.standin.limits.blocks import Surface


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(**more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "words"}, **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "asks.answer", "text": plain("Answer"), **more}


def options(count: int, *, text: int = 1, value: int = 1) -> list[dict[str, Any]]:
    return [{"text": plain("t" * text), "value": "v" * value} for _ in range(count)]


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def asking(element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def select(kind: str = "static_select", **more: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": "a", **more}


@pytest.mark.parametrize(
    ("fits", "too_much"),
    [
        ([section()] * 50, [section()] * 51),
        ([section(text=plain("x" * 3000))], [section(text=plain("x" * 3001))]),
        ([section(fields=[plain("x" * 2000)] * 10)], [section(fields=[plain("x")] * 11)]),
        ([section(fields=[plain("x" * 2000)])], [section(fields=[plain("x" * 2001)])]),
        ([{"type": "header", "text": plain("x" * 150)}], [{"type": "header", "text": plain("x" * 151)}]),
        ([actions(*[button(action_id=f"a{n}") for n in range(25)])], [actions(*[button() for _ in range(26)])]),
        ([actions(button(text=plain("x" * 75)))], [actions(button(text=plain("x" * 76)))]),
        ([actions(button(value="x" * 2000))], [actions(button(value="x" * 2001))]),
        ([actions(button(url="x" * 3000))], [actions(button(url="x" * 3001))]),
        ([actions(button(style="danger"))], [actions(button(style="pretty"))]),
        ([actions(button(), button(action_id="b"))], [actions(button(), button())]),
        ([section(block_id="x" * 255)], [section(block_id="x" * 256)]),
        ([section(block_id="a"), section(block_id="b")], [section(block_id="a"), section(block_id="a")]),
        ([actions(button(action_id="x" * 255))], [actions(button(action_id="x" * 256))]),
        ([actions(select(options=options(100)))], [actions(select(options=options(101)))]),
        ([actions(select(options=options(1, text=75)))], [actions(select(options=options(1, text=76)))]),
        ([actions(select(options=options(1, value=150)))], [actions(select(options=options(1, value=151)))]),
        ([actions(select("overflow", options=options(5)))], [actions(select("overflow", options=options(6)))]),
        ([actions(select("overflow", options=options(2)))], [actions(select("overflow", options=options(1)))]),
        ([actions(select("checkboxes", options=options(10)))], [actions(select("checkboxes", options=options(11)))]),
        (
            [actions(select("users_select", placeholder=plain("x" * 150)))],
            [actions(select("users_select", placeholder=plain("x" * 151)))],
        ),
        (
            [{"type": "context", "elements": [plain("x")] * 10}],
            [{"type": "context", "elements": [plain("x")] * 11}],
        ),
        ([asking(select("plain_text_input"))], [actions(select("plain_text_input"))]),
        ([asking(select("multi_users_select"))], [actions(select("multi_users_select"))]),
        (
            [asking(select("plain_text_input"), label=plain("x" * 2000))],
            [asking(select("plain_text_input"), label=plain("x" * 2001))],
        ),
        (
            [section(accessory={"type": "image", "image_url": "https://x.example/i", "alt_text": "a seam"})],
            [section(accessory={"type": "image", "image_url": "https://x.example/i"})],
        ),
        ([section()], [{"type": "section"}]),
        ([section()], [section(text=plain(""))]),
        ([section()], [section(colour="red")]),
        ([section()], [{"type": "carousel"}]),
        (
            [actions(select(options=options(1), initial_option=options(1)[0]))],
            [actions(select(options=options(1), initial_option=options(1, value=2)[0]))],
        ),
        (
            [section(accessory=button(confirm={n: plain(n) for n in ("title", "text", "confirm", "deny")}))],
            [section(accessory=button(confirm={n: plain("x" * 101) for n in ("title", "text", "confirm", "deny")}))],
        ),
    ],
)
def test_blocks_fit_or_are_refused(
    client: WebClient, slack: Slack, fits: list[dict[str, Any]], too_much: list[dict[str, Any]]
) -> None:
    ada = slack.person("ada")
    assert client.chat_postMessage(channel=ada.id, text="t", blocks=fits)["ok"]
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=ada.id, text="t", blocks=too_much)
    assert refused.value.response["error"] == "invalid_blocks"
    assert "json-pointer:/blocks" in refused.value.response["errors"][0]
    assert len(slack.posts()) == 1


def test_what_the_sdk_builds_is_taken() -> None:
    built = [
        sdk.HeaderBlock(text="Today"),
        sdk.SectionBlock(text="words", accessory=sdk.ButtonElement(text="Go", action_id="a", style="primary")),
        sdk.ActionsBlock(elements=[sdk.DatePickerElement(action_id="d"), sdk.TimePickerElement(action_id="t")]),
        sdk.ContextBlock(elements=[sdk.MarkdownTextObject(text="only you")]),
        sdk.DividerBlock(),
        sdk.InputBlock(label="Why", element=sdk.PlainTextInputElement(action_id="w"), optional=True),
    ]
    for surface in Surface:
        assert blocks.problems([one.to_dict() for one in built], surface) == []


MODAL = {"type": "modal", "title": plain("Title"), "submit": plain("Send"), "blocks": [section()]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": plain("x" * 25)},
        {"submit": plain("x" * 25)},
        {"close": plain("x" * 25)},
        {"title": None},
        {"private_metadata": "x" * 3001},
        {"callback_id": "x" * 256},
        {"blocks": [section()] * 101},
        {"blocks": None},
        {"blocks": [{"type": "markdown", "text": "x"}]},
        {"submit": None, "blocks": [asking(select("plain_text_input"))]},
        {"type": "home"},
        {"clear": True},
    ],
)
def test_modals_fit_or_are_refused(wrong: dict[str, Any]) -> None:
    assert views.problems(MODAL, "modal") == []
    assert views.problems({name: value for name, value in {**MODAL, **wrong}.items() if value is not None}, "modal")


def test_views_are_refused_by_name(client: WebClient, slack: Slack) -> None:
    ada = slack.person("ada")
    home: dict[str, Any] = {"type": "home", "blocks": [section()]}
    first = client.views_publish(user_id=ada.id, view=home)["view"]
    assert first is not None
    second = client.views_publish(user_id=ada.id, view=home, hash=first["hash"])["view"]
    assert second is not None
    assert second["id"] == first["id"]
    for view, more, name in (
        (home, {"hash": first["hash"]}, "hash_conflict"),
        (home | {"private_metadata": "x" * 3001}, {}, "invalid_arguments"),
        (home | {"blocks": [section(text=plain("x" * 3000)) for _ in range(90)]}, {}, "view_too_large"),
    ):
        with pytest.raises(SlackApiError) as refused:
            client.views_publish(user_id=ada.id, view=view, **more)
        assert refused.value.response["error"] == name
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        client.views_open(trigger_id="1.2", view=MODAL)
    with pytest.raises(SlackApiError, match="not_found"):
        client.views_update(view_id="V1", view=MODAL)


def test_three_modals_lie_over_one_another_and_no_more(client: WebClient, slack: Slack) -> None:
    ada = slack.person("ada")
    trigger = slack.world.trigger(ada.person.team, ada.id)
    client.views_open(trigger_id=trigger.id, view=MODAL | {"external_id": "one"})
    for _ in range(2):
        client.views_push(trigger_id=slack.world.trigger(ada.person.team, ada.id).id, view=MODAL)
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        client.views_push(trigger_id=slack.world.trigger(ada.person.team, ada.id).id, view=MODAL)
    bob = slack.person("bob")
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        client.views_open(
            trigger_id=slack.world.trigger(bob.person.team, bob.id).id, view=MODAL | {"external_id": "one"}
        )
    client.views_update(external_id="one", view=MODAL | {"callback_id": "changed"})
    ada.closes()
    ada.closes()
    assert ada.modal.body["callback_id"] == "changed"


def test_messages_are_refused_by_name(client: WebClient, slack: Slack) -> None:
    ada = slack.person("ada")
    refusals: list[tuple[dict[str, Any], str]] = [
        ({"channel": ada.id}, "no_text"),
        ({"channel": ada.id, "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C404", "text": "x"}, "channel_not_found"),
        ({"channel": slack.channel("#ops").id, "text": "x"}, "not_in_channel"),
        ({"channel": slack.person("gone", deleted=True).id, "text": "x"}, "channel_not_found"),
        ({"channel": ada.id, "text": "x", "thread_ts": "1.0"}, "thread_not_found"),
        ({"channel": ada.id, "text": "x", "metadata": {"event_type": "e"}}, "invalid_metadata_schema"),
        (
            {"channel": ada.id, "text": "x", "metadata": {"event_type": "e", "event_payload": {"a": "x" * 12_000}}},
            "metadata_too_large",
        ),
    ]
    for arguments, name in refusals:
        with pytest.raises(SlackApiError) as refused:
            client.api_call("chat.postMessage", json=arguments)
        assert refused.value.response["error"] == name
    assert slack.posts() == []


def test_manifests_are_checked(client: WebClient) -> None:
    good = {
        "display_information": {"name": "Goldseam"},
        "features": {
            "slash_commands": [{"command": "/thanks", "description": "Say thanks"}],
            "shortcuts": [{"name": "Say Thanks", "type": "global", "callback_id": "a", "description": "d"}],
        },
        "oauth_config": {"scopes": {"bot": ["chat:write", "users:read.email"]}},
        "settings": {"event_subscriptions": {"request_url": "https://x.example", "bot_events": ["message.im"]}},
    }
    assert manifests.problems(good) == []
    bad = {
        "display_information": {"name": "x" * 36, "long_description": "short"},
        "features": {
            "slash_commands": [{"command": "thanks", "description": ""}],
            "shortcuts": [{"name": "x" * 25, "type": "menu", "callback_id": "", "description": "d"}] * 11,
        },
        "oauth_config": {"scopes": {"bot": ["Chat Write"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.im"]}, "interactivity": {"is_enabled": True}},
    }
    pointers = {one["pointer"] for one in manifests.problems(bad)}
    assert pointers >= {
        "/display_information/name",
        "/display_information/long_description",
        "/features/slash_commands/0/command",
        "/features/slash_commands/0/description",
        "/features/shortcuts",
        "/features/shortcuts/0/name",
        "/features/shortcuts/0/type",
        "/features/shortcuts/0/callback_id",
        "/oauth_config/scopes/bot/0",
        "/settings/event_subscriptions",
        "/settings/interactivity",
    }
    with pytest.raises(SlackApiError, match="invalid_manifest"):
        client.apps_manifest_validate(manifest=bad)
    assert client.apps_manifest_validate(manifest=good)["ok"]
