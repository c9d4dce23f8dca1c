// Which elements wear which class. {"passed": [ids], "open": [ids], "cancelled": [ids], "flows": [ids]}
const CLASSES = {
  passed: "mc-passed",
  open: "mc-open",
  cancelled: "mc-cancelled",
  flows: "mc-taken",
};

/** Marks written into the page: data-diagram-marks names a <script type="application/json">. */
export function readMarks(holder) {
  const source = document.getElementById(holder.dataset.diagramMarks ?? "");
  return source && JSON.parse(source.textContent);
}

function clear(canvas, registry) {
  for (const element of registry.getAll()) {
    for (const name of Object.values(CLASSES)) canvas.removeMarker(element, name);
  }
}

/** Let the diagram wear exactly `marks`; ids that the drawing does not know are passed over. */
export function markElements(viewer, marks) {
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  clear(canvas, registry);
  for (const [kind, name] of Object.entries(CLASSES)) {
    for (const id of marks[kind] ?? []) {
      if (registry.get(id)) canvas.addMarker(id, name);
    }
  }
}
