// Answers a line of JSON with a line of JSON: what the board's modules make of it.

import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";

// The modules are plain files, and say nowhere that they are modules.
const room = new URL("../../caseload_balancer/board/front/", import.meta.url);
const known = new Map();
const module = async (name) => {
  if (!known.has(name)) {
    let text = readFileSync(new URL(name, room), "utf8");
    for (const [, other] of text.matchAll(/from "\.\/([a-z]+\.js)"/g)) {
      text = text.replaceAll(`"./${other}"`, JSON.stringify(await module(other)));
    }
    known.set(name, `data:text/javascript,${encodeURIComponent(text)}`);
  }
  return known.get(name);
};
const { Evaluator, WAITS } = await import(await module("evaluator.js"));
const { Standing } = await import(await module("standing.js"));
const { bestExchange } = await import(await module("exchanges.js"));
const { costWords, goalRows, loadPercent, percent } = await import(await module("wording.js"));
const { asCsv, readCsv } = await import(await module("decisions.js"));

const values = ({ data, assignments }) => {
  const evaluator = new Evaluator(data);
  return assignments.map((assignment) => {
    evaluator.place(assignment);
    return {
      values: evaluator.values, tiers: evaluator.tiers(evaluator.values), use: evaluator.use,
      spent: evaluator.spent,
    };
  });
};

/** Move unit after unit: what each is said to add, and what the whole is worth after all of it. */
const moves = ({ data, start, steps }) => {
  const evaluator = new Evaluator(data);
  evaluator.place(start);
  const told = steps.map(([unit, worker]) => {
    const { change, tight } = evaluator.effect(unit, worker);
    const before = [...evaluator.values];
    evaluator.move(unit, worker);
    const kept = { values: [...evaluator.values], use: evaluator.use.map((row) => [...row]), spent: evaluator.spent };
    evaluator.place([...evaluator.assignment]);
    const exact = JSON.stringify(kept) === JSON.stringify({ values: evaluator.values, use: evaluator.use, spent: evaluator.spent });
    return { added: evaluator.values.map((value, goal) => value - before[goal]), change, exact, tight: tight.length > 0 };
  });
  return { told, assignment: [...evaluator.assignment] };
};

const refused = ({ data }) => {
  const standing = new Standing(data);
  return data.units.map((_, unit) => data.workers.flatMap((__, worker) =>
    (standing.evaluator.allows(unit, worker) ? [] : [[worker, standing.whyNot(unit, worker)]])));
};

/** Load rows, and give back what stands then, as rows and as a file. */
const decided = ({ data, text }) => {
  const standing = new Standing(data);
  const { numbered, problems } = readCsv(text);
  if (problems.length) return { problems };
  const loaded = standing.decisions.load(numbered);
  standing.settle(loaded.units);
  const rows = standing.decisions.rows();
  return { problems: loaded.problems, rows, csv: asCsv(rows),
    where: data.units.map((unit, number) => standing.where(number)) };
};

/** Every decision that the board lets one make about any unit, each by itself. */
const offered = ({ data }) => data.units.flatMap((_, unit) => {
  const rows = [];
  const decide = (act) => {
    const standing = new Standing(data);
    act(standing.decisions);
    rows.push(standing.decisions.rows());
  };
  const standing = new Standing(data);
  for (const { worker } of standing.offers(unit).allowed) decide((to) => to.moveTo(unit, worker));
  decide((to) => to.toggleKept(unit));
  if (standing.decisions.canReject(unit)) decide((to) => to.reject(unit, "OTHERS"));
  return rows;
});

/** Every exchange that makes room: whether it is exact, keeps the limits and leaves no trace. */
const exchanges = ({ data }) => data.units.flatMap((_, unit) => {
  const standing = new Standing(data);
  const { evaluator } = standing;
  const over = () => JSON.stringify(evaluator.passed());
  const before = JSON.stringify([evaluator.values, evaluator.use]);
  const limits = over();
  return standing.offers(unit).allowed.filter((one) => one.tight.length).flatMap(({ worker }) => {
    const found = bestExchange(standing, unit, worker);
    const untouched = before === JSON.stringify([evaluator.values, evaluator.use]);
    if (!found) return [{ untouched, exact: true, fits: true }];
    const values = [...evaluator.values];
    const [from, start] = [standing.where(unit), [...evaluator.assignment]];
    const moved = start.map((one, number) => (number === unit ? worker : number === found.other ? from : one));
    evaluator.place(moved);
    const exact = evaluator.values.every((value, goal) => value - values[goal] === found.change[goal]);
    const fits = over() === limits;
    evaluator.place(start);
    return [{ untouched, exact, fits }];
  });
});

/** The figures of the summary, and what is said of each worker's load. */
const figures = ({ data }) => {
  const standing = new Standing(data);
  return { ...standing.measures(), loads: data.workers.map((_, worker) => [
    standing.loadBefore(worker), standing.load(worker)].map((one) => [
    one.children, one.percent, one.band, percent(one.percent)])) };
};

const rounding = ({ pairs }) => pairs.map(([points, available]) => {
  const load = loadPercent(points, available);
  return [load, percent(load)];
});

const words = ({ goals, change, tiers }) =>
  ({ words: costWords(goals, change, tiers), rows: goalRows(goals, change) });

const large = ({ data }) => {
  try {
    return String(new Evaluator(data).values);
  } catch (error) {
    return error.message;
  }
};

const known_ways = { values, moves, refused, decided, offered, exchanges, figures, rounding, words, large, waits: () => WAITS };
for await (const line of createInterface({ input: process.stdin })) {
  const { what, ...given } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(known_ways[what](given))}\n`);
}
