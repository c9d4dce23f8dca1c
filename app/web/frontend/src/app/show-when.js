// <div data-show-when='…'> is shown only while its condition holds. The condition is JSON:
//   {"field": "kind", "values": ["a", "b"]}     one of the field's current values is listed
//   {"field": "kind", "filled": true}           the field has any value
//   {"all": […]}  {"any": […]}  {"not": …}      combinations
// Without scripts everything is shown and the server, which decides anyway, ignores what does not apply.
const CONTROLS = "input, select, textarea, button";

function valuesOf(form, name) {
  return [...form.elements]
    .filter((control) => control.name === name && !control.disabled)
    .filter((control) => !["checkbox", "radio"].includes(control.type) || control.checked)
    .map((control) => control.value)
    .filter((value) => value !== "");
}

function holds(form, condition) {
  if (condition.all) return condition.all.every((part) => holds(form, part));
  if (condition.any) return condition.any.some((part) => holds(form, part));
  if (condition.not) return !holds(form, condition.not);
  const values = valuesOf(form, condition.field);
  if ("filled" in condition) return values.length > 0 === condition.filled;
  return values.some((value) => condition.values.includes(value));
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
