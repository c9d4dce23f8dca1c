// <div data-diagram-url="…xml" data-diagram-failed="words when it cannot be shown">
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const INK = "var(--diagram-ink)";
const AIR = 24;
const READABLE = 0.7;

async function read(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  return answer.text();
}

function sayFailed(holder, error) {
  const words = document.createElement("p");
  words.className = "govuk-body";
  words.textContent = holder.dataset.diagramFailed ?? String(error);
  holder.replaceChildren(words);
}

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

/** Draw the BPMN XML behind `data-diagram-url` inside `holder`; null when that is not possible. */
export async function openDiagram(holder) {
  const viewer = new NavigatedViewer({
    container: holder,
    // The page scrolls with the wheel; the diagram zooms with Ctrl, as maps do.
    bpmnRenderer: {
      defaultFillColor: "var(--diagram-paper)",
      defaultStrokeColor: INK,
      defaultLabelColor: INK,
    },
    textRenderer: { defaultStyle: { fontFamily: '"Be Vietnam Pro", sans-serif' } },
  });
  try {
    // The boxes of labels are measured while drawing, so the letters must be there first.
    await document.fonts.load('12px "Be Vietnam Pro"', "Tiếp nhận hồ sơ");
    await viewer.importXML(await read(holder.dataset.diagramUrl));
  } catch (error) {
    sayFailed(holder, error);
    return null;
  }
  fit(holder, viewer);
  return viewer;
}
