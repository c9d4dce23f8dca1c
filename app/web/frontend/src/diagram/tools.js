// Buttons for those who have no wheel or cannot drag: they stand in the bar after the diagram.
import { fit } from "./looking.js";

const STEP = 1.25;

function zoom(holder, viewer, way) {
  if (way === "fit") {
    fit(holder, viewer);
    return;
  }
  const canvas = viewer.get("canvas");
  canvas.zoom(way === "in" ? canvas.zoom() * STEP : canvas.zoom() / STEP);
}

export function wireTools(holder, viewer) {
  const bar = holder.nextElementSibling?.querySelector("[data-diagram-tools]");
  if (!bar) return;
  bar.hidden = false;
  for (const button of bar.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => zoom(holder, viewer, button.dataset.zoom));
  }
}
