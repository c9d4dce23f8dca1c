// <table data-row-keys>: j and k move through the rows' first links, Enter opens as usual.
// The keys work only while the focus is inside the table (WCAG 2.1.4), so they never surprise dictation.
const TYPING = "input, textarea, select, [contenteditable]";

function step(links, direction) {
  const here = links.indexOf(document.activeElement);
  const next = Math.min(Math.max(here + direction, 0), links.length - 1);
  links[next].focus();
}

export function wireRowKeys(root) {
  const table = root.querySelector("table[data-row-keys]");
  if (!table) return;
  const links = [...table.querySelectorAll("tbody tr")]
    .map((row) => row.querySelector("a"))
    .filter(Boolean);
  if (!links.length) return;

  table.addEventListener("keydown", (event) => {
    const held = event.ctrlKey || event.altKey || event.metaKey;
    if (held || event.target.closest(TYPING)) return;
    if (event.key === "j") step(links, 1);
    if (event.key === "k") step(links, -1);
  });
}
