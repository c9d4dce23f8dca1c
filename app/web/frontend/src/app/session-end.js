// <dialog data-session-left="seconds">: a page with a form says in time that the session is about to end.
// The server has the last word; this only warns. What was typed stays on the page whatever happens.
const WARNED = 5 * 60;
const LOOKS = 5000;

export function wireSessionEnd(root) {
  const dialog = root.querySelector("dialog[data-session-left]");
  if (dialog && root.querySelector("main form[method=post]")) new SessionEnd(dialog).wire();
}

class SessionEnd {
  constructor(dialog) {
    this.dialog = dialog;
    this.words = dialog.querySelector("[data-session-words]");
    this.stayButton = dialog.querySelector("[data-session-stay]");
    this.told = 0; // how far the warnings have come
    this.set(Number(dialog.dataset.sessionLeft));
  }

  wire() {
    this.stayButton.addEventListener("click", () => this.stay());
    this.dialog
      .querySelector("[data-session-close]")
      .addEventListener("click", () => this.dialog.close());
    document.addEventListener("visibilitychange", () => this.look());
    window.setInterval(() => this.look(), LOOKS);
    this.look();
  }

  // A computer that slept has to notice: hence an instant, not a countdown.
  set(seconds) {
    this.ends = Date.now() + seconds * 1000;
  }

  get left() {
    return (this.ends - Date.now()) / 1000;
  }

  // Warns once in time and says once that it is over; who has closed it is not asked again.
  look() {
    const { left, dialog } = this;
    if (left > WARNED) return;
    const stage = left > 0 ? 1 : 2;
    if (dialog.open || this.told < stage) this.say(this.remaining());
    if (this.told < stage) this.show(stage);
  }

  show(stage) {
    this.told = stage;
    this.stayButton.hidden = stage === 2;
    if (!this.dialog.open) this.dialog.showModal();
  }

  remaining() {
    const { left, dialog } = this;
    if (left <= 0) return dialog.dataset.over;
    if (left < 60) return dialog.dataset.minute;
    return dialog.dataset.minutes.replace("{minutes}", Math.ceil(left / 60));
  }

  say(words) {
    if (this.words.textContent !== words) this.words.textContent = words;
  }

  async stay() {
    const seconds = await this.ask();
    if (seconds === null) return this.say(this.dialog.dataset.failed);
    this.set(seconds);
    if (seconds <= WARNED)
      return this.say(seconds > 0 ? this.dialog.dataset.longest : this.remaining());
    this.told = 0;
    this.dialog.close();
  }

  // Seconds that are left now: none for whoever is logged out, null where nobody answers.
  async ask() {
    const { sessionUrl, token } = this.dialog.dataset;
    try {
      const answer = await fetch(sessionUrl, { method: "POST", headers: { "X-CSRFToken": token } });
      if (answer.redirected || [400, 401, 403].includes(answer.status)) return 0;
      return answer.ok ? (await answer.json()).left : null;
    } catch {
      return null;
    }
  }
}
