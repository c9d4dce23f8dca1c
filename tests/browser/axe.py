"""What axe-core has against a page, by the rules of WCAG 2.2 AA."""

from functools import cache

from playwright.sync_api import Page

from tests.house.files import ROOT

SCRIPT = ROOT / "app/web/frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async (rules) => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: rules}});
  const places = one => one.nodes.map(node => node.target.join(" ")).join(", ");
  return found.violations.map(one => `${one.id}: ${places(one)}`);
}"""


@cache
def _axe() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Rules that the page breaks, each with the elements that do; `make install` brings axe."""
    page.evaluate(_axe())
    found: list[str] = page.evaluate(_RUN, RULES)
    return found
