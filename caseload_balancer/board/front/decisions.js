// What was decided, child by child: undone and done again, read from a file and written to one.

import { WAITS } from "./evaluator.js";

export const COLUMNS = ["case_id", "decision", "worker_id", "reason"];
const KNOWN = ["accept", "reject", "lock", "ban", "pick", "wait", "exceed"];
const WITH_WORKER = ["ban", "pick"];
const STAYS = ["accept", "lock", "pick", "wait"];

const same = (one, other) => COLUMNS.every((name) => one[name] === other[name]);

/** Whether two lists of rows say the same. */
export const sameRows = (some, others) =>
  some.length === others.length && some.every((row, place) => same(row, others[place]));

/** The decisions about the units of one week. Each unit has a list of rows; most have none. */
export class Decisions {
  constructor(data, evaluator) {
    this.data = data;
    this.evaluator = evaluator;
    this.unitOf = new Map();
    data.units.forEach((unit, number) => {
      for (const one of unit.cases) this.unitOf.set(data.cases[one].id, number);
    });
    this.workerOf = new Map(data.workers.map((worker, number) => [worker.id, number]));
    this.of = new Map();
    this.done = [];
    this.undone = [];
  }

  about(unit) {
    return this.of.get(unit) ?? [];
  }

  /** Where the decisions about a unit have it: where the plan has it, if they do not say. */
  place(unit) {
    const { holder, plan } = this.data.units[unit];
    const row = this.about(unit).find((one) => STAYS.includes(one.decision));
    if (!row || row.decision === "accept") return plan;
    if (row.decision === "wait") return WAITS;
    return row.decision === "lock" ? holder : this.workerOf.get(row.worker_id);
  }

  /** Rows in the order of the units. */
  rows() {
    return [...this.of.keys()].sort((one, other) => one - other).flatMap((unit) => this.of.get(unit));
  }

  row(unit, decision, worker = WAITS, reason = "") {
    const first = this.data.cases[this.data.units[unit].cases[0]].id;
    const named = worker === WAITS ? "" : this.data.workers[worker].id;
    return { case_id: first, decision, worker_id: named, reason };
  }

  /** Have other rows about some units: one step that can be undone. Gives the units that changed. */
  change(rowsByUnit) {
    const step = [];
    for (const [unit, after] of rowsByUnit) {
      const before = this.about(unit);
      if (!sameRows(before, after)) step.push({ unit, before, after });
    }
    if (!step.length) return [];
    this.done.push(step);
    this.undone = [];
    return this.apply(step, "after");
  }

  apply(step, which) {
    for (const one of step) {
      if (one[which].length) this.of.set(one.unit, one[which]);
      else this.of.delete(one.unit);
    }
    return step.map((one) => one.unit);
  }

  undo() {
    const step = this.done.pop();
    if (!step) return [];
    this.undone.push(step);
    return this.apply(step, "before");
  }

  redo() {
    const step = this.undone.pop();
    if (!step) return [];
    this.done.push(step);
    return this.apply(step, "after");
  }

  /** Have children go to a worker, or wait. Where the plan has them, nothing is decided any more. */
  moveTo(unit, worker, reason = "") {
    return this.change([[unit, this.rowsOfMove(unit, worker, reason)]]);
  }

  /** Have children go to a worker, and others of that worker take their place, in one step. */
  swap(unit, worker, other, from, reason = "") {
    return this.change([
      [unit, this.rowsOfMove(unit, worker, reason)], [other, this.rowsOfMove(other, from, reason)],
    ]);
  }

  rowsOfMove(unit, worker, reason) {
    const { holder, plan, stays } = this.data.units[unit];
    const kept = this.about(unit).filter((row) => row.decision === "ban"
      && this.workerOf.get(row.worker_id) !== worker);
    if (worker === plan) return kept;
    const decision = worker === WAITS ? "wait" : stays && worker === holder ? "lock" : "pick";
    return [this.row(unit, decision, decision === "pick" ? worker : WAITS, reason), ...kept];
  }

  /** Agree with where children are now, or take that back. */
  toggleKept(unit, reason = "") {
    const now = this.about(unit);
    if (now.some((row) => row.decision === "accept")) {
      return this.change([[unit, now.filter((row) => row.decision !== "accept")]]);
    }
    const others = now.filter((row) => row.decision === "ban");
    return this.change([[unit, [this.row(unit, "accept", WAITS, reason), ...others]]]);
  }

  /** Agree with what the plan has for some units, about which nothing is decided: one step. */
  agreeTo(units) {
    return this.change(units.map((unit) => [unit, [this.row(unit, "accept")]]));
  }

  /** Have children anywhere but where the plan has them. */
  reject(unit, reason = "") {
    const others = this.about(unit).filter((row) => row.decision === "ban");
    return this.change([[unit, [this.row(unit, "reject", WAITS, reason), ...others]]]);
  }

  /** Say yes to one more than the cap for children who wait and may not. */
  exceed(unit, reason = "") {
    return this.change([[unit, [this.row(unit, "exceed", WAITS, reason)]]]);
  }

  takeBack(unit) {
    return this.change([[unit, []]]);
  }

  /** Give the reason of every decision about a unit. */
  giveReason(unit, reason) {
    return this.change([[unit, this.about(unit).map((row) => ({ ...row, reason }))]]);
  }

