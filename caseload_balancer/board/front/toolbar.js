// The line above the board: which team, what to find, undo, and decisions out and in.

import { asCsv, readCsv } from "./decisions.js";
import { counted } from "./wording.js";
import { make } from "./elements.js";

const TYPE = "text/csv;charset=utf-8";

export class Toolbar {
  constructor(board) {
    this.board = board;
    const button = (words, act, has = {}) => make("button", { type: "button", click: act, ...has }, words);
    this.undo = button("Undo", () => board.undo(), { "aria-keyshortcuts": "Control+Z" });
    this.redo = button("Redo", () => board.redo(), { "aria-keyshortcuts": "Control+Shift+Z" });
    this.shownTeam = null;
    this.team = make("select", { change: () => {
      this.noteTeam();
      board.columns.show();
    } });
    this.find = make("input", { type: "search", autocomplete: "off", input: () => board.columns.show() });
    this.only = make("input", { type: "checkbox", change: () => board.columns.show() });
    this.agree = button("Agree to the changes shown", () => board.agreeShown());
    this.save = button("Save the decisions", () => this.download());
    this.copied = button("Copy them", () => this.copy());
    this.file = make("input", { type: "file", accept: ".csv,text/csv", class: "cb-unseen",
      tabindex: "-1", "aria-hidden": "true", change: () => this.read() });
    this.again = button("Plan again around these decisions", () => board.solve());
    this.teamLabel = make("label", {}, "Team ", this.team);
    this.progress = make("p", { class: "cb-progress", role: "status" });
    this.problems = make("div", { class: "cb-problems", role: "alert" });
    this.root = make("div", { class: "cb-tools cb-noprint", role: "group", "aria-label": "The board" },
      make("div", { class: "cb-line-of" }, this.teamLabel,
        make("label", {}, "Find a worker, child or family ", this.find),
        make("label", {}, this.only, " Only what changes")),
      make("div", { class: "cb-line-of" }, this.undo, this.redo, this.agree, this.save, this.copied,
        button("Load decisions", () => this.file.click()), this.file, this.again),
      this.progress, this.problems);
  }

  /** Take over a week: its teams, and the one that is shown first. */
  begin() {
    const { data } = this.board.standing;
    const people = data.teams.map((_, team) =>
      data.workers.filter((one) => one.holds && one.teams[0] === team).length);
    const options = data.teams.flatMap(({ called, within }, team) => (people[team]
      || data.units.some((unit) => unit.team === team)
      ? [make("option", { value: team }, within ? `${called}, ${within}` : called)] : []));
    const all = make("option", { value: -1 }, `Everybody (${counted(data.workers.filter((one) => one.holds).length, "worker")})`);
    // A new plan of the week shows the team that was looked at.
    const wanted = this.shownTeam ?? data.team;
    const first = data.teams.findIndex((team) => team.id === wanted);
    this.team.replaceChildren(...options, all);
    this.team.value = String(wanted === "" ? -1 : first >= 0 ? first : options.length > 1 ? options[0].value : -1);
    this.noteTeam();
    this.teamLabel.hidden = options.length < 2;
    this.problems.replaceChildren();
  }

  noteTeam() {
    this.shownTeam = this.board.standing.data.teams[Number(this.team.value)]?.id ?? "";
  }

  get asked() {
    return {
      team: Number(this.team.value),
      wanted: this.find.value.trim().toLowerCase(),
      changesOnly: this.only.checked,
    };
  }

  show() {
    const { decisions } = this.board.standing;
    const rows = decisions.rows().length;
    this.undo.disabled = !decisions.done.length;
    this.redo.disabled = !decisions.undone.length;
    this.save.disabled = !rows;
    this.copied.disabled = !rows;
    this.again.hidden = !this.board.canSolve;
    this.again.textContent = this.board.solving ? "Stop" : "Plan again around these decisions";
  }

  get fileName() {
    return `decisions-${this.board.standing.data.run.slice(0, 12)}.csv`;
  }

  download() {
    const text = asCsv(this.board.standing.decisions.rows());
    const address = URL.createObjectURL(new Blob([text], { type: TYPE }));
    const link = make("a", { href: address, download: this.fileName });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    this.board.saved();
    this.board.say(`Saved as ${this.fileName}.`);
  }

  async copy() {
    const text = asCsv(this.board.standing.decisions.rows());
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // A page from a folder, or an old browser: the way that asks for no permission.
      const area = make("textarea", { class: "cb-unseen", "aria-hidden": "true" }, text);
      this.board.root.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      this.copied.focus();
    }
    this.board.say("The decisions are copied, as the file has them.");
  }

  async read() {
    const [file] = this.file.files;
    this.file.value = "";
    if (!file) return;
    const named = /decisions-([0-9a-f]{12})/.exec(file.name)?.[1];
    const run = this.board.standing.data.run.slice(0, 12);
    if (named && named !== run) {
      this.refuse([`${file.name} is about another plan (run ${named}, and this is run ${run}).`]);
      return;
    }
    this.load(readCsv(await file.text()), file.name);
  }

  load({ numbered, problems }, name) {
    if (problems.length) this.refuse(problems.map((one) => `${name}, ${one}`));
    else this.board.load(numbered, name);
  }

  /** Say what is wrong, with nothing changed. */
  refuse(problems) {
    this.problems.replaceChildren(...(problems.length ? [
      make("p", {}, "Nothing was changed:"),
      make("ul", {}, problems.map((words) => make("li", {}, words)))] : []));
  }
}
