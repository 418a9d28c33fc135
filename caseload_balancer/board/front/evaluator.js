// The exact value of an allocation, goal by goal, in whole numbers; the twin of
// arrays/evaluation.py. Both are held to the same cases by tests.

export const WAITS = -1;

const LARGEST = 2 ** 52;
// Half of what whole numbers in JavaScript are exact up to: the check itself may round.

const eachSafe = (table) => table.every((row) => row === null || row.every(Number.isSafeInteger));

/** A convex cost: `step * max(0, use - at)` for each point, `at` ascending. */
class Hinge {
  constructor({ goal, limit, worker, at, step }) {
    Object.assign(this, { goal, limit, worker, at });
    this.slope = [0];
    this.offset = [0];
    at.forEach((place, number) => {
      this.slope.push(this.slope[number] + step[number]);
      this.offset.push(this.offset[number] + step[number] * place);
    });
  }

  value(use) {
    let low = 0;
    let high = this.at.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.at[middle] < use) low = middle + 1;
      else high = middle;
    }
    return this.slope[low] * use - this.offset[low];
  }
}

/** One week's numbers, and an allocation of it that can be changed a unit at a time. */
export class Evaluator {
  constructor(data) {
    this.arrays = data.arrays;
    this.goals = data.goals;
    this.units = data.arrays.arc_start.length - 1;
    this.workers = data.workers.length;
    this.limits = data.arrays.limit.length;
    this.tierCount = 1 + Math.max(...data.goals.map((goal) => goal.tier));
    this.hinges = data.arrays.hinges.map((one) => new Hinge(one));
    this.hingesOf = Array.from({ length: this.workers }, () => []);
    for (const one of this.hinges) this.hingesOf[one.worker].push(one);
    this.groupOf = new Int32Array(this.units).fill(-1);
    this.members = [];
    const { group_start: starts, group_unit: members } = this.arrays;
    for (let group = 0; group + 1 < starts.length; group += 1) {
      this.members.push(members.slice(starts[group], starts[group + 1]));
      for (const unit of this.members[group]) this.groupOf[unit] = group;
    }
    this.refuseLargeNumbers();
    this.place(this.arrays.start);
  }

  /** Say so rather than be wrong: sums beyond 2^53 are not exact here. */
  refuseLargeNumbers() {
    const { arc_cost: costs, wait_cost: waits, arc_use: uses, group_cost: groups } = this.arrays;
    const { limit, arc_worker: worker, hinges } = this.arrays;
    const points = hinges.flatMap((one) => [one.at, one.step]);
    let safe = [costs, waits, uses, groups, limit, points].every(eachSafe);
    const most = uses.map((row) => {
      const total = new Array(this.workers).fill(0);
      if (row) row.forEach((use, arc) => { total[worker[arc]] += use; });
      return total;
    });
    const bounds = this.goals.map((_, goal) => {
      let bound = 0;
      for (let unit = 0; unit < this.units; unit += 1) {
        let largest = Math.abs(waits[goal]?.[unit] ?? 0);
        for (let arc = this.arrays.arc_start[unit]; arc < this.arrays.arc_start[unit + 1]; arc += 1) {
          largest = Math.max(largest, Math.abs(costs[goal]?.[arc] ?? 0));
        }
        bound += largest;
      }
      this.members.forEach((units, group) => { bound += units.length * (groups[goal]?.[group] ?? 0); });
      return bound;
    });
    for (const one of this.hinges) {
      const use = most[one.limit][one.worker];
      bounds[one.goal] += one.slope.at(-1) * use + one.offset.at(-1);
    }
    const total = bounds.reduce((sum, bound, goal) => sum + this.goals[goal].weight * bound, 0);
    safe &&= total < LARGEST;
    if (!safe) throw new RangeError("the figures of this week are too large to count exactly here");
  }

  /** The arc of a unit to a worker; -1 where it has none. */
  arc(unit, worker) {
    const { arc_start: starts, arc_worker: workers } = this.arrays;
    for (let arc = starts[unit]; arc < starts[unit + 1]; arc += 1) {
      if (workers[arc] === worker) return arc;
    }
    return -1;
  }

  /** The workers a unit may go to, whether or not they have room. */
  options(unit) {
    return this.arrays.arc_worker.slice(this.arrays.arc_start[unit], this.arrays.arc_start[unit + 1]);
  }

  /** Whether a unit may be with a worker, or wait. */
  allows(unit, worker) {
    return worker === WAITS ? this.arrays.may_wait[unit] === 1 : this.arc(unit, worker) >= 0;
  }

  /** Take a whole allocation: a worker, or WAITS, for each unit. Works everything out anew. */
  place(assignment) {
    const { arc_cost: costs, wait_cost: waits, arc_budget: budget, group_cost: groups } = this.arrays;
    this.assignment = Int32Array.from(assignment);
    this.use = Array.from({ length: this.limits }, () => new Array(this.workers).fill(0));
    this.spent = 0;
    this.values = this.goals.map(() => 0);
    for (let unit = 0; unit < this.units; unit += 1) {
      const worker = this.assignment[unit];
      const arc = worker === WAITS ? -1 : this.arc(unit, worker);
      if (arc < 0 && worker !== WAITS) throw new RangeError(`unit ${unit} may not be with ${worker}`);
      this.goals.forEach((_, goal) => {
        this.values[goal] += arc < 0 ? waits[goal]?.[unit] ?? 0 : costs[goal]?.[arc] ?? 0;
      });
      if (arc >= 0) {
        this.spent += budget?.[arc] ?? 0;
        if (this.groupOf[unit] < 0) this.addUse(worker, this.useOfArc(arc));
      }
    }
    this.members.forEach((units, group) => {
      const here = new Set(units.map((unit) => this.assignment[unit]));
      here.delete(WAITS);
      for (const worker of here) this.addUse(worker, this.useOfGroup(group, worker));
      this.goals.forEach((_, goal) => {
        this.values[goal] += (groups[goal]?.[group] ?? 0) * Math.max(0, here.size - 1);
      });
    });
    for (const one of this.hinges) {
      this.values[one.goal] += one.value(this.use[one.limit][one.worker]);
    }
  }

