"""What was just done, said once on the next page, with the way to take it back."""

from flask import redirect, session
from werkzeug.wrappers import Response

from service.web.pieces import Act, Notice, NoticeKind

KEY = "told"


def tell(text: str, *, kind: NoticeKind = "good", undo: Act | None = None) -> None:
    """Say this on the next page; `undo` takes it back, or leads to what may come next."""
    taken_back = None if undo is None else [undo.label, undo.action, dict(undo.hidden), undo.href]
    session[KEY] = [*session.get(KEY, []), [text, kind, taken_back]][-3:]


def onward(to: str, text: str | None = None, *, kind: NoticeKind = "good", undo: Act | None = None) -> Response:
    """Lead to a page after a change, and say there what was done."""
    if text is not None:
        tell(text, kind=kind, undo=undo)
    return redirect(to, 303)


def take() -> tuple[Notice, ...]:
    """What is to be said on this page; it is said once."""
    if KEY not in session:
        return ()
    kept = session.pop(KEY)
    return tuple(Notice(text, kind, _undo(taken_back)) for text, kind, taken_back in kept)


def _undo(kept: tuple[str, str | None, dict[str, str], str | None] | None) -> Act | None:
    if kept is None:
        return None
    label, action, hidden, href = kept
    return Act(label, action=action, href=href, hidden=hidden, drawing="undo" if href is None else None)
