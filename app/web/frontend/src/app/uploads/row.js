// One file in the list beside its question: under way, refused, or there.
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export class Row {
  constructor(file, words) {
    this.words = words;
    this.name = make("span", { className: "mc-files__name", textContent: file.name });
    this.state = make("p", { className: "mc-upload__facts" });
    this.bar = make("progress", { className: "mc-upload__bar", max: 100, value: 0 });
    this.bar.setAttribute("aria-label", this.say(words.uploading, file.name));
    this.button = this.action(words.cancel, file.name);
    this.body = make("div", { className: "mc-files__body" }, this.name, this.bar, this.state);
    this.element = make("li", { className: "mc-files__item" }, this.body, this.button);
  }

  say(sentence, name) {
    return sentence.replace("{name}", name);
  }

  action(word, name) {
    const hidden = make("span", { className: "govuk-visually-hidden", textContent: ` ${name}` });
    return make("button", { type: "button", className: "mc-link-button" }, word, hidden);
  }

  moved(percent) {
    this.bar.value = percent;
    this.state.textContent = `${percent} %`;
  }

  waits(sentence) {
    this.state.textContent = sentence;
  }

  stored(told, field) {
    this.bar.remove();
    this.name.replaceChildren(
      make("a", { className: "govuk-link", href: told.url, download: "", textContent: told.name }),
    );
    this.state.textContent = told.facts;
    if (told.twin) {
      this.body.append(make("p", { className: "mc-upload__twin", textContent: told.twin }));
    }
    if (told.preview) {
      const picture = { src: told.preview, alt: "", width: 56, height: 56 };
      this.element.prepend(make("img", { className: "mc-files__preview", ...picture }));
    }
    const stored = make("input", { type: "hidden", name: `${field}-stored`, value: told.id });
    this.element.append(stored);
    // Whoever keeps the form as a draft hears of it.
    stored.dispatchEvent(new Event("change", { bubbles: true }));
    this.replaceButton(this.words.remove, told.name);
  }

  failed(message, name) {
    this.bar.remove();
    this.state.remove();
    const told = make("p", { className: "govuk-error-message", textContent: message });
    told.setAttribute("role", "alert");
    this.body.append(told);
    this.replaceButton(this.words.dismiss, name);
  }

  replaceButton(word, name) {
    const focused = document.activeElement === this.button;
    const button = this.action(word, name);
    this.button.replaceWith(button);
    this.button = button;
    if (focused) button.focus();
  }
}
