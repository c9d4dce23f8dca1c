// <button data-print hidden> appears where scripts run, because only a script can print.
export function wirePrintButtons(root) {
  for (const button of root.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
