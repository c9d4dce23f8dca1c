// <div data-diagrams="id of the list" data-diagram-failed="words when they cannot be shown">
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { fit } from "./looking.js";
import { Board, readDrawings } from "./board.js";

const INK = "var(--diagram-ink)";

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

function newViewer(holder) {
  return new NavigatedViewer({
    container: holder,
    // The page scrolls with the wheel; the diagram zooms with Ctrl, as maps do.
    bpmnRenderer: {
      defaultFillColor: "var(--diagram-paper)",
      defaultStrokeColor: INK,
      defaultLabelColor: INK,
    },
    textRenderer: { defaultStyle: { fontFamily: '"Be Vietnam Pro", sans-serif' } },
  });
}

/** The drawings named by `data-diagrams` on a board in `holder`; null when they cannot be shown. */
export async function openBoard(holder) {
  const viewer = newViewer(holder);
  const texts = new Map();
  const draw = async (url) => {
    if (!texts.has(url)) texts.set(url, await read(url));
    await viewer.importXML(texts.get(url));
    fit(holder, viewer);
  };
  const board = new Board({ holder, viewer, drawings: readDrawings(holder), draw });
  try {
    // The boxes of labels are measured while drawing, so the letters must be there first.
    await document.fonts.load('12px "Be Vietnam Pro"', "Tiếp nhận hồ sơ");
    await board.start();
  } catch (error) {
    sayFailed(holder, error);
    return null;
  }
  return board;
}
