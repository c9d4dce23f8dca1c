// The drawings of one dossier: the diagram it runs on and those it calls, one of them shown.
//   data-diagrams   names a <script type="application/json"> with [{prefix, name, url, first, version}]
// A dossier that has moved to another version has drawings of both; those of one version belong together.
// Ids that come from the journal begin with the prefix of their drawing, "" or "process/".
import { markElements } from "./marks.js";
import { lookAt } from "./looking.js";

/** Ids of one drawing among those of all, as the drawing itself calls them. */
function own(ids, prefix) {
  return ids
    .filter((id) => id.startsWith(prefix) && !id.slice(prefix.length).includes("/"))
    .map((id) => id.slice(prefix.length));
}

export function readDrawings(holder) {
  return JSON.parse(document.getElementById(holder.dataset.diagrams).textContent);
}

/** The prefix of the process that a call activity calls, as its extension element tells. */
function calledBy(element) {
  const extensions = element.businessObject.extensionElements?.values ?? [];
  const called = extensions.find((each) => each.$type === "zeebe:calledElement");
  return called && `${called.processId}/`;
}

export class Board {
  constructor({ holder, viewer, drawings, draw }) {
    this.viewer = viewer;
    this.all = drawings;
    this.draw = draw;
    this.shown = null;
    this.version = drawings.find((drawing) => drawing.first)?.version ?? drawings[0].version;
    this.drawn = null;
    this.marks = {};
    this.turn = Promise.resolve();
    this.buttons = holder.previousElementSibling?.matches("[data-drawings]")
      ? [...holder.previousElementSibling.querySelectorAll("[data-drawing]")]
      : [];
  }

  /** The drawings of the version at hand. */
  get drawings() {
    return this.all.filter((drawing) => drawing.version === this.version);
  }

  /** Draw the first one; rejects when it cannot be drawn. */
  async start() {
    const first = this.drawings.find((drawing) => drawing.first) ?? this.drawings[0];
    await this.show(first.prefix);
    for (const button of this.buttons) {
      button.addEventListener("click", () => this.show(button.dataset.drawing));
    }
    this.viewer.on("element.click", ({ element }) => {
      if (this.knows(calledBy(element))) this.show(calledBy(element));
    });
  }

  knows(prefix) {
    return this.drawings.some((drawing) => drawing.prefix === prefix);
  }

  /** Show one drawing after those asked for before; of many asked for at once only the last. */
  show(prefix) {
    const wanted = this.drawings.find((drawing) => drawing.prefix === prefix);
    this.wanted = wanted;
    const change = () =>
      this.wanted === wanted && this.drawn !== wanted ? this.change(wanted) : null;
    // One drawing that could not be fetched must not keep the others from being shown.
    this.turn = this.turn.then(change, change);
    return this.turn;
  }

  async change(wanted) {
    await this.draw(wanted.url);
    this.drawn = wanted;
    this.shown = wanted.prefix;
    this.press();
    const canvas = this.viewer.get("canvas");
    for (const element of this.viewer.get("elementRegistry").getAll()) {
      if (this.knows(calledBy(element))) canvas.addMarker(element, "mc-calls");
    }
    this.wear();
  }

  /** Offer the drawings of the version at hand, the shown one pressed. */
  press() {
    for (const button of this.buttons) {
      button.hidden = button.dataset.version !== String(this.version ?? "");
      button.setAttribute("aria-pressed", String(button.dataset.drawing === this.shown));
    }
    if (this.buttons.length) this.buttons[0].parentElement.hidden = this.drawings.length < 2;
  }

  /** Let the drawings wear exactly these marks, which may tell of another version. */
  mark(marks) {
    this.marks = marks;
    const version = marks.version ?? this.version;
    if (version !== this.version && this.all.some((drawing) => drawing.version === version)) {
      this.version = version;
      this.show(this.knows(this.shown) ? this.shown : "");
      return;
    }
    this.wear();
  }

  wear() {
    if (this.drawn?.version !== this.version) return;
    const kinds = Object.entries(this.marks).filter(([, ids]) => Array.isArray(ids));
    const mine = kinds.map(([kind, ids]) => [kind, own(ids, this.shown)]);
    markElements(this.viewer, Object.fromEntries(mine));
  }

  /** Show the drawing in which the first of these places lies. */
  async go(ids) {
    if (!ids.length) return;
    const prefix = ids[0].slice(0, ids[0].lastIndexOf("/") + 1);
    if (this.knows(prefix)) await this.show(prefix);
  }

  /** Where letters are small, look closely at the first of these places that is drawn here. */
  lookAt(ids, least) {
    lookAt(this.viewer, own(ids, this.shown), least);
  }

  /** Someone who zoomed in must not lose sight of what happens. */
  async follow(ids) {
    await this.go(ids);
    const registry = this.viewer.get("elementRegistry");
    const id = own(ids, this.shown).find((each) => registry.get(each));
    if (id) this.viewer.get("canvas").scrollToElement(id, 40);
  }
}
