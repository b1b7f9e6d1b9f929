"""Slack's two consent pages: may this app come into the team, and may it know who you are."""

from pathlib import Path

from flask import Blueprint, Response, jsonify, redirect, render_template, request, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

from integrations.slack.standin import forms, oauth_walk
from integrations.slack.standin.driver import Slack
from integrations.slack.standin.methods import openid
from integrations.slack.standin.nouns import Person

KINDS = {"/oauth/v2/authorize": "install", "/openid/connect/authorize": "sign_in"}
STATIC = Path(__file__).parent / "page" / "static"
CARRIED = ("client_id", "scope", "redirect_uri", "state", "nonce", "team")


def blueprint(slack: Slack) -> Blueprint:
    """The consent pages and what a browser's sign-in needs beside them."""
    consent = Blueprint("consent", __name__, template_folder="page/templates")
    consent.after_request(forms.guarded)

    def ask() -> str | tuple[str, int]:
        wrong = _wrong(slack)
        if wrong is not None:
            return render_template("consent.html", wrong=wrong, app=slack.world.app), 400
        return render_template(
            "consent.html",
            app=slack.world.app,
            kind=KINDS[request.path],
            carried={name: request.args[name] for name in CARRIED if name in request.args},
            scopes=request.args.get("scope", "").replace(" ", ",").split(","),
            people=_who_may_agree(slack),
            teams=slack.world.teams,
            form_token=forms.token(),
        )

    def agree() -> AnyResponse:
        forms.check()
        person = slack.world.people[request.form["person"]]
        asked = {name: request.form[name] for name in CARRIED if name in request.form}
        back = oauth_walk.agreed(slack.world, asked, person.team, person.id, KINDS[request.path])
        return redirect(back, 302)

    for path, kind in KINDS.items():
        consent.add_url_rule(path, f"ask_{kind}", ask, methods=["GET"])
        consent.add_url_rule(path, f"agree_{kind}", agree, methods=["POST"])

    @consent.get("/oauth/v2/consent.css", endpoint="style")
    @consent.get("/openid/connect/consent.css", endpoint="sign_in_style")
    def style() -> Response:
        return send_from_directory(STATIC, "page.css")

    @consent.get("/oauth/v2/icon.svg", endpoint="icon")
    @consent.get("/openid/connect/icon.svg", endpoint="sign_in_icon")
    def icon() -> Response:
        return send_from_directory(STATIC, "icon.svg")

    @consent.get("/openid/connect/keys")
    def keys() -> Response:
        return jsonify(openid.keys())

    @consent.get("/.well-known/openid-configuration")
    def configuration() -> Response:
        return jsonify(
            issuer="https://slack.com",
            authorization_endpoint=f"{slack.address}/openid/connect/authorize",
            token_endpoint=f"{slack.address}/api/openid.connect.token",
            userinfo_endpoint=f"{slack.address}/api/openid.connect.userInfo",
            jwks_uri=f"{slack.address}/openid/connect/keys",
            id_token_signing_alg_values_supported=["RS256"],
        )

    return consent


def _wrong(slack: Slack) -> str | None:
    app, asked = slack.world.app, request.args
    if asked.get("client_id") != app.client_id:
        return "invalid_client_id"
    if KINDS[request.path] == "sign_in":
        return None if "openid" in asked.get("scope", "") else "invalid_scope"
    scopes = frozenset(filter(None, asked.get("scope", "").split(",")))
    if not scopes or (app.scopes is not None and not scopes <= app.scopes):
        return "invalid_scope"
    return None


def _who_may_agree(slack: Slack) -> list[Person]:
    team = request.args.get("team")
    return [
        one for one in slack.world.people.values() if not one.is_bot and not one.deleted and team in (None, one.team)
    ]
