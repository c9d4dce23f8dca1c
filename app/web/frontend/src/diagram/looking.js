// What part of a drawing is seen.
const AIR = 24;
const READABLE = 0.7;

/** Show the whole drawing, with a little air around it, in a box of its proportions. */
export function fit(holder, viewer) {
  const canvas = viewer.get("canvas");
  const { x, y, width, height } = canvas.viewbox().inner;
  const drawn = { x: x - AIR, y: y - AIR, width: width + 2 * AIR, height: height + 2 * AIR };
  holder.style.height = `${Math.round((holder.clientWidth * drawn.height) / drawn.width)}px`;
  canvas.resized();
  canvas.viewbox(drawn);
}

/** Where letters are smaller than `least` of their size, look closely at the first of `ids` that is drawn. */
export function lookAt(viewer, ids, least) {
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  const element = ids.map((id) => registry.get(id)).find(Boolean);
  if (!element || canvas.zoom() >= least) return;
  const { width, height } = canvas.getSize();
  const across = width / READABLE;
  const down = height / READABLE;
  canvas.viewbox({
    x: element.x + element.width / 2 - across / 2,
    y: element.y + element.height / 2 - down / 2,
    width: across,
    height: down,
  });
}
