"""Any text and any JSON at all, and a real delivery with parts of it replaced by such: for what must never fail."""

import copy
from typing import Any

from hypothesis import strategies as st

TEXT = st.text(st.characters(categories=None), max_size=20)
"""Half characters, control characters and all."""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)


@st.composite
def spoiled(draw: st.DrawFn, body: dict[str, Any]) -> dict[str, Any]:
    """This body with one to three of its values, however deep, replaced by anything."""
    changed = copy.deepcopy(body)
    for _ in range(draw(st.integers(1, 3))):
        at, key = changed, draw(st.sampled_from(sorted(changed)))
        while isinstance(at[key], dict) and at[key] and draw(st.booleans()):
            at = at[key]
            key = draw(st.sampled_from(sorted(at)))
        at[key] = draw(JSON)
    return changed
