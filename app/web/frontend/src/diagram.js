// Pages with diagrams: the auditor's replay and the officer's "where are we". Loaded only there.
import "./styles/diagram.scss";
import { openBoard } from "./diagram/viewer.js";
import { readMarks } from "./diagram/marks.js";
import { wireTools } from "./diagram/tools.js";
import { wireReplay } from "./diagram/replay.js";

async function start(holder) {
  const board = await openBoard(holder);
  if (!board) return;
  wireTools(holder, board.viewer);
  const marks = readMarks(holder);
  if (marks) {
    board.mark(marks);
    board.lookAt(marks.open, 0.6);
  }
  await wireReplay(holder, board);
}

document.querySelectorAll("[data-diagrams]").forEach(start);
