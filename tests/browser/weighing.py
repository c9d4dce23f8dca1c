"""What a page weighs on the wire when somebody opens it for the first time."""

from collections.abc import Callable, Mapping

from tests.browser.visitor import Visitor

#: First visit of a page, everything it loads included (features §3).
MOST_BYTES = 150_000


def weight_of(visitor: Visitor, address: str) -> float:
    """Bytes that came for the page with its styles, scripts, fonts and pictures."""
    wire = visitor.page.context.new_cdp_session(visitor.page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    wire.on("Network.loadingFinished", _adding_to(sizes))
    visitor.open(address)
    visitor.page.wait_for_load_state("networkidle")
    wire.detach()
    return sum(sizes)


def _adding_to(sizes: list[float]) -> Callable[[Mapping[str, float]], None]:
    return lambda told: sizes.append(told["encodedDataLength"])
