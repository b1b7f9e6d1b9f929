"""What people do, as the app hears it, and what its answers change."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier

from integrations.slack.standin.deliver import Answer
from integrations.slack.standin.driver import Slack
from integrations.slack.standin.refusals import CannotDoError
from tests.integration.standin.conftest import Listener

MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "appreciations.give",
    "title": {"type": "plain_text", "text": "Say Thanks"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "to",
            "label": {"type": "plain_text", "text": "To"},
            "element": {"type": "multi_users_select", "action_id": "to"},
        },
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "What they did"},
            "element": {"type": "plain_text_input", "action_id": "what", "max_length": 20},
        },
    ],
}


def test_a_message_reaches_the_app_signed_where_it_was_invited(app: Listener, slack: Slack) -> None:
    slack.seats()
    ada, bob = slack.person("ada"), slack.person("bob")
    ada.says("#ops", "nobody listens here")
    assert app.requests == []
    slack.invite_app("#ops", by=ada)
    message = ada.says("#ops", "@bob can you look at <this> & that?")
    ada.says("#ops", "yes", thread=message)
    joined, said, replied = app.events
    assert joined["event"]["type"] == "member_joined_channel"
    assert joined["event"]["inviter"] == ada.id
    assert said["event"]["text"] == f"<@{bob.id}> can you look at &lt;this&gt; &amp; that?"
    assert said["event"]["channel_type"] == "channel"
    assert said["authorizations"][0]["is_bot"]
    assert replied["event"]["thread_ts"] == said["event"]["ts"]
    assert replied["event"]["parent_user_id"] == ada.id
    verifier = SignatureVerifier(slack.world.app.signing_secret)
    for headers, body in app.requests:
        assert verifier.is_valid_request(body, dict(headers))


def test_edits_deletions_and_reactions_are_told(app: Listener, slack: Slack) -> None:
    slack.seats()
    ada = slack.person("ada")
    slack.invite_app("#ops", by=ada)
    message = ada.says("#ops", "one")
    ada.edits(message, "two")
    ada.reacts(message, "eyes")
    ada.reacts(message, "eyes", removes=True)
    ada.deletes(message)
    changed, added, removed, deleted = (one["event"] for one in app.events[2:])
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "two")
    assert changed["previous_message"]["text"] == "one"
    assert (added["type"], added["item"]["ts"]) == ("reaction_added", message.ts)
    assert removed["type"] == "reaction_removed"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", message.ts)


def test_an_event_nobody_took_is_sent_again_three_times(app: Listener, slack: Slack) -> None:
    slack.seats()
    app.answers += [Answer(500), Answer(0, reason="http_timeout"), Answer(503), Answer(200)]
    answer = slack.person("ada").opens_home()
    assert answer is not None
    assert (answer.status, answer.tries) == (200, 4)
    reasons = [headers.get("X-Slack-Retry-Reason") for headers, _ in app.requests]
    assert reasons == [None, "http_error", "http_timeout", "http_error"]
    assert [headers.get("X-Slack-Retry-Num") for headers, _ in app.requests] == [None, "1", "2", "3"]
    assert len({event["event_id"] for event in app.events}) == 1


def test_held_events_come_late_twice_and_shuffled(app: Listener, slack: Slack) -> None:
    slack.seats()
    ada = slack.person("ada")
    slack.invite_app("#ops", by=ada)
    with slack.holding() as held:
        texts = [ada.says("#ops", f"message {number}").text for number in range(5)]
    assert len(app.events) == 1
    held.deliver(times=2, shuffled=7)
    heard = [event["event"]["text"] for event in app.events[1:]]
    assert sorted(heard) == sorted(texts * 2)
    assert heard != texts * 2
    held.deliver(at_once=True)
    assert len(app.events) == 16


def test_a_command_opens_a_form_and_the_form_comes_back(app: Listener, slack: Slack, client: WebClient) -> None:
    ada, bob = slack.person("ada"), slack.person("bob")
    ada.runs("/thanks", "@bob for the cover")
    form = app.forms[0]
    assert form["text"] == f"<@{bob.id}|bob> for the cover"
    view = client.views_open(trigger_id=form["trigger_id"], view=MODAL)["view"]
    assert view is not None
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        client.views_open(trigger_id=form["trigger_id"], view=MODAL)
    with pytest.raises(CannotDoError, match="complete"):
        ada.submits()
    with pytest.raises(CannotDoError, match="characters"):
        ada.submits(values={"to": [bob.id], "what": "x" * 21})
    app.will_say({"response_action": "errors", "errors": {"what": "Say a little more."}})
    ada.submits(values={"what": "You covered for me"})
    assert ada.modal.errors == {"what": "Say a little more."}
    app.will_say({})
    ada.submits()
    assert ada.view is None
    sent = app.payloads[-1]
    assert sent["type"] == "view_submission"
    assert sent["view"]["state"]["values"] == {
        "to": {"to": {"type": "multi_users_select", "selected_users": [bob.id]}},
        "what": {"what": {"type": "plain_text_input", "value": "You covered for me"}},
    }


def test_a_view_is_pushed_updated_and_cleared(app: Listener, slack: Slack, client: WebClient) -> None:
    ada = slack.person("ada")
    ada.uses_shortcut("appreciations.open")
    client.views_open(trigger_id=app.payloads[0]["trigger_id"], view=MODAL | {"notify_on_close": True})
    values = {"to": [ada.id], "what": "enough"}
    app.will_say({"response_action": "push", "view": MODAL | {"callback_id": "second"}})
    ada.submits(values=values)
    assert ada.modal.previous is not None
    app.will_say({"response_action": "update", "view": MODAL | {"callback_id": "third"}})
    ada.submits(values=values)
    assert ada.modal.body["callback_id"] == "third"
    app.will_say({"response_action": "errors", "errors": {"nowhere": "?"}})
    ada.submits()
    assert "trouble connecting" in ada.modal.errors[""]
    ada.closes()
    assert ada.modal.body["callback_id"] == "appreciations.give"
    ada.closes()
    assert app.payloads[-1]["type"] == "view_closed"
    assert ada.view is None


def test_a_button_answers_through_its_response_url(app: Listener, slack: Slack, client: WebClient) -> None:
    ada = slack.person("ada")
    blocks = [
        {
            "type": "actions",
            "block_id": f"ask{number}",
            "elements": [
                {
                    "type": "button",
                    "action_id": "asks.answer",
                    "value": f"ask-{number}",
                    "text": {"type": "plain_text", "text": "Answer"},
                }
            ],
        }
        for number in (1, 2)
    ]
    client.chat_postMessage(channel=ada.id, text="two asks", blocks=blocks)
    with pytest.raises(CannotDoError, match="2 places"):
        ada.presses(ada.inbox[0], "asks.answer")
    ada.presses(ada.inbox[0], "asks.answer", value="ask-2")
    payload = app.payloads[0]
    assert payload["actions"][0]["block_id"] == "ask2"
    assert payload["container"]["channel_id"] == ada.dm.id
    from slack_sdk.webhook import WebhookClient

    answer = WebhookClient(payload["response_url"]).send(text="done", replace_original=True)
    assert (answer.status_code, ada.inbox[0].text) == (200, "done")
    for _ in range(4):
        WebhookClient(payload["response_url"]).send(text="seen by you alone")
    assert WebhookClient(payload["response_url"]).send(text="too often").status_code == 404
    assert [one.ephemeral_to for one in ada.inbox[1:]] == [ada.id] * 4


def test_what_was_chosen_comes_along_with_the_button(app: Listener, slack: Slack, client: WebClient) -> None:
    ada = slack.person("ada")
    elements = [
        {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-23"},
        {"type": "timepicker", "action_id": "time"},
        {"type": "button", "action_id": "asks.promise", "text": {"type": "plain_text", "text": "Give a Day"}},
    ]
    row = {"type": "actions", "block_id": "row", "elements": elements}
    client.chat_postMessage(channel=ada.id, text="when", blocks=[row])
    ada.presses(ada.inbox[0], "time", choice="09:30")
    ada.presses(ada.inbox[0], "asks.promise")
    assert app.payloads[0]["actions"][0]["selected_time"] == "09:30"
    assert app.payloads[1]["state"]["values"]["row"] == {
        "day": {"type": "datepicker", "selected_date": "2026-11-23"},
        "time": {"type": "timepicker", "selected_time": "09:30"},
    }
    ada.uses_shortcut("appreciations.open")
    view = MODAL | {"blocks": [*MODAL["blocks"], row]}
    client.views_open(trigger_id=app.payloads[-1]["trigger_id"], view=view)
    ada.fills({"what": "half a thought"})
    ada.presses(ada.modal, "asks.promise")
    values = app.payloads[-1]["view"]["state"]["values"]
    assert values["what"]["what"]["value"] == "half a thought"
    assert values["row"]["day"]["selected_date"] == "2026-11-23"
    with pytest.raises(CannotDoError, match="no field"):
        ada.fills({"nothing": "here"})


def test_triggers_die_after_three_seconds(app: Listener, slack: Slack, client: WebClient) -> None:
    ada = slack.person("ada")
    ada.uses_shortcut("appreciations.open")
    slack.world.trigger_seconds = -1
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        client.views_open(trigger_id=app.payloads[0]["trigger_id"], view=MODAL)
