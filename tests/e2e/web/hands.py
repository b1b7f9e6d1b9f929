"""How somebody uses a page: with a finger or a mouse, or with the keyboard alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 200


class Hand(Protocol):
    """The few things anybody does with a page."""

    page: Page

    def follow(self, name: str) -> None:
        """Follow a link."""

    def press(self, name: str) -> None:
        """Press a button."""

    def fill(self, label: str, words: str) -> None:
        """Write into a field."""

    def choose(self, role: str, name: str) -> None:
        """Tick a box, or choose one of several."""

    def pick(self, label: str, choice: str) -> None:
        """Choose from a list that unfolds."""

    def day(self, label: str, month: int, day: int, year: int) -> None:
        """Give a day."""


def _follows(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name, exact=True).first


def _presses(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True).first


@contextmanager
def _led_on(page: Page) -> Iterator[None]:
    """Wait until what a press asks for has come, whether the page goes on or a part of it is put in place."""
    with page.expect_response(lambda answer: answer.status != 303 and answer.request.resource_type != "other"):
        yield
    page.wait_for_timeout(100)
    page.wait_for_load_state("networkidle")


@dataclass
class Finger:
    """Taps."""

    page: Page

    def follow(self, name: str) -> None:
        with self.page.expect_navigation():
            _follows(self.page, name).click()

    def press(self, name: str) -> None:
        with _led_on(self.page):
            _presses(self.page, name).click()

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label).fill(words)

    def choose(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name).check()  # type: ignore[arg-type]  # radio or checkbox

    def pick(self, label: str, choice: str) -> None:
        self.page.get_by_label(label).select_option(label=choice)

    def day(self, label: str, month: int, day: int, year: int) -> None:
        self.page.get_by_label(label).fill(f"{year}-{month:02}-{day:02}")


@dataclass
class Keys:
    """Never touches anything but the keyboard."""

    page: Page

    def _reach(self, wanted: Locator, *, or_its_group: bool = False) -> None:
        """Go on by the tabulator until this has the focus, as somebody does who sees where it is."""
        expect(wanted).to_be_attached()
        same = "e => e === document.activeElement" + (
            " || (document.activeElement.type === 'radio' && document.activeElement.name === e.name)"
            if or_its_group
            else ""
        )
        for _ in range(MOST_TABS):
            if wanted.evaluate(same):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} is not reached by the keyboard")

    def _enter(self, wanted: Locator) -> None:
        self._reach(wanted)
        with _led_on(self.page):
            self.page.keyboard.press("Enter")

    def follow(self, name: str) -> None:
        self._enter(_follows(self.page, name))

    def press(self, name: str) -> None:
        self._enter(_presses(self.page, name))

    def fill(self, label: str, words: str) -> None:
        self._reach(self.page.get_by_label(label))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def choose(self, role: str, name: str) -> None:
        wanted = self.page.get_by_role(role, name=name)  # type: ignore[arg-type]  # radio or checkbox
        self._reach(wanted, or_its_group=role == "radio")
        for _ in range(MOST_TABS):
            if wanted.evaluate("e => e === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        if not wanted.is_checked():
            self.page.keyboard.press("Space")
        expect(wanted).to_be_checked()

    def pick(self, label: str, choice: str) -> None:
        self._reach(self.page.get_by_label(label))
        self.page.keyboard.type(choice)

    def day(self, label: str, month: int, day: int, year: int) -> None:
        self._reach(self.page.get_by_label(label))
        self.page.keyboard.type(f"{month:02}{day:02}{year}")
