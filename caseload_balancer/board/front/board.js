// The board in whatever hosts it: a page, a notebook, a local server.

import { Standing } from "./standing.js";
import { WAITS } from "./evaluator.js";
import { sameRows } from "./decisions.js";
import { children, percent } from "./wording.js";
import { make } from "./elements.js";
import { Columns } from "./columns.js";
import { Menu } from "./menu.js";
import { makeDraggable } from "./dragging.js";
import { Summary } from "./summary.js";
import { Toolbar } from "./toolbar.js";

/** What a host gives as data: an object, its JSON, or that in bytes. */
const parsed = (data) => {
  if (typeof data === "string") return JSON.parse(data);
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) {
    return JSON.parse(new TextDecoder().decode(data));
  }
  return data;
};

class Board {
  constructor(model, element) {
    this.model = model;
    this.solving = false;
    this.canSolve = Boolean(model.get("can_solve"));
    this.live = make("p", { class: "cb-unseen", role: "status", "aria-live": "polite" });
    this.root = make("div", { class: "cb-board" });
    this.columns = new Columns(this);
    this.menu = new Menu(this);
    this.summary = new Summary(this);
    this.tools = new Toolbar(this);
    this.help = make("p", { class: "cb-quiet cb-noprint" },
      "Open a card for everybody who could have the children, best first, or carry it with the mouse. "
      + "Tab goes from worker to worker, arrows from card to card; Ctrl+Z undoes.");
    this.root.append(this.summary.root, this.tools.root, this.columns.told, this.help,
      this.columns.root, this.summary.list, this.menu.box, this.live);
    this.root.addEventListener("keydown", (event) => this.shortcut(event));
    makeDraggable(this);
    element.append(this.root);
    this.followTheme();
  }

  get asked() {
    return this.tools.asked;
  }

  /** A notebook has a dark side of its own, whatever the system says. */
  followTheme() {
    const { body } = document;
    const dark = body.dataset.jpThemeLight === "false" || body.classList.contains("vscode-dark");
    const light = body.dataset.jpThemeLight === "true" || body.classList.contains("vscode-light");
    this.root.classList.toggle("cb-dark", dark);
    this.root.classList.toggle("cb-light", light);
  }

  /** Begin with a week and its plan. */
  begin() {
    let problem = "";
    if (this.menu.box.open) this.menu.done(null);
    try {
      this.standing = new Standing(parsed(this.model.get("data")));
    } catch (error) {
      problem = `This board cannot be shown: ${error.message}.`;
    }
    if (problem) {
      this.root.replaceChildren(make("p", { role: "alert" }, problem));
      return;
    }
    this.tools.begin();
    this.take(this.model.get("decisions") ?? []);
    this.standing.decisions.done = [];
    this.show();
  }

  /** Take over what a host says was decided. */
  take(rows) {
    const numbered = rows.map((row, place) => [place + 1, { worker_id: "", reason: "", ...row }]);
    const { units, problems } = this.standing.decisions.load(numbered);
    this.standing.settle(units);
    if (problems.length) this.tools.refuse(problems);
    return units;
  }

  show() {
    this.summary.show();
    this.tools.show();
    this.columns.show();
  }

  say(words) {
    this.live.textContent = "";
    this.live.textContent = words;
  }

  open(unit) {
    this.menu.open(unit);
  }

  moveTo(unit, worker) {
    const { standing } = this;
    const from = standing.where(unit);
    if (worker === from) return;
    if (!standing.evaluator.allows(unit, worker)) {
      this.say(`${standing.name(worker)} cannot have them${standing.whyNot(unit, worker)}.`);
      return;
    }
    this.decide(() => standing.decisions.moveTo(unit, worker), unit);
    this.columns.focus(unit, from);
  }

  /** Change decisions, show it and tell the host; `unit` is whom the sentence is about. */
  decide(change, unit = -1, words = "") {
    const { standing } = this;
    const from = unit < 0 ? WAITS : standing.where(unit);
    const offer = unit < 0 ? null : (worker) => standing.offer(unit, worker);
    const place = () => standing.decisions.place(unit);
    const units = change();
    if (!units.length) return;
    const told = offer && place() !== from ? offer(place()) : null;
    this.changed(standing.settle(units));
    this.say(words || this.words(unit, from, told));
  }

