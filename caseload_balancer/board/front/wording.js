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

/** A load in %, to a tenth; null where there is no time for cases. */
export const loadPercent = (points, available) =>
  available ? Math.round((1000 * points) / available) / 10 : null;

/** As Python rounds: a half goes to the even number. */
const rounded = (load) => {
  const down = Math.floor(load);
  if (load - down !== 0.5) return Math.round(load);
  return down % 2 ? down + 1 : down;
};

export const percent = (load) => (load === null ? "no time for cases" : `${rounded(load)}\u00a0%`);

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

/**
 * What a change comes to: `costs 6.80 more`, `worse: children over cap +1`. The first tier that
 * differs decides, and it is told by its goals where they are no costs.
 */
export const costWords = (goals, change, tiers) => {
  const tier = tiers.findIndex((value) => value !== 0);
  if (tier < 0) return "costs the same";
  const own = goals.map((goal, number) => (goal.tier === tier ? change[number] : 0));
  if (goals.some((goal, number) => own[number] && !goal.priced)) {
    return `${tiers[tier] < 0 ? "better" : "worse"}: ${goalWords(goals, own)}`;
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
