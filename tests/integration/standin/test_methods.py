"""The Web API as the real client uses it: paging, history with metadata, people, and who may see what."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from integrations.slack.standin.driver import SCOPES, Slack
from integrations.slack.standin.nouns import ChannelKind
from tests.integration.standin.conftest import Listener


def test_a_direct_message_is_posted_changed_traced_and_taken_back(client: WebClient, slack: Slack) -> None:
    ada = slack.person("ada")
    opened = client.conversations_open(users=[ada.id])
    channel = opened["channel"]
    assert channel is not None
    metadata = {"event_type": "goldseam_nudge", "event_payload": {"id": "n1"}}
    posted = client.chat_postMessage(channel=channel["id"], text="one", metadata=metadata)
    ts = str(posted["ts"])
    client.chat_update(channel=channel["id"], ts=ts, text="two")
    plain = client.conversations_history(channel=channel["id"])["messages"]
    traced = client.conversations_history(channel=channel["id"], include_all_metadata=True)["messages"]
    assert plain is not None
    assert traced is not None
    assert "metadata" not in plain[0]
    assert traced[0]["metadata"]["event_payload"] == {"id": "n1"}
    assert traced[0]["text"] == "two"
    client.chat_delete(channel=channel["id"], ts=ts)
    assert ada.inbox == []
    with pytest.raises(SlackApiError, match="message_not_found"):
        client.chat_update(channel=channel["id"], ts=ts, text="three")
    assert len(slack.posts("n1")) == 1


def test_the_bot_changes_only_its_own_words(client: WebClient, slack: Slack) -> None:
    ada = slack.person("ada")
    slack.invite_app("#ops", by=ada)
    theirs = ada.says("#ops", "hello")
    with pytest.raises(SlackApiError, match="cant_update_message"):
        client.chat_update(channel=theirs.channel, ts=theirs.ts, text="changed")
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        client.chat_delete(channel=theirs.channel, ts=theirs.ts)


def test_lists_come_in_pages(client: WebClient, slack: Slack) -> None:
    ada = slack.person("ada")
    slack.invite_app("#ops", by=ada)
    texts = [ada.says("#ops", f"message {number}").text for number in range(25)]
    channel = slack.channel("#ops").id
    seen, cursor = [], ""
    while True:
        page = client.conversations_history(channel=channel, limit=10, cursor=cursor)
        seen += [one["text"] for one in page["messages"] or []]
        cursor = (page["response_metadata"] or {})["next_cursor"]
        assert page["has_more"] is bool(cursor)
        if not cursor:
            break
    assert seen == list(reversed(texts))
    names = {member["name"] for page in client.users_list(limit=1) for member in page["members"]}
    assert names == {"ada", "goldseam", "owner"}
    members = {one for page in client.conversations_members(channel=channel, limit=1) for one in page["members"]}
    assert ada.id in members


def test_threads_and_times_narrow_what_is_told(client: WebClient, slack: Slack) -> None:
    ada = slack.person("ada")
    slack.invite_app("#ops", by=ada)
    first = ada.says("#ops", "first", at=1000)
    ada.says("#ops", "reply", thread=first, at=1001)
    last = ada.says("#ops", "last", at=1002)
    channel = first.channel
    told = client.conversations_history(channel=channel, oldest=first.ts)["messages"] or []
    assert [one["text"] for one in told] == ["last"]
    told = client.conversations_history(channel=channel, oldest=first.ts, latest=last.ts, inclusive=True)["messages"]
    assert [one["text"] for one in told or []] == ["last", "first"]
    thread = client.conversations_replies(channel=channel, ts=first.ts)["messages"] or []
    assert [one["text"] for one in thread] == ["first", "reply"]
    assert thread[0]["reply_count"] == 1
    link = str(client.chat_getPermalink(channel=channel, message_ts=last.ts)["permalink"])
    assert link == f"https://maple.slack.com/archives/{channel}/p1002000000"


def test_people_are_told_apart(client: WebClient, slack: Slack) -> None:
    ada = slack.person("ada", tz="America/New_York", locale="de-DE")
    stranger = slack.person("eve", is_stranger=True, home_team="T0OTHER")
    told = client.users_info(user=ada.id, include_locale=True)["user"]
    assert told is not None
    assert (told["tz"], told["locale"], told["profile"]["email"]) == ("America/New_York", "de-DE", "ada@maple.example")
    eve = client.users_info(user=stranger.id)["user"]
    assert eve is not None
    assert eve["is_stranger"]
    assert eve["team_id"] == "T0OTHER"
    assert (client.users_lookupByEmail(email="ada@maple.example")["user"] or {})["id"] == ada.id
    with pytest.raises(SlackApiError, match="users_not_found"):
        client.users_lookupByEmail(email="nobody@maple.example")
    with pytest.raises(SlackApiError, match="cannot_dm_bot"):
        client.conversations_open(users=[str(client.auth_test()["user_id"])])


def test_scopes_are_needed_and_named(slack: Slack) -> None:
    token = slack.seats(scopes=frozenset({"chat:write"})).token
    client = WebClient(token=token, base_url=slack.api_url, retry_handlers=[])
    with pytest.raises(SlackApiError) as refused:
        client.users_info(user=slack.person("ada").id)
    assert refused.value.response["needed"] == "users:read"
    assert refused.value.response["provided"] == "chat:write"
    client = WebClient(token=slack.seats(scopes=SCOPES - {"users:read.email"}).token, base_url=slack.api_url)
    assert "email" not in (client.users_info(user=slack.person("ada").id)["user"] or {})["profile"]


def test_another_team_and_private_channels_do_not_exist(client: WebClient, slack: Slack) -> None:
    other = slack.team("Birch")
    there = slack.person("cleo", team=other)
    elsewhere = slack.channel("#ops", team=other)
    hidden = slack.channel("#quiet", kind=ChannelKind.PRIVATE)
    for channel in (elsewhere, hidden):
        with pytest.raises(SlackApiError, match="channel_not_found"):
            client.conversations_info(channel=channel.id)
    with pytest.raises(SlackApiError, match="user_not_found"):
        client.users_info(user=there.id)
    listed = client.conversations_list(types="public_channel,private_channel")["channels"]
    assert listed == []
    slack.invite_app("#quiet", by=slack.person("ada"))
    mine = client.users_conversations(types="public_channel,private_channel")["channels"] or []
    assert [one["name"] for one in mine] == ["quiet"]


def test_bad_tokens_and_methods_are_named(client: WebClient, slack: Slack) -> None:
    for token, name in (("", "not_authed"), ("xoxb-unknown", "invalid_auth")):
        with pytest.raises(SlackApiError, match=name):
            WebClient(token=token, base_url=slack.api_url).api_call("auth.test")
    with pytest.raises(SlackApiError, match="unknown_method"):
        client.api_call("chat.sing")
    slack.world.app.rotates_tokens = True
    rotating = WebClient(token=slack.seats().token, base_url=slack.api_url)
    assert rotating.auth_test()["ok"]
    slack.world.now.offset = 43_200
    with pytest.raises(SlackApiError, match="token_expired"):
        rotating.auth_test()


def test_many_callers_at_once_lose_nothing(client: WebClient, slack: Slack) -> None:
    people = [slack.person(f"person{number}").id for number in range(8)]

    def post(number: int) -> str:
        metadata = {"event_type": "goldseam_nudge", "event_payload": {"id": f"n{number}"}}
        return str(client.chat_postMessage(channel=people[number % 8], text="hello", metadata=metadata)["ts"])

    with ThreadPoolExecutor(max_workers=16) as pool:
        stamps = list(pool.map(post, range(160)))
    assert len(slack.posts()) == 160
    assert all(len(slack.posts(f"n{number}")) == 1 for number in range(160))
    assert len(set(zip(stamps, [number % 8 for number in range(160)], strict=True))) == 160


def test_its_own_words_echo_where_it_asked_for_it(app: Listener, client: WebClient, slack: Slack) -> None:
    ada = slack.person("ada")
    slack.echoes = True
    posted = client.chat_postMessage(channel=ada.id, text="hello")
    client.chat_update(channel=str(posted["channel"]), ts=str(posted["ts"]), text="hello you")
    slack.background.shutdown(wait=True)
    said, changed = (event["event"] for event in app.events)
    assert said["bot_id"] == (client.auth_test()["bot_id"])
    assert (said["channel_type"], changed["subtype"]) == ("im", "message_changed")
