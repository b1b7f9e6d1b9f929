"""The pictures of the documentation: what each shows, and how it is drawn. A line here is a picture there."""

import base64
import json
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browsing import DESK, PHONE

FOLDER: Final = Path(__file__).parents[3] / "docs" / "pictures"
ALBUM: Final = FOLDER.parent / "pictures.md"
THEMES: Final = ("light", "dark")
WIDTHS: Final = tuple(ViewportSize(width=one["width"], height=one["height"]) for one in (PHONE, DESK))
MOST_BYTES: Final = 120_000
HIGHEST: Final = 1600
"""How high a picture may be, in pixels."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page of the web, as somebody of the demo sees it."""

    name: str
    page: str
    who: str
    shows: str
    """What one sees, in a sentence."""
    on_thursday: bool = False
    """Whether it is there only once the clock was moved to Thursday."""


WEB: Final = (
    Picture("today", "/today", "ada", "Today, for somebody at work: what waits, and what came."),
    Picture("feed", "/thanks", "ada", "The feed: what people of a circle chose to share."),
    Picture(
        "thanks", "/thanks/new", "ada", "Saying thanks at work: people or a whole circle, two blanks, who reads it."
    ),
    Picture("thanks-at-home", "/thanks/new", "theo", "Saying thanks at home, where a picture may speak."),
    Picture("questions", "/questions", "ada", "Questions: what waits for an answer, and what one waits for."),
    Picture("repairs", "/repairs/new/mine", "daniel", "The coach for repairs: with whom, and what it was."),
    Picture("suggestions", "/suggestions", "ada", "A hint without a name, and what anybody could tell of it."),
    Picture("jobs", "/chores", "amara", "Jobs at home: what is to do, and what was done that nobody thanked yet."),
    Picture("keepsakes", "/keepsakes", "ravi", "Keepsakes: what one received, for oneself alone."),
    Picture("digest", "/inbox", "ines", "A lead's Thursday: whose work had no thanks yet.", on_thursday=True),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """Something in Slack, as the stand-in shows it, with the JSON that Slack would be sent."""

    name: str
    who: str
    """By their whole name, as the stand-in lists them."""
    shows: str
    types: str = ""
    """What they type first: a command that opens a form."""
    in_home: bool = False
    on_thursday: bool = False


SLACK: Final = (
    Shown("question", "Ada Lindqvist", "A question that waits, told once, with its buttons."),
    Shown(
        "thanks", "Ada Lindqvist", "The form for thanks, begun by a command.", "/thanks @ravi you took the late shift"
    ),
    Shown("home", "Ravi Menon", "The app's home.", in_home=True),
    Shown("digest", "Ines Duarte", "A lead's Thursday: whose work had no thanks yet.", on_thursday=True),
)


def files(picture: Picture) -> list[Path]:
    """Where a page of the web is drawn: each width, by day and by night."""
    return [_file(picture, viewport, theme) for viewport in WIDTHS for theme in THEMES]


def _file(picture: Picture, viewport: ViewportSize, theme: str) -> Path:
    return FOLDER / "web" / f"{picture.name}-{viewport['width']}-{theme}.png"


def draw(browser: Browser, address: str, picture: Picture) -> None:
    """Draw one page at each width, by day and by night."""
    for viewport in WIDTHS:
        for theme in THEMES:
            context = browser.new_context(
                base_url=address, viewport=viewport, color_scheme=theme, reduced_motion="reduce"
            )
            page = context.new_page()
            page.goto(f"/demo/as/{picture.who}")
            page.goto(picture.page)
            page.evaluate("document.querySelector('.banner-demo')?.remove()")
            _unroll(page, viewport)
            keep(page, _file(picture, viewport, theme))
            context.close()


def _unroll(page: Page, viewport: ViewportSize) -> None:
    """Make room for more of a long page than one screen, as far as a picture stays one."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": viewport["width"], "height": min(max(height, viewport["height"]), HIGHEST)})


def draw_shown(browser: Browser, address: str, shown: Shown) -> None:
    """Draw what Slack would show, and keep what it would be sent."""
    context = browser.new_context(base_url=address, viewport=WIDTHS[-1], color_scheme="light")
    page = context.new_page()
    page.goto("/demo/slack/")
    page.get_by_label("You are").select_option(label=shown.who)
    page.get_by_role("button", name="Switch").click()
    if shown.in_home:
        page.get_by_role("button", name="Home").first.click()
    if shown.types:
        page.get_by_label("Write to").fill(shown.types)
        page.get_by_role("button", name="Send").click()
        page.locator("dialog, [role=dialog]").first.wait_for()
    sent = _sent(context, page)
    keep(page, FOLDER / "slack" / f"{shown.name}.png")
    (FOLDER / "slack" / f"{shown.name}.json").write_text(json.dumps(sent, ensure_ascii=False, indent=1) + "\n")
    if shown.types:
        page.get_by_role("button", name="Cancel").click()
    context.close()


def _sent(context: BrowserContext, page: Page) -> Any:
    answer = context.request.get(
        page.url.split("/demo/slack/")[0] + "/demo/slack/sent.json?" + page.url.partition("?")[2]
    )
    assert answer.ok
    return answer.json()


def keep(page: Page, path: Path) -> None:
    """Keep what a page looks like, in at most 256 colours."""
    shot = base64.b64encode(page.screenshot(animations="disabled", caret="hide")).decode()
    blank = page.context.new_page()
    drawn = blank.evaluate(FEWER_COLOURS, f"data:image/png;base64,{shot}")
    blank.close()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_png(drawn["width"], bytes(drawn["colours"]), base64.b64decode(drawn["pixels"])))


FEWER_COLOURS: Final = """async (source) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const data = pen.getImageData(0, 0, image.width, image.height).data;
  const exact = new Map();
  for (let i = 0; i < data.length; i += 4) {
    const colour = data[i] << 16 | data[i + 1] << 8 | data[i + 2];
    exact.set(colour, (exact.get(colour) || 0) + 1);
  }
  const off = (a, b, by) => ((a >> by & 255) - (b >> by & 255)) ** 2;
  const apart = (a, b) => off(a, b, 16) + off(a, b, 8) + off(a, b, 0);
  const palette = [];
  const often = [...exact].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
  for (const near of [108, 27, 0])
    for (const colour of often)
      if (palette.length < 256 && palette.every(other => apart(colour, other) > near)) palette.push(colour);
  const place = new Map();
  for (const colour of often) {
    let best = 0;
    for (let i = 1; i < palette.length; i++) if (apart(colour, palette[i]) < apart(colour, palette[best])) best = i;
    place.set(colour, best);
  }
  const pixels = new Uint8Array(data.length / 4);
  for (let i = 0; i < data.length; i += 4) pixels[i / 4] = place.get(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
  let text = "";
  for (let i = 0; i < pixels.length; i += 8192) text += String.fromCharCode(...pixels.subarray(i, i + 8192));
  return {width: image.width, colours: palette.flatMap(c => [c >> 16, c >> 8 & 255, c & 255]), pixels: btoa(text)};
}"""
"""The colours used most, none very near another, and for each pixel the nearest of them."""


def _png(width: int, colours: bytes, pixels: bytes) -> bytes:
    lines = b"".join(b"\0" + pixels[at : at + width] for at in range(0, len(pixels), width))
    head = struct.pack(">IIBBBBB", width, len(pixels) // width, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    made = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


INTRODUCTION: Final = """# Pictures

Drawn from the demo by `make screenshots`; everybody in them is made up. A new one is a line in
`tests/e2e/demo/pictures.py`. The same command draws every page there is, at both widths, by day and by night, into
`.pictures`, which git ignores: open its `index.html`.
"""


def album() -> str:
    """The page of the documentation that shows them all."""
    found = [INTRODUCTION, "## On the web\n"]
    for picture in WEB:
        found.append(f"### {picture.shows}\n\n`{picture.page}`\n")
        found += [_shown(path, picture.shows) for path in files(picture)]
        found.append("")
    found.append(
        "## In Slack\n\nThe stand-in for Slack renders the JSON that Slack would be sent, which lies beside each.\n"
    )
    for shown in SLACK:
        found.append(f"### {shown.shows}\n")
        found.append(f"{_shown(FOLDER / 'slack' / f'{shown.name}.png', shown.shows)}\n")
        found.append(f"[What Slack is sent](pictures/slack/{shown.name}.json)\n")
    return "\n".join(found).rstrip() + "\n"


def _shown(path: Path, said: str) -> str:
    width = 195 if f"-{PHONE['width']}-" in path.name else 640
    return f'<img src="pictures/{path.relative_to(FOLDER).as_posix()}" width="{width}" alt="{said}">'
