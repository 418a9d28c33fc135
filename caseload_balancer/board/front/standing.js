// Where everybody stands on the board: a week, its plan, and what was decided so far.

import { Evaluator, WAITS, byTiers } from "./evaluator.js";
import { Decisions } from "./decisions.js";
import { bandOf, costWords, goalRows, goalWords, loadPercent, tightWords } from "./wording.js";

/** One week on a board. */
export class Standing {
  constructor(data) {
    this.data = data;
    this.evaluator = new Evaluator(data);
    this.stayingValues = [...this.evaluator.values];
    this.evaluator.place(data.units.map((unit) => unit.plan));
    this.planValues = [...this.evaluator.values];
    this.decisions = new Decisions(data, this.evaluator);
    const called = data.limits.map((limit) => limit.called);
    this.childrenRow = called.indexOf("children");
    this.pointsRow = called.indexOf("points");
    const names = data.workers.map((worker) => worker.name);
    this.namesakes = new Set(names.filter((name, place) => names.indexOf(name) < place));
    this.agreed = new Map();
    for (const row of data.agreed) {
      const unit = this.decisions.unitOf.get(row.case_id);
      if (!this.agreed.has(unit)) this.agreed.set(unit, row);
    }
  }

  casesOf(unit) {
    return this.data.units[unit].cases.map((one) => this.data.cases[one]);
  }

  /** How children are called: `C-1 and C-2`. */
  called(unit) {
    const ids = this.casesOf(unit).map((one) => one.id);
    return ids.length < 2 ? ids[0] : `${ids.slice(0, -1).join(", ")} and ${ids.at(-1)}`;
  }

  /** A worker's name, or id; WAITS is said as such. */
  name(worker) {
    if (worker === WAITS) return "waiting";
    const { id, name } = this.data.workers[worker];
    if (!name) return id;
    return this.namesakes.has(name) ? `${name} ${id}` : name;
  }

  where(unit) {
    return this.evaluator.assignment[unit];
  }

  mustHold(unit) {
    return this.casesOf(unit).some((one) => one.must);
  }

  /** Have everybody stand where the decisions have them; gives the workers this touches. */
  settle(units) {
    const touched = new Set();
    for (const unit of units) {
      const place = this.decisions.place(unit);
      touched.add(this.where(unit)).add(place);
      if (this.where(unit) !== place) this.evaluator.move(unit, place);
    }
    return touched;
  }

  /** What a worker holds now: `{children, points, percent, band, cap}`, points in tenths. */
  load(worker, added = null) {
    const { cap, available } = this.data.workers[worker];
    const count = this.evaluator.use[this.childrenRow][worker] + (added?.[this.childrenRow] ?? 0);
    const points = this.evaluator.use[this.pointsRow][worker] + (added?.[this.pointsRow] ?? 0);
    return this.loadOf(count, points, cap, available);
  }

  loadBefore(worker) {
    const { before, cap, available } = this.data.workers[worker];
    return this.loadOf(before[0], before[1], cap, available);
  }

  loadOf(count, points, cap, available) {
    return {
      children: count,
      points,
      cap,
      percent: loadPercent(points, available),
      band: bandOf(points, available, this.data.bands),
    };
  }

  /** Children of a unit for whom a worker would be a third or later one in the window. */
  thirds(unit, worker) {
    return this.casesOf(unit).filter((one) => worker !== WAITS && !one.recent.includes(worker)
      && one.recent.length + one.others >= 2).length;
  }

  /** Whether a child of the unit has had the worker before. */
  knows(unit, worker) {
    return this.casesOf(unit).some((one) => one.recent.includes(worker));
  }

  /** What it means that a unit goes to a worker, or waits, everything else as it stands. */
  offer(unit, worker) {
    const effect = this.evaluator.effect(unit, worker);
    const tiers = this.evaluator.tiers(effect.change);
    const words = costWords(this.data.goals, effect.change, tiers);
    const here = worker === this.where(unit);
    return {
      worker,
      tiers,
      worse: words.startsWith("worse"),
      here,
      tight: effect.tight.map((one) => tightWords(this.data.limits, one)),
      // What is beyond a limit is not counted in full: it is said, and no figure given.
      words: here ? "here now" : effect.tight.length ? "no room as it stands" : words,
      details: effect.tight.length ? "" : goalWords(this.data.goals, effect.change),
      thirds: this.thirds(unit, worker),
      knows: worker !== WAITS && this.knows(unit, worker),
      before: worker === WAITS ? null : this.load(worker),
      after: worker === WAITS ? null : this.load(worker, effect.use.get(worker)),
    };
  }

