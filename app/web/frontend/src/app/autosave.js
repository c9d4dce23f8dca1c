// <form data-autosave="address">: what is typed is kept as a draft, field by field, and the page says so.
// Nothing is lost on the way: until the server has it, a copy lies in this tab, and a failure is loud.
const QUIET = 1500;
const LONGEST = 15000;

export function wireAutosave(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) new Autosave(form).wire();
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.autosave;
    this.state = form.querySelector("[data-autosave-state]");
    this.alert = form.querySelector("[data-autosave-alert]");
    this.words = form.querySelector("[data-autosave-words]");
    this.keepButton = form.querySelector("[data-autosave-keep]");
    this.typed = 0; // how often something was typed,
    this.kept = 0; // and how much of it the server has
    this.busy = false;
    this.asked = false; // whether saving was asked for while it was busy
    this.timer = 0;
    this.held = null; // the sending that waits for a saving on its way
  }

  wire() {
    this.form.addEventListener("input", (event) => this.changed(event, QUIET));
    this.form.addEventListener("change", (event) => this.changed(event, 0));
    this.form.addEventListener("submit", (event) => this.sent(event));
    this.form.querySelector("[data-autosave-retry]").addEventListener("click", () => this.save());
    this.keepButton.addEventListener("click", () => {
      this.seen.value = this.others;
      this.save();
    });
    window.addEventListener("online", () => this.typed > this.kept && this.save());
    this.restore();
  }

  get seen() {
    return this.form.elements.seen;
  }

  changed(event, wait) {
    if (event.target.type === "file") return;
    this.typed += 1;
    this.copy();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  // What is still on its way would make this page look older than the draft: it arrives first.
  sent(event) {
    clearTimeout(this.timer);
    if (!this.busy) return;
    event.preventDefault();
    this.held = () => this.form.requestSubmit(event.submitter);
  }

  // ---- saving

  async save(again = true) {
    clearTimeout(this.timer);
    if (this.busy) {
      this.asked = true;
      return;
    }
    this.busy = true;
    this.asked = false;
    const typed = this.typed;
    this.say(this.state.dataset.saving);
    const failed = await this.attempt(again);
    this.busy = false;
    if (this.held) return this.letGo();
    // Leaving a field saves, and the press that left it may have said which state stays.
    if (this.asked) return this.save();
    if (failed) return this.complain(...failed);
    this.kept = typed;
    this.quiet();
    if (this.typed > this.kept) return this.save();
    this.forget();
  }

  letGo() {
    const send = this.held;
    this.held = null;
    send();
  }

  // What went wrong, as the words to use and what to put in; nothing if all is kept.
  async attempt(again) {
    const answer = await this.post();
    if (!answer) return ["offline"];
    if (answer.status === 400 && again && (await this.renew())) return this.attempt(false);
    const told = isJson(answer) ? await answer.json() : {};
    return answer.ok ? this.succeed(told) : this.fail(answer.status, told);
  }

  fail(status, told) {
    if (status === 410) this.leave(told.address);
    this.others = told.seen;
    return [causes[status] ?? "failed", told.at];
  }

  async post() {
    try {
      const signal = AbortSignal.timeout(LONGEST);
      return await fetch(this.address, { method: "POST", body: this.answers(), signal });
    } catch {
      return null;
    }
  }

  succeed(told) {
    this.seen.value = told.seen;
    this.say(this.state.dataset.saved.replace("{time}", told.at));
    return null;
  }

  // It has been sent in another window: there is nothing left to write here.
  leave(address) {
    this.forget();
    window.location.assign(address);
  }

  answers() {
    const answers = new FormData(this.form);
    for (const field of this.form.querySelectorAll("input[type=file]")) answers.delete(field.name);
    return answers;
  }

  // A page that lay open for long needs a new token; who is logged out gets none.
  async renew() {
    try {
      const answer = await fetch(this.address);
      if (!answer.ok) return false;
      this.form.elements.csrf_token.value = (await answer.json()).csrf_token;
      return true;
    } catch {
      return false;
    }
  }

  // ---- the copy in this tab

  copy() {
    const fields = [...this.answers()].filter(([name]) => name !== "csrf_token");
    store((tab) => tab.setItem(this.address, JSON.stringify({ seen: this.seen.value, fields })));
  }

  forget() {
    store((tab) => tab.removeItem(this.address));
  }

  restore() {
    const lying = store((tab) => tab.getItem(this.address));
    if (!lying) return;
    const { seen, fields } = JSON.parse(lying);
    // Whatever the server was given meanwhile is newer.
    if (seen !== this.seen.value) return this.forget();
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
    for (const control of this.form.elements) put(control, values);
    this.form.dispatchEvent(new Event("change"));
    this.say(this.state.dataset.restored);
  }

  // ---- saying so

  say(words) {
    this.state.textContent = `· ${words}`;
  }

  quiet() {
    this.alert.hidden = true;
    this.words.textContent = "";
    this.keepButton.hidden = true;
  }

  complain(cause, time = "") {
    this.state.textContent = "";
    this.alert.hidden = false;
    this.keepButton.hidden = cause !== "changed";
    this.words.textContent = this.alert.dataset[cause].replace("{time}", time);
  }
}

const causes = { 400: "closed", 401: "closed", 403: "closed", 409: "changed" };
const FIXED = ["hidden", "file", "submit", "button"];

function put(control, values) {
  if (!control.name || FIXED.includes(control.type)) return;
  const given = values.get(control.name) ?? [];
  if (["checkbox", "radio"].includes(control.type)) control.checked = given.includes(control.value);
  else if (control.type === "select-multiple")
    for (const option of control.options) option.selected = given.includes(option.value);
  else if (given.length) control.value = given[0];
}

function isJson(answer) {
  return (answer.headers.get("content-type") ?? "").startsWith("application/json");
}

// Some browsers keep nothing for anybody; then there is no copy, and saving goes on without.
function store(act) {
  try {
    return act(window.sessionStorage);
  } catch {
    return null;
  }
}
