// A card: children who move together, as a button that opens the menu of workers.

import { WAITS } from "./evaluator.js";
import { make } from "./elements.js";

/** What kind of cases they are: `2 × assessment, child-in-need case`. */
export const kindsOf = (cases) => {
  const counts = new Map();
  for (const one of cases) counts.set(one.type, (counts.get(one.type) ?? 0) + 1);
  return [...counts].map(([type, count]) => (count > 1 ? `${count} × ${type}` : type)).join(", ");
};

const DECIDED = {
  accept: () => "agreed: stays here",
  lock: () => "decided: stays with today's worker",
  pick: () => "decided: moved here",
  wait: () => "decided: waits",
  reject: () => "decided: not as the plan has it",
  ban: (name) => `decided: not with ${name()}`,
  exceed: () => "decided: may be one over somebody's cap",
};

/** What was decided about a unit, as a card says it. */
export const decisionWords = (standing, unit) => standing.decisions.about(unit).map((row) =>
  DECIDED[row.decision](() => standing.name(standing.decisions.workerOf.get(row.worker_id))));

/** What there is to say of a unit: where it comes from, what the plan has, what was decided. */
const notesOf = (standing, unit) => {
  const { holder, plan, was } = standing.data.units[unit];
  const now = standing.where(unit);
  const notes = [];
  if (now === WAITS && holder !== WAITS) notes.push(`${standing.name(holder)} has them today`);
  else if (now !== holder && holder !== WAITS) notes.push(`from ${standing.name(holder)}`);
  else if (now !== WAITS && holder === WAITS) notes.push(was ? `new, recorded under ${was}` : "new");
  if (now !== plan) notes.push(`the plan: ${standing.name(plan)}`);
  if (now === WAITS && standing.mustHold(unit)) notes.push("may never wait");
  const thirds = now === holder ? 0 : standing.thirds(unit, now);
  if (thirds) notes.push(`third worker or more in ${standing.data.window}`);
  return notes;
};

/** Which way a card stands out; words say the same. */
const stateOf = (standing, unit) => {
  const decided = standing.decisions.about(unit).map((row) => row.decision);
  if (decided.includes("reject") || decided.includes("ban")) return "cb-rejected";
  if (decided.includes("accept")) return "cb-kept";
  if (decided.length) return "cb-moved";
  return standing.data.units[unit].holder === standing.where(unit) ? "" : "cb-proposed";
};

/** All that a search looks through. */
export const textOf = (standing, unit) => {
  const cases = standing.casesOf(unit);
  return [...cases.flatMap((one) => [one.id, one.family, one.type]), ...notesOf(standing, unit),
    ...decisionWords(standing, unit)].join(" ").toLowerCase();
};

export const makeCard = (standing, unit) => {
  const cases = standing.casesOf(unit);
  const family = cases.length > 1 ? cases[0].family : "";
  const earlier = standing.agreed.has(unit) && !standing.decisions.about(unit).length;
  const notes = [...notesOf(standing, unit), ...(earlier ? ["agreed earlier"] : [])];
  const decided = decisionWords(standing, unit);
  return make("li", {},
    make("button", { type: "button", class: `cb-card ${stateOf(standing, unit)}`, "data-unit": unit,
      "aria-haspopup": "dialog", tabindex: "-1" },
    make("span", { class: "cb-ids" }, cases.map((one, place) =>
      [place ? ", " : "", make("span", { class: "cb-one" }, one.id)])),
    make("span", { class: "cb-kind" }, ` ${kindsOf(cases)}`,
      family ? ["; family ", make("span", { class: "cb-one" }, family)] : null),
    notes.length ? make("span", { class: "cb-notes" }, ` ${notes.join("; ")}`) : null,
    decided.length ? make("span", { class: "cb-decided" }, ` ${decided.join("; ")}`) : null));
};
