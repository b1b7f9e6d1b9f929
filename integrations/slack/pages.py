"""The two pages of an installation: a few sentences and one link, without script or style."""

from collections.abc import Sequence

from flask import Response
from markupsafe import escape

from integrations.slack import oauth
from integrations.slack.oauth import Installed
from service.wording import slack as words
from service.wording.voice import Voice


def installed(voice: Voice, found: Installed) -> Response:
    """After an installation."""
    said = (words.page_installed(voice, found.team_name), words.page_next(voice))
    link = f"slack://app?team={found.team}&id={found.app}&tab=home"
    return _page(voice, said, 200, (link, words.page_open_slack(voice)))


def not_installed(voice: Voice, why: str) -> Response:
    """After an installation that came to nothing."""
    match why:
        case oauth.CANCELLED:
            return _page(voice, [words.page_cancelled(voice)], 200)
        case oauth.RUN_OUT:
            return _page(voice, [words.page_run_out(voice)], 400)
        case oauth.WHOLE_ORGANISATION:
            return _page(voice, [words.page_whole_organisation(voice)], 400)
        case _:
            return _page(voice, [words.page_refused(voice)], 400)


def _page(voice: Voice, said: Sequence[str], status: int, link: tuple[str, str] | None = None) -> Response:
    lines = [f"<h1>{escape(said[0])}</h1>", *(f"<p>{escape(each)}</p>" for each in said[1:])]
    if link is not None:
        lines.append(f'<p><a href="{escape(link[0])}">{escape(link[1])}</a></p>')
    page = (
        f'<!doctype html>\n<html lang="{escape(voice.language)}">\n'
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(said[0])}</title></head>\n<body><main>{''.join(lines)}</main></body>\n</html>\n"
    )
    answer = Response(page, status, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
