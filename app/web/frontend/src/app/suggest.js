// <div data-suggest="/address"> around a search input: suggestions while typing, as a combobox with a list
// (WAI-ARIA pattern: the list never takes the focus, Enter without a choice searches as usual).
// data-suggest-count holds the words for so many suggestions (with % for the number), data-suggest-none for none.
const LEAST = 2;
const PAUSE_MS = 180;

function made(tag, attributes, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

class Suggestions {
  constructor(box) {
    this.box = box;
    this.input = box.querySelector("input");
    this.chosen = -1;
    this.asked = 0;
    const id = `${this.input.id}-suggestions`;
    const label = this.input.labels[0]?.textContent.trim() ?? "";
    this.list = made("ul", { id, role: "listbox", "aria-label": label, class: "mc-suggest__list" });
    this.status = made("div", { role: "status", class: "govuk-visually-hidden" });
    box.classList.add("mc-suggest");
    box.append(this.list, this.status);
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", id);
    this.close();
  }

  get isOpen() {
    return !this.list.hidden;
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    this.choose(-1);
  }

  close() {
    // An answer that is still on its way comes too late.
    this.asked += 1;
    clearTimeout(this.waiting);
    this.open(false);
  }

  choose(place) {
    this.chosen = place;
    [...this.list.children].forEach((line, at) => {
      line.setAttribute("aria-selected", String(at === place));
    });
    const line = this.list.children[place];
    this.input.toggleAttribute("aria-activedescendant", Boolean(line));
    if (!line) return;
    this.input.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  }

  move(step) {
    const count = this.list.children.length;
    const from = this.chosen < 0 && step < 0 ? count : this.chosen;
    this.choose((from + step + count) % count);
  }

  go(line) {
    if (line) window.location.assign(line.dataset.url);
  }

  show(items) {
    const lines = items.map((item, at) => {
      const detail = made("span", { class: "mc-suggest__detail" }, item.detail);
      const attributes = {
        id: `${this.list.id}-${at}`,
        role: "option",
        class: "mc-suggest__option",
      };
      return made("li", { ...attributes, "data-url": item.url }, item.name, detail);
    });
    this.list.replaceChildren(...lines);
    this.open(items.length > 0);
    const { suggestCount, suggestNone } = this.box.dataset;
    this.status.textContent = items.length ? suggestCount.replace("%", items.length) : suggestNone;
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const typed = this.input.value.trim();
    if (typed.length < LEAST) return this.close();
    const mine = (this.asked += 1);
    try {
      const answer = await fetch(`${this.box.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      if (answer.ok && mine === this.asked) this.show(await answer.json());
    } catch {
      // Without suggestions the search still works.
    }
  }
}

const KEYS = {
  ArrowDown: (suggestions) => suggestions.move(1),
  ArrowUp: (suggestions) => suggestions.move(-1),
  Escape: (suggestions) => suggestions.close(),
  Enter: (suggestions) => suggestions.go(suggestions.list.children[suggestions.chosen]),
};

function press(suggestions, event) {
  const act = suggestions.isOpen && KEYS[event.key];
  if (!act || (event.key === "Enter" && suggestions.chosen < 0)) return;
  event.preventDefault();
  act(suggestions);
}

function wire(box) {
  const suggestions = new Suggestions(box);
  const { input, list } = suggestions;
  input.addEventListener("input", () => suggestions.later());
  input.addEventListener("blur", () => suggestions.close());
  input.addEventListener("keydown", (event) => press(suggestions, event));
  // Before the blur that would close the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => suggestions.go(event.target.closest("[role=option]")));
}

export function wireSuggestions(root) {
  root.querySelectorAll("[data-suggest]").forEach(wire);
}
