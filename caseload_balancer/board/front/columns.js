// The workers of a team side by side, each with the load and the children, and who waits.

import { WAITS } from "./evaluator.js";
import { BAND_WORDS, children, counted, percent } from "./wording.js";
import { datesWhole, loadBar, make, newId } from "./elements.js";
import { makeCard, textOf } from "./cards.js";

const MOST_FOUND = 40;
// Workers shown of a search: beyond that, somebody has to say more of what is sought.

/** What stands above a worker's children. */
const loadLines = (standing, worker) => {
  const now = standing.load(worker);
  const before = standing.loadBefore(worker);
  const today = make("span", { class: "cb-quiet" }, `today: ${before.children}`
    + `${before.percent === null ? "" : `, ${percent(before.percent)}`}`);
  // Room of somebody who cannot go on is no room.
  if (!standing.data.workers[worker].goes_on && !now.children) {
    return [loadBar(before, now), make("p", { class: "cb-load" }, make("span", {}, "No children"), today)];
  }
  const over = now.children > now.cap ? ", over the cap" : "";
  const share = now.percent === null ? "no time for cases"
    : `${percent(now.percent)}, ${BAND_WORDS[now.band]}`;
  return [
    loadBar(before, now),
    make("p", { class: "cb-load" },
      make(over ? "strong" : "span", {}, `${now.children} of ${children(now.cap)}${over}`),
      make("span", {}, share),
      today),
  ];
};

export class Columns {
  constructor(board) {
    this.board = board;
    this.root = make("div", { class: "cb-columns" });
    this.told = make("p", { class: "cb-quiet", role: "status" });
    this.shown = new Map();
    this.root.addEventListener("keydown", (event) => this.steer(event));
    this.root.addEventListener("click", (event) => {
      const card = event.target.closest(".cb-card");
      if (card) board.open(Number(card.dataset.unit), card);
    });
    this.root.addEventListener("focusin", (event) => {
      const card = event.target.closest(".cb-card");
      if (card) this.makeReachable(card);
    });
  }

  get standing() {
    return this.board.standing;
  }

  /** Which children are shown: those who are sought, those for whom something changes. */
  get kept() {
    const { wanted, changesOnly } = this.board.asked;
    return (unit) => (!changesOnly || this.standing.changes(unit))
      && (!wanted || textOf(this.standing, unit).includes(wanted));
  }

  /** Show what the team, the search and the tick box ask for. */
  show() {
    const { data } = this.standing;
    const { team, wanted, changesOnly } = this.board.asked;
    const byWorker = this.standing.byWorker();
    const { kept } = this;
    const workers = data.workers.flatMap((worker, number) => {
      if (!worker.holds && !byWorker.get(number).length) return [];
      const named = `${worker.id} ${worker.name}`.toLowerCase().includes(wanted);
      if (wanted && !named && !byWorker.get(number).some(kept)) return [];
      // A search goes through every team.
      return wanted || team < 0 || worker.teams[0] === team ? [{ number, named }] : [];
    });
    const some = wanted ? workers.slice(0, MOST_FOUND) : workers;
    this.shown = new Map();
    const waiting = this.waiting(byWorker).filter(kept);
    this.root.replaceChildren(
      ...(waiting.length || !wanted ? [this.column(WAITS, waiting)] : []),
      ...some.map(({ number, named }) => this.column(number, byWorker.get(number)
        .filter((unit) => kept(unit) || (named && wanted && !changesOnly)))),
    );
    this.root.classList.toggle("cb-many", some.length > MOST_FOUND);
    const found = wanted ? `${counted(workers.length, "worker")} found` : "";
    this.told.textContent = some.length < workers.length
      ? `${found}; the first ${some.length} are shown` : found;
  }

  /** Who waits for the team that is shown. */
  waiting(byWorker) {
    const { team, wanted } = this.board.asked;
    return byWorker.get(WAITS).filter((unit) => wanted || team < 0
      || [team, -1].includes(this.standing.data.units[unit].team));
  }

  /** Show some workers anew: all that a decision touches. */
  renew(touched) {
    if (this.board.asked.wanted) {
      this.show();
      return;
    }
    const byWorker = this.standing.byWorker();
    for (const worker of touched) {
      const units = worker === WAITS ? this.waiting(byWorker) : byWorker.get(worker);
      this.shown.get(worker)?.replaceWith(this.column(worker, units.filter(this.kept)));
    }
  }

