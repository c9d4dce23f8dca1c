// Pages with a diagram: the auditor's replay and the officer's "where are we". Loaded only there.
import "./styles/diagram.scss";
import { lookAt, openDiagram } from "./diagram/viewer.js";
import { markElements, readMarks } from "./diagram/marks.js";
import { wireTools } from "./diagram/tools.js";
import { wireReplay } from "./diagram/replay.js";

async function start(holder) {
  const diagram = await openDiagram(holder);
  if (!diagram) return;
  wireTools(holder, diagram);
  const marks = readMarks(holder);
  if (marks) {
    markElements(diagram, marks);
    lookAt(diagram, marks.open, 0.6);
  }
  await wireReplay(holder, diagram);
}

document.querySelectorAll("[data-diagram-url]").forEach(start);