  addUse(worker, added) {
    added.forEach((more, limit) => { this.use[limit][worker] += more; });
  }

  useOfArc(arc) {
    return this.arrays.arc_use.map((row) => row?.[arc] ?? 0);
  }

  /** What the units of a group use at a worker; `moved` is there if `to` is that worker. */
  useOfGroup(group, worker, moved = -1, to = WAITS) {
    const total = new Array(this.limits).fill(0);
    for (const unit of this.members[group]) {
      const where = unit === moved ? to : this.assignment[unit];
      if (where !== worker) continue;
      this.useOfArc(this.arc(unit, worker)).forEach((use, limit) => {
        total[limit] = this.arrays.shared[limit] ? Math.max(total[limit], use) : total[limit] + use;
      });
    }
    return total;
  }

  /** How the use of a worker changes when a unit goes from where it is to `to`. */
  useChange(unit, worker, to) {
    const group = this.groupOf[unit];
    if (group >= 0) {
      const before = this.useOfGroup(group, worker);
      return this.useOfGroup(group, worker, unit, to).map((use, limit) => use - before[limit]);
    }
    const sign = (to === worker) - (this.assignment[unit] === worker);
    return this.useOfArc(this.arc(unit, worker)).map((use) => sign * use);
  }

  spread(group, moved = -1, to = WAITS) {
    const here = new Set(
      this.members[group].map((unit) => (unit === moved ? to : this.assignment[unit])),
    );
    here.delete(WAITS);
    return Math.max(0, here.size - 1);
  }

  /**
   * What it adds to each goal that a unit goes to a worker, everything else as it stands.
   *
   * Gives `{change, use, spent, tight}`: the goals; how the use of the two workers changes, by
   * worker; the moves of the budget; and the limits of the new worker that are passed by it.
   */
  effect(unit, to) {
    const { arc_cost: costs, wait_cost: waits, arc_budget: budget, group_cost: groups } = this.arrays;
    const from = this.assignment[unit];
    const change = this.goals.map(() => 0);
    const use = new Map();
    const tight = [];
    if (to === from) return { change, use, spent: 0, tight };
    const [left, taken] = [from, to].map((one) => (one === WAITS ? -1 : this.arc(unit, one)));
    const cost = (goal, arc) => (arc < 0 ? waits[goal]?.[unit] : costs[goal]?.[arc]) ?? 0;
    this.goals.forEach((_, goal) => { change[goal] += cost(goal, taken) - cost(goal, left); });
    for (const worker of [from, to]) {
      if (worker === WAITS) continue;
      const more = this.useChange(unit, worker, to);
      use.set(worker, more);
      for (const one of this.hingesOf[worker]) {
        const now = this.use[one.limit][worker];
        if (more[one.limit]) change[one.goal] += one.value(now + more[one.limit]) - one.value(now);
      }
    }
    const group = this.groupOf[unit];
    if (group >= 0) {
      const wider = this.spread(group, unit, to) - this.spread(group);
      this.goals.forEach((_, goal) => { change[goal] += wider * (groups[goal]?.[group] ?? 0); });
    }
    if (to !== WAITS) {
      use.get(to).forEach((more, limit) => {
        const most = this.arrays.limit[limit][to];
        if (more > 0 && this.use[limit][to] + more > most) {
          tight.push({ limit, used: this.use[limit][to], added: more, most });
        }
      });
    }
    return { change, use, tight, spent: (budget?.[taken] ?? 0) - (budget?.[left] ?? 0) };
  }

  /** Have a unit go to a worker, or wait. */
  move(unit, to) {
    const { change, use, spent } = this.effect(unit, to);
    change.forEach((more, goal) => { this.values[goal] += more; });
    for (const [worker, more] of use) this.addUse(worker, more);
    this.spent += spent;
    this.assignment[unit] = to;
  }

  /** Goals added up as the policy's tiers do, first tier first. */
  tiers(byGoal) {
    const total = new Array(this.tierCount).fill(0);
    byGoal.forEach((value, goal) => {
      total[this.goals[goal].tier] += this.goals[goal].weight * value;
    });
    return total;
  }

  /** Every limit that is passed now: `{limit, worker, used, most}`. */
  passed() {
    const found = [];
    this.use.forEach((row, limit) => row.forEach((used, worker) => {
      const most = this.arrays.limit[limit][worker];
      if (used > most) found.push({ limit, worker, used, most });
    }));
    return found;
  }

  /** Whether more children change worker than the budget of moves has. */
  get overspent() {
    return this.arrays.budget !== null && this.spent > this.arrays.budget;
  }
}

/** Sort by the first tier that differs. */
export const byTiers = (one, other) => {
  const place = one.findIndex((value, tier) => value !== other[tier]);
  return place < 0 ? 0 : one[place] - other[place];
};