  column(worker, units) {
    const { data } = this.standing;
    const id = newId();
    const list = make("ul", { class: "cb-cards" }, units.map((unit) => makeCard(this.standing, unit)));
    const first = list.querySelector(".cb-card");
    if (first) first.tabIndex = 0;
    const about = data.workers[worker];
    const column = make("section", { class: "cb-worker", "aria-labelledby": id, "data-worker": worker },
      make("h3", { id, tabindex: "-1" }, worker === WAITS ? "Waiting" : this.standing.name(worker),
        about?.name && !this.standing.name(worker).endsWith(about.id) ? make("span", { class: "cb-quiet" }, ` ${about.id}`) : null),
      worker === WAITS
        ? make("p", { class: "cb-load" }, units.length
          ? counted(units.reduce((sum, unit) => sum + data.units[unit].cases.length, 0), "child", "children")
          : "Nobody waits.")
        : [make("p", { class: "cb-quiet cb-role" }, datesWhole(this.aboutWorker(about))),
          ...loadLines(this.standing, worker)],
      make("p", { class: "cb-offer" }),
      list);
    this.shown.set(worker, column);
    return column;
  }

  aboutWorker({ role, employment, fte, going }) {
    return [role, employment === "agency" ? "agency" : "", fte === 1 ? "" : `${fte} FTE`, going]
      .filter(Boolean).join(", ");
  }

  /** The units that are shown, of which the plan changes something and nothing is decided. */
  get open() {
    const { data, decisions } = this.standing;
    return [...this.root.querySelectorAll(".cb-card")].map((card) => Number(card.dataset.unit))
      .filter((unit) => data.units[unit].plan !== data.units[unit].holder
        && !decisions.about(unit).length && !this.standing.agreed.has(unit));
  }

  /** Where a unit's card is, if it is shown. */
  card(unit) {
    return this.root.querySelector(`.cb-card[data-unit="${unit}"]`);
  }

  /** Have the focus on a unit's card; where it is not shown, on the column it was in. */
  focus(unit, otherwise) {
    const card = this.card(unit) ?? this.shown.get(otherwise)?.querySelector("h3")
      ?? this.root.querySelector("h3");
    card?.focus();
  }

  /** One card of a column is on the way of the Tab key; arrows lead to the others. */
  makeReachable(card) {
    for (const one of card.closest("ul").querySelectorAll('.cb-card[tabindex="0"]')) one.tabIndex = -1;
    card.tabIndex = 0;
  }

  steer(event) {
    const card = event.target.closest(".cb-card");
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    const cards = [...card.closest("ul").querySelectorAll(".cb-card")];
    const place = cards.indexOf(card);
    const columns = [...this.root.querySelectorAll(".cb-worker")].filter((one) => one.querySelector(".cb-card"));
    const beside = (step) => {
      const other = columns[columns.indexOf(card.closest(".cb-worker")) + step];
      const others = other ? [...other.querySelectorAll(".cb-card")] : [];
      return others[Math.min(place, others.length - 1)];
    };
    const next = {
      ArrowDown: () => cards[place + 1],
      ArrowUp: () => cards[place - 1],
      Home: () => cards[0],
      End: () => cards.at(-1),
      ArrowRight: () => beside(1),
      ArrowLeft: () => beside(-1),
    }[event.key]?.();
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  /** Colour every worker while a card is held, and say at each what it would mean. */
  offer(unit) {
    const { allowed } = this.standing.offers(unit);
    const room = allowed.filter((one) => !one.tight.length && !one.here);
    for (const [worker, column] of this.shown) {
      const one = allowed.find((offer) => offer.worker === worker);
      const place = room.indexOf(one);
      column.classList.add(!one ? "cb-no" : one.here ? "cb-here"
        : one.tight.length || one.worse ? "cb-tight" : place < 3 ? "cb-best" : "cb-may");
      column.querySelector(".cb-offer").textContent = one
        ? offerWords(one, place, room.length) : alone(this.standing.whyNot(unit, worker));
    }
  }

  /** Take the colours off again. */
  withdraw() {
    for (const column of this.shown.values()) {
      column.classList.remove("cb-no", "cb-here", "cb-tight", "cb-best", "cb-may", "cb-over");
      column.querySelector(".cb-offer").textContent = "";
    }
  }
}

/** A reason that follows no name: `Cannot: is of another team`. */
const alone = (why) => `Cannot: ${why.replace(/^(: |, who )/, "").replace(/^, whose /, "their ")}`;

/** An offer in a few words: rank, cost, load before and after. */
const offerWords = (one, place, of) => {
  if (one.here) return "Here now";
  const rank = one.tight.length ? one.tight[0] : `${place + 1} of ${of}`;
  const load = one.after && one.after.percent !== null
    ? `${percent(one.before.percent)} to ${percent(one.after.percent)}` : "";
  const third = one.thirds ? `third worker for ${children(one.thirds)}` : "";
  return [rank, one.words, load, third].filter(Boolean).join("; ");
};
