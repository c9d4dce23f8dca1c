// <div data-show-when='…'> is shown only while its condition holds. The condition is JSON, as
// app/forms/revealing.py writes it:  {"all": [terms]}  {"any": [terms]}  or a single term
//   {"name": "kind", "op": "=", "value": "org"}     op may be "!="; a ticked box has the value "true"
// Without scripts everything is shown and the server, which decides anyway, ignores what does not apply.
const CONTROLS = "input, select, textarea, button";

function given(control) {
  if (control.disabled) return false;
  return !["checkbox", "radio"].includes(control.type) || control.checked;
}

function valuesOf(form, name) {
  return [...form.elements]
    .filter((control) => control.name === name && given(control))
    .flatMap((control) =>
      control.type === "checkbox" ? [control.value, "true"] : [control.value],
    );
}

function holds(form, condition) {
  if (condition.all) return condition.all.every((term) => holds(form, term));
  if (condition.any) return condition.any.some((term) => holds(form, term));
  return valuesOf(form, condition.name).includes(condition.value) === (condition.op === "=");
}

function show(part, visible) {
  part.hidden = !visible;
  // A hidden answer is not an answer: it is neither sent nor required.
  for (const control of part.querySelectorAll(CONTROLS)) {
    control.disabled = control.closest("[data-show-when][hidden]") !== null;
  }
}

function refresh(form) {
  // In document order, so that a part inside a hidden part sees its parent's fields already disabled.
  for (const part of form.querySelectorAll("[data-show-when]")) {
    show(part, holds(form, JSON.parse(part.dataset.showWhen)));
  }
}

export function wireShowWhen(root) {
  const forms = new Set(
    [...root.querySelectorAll("form [data-show-when]")].map((part) => part.closest("form")),
  );
  for (const form of forms) {
    form.addEventListener("input", () => refresh(form));
    form.addEventListener("change", () => refresh(form));
    refresh(form);
  }
}
