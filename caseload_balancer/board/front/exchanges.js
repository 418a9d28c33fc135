// Room where there is none: one of the worker's own children goes the other way.

import { WAITS, byTiers } from "./evaluator.js";
import { costWords, goalWords } from "./wording.js";

/** Whether a worker's use stays within the limits, or was beyond them and does not grow. */
const fits = (evaluator, worker, before, more) => evaluator.use.every((row, limit) => {
  const after = row[worker] + (more?.[limit] ?? 0);
  return after <= evaluator.arrays.limit[limit][worker] || after <= before[limit];
});

/**
 * The best exchange that gives children to a worker who has no room, exactly: `{other, change,
 * tiers, words, details}`; null where there is none. Only children about whom nothing is decided
 * take part.
 */
export const bestExchange = (standing, unit, worker) => {
  const { evaluator, decisions, data } = standing;
  const from = standing.where(unit);
  if (from === WAITS || worker === WAITS) return null;
  const there = data.units.map((_, number) => number).filter((number) =>
    standing.where(number) === worker && !decisions.about(number).length
    && !standing.agreed.has(number) && evaluator.allows(number, from));
  const [mine, theirs] = [from, worker].map((one) => evaluator.use.map((row) => row[one]));
  const first = evaluator.effect(unit, worker);
  let best = null;
  evaluator.move(unit, worker);
  for (const other of there) {
    const second = evaluator.effect(other, from);
    const room = fits(evaluator, worker, theirs, second.use.get(worker))
      && fits(evaluator, from, mine, second.use.get(from));
    const change = first.change.map((value, goal) => value + second.change[goal]);
    const tiers = evaluator.tiers(change);
    if (room && (!best || byTiers(tiers, best.tiers) < 0)) best = { other, change, tiers };
  }
  evaluator.move(unit, from);
  if (!best) return null;
  return {
    ...best,
    words: costWords(data.goals, best.change, best.tiers),
    details: goalWords(data.goals, best.change),
  };
};