  /** Everybody a unit may be with, those with room first, each by cost; then those it may not. */
  offers(unit) {
    const { evaluator } = this;
    const allowed = evaluator.options(unit).map((worker) => this.offer(unit, worker));
    if (evaluator.allows(unit, WAITS)) allowed.push(this.offer(unit, WAITS));
    allowed.sort((one, other) => (one.tight.length > 0) - (other.tight.length > 0)
      || byTiers(one.tiers, other.tiers) || one.worker - other.worker);
    const may = new Set(allowed.map((one) => one.worker));
    const refused = this.data.workers.flatMap((worker, number) =>
      (worker.holds && !may.has(number) ? [{ worker: number, why: this.whyNot(unit, number) }] : []));
    return { allowed, refused };
  }

  /** Why a worker cannot be given children; follows the worker's name. */
  whyNot(unit, worker) {
    const { data } = this;
    const { barred, holder } = data.units[unit];
    if (worker === WAITS) return ": a child whose worker can go on does not wait";
    if (barred >= 0 && worker !== holder) return data.texts[barred];
    const { against } = data.workers[worker];
    if (against >= 0) return data.texts[against];
    for (const one of this.casesOf(unit)) {
      const kind = data.kinds[one.kind][worker];
      if (kind !== undefined) return data.texts[kind];
      if (one.excluded.includes(worker)) return `, who must not hold ${one.id}`;
    }
    return ", who is of another team";
  }

  /** Which units are with each worker now; those who wait are under WAITS. */
  byWorker() {
    const found = new Map([[WAITS, []]]);
    this.data.workers.forEach((_, worker) => found.set(worker, []));
    this.evaluator.assignment.forEach((worker, unit) => found.get(worker).push(unit));
    return found;
  }

  /** Whether children are with somebody else than at the start of the week. */
  changes(unit) {
    const { holder, plan } = this.data.units[unit];
    return holder !== this.where(unit) || holder !== plan || this.decisions.about(unit).length > 0;
  }

  /** The figures of the summary today, in the plan, and on the board. */
  measures() {
    const { data } = this;
    // As a plan says it: children of who cannot go on are not over a cap, they need somebody else.
    const today = this.count((unit) => data.units[unit].holder, (worker) => this.loadBefore(worker),
      (worker) => data.workers[worker].goes_on);
    const plan = this.ofPlan ??= this.countPlan();
    const board = this.count((unit) => this.where(unit), (worker) => this.load(worker));
    return { today, plan, board };
  }

  countPlan() {
    const now = [...this.evaluator.assignment];
    this.evaluator.place(planned(this.data));
    const found = this.count((unit) => this.data.units[unit].plan, (worker) => this.load(worker));
    this.evaluator.place(now);
    return found;
  }

  count(whereIs, loadOf, hasCap = () => true) {
    const found = { overCap: 0, full: 0, heaviest: 0, changes: 0, three: 0, waiting: 0, must: 0 };
    this.data.workers.forEach((_, worker) => {
      const load = loadOf(worker);
      if (hasCap(worker)) found.overCap += Math.max(0, load.children - load.cap);
      found.full += load.percent !== null && load.percent > 100;
      found.heaviest = Math.max(found.heaviest, load.percent ?? 0);
    });
    this.data.units.forEach((unit, number) => {
      const worker = whereIs(number);
      for (const one of this.casesOf(number)) {
        const had = one.recent.length + one.others;
        const more = worker !== WAITS && !one.recent.includes(worker) ? 1 : 0;
        found.three += had + more >= 3;
        found.changes += unit.holder !== WAITS && worker !== WAITS && worker !== unit.holder;
        found.waiting += worker === WAITS;
        found.must += worker === WAITS && one.must;
      }
    });
    return found;
  }

  /** What the board comes to against other values: `{words, rows}`. */
  against(values) {
    const change = this.evaluator.values.map((value, goal) => value - values[goal]);
    const tiers = this.evaluator.tiers(change);
    return { words: costWords(this.data.goals, change, tiers), rows: goalRows(this.data.goals, change) };
  }
}

const planned = (data) => data.units.map((unit) => unit.plan);
