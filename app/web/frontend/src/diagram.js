// Pages with a diagram: the auditor's replay and the officer's "where are we". Loaded only there.
import "./styles/diagram.scss";
import { openDiagram } from "./diagram/viewer.js";
import { markElements, readMarks } from "./diagram/marks.js";
import { wireTools } from "./diagram/tools.js";
import { wireReplay } from "./diagram/replay.js";

async function start(holder) {
  const diagram = await openDiagram(holder);
  if (!diagram) return;
  wireTools(holder, diagram);
  const marks = readMarks(holder);
  if (marks) markElements(diagram, marks);
  await wireReplay(holder, diagram);
}

document.querySelectorAll("[data-diagram-url]").forEach(start);