  /** Agree at once with all that the plan changes and the board shows. */
  agreeShown() {
    const units = this.standing.decisions.agreeTo(this.columns.open);
    const number = units.reduce((sum, unit) => sum + this.standing.casesOf(unit).length, 0);
    if (units.length) this.changed(this.standing.settle(units));
    this.say(units.length ? `Agreed about ${children(number)}.` : "Nothing shown is open.");
  }

  words(unit, from, told) {
    const { standing } = this;
    if (unit < 0) return "Changed.";
    if (!told) {
      const decided = standing.decisions.about(unit).length ? "Decided about" : "No decision about";
      return `${decided} ${standing.called(unit)}.`;
    }
    const load = told.after && told.after.percent !== null
      ? ` ${standing.name(told.worker)}: ${percent(told.before.percent)} to ${percent(told.after.percent)}.` : "";
    const tight = told.tight.length ? ` ${told.tight.join("; ")}.` : "";
    return `${standing.called(unit)} moved from ${standing.name(from)} to ${standing.name(told.worker)}: `
      + `${told.words}.${load}${tight}`;
  }

  changed(touched) {
    this.summary.show();
    this.tools.show();
    this.columns.renew(touched);
    this.unsaved = this.standing.decisions.rows().length > 0;
    this.tell();
  }

  tell() {
    this.model.set("decisions", this.standing.decisions.rows());
    this.model.save_changes();
  }

  saved() {
    this.unsaved = false;
  }

  undo() {
    this.step(this.standing.decisions.undo(), "Undone");
  }

  redo() {
    this.step(this.standing.decisions.redo(), "Done again");
  }

  step(units, words) {
    if (!units.length) return;
    const focused = this.root.contains(document.activeElement) ? document.activeElement : null;
    const card = focused?.closest?.(".cb-card");
    const from = this.standing.where(units[0]);
    this.changed(this.standing.settle(units));
    const named = units.slice(0, 4).map((unit) => this.standing.called(unit)).join(", ");
    this.say(`${words}: ${named}${units.length > 4 ? ` and ${units.length - 4} more` : ""}.`);
    if (card || !this.root.contains(document.activeElement)) this.columns.focus(units[0], from);
    else if (focused?.disabled) this.columns.focus(units[0], from);
  }

  shortcut(event) {
    if (event.target.matches("input,select,textarea") || this.menu.box.open) return;
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) this.redo();
    else this.undo();
  }

  load(numbered, name) {
    const { units, problems } = this.standing.decisions.load(numbered);
    this.tools.refuse(problems.map((one) => `${name}, ${one}`));
    if (problems.length) return;
    this.changed(this.standing.settle(units));
    this.say(`${this.standing.decisions.rows().length} decisions loaded from ${name}.`);
  }

  solve() {
    if (this.solving) {
      this.model.send({ type: "stop" });
      return;
    }
    this.solving = true;
    this.tools.refuse([]);
    this.tools.progress.textContent = "Planning again ...";
    this.tools.show();
    this.model.send({ type: "solve", decisions: this.standing.decisions.rows() });
  }

  hear(message) {
    if (message?.type === "progress") {
      this.tools.progress.textContent = message.text;
      return;
    }
    if (!["solved", "refused", "failed"].includes(message?.type)) return;
    this.solving = false;
    this.tools.progress.textContent = message.text ?? "";
    this.tools.refuse(message.problems ?? []);
    this.tools.show();
  }
}

/** Put a board into an element; gives what takes it away again. */
export const render = ({ model, el }) => {
  const board = new Board(model, el);
  const heard = {
    "change:data": () => board.begin(),
    "change:decisions": () => {
      const rows = model.get("decisions") ?? [];
      if (!board.standing || sameRows(rows, board.standing.decisions.rows())) return;
      board.take(rows);
      board.show();
    },
    "change:can_solve": () => {
      board.canSolve = Boolean(model.get("can_solve"));
      board.tools.show();
    },
    "msg:custom": (message) => board.hear(message),
  };
  board.begin();
  for (const [name, act] of Object.entries(heard)) model.on(name, act);
  const leaving = (event) => {
    if (board.unsaved && model.get("keeps_nothing")) event.preventDefault();
  };
  window.addEventListener("beforeunload", leaving);
  return () => {
    for (const [name, act] of Object.entries(heard)) model.off(name, act);
    window.removeEventListener("beforeunload", leaving);
    board.root.remove();
  };
};
