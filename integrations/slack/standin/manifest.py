"""The app as its manifest describes it: what it may do, what it hears, what it offers in menus."""

from integrations.slack.standin.nouns import App, Json, Shortcut


def learn(app: App, manifest: Json) -> None:
    """Hold the app to its manifest from now on: no other events, commands, shortcuts or scopes."""
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    scopes = manifest.get("oauth_config", {}).get("scopes", {})
    app.name = manifest.get("display_information", {}).get("name", app.name)
    app.scopes = frozenset(scopes.get("bot", ())) | frozenset(scopes.get("bot_optional", ()))
    app.events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", ()))
    app.commands = {one["command"]: one for one in features.get("slash_commands", ())}
    app.shortcuts = [
        Shortcut(one["callback_id"], one["name"], on_message=one["type"] == "message")
        for one in features.get("shortcuts", ())
    ]
    app.rotates_tokens = bool(settings.get("token_rotation_enabled"))
