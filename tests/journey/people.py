"""A person at a browser: what they open, press, fill in and see; every page is kept as a picture at both widths."""

import re
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

PICTURES = Path(__file__).parents[2] / "screenshots" / "journey"
"""Not kept in the repository: they are there to be looked at."""
DESKTOP, PHONE = (1366, 900), (390, 800)
PASSWORD = "a-long-enough-password"  # of everybody in the tests
REFUSED_ON_PURPOSE = re.compile(r"the server responded with a status of (403|404|409|422)")


class Person:
    """Somebody with a browser of their own, at a desk or with a phone."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        phone: bool = False,
        scripts: bool = True,
        pictures: str = "",
    ) -> None:
        """Open a browser in Thai; `pictures` names the folder of what is seen, "" keeps none."""
        width, height = PHONE if phone else DESKTOP
        self.own_size = {"width": width, "height": height}
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height},
            locale="th-TH",
            java_script_enabled=scripts,
            accept_downloads=True,
            base_url=address,
        )
        self.context.set_default_timeout(20_000)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.failures: list[str] = []
        self.pictures = PICTURES / pictures if pictures else None
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._answered)

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"} and not REFUSED_ON_PURPOSE.search(said.text):
            self.complaints.append(f"{self.page.url}: {said.text}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 500:
            self.failures.append(f"{answer.status} {answer.url}")

    def sign_in(self, username: str) -> None:
        """Sign in by the form that people use."""
        self.page.goto("/account/login/")
        self.page.fill("[name=login]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "login" not in url)

    def go(self, path: str) -> None:
        """Open an address."""
        self.page.goto(path)

    def follow(self, words: str) -> None:
        """Follow the first link in the page with these words; the page that it leads to has loaded."""
        link = self.page.locator("main").get_by_role("link", name=words).first
        link.click()
        self.page.wait_for_load_state("load")

    def press(self, words: str, *, within: str = "main", exact: bool = True) -> None:
        """Press the first button with these words; the page that answers has loaded."""
        button = self.page.locator(within).get_by_role("button", name=words, exact=exact).first
        with self.page.expect_navigation():
            button.click()

    def fill(self, **fields: str) -> None:
        """Type into the fields of the page, by their names."""
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").first.fill(value)

    def fill_day(self, name: str, day: str) -> None:
        """Type a day of the Buddhist era (d/m/y) into its three boxes."""
        number, month, year = day.split("/")
        self.page.locator(f"[name={name}_day]").fill(number)
        self.page.locator(f"[name={name}_month]").select_option(month)
        self.page.locator(f"[name={name}_year]").fill(year)

    def choose(self, name: str, value: str) -> None:
        """Choose from a list by the value of the choice."""
        self.page.locator(f"main select[name={name}]").first.select_option(value)

    def unfold(self, words: str, *, within: str = "main") -> None:
        """Open the fold with these words."""
        self.page.locator(f"{within} summary", has_text=words).first.click()

    def words(self) -> str:
        """Return what a reader sees on the page."""
        return self.page.locator("body").inner_text()

    def sees(self, *words: str) -> None:
        """Fail unless all of these stand on the page as a reader sees it."""
        shown = self.words()
        missing = [one for one in words if one not in shown]
        assert not missing, f"{self.page.url} does not show {missing}:\n{shown[-1500:]}"

    def keeps_picture(self, name: str) -> None:
        """Keep the page as it looks at both widths; on a phone nothing may stand out to the side."""
        for word, (width, height) in (("1366", DESKTOP), ("390", PHONE)):
            self.page.set_viewport_size({"width": width, "height": height})
            over = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if self.pictures is not None:
                self.pictures.mkdir(parents=True, exist_ok=True)
                self.page.screenshot(
                    path=self.pictures / f"{name}-{word}.png", full_page=True, animations="disabled"
                )
            assert over <= 0, f"{self.page.url} is {over} px too wide at {width} px"
        self.page.set_viewport_size(self.own_size)

    def nothing_went_wrong(self) -> None:
        """Fail where the browser complained (an error, a warning, the content policy) or the server broke."""
        assert self.failures == []
        assert self.complaints == []

    def leaves(self) -> None:
        """Close the browser."""
        self.context.close()
