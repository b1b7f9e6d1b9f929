"""A made-up language that shows, in tests, which words did not come from the catalogue."""

import re

_ACCENTED = str.maketrans(
    "AEIOUYaeiouycnsz",
    "ÅÉÎÖÛÝåéîöûýçñšž",
)
_PIECE = re.compile(r"(\{[a-z_]+\})")


def accented(text: str) -> str:
    """The text with accents, marks at both ends and a third more length; slots stay as they are."""
    pieces = _PIECE.split(text)
    changed = "".join(piece if _PIECE.fullmatch(piece) else piece.translate(_ACCENTED) for piece in pieces)
    return f"[{changed}{'·' * (len(text) // 3)}]"
