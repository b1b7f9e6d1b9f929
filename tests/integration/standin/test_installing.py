"""Coming into a team by the consent page, signing in, and leaving again."""

import base64
import json
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import AuthorizeUrlGenerator

from integrations.slack.standin.deliver import Answer
from integrations.slack.standin.driver import Slack
from tests.integration.standin.conftest import Listener, fetched


class Walker(Listener):
    """An app with an install page that sets a cookie and takes the code."""

    def __init__(self, slack: Slack) -> None:
        super().__init__()
        self.slack, self.client = slack, WebClient(base_url=slack.api_url)
        self.token = ""

    def __call__(self, method: str, path: str, headers: object, body: bytes) -> Answer:
        if method == "POST":
            return super().__call__(method, path, headers, body)  # type: ignore[arg-type]
        asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        if path == "/slack/install":
            url = AuthorizeUrlGenerator(
                client_id=self.slack.world.app.client_id,
                scopes=["chat:write", "users:read"],
                redirect_uri="http://app.example/slack/oauth_redirect",
                authorization_url=self.slack.authorize_url,
            ).generate("state-1")
            return Answer(302, headers={"Location": url}, cookies=("state=state-1; HttpOnly; Path=/", "theme=dark"))
        assert headers == {"Cookie": "state=state-1; theme=dark"}
        assert asked["state"] == "state-1"
        app = self.slack.world.app
        granted = self.client.oauth_v2_access(
            client_id=app.client_id, client_secret=app.client_secret, code=asked["code"],
            redirect_uri="http://app.example/slack/oauth_redirect",
        )  # fmt: skip
        self.token = str(granted["access_token"])
        with pytest.raises(SlackApiError, match="invalid_code"):
            self.client.oauth_v2_access(client_id=app.client_id, client_secret=app.client_secret, code=asked["code"])
        return Answer(200, b"installed")


def test_two_teams_install_and_one_leaves(slack: Slack) -> None:
    walker = Walker(slack)
    slack.reaches(walker)
    tokens = []
    for name in ("Maple", "Birch"):
        assert slack.install(name).text == "installed"
        tokens.append(walker.token)
        team = WebClient(token=walker.token, base_url=slack.api_url).auth_test()["team"]
        assert team == name
    slack.uninstall("Maple")
    assert [event["event"]["type"] for event in walker.events] == ["tokens_revoked", "app_uninstalled"]
    assert {event["team_id"] for event in walker.events} == {slack.team("Maple").id}
    with pytest.raises(SlackApiError, match="account_inactive"):
        WebClient(token=tokens[0], base_url=slack.api_url).auth_test()
    assert WebClient(token=tokens[1], base_url=slack.api_url).auth_test()["ok"]
    before = slack.person("goldseam", team="Maple").id
    slack.install("Maple")
    assert slack.world.bot_of(slack.team("Maple").id).id == before  # type: ignore[union-attr]


def test_the_consent_page_asks_and_sends_back(slack: Slack) -> None:
    ada = slack.person("ada", real_name="Ada Lindt")
    asked = {"client_id": slack.world.app.client_id, "scope": "chat:write", "state": "s", "redirect_uri": slack.address}
    page = fetched(f"{slack.authorize_url}?{urlencode(asked)}")
    assert "Ada Lindt · Maple" in page.text
    assert "<code>chat:write</code>" in page.text
    token = re.search(r'name="form_token" value="([^"]+)"', page.text)
    assert token
    form = asked | {"person": ada.id, "form_token": token[1]}
    back = fetched(slack.authorize_url, urlencode(form).encode())
    assert "code=code-0" in back.address
    assert back.address.endswith("state=s")
    assert fetched(slack.authorize_url, urlencode(asked | {"person": ada.id}).encode()).status == 403
    assert "invalid_client_id" in fetched(f"{slack.authorize_url}?{urlencode(asked | {'client_id': 'x'})}").text
    assert "invalid_scope" in fetched(f"{slack.authorize_url}?{urlencode(asked | {'scope': ''})}").text


def test_refresh_tokens_are_spent_once(slack: Slack) -> None:
    slack.world.app.rotates_tokens = True
    first = slack.seats()
    client, app = WebClient(base_url=slack.api_url), slack.world.app
    proof = {"client_id": app.client_id, "client_secret": app.client_secret, "grant_type": "refresh_token"}
    spent = str(first.refresh_token)
    second = client.oauth_v2_access(**proof, refresh_token=spent)
    assert second["expires_in"] == 43_200
    assert second["refresh_token"] != spent
    with pytest.raises(SlackApiError, match="invalid_refresh_token"):
        client.oauth_v2_access(**proof, refresh_token=spent)
    with pytest.raises(SlackApiError, match="bad_client_secret"):
        client.oauth_v2_access(**(proof | {"client_secret": "guess"}), refresh_token="x")


def test_signing_in_proves_who_it_is(slack: Slack) -> None:
    ada = slack.person("ada")
    address = f"{slack.address}/openid/connect/authorize"
    asked = {
        "client_id": slack.world.app.client_id, "scope": "openid profile email", "state": "s", "nonce": "n",
        "redirect_uri": slack.address, "response_type": "code",
    }  # fmt: skip
    page = fetched(f"{address}?{urlencode(asked)}")
    token = re.search(r'name="form_token" value="([^"]+)"', page.text)
    assert token
    back = fetched(address, urlencode(asked | {"person": ada.id, "form_token": token[1]}).encode()).address
    app, client = slack.world.app, WebClient(base_url=slack.api_url)
    answer = client.openid_connect_token(
        client_id=app.client_id, client_secret=app.client_secret, code=parse_qs(urlsplit(back).query)["code"][0]
    )
    signed, proof = str(answer["id_token"]).rsplit(".", 1)
    key = json.loads(fetched(f"{slack.address}/openid/connect/keys").text)["keys"][0]
    number = rsa.RSAPublicNumbers(*(int.from_bytes(_decoded(key[name]), "big") for name in ("e", "n")))
    number.public_key().verify(_decoded(proof), signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    claims = json.loads(_decoded(signed.split(".")[1]))
    assert (claims["iss"], claims["aud"], claims["nonce"]) == ("https://slack.com", app.client_id, "n")
    assert claims["https://slack.com/user_id"] == ada.id
    info = WebClient(token=str(answer["access_token"]), base_url=slack.api_url).openid_connect_userInfo()
    assert info["https://slack.com/team_id"] == ada.person.team


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
