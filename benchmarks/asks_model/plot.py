"""A reliability plot as an SVG: what we believed of asks, beside what was in fact so."""

from collections.abc import Sequence

_SIDE, _EDGE = 360, 48


def reliability(held: Sequence[tuple[float, float, int]]) -> str:
    """One point for each bin: mean belief, share in fact unanswered, and the number of asks as its size."""
    inner = _SIDE - 2 * _EDGE

    def at(belief: float, share: float) -> tuple[float, float]:
        return round(_EDGE + inner * belief, 1), round(_SIDE - _EDGE - inner * share, 1)

    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    points = [(at(belief, share), number) for belief, share, number in held]
    line = " ".join(f"{x},{y}" for (x, y), _ in points)
    dots = "".join(
        f'<circle cx="{x}" cy="{y}" r="{round(3 + number**0.5 / 2, 1)}"><title>{number} asks</title></circle>'
        for (x, y), number in points
    )
    marks = "".join(
        f'<text x="{at(tick, 0)[0]}" y="{_SIDE - _EDGE + 18}" text-anchor="middle">{tick:g}</text>'
        f'<text x="{_EDGE - 8}" y="{at(0, tick)[1] + 4}" text-anchor="end">{tick:g}</text>'
        for tick in (0, 0.25, 0.5, 0.75, 1)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE} {_SIDE}" role="img" '
        'font-family="sans-serif" font-size="12" fill="#2b3a35">'
        "<title>Belief that an ask is unanswered, beside the share that was</title>"
        f'<rect width="{_SIDE}" height="{_SIDE}" fill="#fbfaf6"/>'
        f'<path d="M{x0} {y1}V{y0}H{x1}" fill="none" stroke="#2b3a35"/>'
        f'<path d="M{x0} {y0}L{x1} {y1}" stroke="#8a938f" stroke-dasharray="4 4"/>'
        f'<polyline points="{line}" fill="none" stroke="#2f6b57" stroke-width="2"/>'
        f'<g fill="#2f6b57">{dots}</g>{marks}'
        f'<text x="{_SIDE / 2:g}" y="{_SIDE - 8}" text-anchor="middle">what we believed</text>'
        f'<text transform="translate(12 {_SIDE / 2:g}) rotate(-90)" text-anchor="middle">in fact unanswered</text>'
        "</svg>\n"
    )
