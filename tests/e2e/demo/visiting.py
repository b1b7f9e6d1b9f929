"""A running demo, and somebody who visits it without scripts."""

import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar

from tests.processes import Process


@dataclass(frozen=True)
class Demo:
    """A running demo, and how long after its start its first page answered."""

    address: str
    process: Process
    home_after_s: float


@dataclass
class Visitor:
    """A browser without scripts."""

    address: str
    cookies: CookieJar = field(default_factory=CookieJar)

    def open(self, path: str) -> tuple[int, str]:
        """Open a page; returns the last answer's status and text."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        try:
            with opener.open(urllib.parse.urljoin(self.address, path), timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def be(self, key: str) -> str:
        """Become somebody made up; returns their first page."""
        status, page = self.open(f"/demo/as/{key}")
        assert status == 200, page
        return page


def links(page: str) -> set[str]:
    """Where the links of a page lead inside this site."""
    found = {link.replace("&amp;", "&").split("#")[0] for link in re.findall(r'<a [^>]*href="(/[^"]*)"', page)}
    return {link for link in found if link and not link.startswith(("/static", "/demo"))}
