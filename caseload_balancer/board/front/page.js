// The host that is a page of its own: the week stands in it, and decisions leave it as a file.

import { render } from "./board.js";

const kept = {
  data: document.getElementById("board-data").textContent,
  decisions: [],
  can_solve: false,
  keeps_nothing: true,
};
const model = {
  get: (name) => kept[name],
  set: (name, value) => { kept[name] = value; },
  save_changes: () => {},
  on: () => {},
  off: () => {},
};
render({ model, el: document.getElementById("board") });
