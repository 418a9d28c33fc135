// Numbers and sentences as the rest of the library says them.

const grouped = new Intl.NumberFormat("en-GB");

export const counted = (number, one, many = `${one}s`) =>
  `${grouped.format(number)} ${number === 1 ? one : many}`;

export const children = (number) => counted(number, "child", "children");

export const families = (number) => counted(number, "family", "families");

export const listed = (items) =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;

export const sentence = (clause) =>
  clause ? `${clause[0].toUpperCase()}${clause.slice(1).replace(/\.$/, "")}.` : "";

/** As Python rounds: half way between two, to the even one. */
const rounded = (value, digits) => {
  const scaled = value * 10 ** digits;
  // Only quarters of a tenth, and halves, are half way in binary too.
  const halfway = (value * 4) % 1 === 0 && scaled % 1 === 0.5;
  if (!halfway) return Number(value.toFixed(digits));
  const down = Math.floor(scaled);
  return (down % 2 ? down + 1 : down) / 10 ** digits;
};

/** A load in %, to a tenth; null where there is no time for cases. */
export const loadPercent = (points, available) =>
  available ? rounded((100 * points) / available, 1) : null;

export const percent = (load) => (load === null ? "no time for cases" : `${rounded(load, 0)}\u00a0%`);

export const bandOf = (points, available, bands) => {
  if (!available) return "no-points";
  const share = 100 * points;
  if (share >= bands.deep_red_from * available) return "deep-red";
  if (share > bands.red_above * available) return "red";
  return share >= bands.amber_from * available ? "amber" : "green";
};

export const BAND_WORDS = {
  green: "green", amber: "amber", red: "red", "deep-red": "deep red", "no-points": "no time for cases",
};

/** An amount of a goal with its sign: `+10.00`, `−1`. */
const amount = (goal, value) => {
  const size = Math.abs(value) / 10 ** goal.decimals;
  const digits = { minimumFractionDigits: goal.decimals, maximumFractionDigits: goal.decimals };
  return `${value < 0 ? "−" : "+"}${size.toLocaleString("en-GB", digits)}`;
};

/** A change goal by goal: `change of worker +10.00, uneven loads −3.20`. */
export const goalWords = (goals, change) =>
  goals.flatMap((goal, number) => {
    if (!change[number]) return [];
    const times = goal.weight === 1 ? "" : ` × ${goal.weight}`;
    return [`${goal.words} ${amount(goal, change[number])}${times}`];
  }).join(", ");

const fewer = (size, less, one, many) =>
  `${grouped.format(size)} ${less ? "fewer" : "more"} ${size === 1 ? one : many}`;

/** What each goal that is no cost counts, and how a sentence tells that there is less or more. */
const COUNTED = {
  must_hold_waiting: ["children, by urgency",
    (size, less) => `${less ? "less" : "more"} waiting by children who may never wait`],
  standing_breaches: ["breaches",
    (size, less) => fewer(size, less, "breach of a rule", "breaches of the rules")],
  over_cap: ["children",
    (size, less) => fewer(size, less, "child over the cap", "children over the cap")],
  concessions: ["limits", (size, less) => `local limits give way ${less ? "less" : "more"}`],
  transfers_due: ["families",
    (size, less) => fewer(size, less, "family still to change team", "families still to change team")],
};

const tellGoal = ({ goal, words, priced, decimals }, value) =>
  (priced ? `${words} costs ${value < 0 ? "less" : "more"}`
    : COUNTED[goal][1](Math.abs(value) / 10 ** decimals, value < 0));

/** Each goal that changes, with what decides first first: tier, what it is, by how much, in what. */
export const goalRows = (goals, change) =>
  goals.flatMap((goal, number) => {
    if (!change[number]) return [];
    const times = goal.weight === 1 ? "" : ` × ${goal.weight}`;
    const counts = goal.priced ? "cost" : COUNTED[goal.goal][0];
    return [[goal.tier, goal.words, `${amount(goal, change[number])}${times}`, counts]];
  });

/**
 * What a change comes to: `costs 6.80 more`, `worse: 1 more child over the cap`. The first tier that
 * differs decides, and it is told by its goals where they are no costs.
 */
export const costWords = (goals, change, tiers) => {
  const tier = tiers.findIndex((value) => value !== 0);
  if (tier < 0) return "costs the same";
  const own = goals.map((goal, number) => (goal.tier === tier ? change[number] : 0));
  if (goals.some((goal, number) => own[number] && !goal.priced)) {
    const told = goals.flatMap((goal, number) => (own[number] ? [tellGoal(goal, own[number])] : []));
    return `${tiers[tier] < 0 ? "better" : "worse"}: ${told.join(", ")}`;
  }
  const size = (Math.abs(tiers[tier]) / 100)
    .toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `costs ${size} ${tiers[tier] < 0 ? "less" : "more"}`;
};

/** Why a worker has no room: `25 of at most 25 children, and 2 would come`. */
export const tightWords = (limits, { limit, used, added, most }) => {
  const { called, scale } = limits[limit];
  return `${used / scale} of at most ${most / scale} ${called}, and ${added / scale} would come`;
};
