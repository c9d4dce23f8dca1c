"""Somebody without a mouse: Tab, Enter, Space and arrows; every place the focus comes is seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

#: What has the focus, whether that can be seen, and whether anything lies over it.
_HERE = """
() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const ringed = (style) => style.boxShadow !== "none"
    || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
  const label = at.labels && at.labels[0];
  const faces = [[at, null], [at, "::before"], [at, "::after"], [label, null], [label, "::before"]];
  const box = at.getBoundingClientRect();
  const points = [0.1, 0.5, 0.9].flatMap((x) => [0.2, 0.5, 0.8].map(
    (y) => document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)));
  const own = (found) => found && (at.contains(found) || (label && label.contains(found)));
  return {
    name: at.getAttribute("name") || "",
    kind: at.matches("input") ? at.type : at.tagName.toLowerCase(),
    value: at.value === undefined ? "" : String(at.value),
    text: (at.innerText || "").trim(),
    id: at.id,
    classes: at.className,
    checked: Boolean(at.checked),
    order: at.tabIndex,
    ringed: faces.some(([face, part]) => face && ringed(getComputedStyle(face, part))),
    seen: box.width > 0 && box.height > 0 && points.some(own),
    top: box.top + window.scrollY,
    inForm: Boolean(at.closest("main form")),
  };
}
"""
#: More stops than any page has.
_MOST = 150


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A place at which the focus has come to rest."""

    name: str
    kind: str
    value: str
    text: str
    id: str
    classes: str
    checked: bool
    order: int
    ringed: bool
    seen: bool
    top: float
    inForm: bool  # noqa: N815 - as the page calls it


class Keyboard:
    """The keys of one page; whatever the focus reaches must be visible and in its place."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # Listening all the time: a chooser that opens before anybody listens is lost.
        page.on("filechooser", lambda _chooser: None)

    def here(self) -> Stop | None:
        """Where the focus is; None while it is nowhere."""
        found: Mapping[str, Any] | None = self.page.evaluate(_HERE)
        return Stop(**found) if found else None

    def press(self, *keys: str) -> None:
        """Press one key after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def tab(self, passed: Sequence[str] = ()) -> Stop:
        """On to the next stop, which can be seen."""
        before = self.here()
        self.press("Tab")
        stop = self.here()
        assert stop is not None, f"the page ends after {before}; passed {passed}"
        assert stop.ringed, f"no mark of the focus at {stop}"
        assert stop.seen, f"something lies over {stop}"
        assert stop.order <= 0, f"taken out of its place: {stop}"
        if before and before.inForm and stop.inForm:
            assert stop.top >= before.top - 60, f"{stop} comes after {before}, and stands above it"
        return stop

    def to(self, wanted: Callable[[Stop], bool]) -> Stop:
        """Tab on until the focus is there."""
        passed: list[str] = []
        for _ in range(_MOST):
            stop = self.tab(passed)
            if wanted(stop):
                return stop
            passed.append(stop.name or stop.text)
        raise AssertionError(f"never reached; passed {passed}")

    def leave(self, key: str = "Enter") -> None:
        """Press a key that leads to another page, and wait for that."""
        with self.page.expect_navigation():
            self.press(key)

    def follow(self, text: str) -> None:
        """Tab on to the link or button of these words and press Enter."""
        self.to(lambda stop: stop.kind in {"a", "button"} and stop.text.startswith(text))
        self.leave()

    def answer(self, told: Mapping[str, Any], until: str) -> Stop:
        """Answer what is asked on the way to the button of the words `until`."""
        for _ in range(_MOST):
            stop = self.tab()
            if stop.kind == "button" and stop.text == until:
                return stop
            if stop.name in told:
                self._give(stop, told[stop.name])
        raise AssertionError(f"never reached {until}")

    def _give(self, stop: Stop, wanted: Any) -> None:
        if stop.kind == "radio":
            self._choose(stop, str(wanted))
        elif stop.kind == "checkbox":
            chosen = wanted if isinstance(wanted, list) else [str(wanted)]
            if (stop.value in chosen) is not stop.checked:
                self.press("Space")
        elif stop.kind == "select":
            self.page.keyboard.type(self._words_of(str(wanted)))
        elif stop.kind == "file":
            self._upload(stop, wanted)
        else:
            self.press("ControlOrMeta+a")
            self.page.keyboard.type(str(wanted))

    def _upload(self, stop: Stop, file: Any) -> None:
        with self.page.expect_file_chooser() as opened:
            self.press("Space")
        opened.value.set_files(file)
        place = self.page.locator(f'[data-upload-field="{stop.name}"]')
        place.get_by_role("link").first.wait_for()

    def _choose(self, stop: Stop, wanted: str) -> None:
        """Arrows go round a group of radio buttons, and choose."""
        if stop.value == wanted:
            self.press("Space")
            return
        for _ in range(_MOST):
            self.press("ArrowDown")
            found = self.here()
            if found and found.name == stop.name and found.value == wanted:
                return
        raise AssertionError(f"{stop.name} has no {wanted}")

    def _words_of(self, value: str) -> str:
        option = self.page.evaluate(
            "v => [...document.activeElement.options].find((one) => one.value === v).text", value
        )
        return str(option)
