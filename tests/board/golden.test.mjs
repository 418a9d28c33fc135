// The cases that Python made (golden.json), for whoever changes the script alone:
// node --test tests/board

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const file = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const source = file("../../caseload_balancer/board/front/evaluator.js");
const { Evaluator, byTiers } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
const { data, cases } = JSON.parse(file("golden.json"));

test("every golden allocation is worth what Python says", () => {
  const evaluator = new Evaluator(data);
  for (const { assignment, values, tiers } of cases) {
    evaluator.place(assignment);
    assert.deepEqual(evaluator.values, values);
    assert.deepEqual(evaluator.tiers(evaluator.values), tiers);
  }
});

test("from one to the next, a unit at a time, nothing is lost", () => {
  const evaluator = new Evaluator(data);
  for (const { assignment, values } of cases) {
    assignment.forEach((worker, unit) => evaluator.move(unit, worker));
    assert.deepEqual(evaluator.values, values);
  }
});

test("the first tier that differs decides", () => {
  assert.ok(byTiers([0, 9], [1, 0]) < 0);
  assert.ok(byTiers([0, 9], [0, 8]) > 0);
  assert.equal(byTiers([0, 9], [0, 9]), 0);
});
