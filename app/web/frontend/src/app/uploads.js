// <div data-upload-field="papers" …> around a file input: chosen files are sent at once, in pieces, with
// a progress that is seen and heard. Without this script they come with the form.
import { Row } from "./uploads/row.js";
import { sendFile } from "./uploads/send.js";

// Percentages that are announced; every single one would drown the reader.
const HEARD = [25, 50, 75];
// Row -> its form, and whether it went well once it is done.
const underWay = new Map();
const waiting = new Set();

class Place {
  constructor(element, words) {
    this.element = element;
    this.words = words;
    this.input = element.querySelector("input[type=file]");
    this.form = this.input.form;
    this.list = Object.assign(document.createElement("ul"), { className: "mc-files" });
    this.voice = Object.assign(document.createElement("p"), {
      className: "govuk-visually-hidden",
    });
    this.voice.setAttribute("role", "status");
    element.append(this.list, this.voice);
    this.queue = Promise.resolve();
    this.input.addEventListener("change", () => this.take());
  }

  // The files are no longer the form's: they would be sent a second time with it.
  take() {
    const files = [...this.input.files];
    this.input.value = "";
    for (const file of files) this.add(file);
  }

  add(file) {
    const row = new Row(file, this.words);
    const stop = new AbortController();
    this.list.append(row.element);
    row.button.addEventListener("click", () => {
      stop.abort();
      row.element.remove();
      this.say(this.words.cancelled, file.name);
      this.input.focus();
    });
    const done = this.queue.then(() => this.send(file, row, stop.signal));
    this.queue = done.finally(() => underWay.delete(row));
    underWay.set(row, { form: this.form, done });
  }

  // Whether the form may be sent with what has become of the file.
  async send(file, row, signal) {
    if (signal.aborted) return true;
    const { uploadField: field, uploadDraft: draft, uploadItem: item } = this.element.dataset;
    const token = this.form.elements.csrf_token.value;
    const address = this.element.dataset.uploadAddress;
    const about = { field, draft, item, token, address, signal, words: this.words };
    this.say(this.words.uploading, file.name);
    try {
      this.keep(row, await sendFile(file, about, this.hooks(file, row)));
      return true;
    } catch (error) {
      if (signal.aborted) return true;
      row.failed(error.name === "Refused" ? error.message : this.words.failed, file.name);
      row.button.addEventListener("click", () => this.dismiss(row));
      return false;
    }
  }

  hooks(file, row) {
    const left = [...HEARD];
    return {
      progress: (share) => {
        const percent = Math.floor(share * 100);
        row.moved(percent);
        let heard = 0;
        while (left.length && percent >= left[0]) heard = left.shift();
        if (heard && percent < 100) this.say(this.words.progress, file.name, heard);
      },
      waiting: () => {
        row.waits(this.words.waiting);
        this.say(this.words.waiting, file.name);
      },
      checking: () => row.waits(this.words.checking),
    };
  }

  keep(row, told) {
    if (!this.input.multiple) this.replaceOthers(row);
    row.stored(told, this.element.dataset.uploadField);
    row.button.addEventListener("click", () => this.remove(row, told));
    this.say(this.words.done, told.name);
    if (told.twin) this.voice.textContent += ` ${told.twin}`;
  }

  // A question for one file has the newest one.
  replaceOthers(row) {
    for (const other of [...this.list.children]) {
      if (other !== row.element) other.remove();
    }
    for (const other of this.element.querySelectorAll(".mc-upload__stored")) other.remove();
  }

  async remove(row, told) {
    row.button.disabled = true;
    const token = this.form.elements.csrf_token.value;
    const answer = await fetch(told.url, {
      method: "DELETE",
      headers: { "X-CSRFToken": token },
    }).catch(() => null);
    if (!answer || ![204, 404].includes(answer.status)) {
      row.button.disabled = false;
      this.say(this.words.failed, told.name);
      return;
    }
    this.dismiss(row);
    this.say(this.words.removed, told.name);
  }

  dismiss(row) {
    row.element.remove();
    this.input.focus();
  }

  say(sentence, name, percent = "") {
    this.voice.textContent = sentence.replace("{name}", name).replace("{percent}", percent);
  }
}

// Whoever sends the form too early need not press again: it goes by itself, unless a file was refused.
async function sendAfterwards(event) {
  const form = event.target;
  const waits = [...underWay].filter(([, one]) => one.form === form).map(([row]) => row);
  if (!waits.length) return;
  event.preventDefault();
  if (waiting.has(form)) return;
  waiting.add(form);
  for (const row of waits) row.waits(row.words.wait);
  const [{ element, words }] = waits;
  element.closest("[data-upload-field]").querySelector("[role=status]").textContent = words.wait;
  const went = await Promise.all(waits.map((row) => underWay.get(row).done));
  waiting.delete(form);
  if (went.every(Boolean)) form.requestSubmit(event.submitter);
}

export function wireUploads(root) {
  const told = root.querySelector("[data-upload-words]");
  if (!told) return;
  const words = JSON.parse(told.dataset.uploadWords);
  const places = [...root.querySelectorAll("[data-upload-address]")];
  const made = places.map((element) => new Place(element, words));
  for (const form of new Set(made.map((place) => place.form))) {
    form.addEventListener("submit", sendAfterwards);
  }
}
