// Where the board stands: figures today, in the plan and now; what is to be settled; what was decided.

import { WAITS } from "./evaluator.js";
import { children, percent, sentence } from "./wording.js";
import { make } from "./elements.js";

const MEASURES = (window) => [
  ["Children over the cap", (one) => one.overCap],
  ["Workers above 100 %", (one) => one.full],
  ["Heaviest load", (one) => percent(one.heaviest)],
  ["Changes of worker", (one) => one.changes],
  [`Children with 3 or more workers in ${window}`, (one) => one.three],
  ["Children who wait", (one) => one.waiting],
  ["of them, who may never wait", (one) => one.must],
];

const FIGURES = "A minus is better. Figures of one block add up, and a block decides before those below "
  + "it. A cost compares changes: it is no money, and not the points of work of a load.";

const IN_LIST = {
  accept: "as the plan has it",
  reject: "not as the plan has it",
  lock: "stays with today's worker",
  ban: "not with",
  pick: "goes to",
  wait: "waits",
  exceed: "may be one over somebody's cap",
};

export class Summary {
  constructor(board) {
    this.board = board;
    this.unfolded = new Set();
    this.root = make("section", { class: "cb-summary", "aria-label": "Where the board stands" });
    this.list = make("section", { class: "cb-decisions", "aria-label": "Decisions" });
  }

  get standing() {
    return this.board.standing;
  }

  show() {
    const { standing } = this;
    const { today, plan, board } = standing.measures();
    const full = standing.evaluator.passed().length > 0;
    const rows = MEASURES(standing.data.window).map(([words, of]) => make("tr", {
      class: of(plan) === of(board) ? "" : "cb-differs" },
    make("th", { scope: "row" }, words),
    [today, plan, board].map((one, place) =>
      make("td", { "data-l": ["today", "plan", "board"][place] }, String(of(one))))));
    const head = make("tr", {}, ["", "today", "plan", "board"].map((words) =>
      (words ? make("th", { scope: "col" }, words) : make("td", {}))));
    const trouble = this.trouble();
    this.root.replaceChildren(
      make("h2", {}, "Where the board stands"),
      make("div", { class: "cb-figures" }, make("table", {},
        make("caption", { class: "cb-unseen" }, "Figures today, in the plan and on the board"),
        make("thead", {}, head), make("tbody", {}, rows))),
      make("div", { class: "cb-worth" },
        this.worth("Against the plan", standing.against(standing.planValues)),
        this.worth("Against leaving everybody where they can stay", standing.against(standing.stayingValues)),
        full ? make("p", {}, "What there is no room for is not counted in full.") : null,
        trouble.length ? make("div", { class: "cb-trouble" },
          make("h3", {}, "To settle"),
          make("ul", {}, trouble.map((words) => make("li", {}, words)))) : null));
    this.showDecisions();
  }

  /** What the board comes to, in a sentence; the figures behind it for whoever asks. */
  worth(against, { words, rows }) {
    const { unfolded } = this;
    const tiers = [...new Set(rows.map(([tier]) => tier))];
    const row = ([, goal, amount, counts]) => make("tr", {},
      make("th", { scope: "row" }, goal), make("td", {}, amount), make("td", {}, counts));
    const figures = () => make("details", { open: unfolded.has(against), toggle: ({ target }) => {
      if (target.open) unfolded.add(against); else unfolded.delete(against);
    } },
    make("summary", {}, "In figures, goal by goal", make("span", { class: "cb-unseen" }, `: ${against.toLowerCase()}`)),
    make("p", { class: "cb-quiet" }, FIGURES),
    make("table", {}, make("caption", { class: "cb-unseen" }, `${against}, goal by goal`),
      make("thead", {}, make("tr", {}, ["goal", "change", "counted in"].map((one) =>
        make("th", { scope: "col" }, one)))),
      tiers.map((tier) => make("tbody", {}, rows.filter((one) => one[0] === tier).map(row)))));
    return make("div", {}, make("p", {}, make("b", {}, `${against}: `), `${words}.`),
      rows.length ? figures() : null);
  }

  /** What keeps the decisions from holding as they stand. */
  trouble() {
    const { standing } = this;
    const { evaluator, data } = standing;
    const said = new Set();
    for (const { limit, worker, used, most } of evaluator.passed()) {
      const { called, scale } = data.limits[limit];
      said.add(`${standing.name(worker)} has no room: ${used / scale} of at most ${most / scale} `
        + `${called}. Move somebody away; planning again does.`);
    }
    if (evaluator.overspent) {
      said.add(`${children(evaluator.spent)} change worker, and the week's budget is `
        + `${evaluator.arrays.budget}. Leave somebody where they are.`);
    }
    for (const unit of standing.decisions.of.keys()) {
      const open = standing.decisions.about(unit).find((row) => ["reject", "ban", "exceed"].includes(row.decision)
        && (row.decision !== "ban" || standing.decisions.target(row) === standing.where(unit)));
      if (open) said.add(`For ${standing.called(unit)} somebody is to be found; planning again does, or move them.`);
    }
    return [...said];
  }

  showDecisions() {
    const { standing } = this;
    const rows = standing.decisions.rows();
    const called = rows.map((row) => {
      const unit = standing.decisions.unitOf.get(row.case_id);
      const who = row.worker_id ? ` ${standing.name(standing.decisions.workerOf.get(row.worker_id))}` : "";
      const from = standing.data.units[unit].holder;
      return make("tr", {},
        make("th", { scope: "row" }, standing.called(unit)),
        make("td", { "data-l": "decision" }, `${IN_LIST[row.decision]}${who}`),
        make("td", { "data-l": "today" }, from === WAITS ? "nobody" : standing.name(from)),
        make("td", { "data-l": "plan" }, standing.name(standing.data.units[unit].plan)),
        make("td", { "data-l": "reason" }, row.reason),
        make("td", { class: "cb-noprint" }, make("button", { type: "button",
          "aria-label": `Take back: ${standing.called(unit)}`,
          click: () => { this.board.decide(() => standing.decisions.takeBack(unit), unit); this.focus(); } },
        "Take back")));
    });
    const earlier = standing.data.agreed.length;
    this.heading = make("h2", { tabindex: "-1" }, rows.length ? `Decisions (${rows.length})` : "Decisions");
    this.list.replaceChildren(this.heading,
      rows.length ? make("div", { class: "cb-wide" }, make("table", {},
        make("caption", { class: "cb-unseen" }, "What was decided on this board"),
        make("thead", {}, make("tr", {}, ["child", "decision", "today", "plan", "reason"].map((words) =>
          make("th", { scope: "col" }, words)), make("td", { class: "cb-noprint" }))),
        make("tbody", {}, called)))
        : make("p", {}, "Nothing is decided yet. What is not decided is open: planning again may change it."),
      earlier ? make("p", {}, sentence(`${children(earlier)} decided about earlier: the plan keeps to that`)) : "");
  }

  focus() {
    this.heading.focus();
  }
}
