// The slider that walks a dossier's journal over its diagram.
//   data-replay-url    JSON {"steps": [{seq, label, version, passed, open, cancelled, flows}]}
//   data-replay-panel  id of the element with the range input, the two buttons and the live sentence

async function readSteps(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  return (await answer.json()).steps;
}

function highlightRow(step, scroll) {
  for (const row of document.querySelectorAll("[data-seq]")) {
    const here = row.dataset.seq === String(step.seq);
    if (here) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    if (here && scroll) row.scrollIntoView({ block: "nearest" });
  }
}

function sentence(panel, step, index, total) {
  return panel.dataset.sentence
    .replace("{number}", String(index + 1))
    .replace("{total}", String(total))
    .replace("{label}", step.label);
}

/** Where something is going on in this step: what is open first, then what was passed last. */
function placesOf(step) {
  return [...(step.open ?? []), ...(step.passed ?? []).slice().reverse()];
}

class Replay {
  constructor({ board, panel, steps }) {
    this.board = board;
    this.panel = panel;
    this.steps = steps;
    this.slider = panel.querySelector("input[type=range]");
    this.previous = panel.querySelector("[data-replay-previous]");
    this.next = panel.querySelector("[data-replay-next]");
    this.now = panel.querySelector("[data-replay-now]");
    this.version = panel.querySelector("[data-replay-version]");
    this.version.hidden = new Set(steps.map((step) => step.version)).size < 2;
  }

  start() {
    this.slider.min = "0";
    this.slider.max = String(this.steps.length - 1);
    this.slider.addEventListener("input", () => this.show(Number(this.slider.value)));
    this.previous.addEventListener("click", () => this.show(Number(this.slider.value) - 1));
    this.next.addEventListener("click", () => this.show(Number(this.slider.value) + 1));
    for (const row of document.querySelectorAll("[data-seq]")) this.listenTo(row);
    this.panel.hidden = false;
    this.board.lookAt(placesOf(this.steps.at(-1)), 0.4);
    this.show(this.steps.length - 1, { scroll: false });
  }

  listenTo(row) {
    const index = this.steps.findIndex((step) => String(step.seq) === row.dataset.seq);
    const button = row.querySelector("[data-replay-goto]");
    if (index < 0 || !button) return;
    button.hidden = false;
    button.addEventListener("click", () => this.show(index, { scroll: false }));
  }

  show(wanted, { scroll = true } = {}) {
    const last = this.steps.length - 1;
    const index = Math.min(Math.max(wanted, 0), last);
    const step = this.steps[index];
    const words = sentence(this.panel, step, index, this.steps.length);
    this.slider.value = String(index);
    this.slider.setAttribute("aria-valuetext", words);
    // aria-disabled, not disabled: a button must not throw away the focus of the one who presses it.
    this.previous.setAttribute("aria-disabled", String(index === 0));
    this.next.setAttribute("aria-disabled", String(index === last));
    this.now.textContent = words;
    this.version.textContent = this.panel.dataset.version.replace("{version}", step.version);
    this.board.mark(step);
    this.board.follow(placesOf(step));
    highlightRow(step, scroll);
  }
}

/** Wire the slider beside `holder`, when the page has one and the journal is not empty. */
export async function wireReplay(holder, board) {
  const panel = document.getElementById(holder.dataset.replayPanel ?? "");
  if (!panel || !holder.dataset.replayUrl) return;
  const steps = await readSteps(holder.dataset.replayUrl);
  if (steps.length) new Replay({ board, panel, steps }).start();
}
