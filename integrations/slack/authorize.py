"""Who the app is in a team: by team alone, never by the person who acts, and without asking Slack."""

from collections.abc import Callable

from slack_bolt.authorization import AuthorizeResult

from integrations.slack.teams import Teams


def by_team(teams: Teams) -> Callable[[str | None, str | None], AuthorizeResult | None]:
    """What Bolt calls for each request; in steady state it costs neither a query nor a call."""

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        found = teams.of(team_id) if team_id else None
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_id=found.bot,
            bot_user_id=found.bot_user,
            bot_token=found.token,
        )

    return authorize