  /** Whether anybody is left for children who may not be where the plan has them. */
  canReject(unit) {
    const { plan } = this.data.units[unit];
    const banned = this.about(unit).filter((row) => row.decision === "ban")
      .map((row) => this.workerOf.get(row.worker_id));
    const left = this.evaluator.options(unit).filter((one) => one !== plan && !banned.includes(one));
    return left.length > 0 || (plan !== WAITS && this.evaluator.allows(unit, WAITS));
  }

  /**
   * Take decisions from outside in place of those there are, as one step.
   *
   * Gives `{units, problems}`; with problems, nothing is changed.
   */
  load(numbered) {
    const problems = [];
    const after = new Map([...this.of.keys()].map((unit) => [unit, []]));
    const seen = new Map();
    for (const [number, row] of numbered) {
      const wrong = this.wrong(row);
      const unit = this.unitOf.get(row.case_id);
      const against = wrong ? "" : this.contradicted(row, seen.get(unit) ?? []);
      if (wrong || against) {
        problems.push(`row ${number}: ${wrong || against}`);
        continue;
      }
      const before = seen.get(unit) ?? [];
      seen.set(unit, [...before, [number, row]]);
      const repeated = STAYS.includes(row.decision)
        && before.some(([, one]) => STAYS.includes(one.decision));
      if (!repeated) after.set(unit, [...(after.get(unit) ?? []), row]);
    }
    return problems.length ? { units: [], problems } : { units: this.change(after), problems };
  }

  /** Where a decision puts children, or does not let them be. */
  target(row) {
    const { holder, plan } = this.data.units[this.unitOf.get(row.case_id)];
    if (row.decision === "lock") return holder;
    if (row.decision === "wait") return WAITS;
    return WITH_WORKER.includes(row.decision) ? this.workerOf.get(row.worker_id) : plan;
  }

  wrong(row) {
    if (!KNOWN.includes(row.decision)) return `'${row.decision}' is none of ${KNOWN.join(", ")}.`;
    if (!this.unitOf.has(row.case_id)) return `there is no case '${row.case_id}' in this week.`;
    const named = row.worker_id !== "";
    if (WITH_WORKER.includes(row.decision)) {
      if (!named) return `worker_id is blank: whom to ${row.decision}?`;
      if (!this.workerOf.has(row.worker_id)) return `there is no worker '${row.worker_id}' in this week.`;
    } else if (named) return `'${row.decision}' names no worker. Leave it blank.`;
    if (row.reason && !this.data.reasons.some(([code]) => code === row.reason)) {
      return `'${row.reason}' is none of ${this.data.reasons.map(([code]) => code).join(", ")}.`;
    }
    if (STAYS.includes(row.decision)
        && (row.decision !== "lock" || this.target(row) !== WAITS)
        && !this.evaluator.allows(this.unitOf.get(row.case_id), this.target(row))) {
      return `the rules do not let ${row.case_id} ${row.decision === "wait" ? "wait" : "be there"}.`;
    }
    if (row.decision === "lock" && this.target(row) === WAITS) return "nobody holds the case today.";
    return "";
  }

  contradicted(row, before) {
    const stays = STAYS.includes(row.decision);
    const here = this.target(row);
    for (const [number, other] of before) {
      if (row.decision === "exceed" || other.decision === "exceed") continue;
      const otherStays = STAYS.includes(other.decision);
      const there = this.target(other);
      if ((stays && otherStays && here !== there) || (stays !== otherStays && here === there)) {
        return `contradicts row ${number}. Take one of the two away.`;
      }
    }
    return "";
  }
}

const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows as the file that `Overrides.read` takes. */
export const asCsv = (rows) =>
  [COLUMNS, ...rows.map((row) => COLUMNS.map((name) => row[name]))]
    .map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");

const cellsOf = (text, delimiter) => {
  const rows = [[""]];
  let inside = false;
  for (let place = 0; place < text.length; place += 1) {
    const sign = text[place];
    const row = rows.at(-1);
    if (inside) {
      if (sign !== '"') row[row.length - 1] += sign;
      else if (text[place + 1] === '"') { row[row.length - 1] += '"'; place += 1; } else inside = false;
    } else if (sign === '"' && row.at(-1) === "") inside = true;
    else if (sign === delimiter) row.push("");
    else if (sign === "\n") rows.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign;
  }
  return rows;
};

/** The rows of such a file, each with its number in a spreadsheet: `{numbered, problems}`. */
export const readCsv = (text) => {
  const plain = text.replace(/^\ufeff/, "");
  const first = plain.split("\n", 1)[0];
  const delimiter = [",", ";", "\t"]
    .reduce((best, one) => (first.split(one).length > first.split(best).length ? one : best));
  const rows = cellsOf(plain, delimiter)
    .map((cells, place) => [place + 1, cells.map((cell) => cell.trim())])
    .filter(([, cells]) => cells.some(Boolean));
  const header = (rows[0]?.[1] ?? []).map((title) => title.toLowerCase());
  const missing = ["case_id", "decision"].filter((name) => !header.includes(name));
  const unknown = header.filter((name) => name && !COLUMNS.includes(name));
  const problems = [
    ...missing.map((name) => `there is no column ${name}.`),
    ...unknown.map((name) => `'${name}' is no column of such a file.`),
  ];
  if (problems.length) return { numbered: [], problems };
  const numbered = rows.slice(1).map(([number, cells]) => {
    const of = (name) => cells[header.indexOf(name)] ?? "";
    return [number, {
      case_id: of("case_id"),
      decision: of("decision").toLowerCase(),
      worker_id: of("worker_id"),
      reason: of("reason").toUpperCase(),
    }];
  });
  return { numbered, problems };
};
