"""Pages about repairs and cards are as long as one another, so that nobody on the way can tell them apart by that."""

from typing import Final

from flask import Flask, Response, request

ALIKE: Final = ("/repairs", "/suggestions")
STEP: Final = 32 * 1024
"""Longer than each of these pages; one that is longer still takes two steps."""


def even(app: Flask) -> None:
    """Fill up what is shorter, after its end, with lines that say nothing."""

    @app.after_request
    def filled(answer: Response) -> Response:
        if request.path.startswith(ALIKE) and answer.mimetype == "text/html":
            page = answer.get_data()
            answer.set_data(page + b"\n" * (-len(page) % STEP))
        return answer
