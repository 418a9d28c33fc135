// The menu of a card: everybody who could have the children, best first, and who cannot, and why.

import { WAITS } from "./evaluator.js";
import { children, counted, percent, sentence } from "./wording.js";
import { kindsOf } from "./cards.js";
import { bestExchange } from "./exchanges.js";
import { datesWhole, make, newId } from "./elements.js";

/** What an offer means, in the words of a manager: for worker and child, for room, for the week. */
const offerLines = (standing, one) => {
  const facts = [];
  if (one.before) {
    const share = one.after.percent === null ? "no time for cases"
      : `${percent(one.before.percent)} to ${percent(one.after.percent)}`;
    const over = one.after.children > one.after.cap ? ", over the cap" : "";
    facts.push(...(one.here
      ? [percent(one.before.percent), `${one.before.children} of ${children(one.before.cap)}`]
      : [share, `${one.before.children} to ${one.after.children} of ${children(one.after.cap)}${over}`]));
  }
  if (one.thirds) {
    facts.push(`third worker or more in ${standing.data.window} for ${children(one.thirds)}`);
  } else if (one.knows && !one.here) facts.push("knows the child");
  return [
    facts.join("; "),
    one.tight.length ? `${one.tight.join("; ")}: somebody else would have to go` : "",
    one.here || !one.details ? "" : `Goal by goal: ${one.details}`,
  ].filter(Boolean);
};

export class Menu {
  constructor(board) {
    this.board = board;
    this.unit = -1;
    this.box = make("dialog", { class: "cb-menu" });
    this.box.addEventListener("keydown", (event) => this.steer(event));
    this.box.addEventListener("close", () => {
      if (this.box.open) return; // the next card is open already
      this.done(null); // by Escape, or beside the menu
      this.box.replaceChildren();
    });
    this.box.addEventListener("click", (event) => {
      if (event.target === this.box) this.box.close(); // beside the menu
    });
  }

  get standing() {
    return this.board.standing;
  }

  open(unit) {
    this.unit = unit;
    const title = newId();
    this.box.setAttribute("aria-labelledby", title);
    const { allowed, refused } = this.standing.offers(unit);
    const offers = allowed.map((one) => this.offer(unit, one));
    this.box.replaceChildren(
      make("div", { class: "cb-head" },
        make("h2", { id: title }, `Who is to have ${this.standing.called(unit)}?`),
        make("button", { type: "button", click: () => this.box.close() }, "Close")),
      make("p", {}, this.about(unit)),
      make("h3", {}, "Decide"),
      make("div", { class: "cb-acts" }, ...this.acts(unit), this.reasons(unit)),
      make("h3", {}, "Move to"),
      offers.length ? make("ul", { class: "cb-offers" }, offers)
        : make("p", {}, "Nobody may be given them."),
      this.refusals(unit, refused),
    );
    this.box.showModal();
    (this.box.querySelector(".cb-offers button:not([aria-disabled=true])")
      ?? this.box.querySelector("button")).focus();
    this.box.scrollTop = 0;
  }

  /** Who they are, and where they are today, in the plan and now. */
  about(unit) {
    const { standing } = this;
    const { holder, plan, was } = standing.data.units[unit];
    const cases = standing.casesOf(unit);
    const kinds = kindsOf(cases);
    const where = [
      holder === WAITS ? `today ${was ? `recorded under ${was}` : "nobody"}` : `today ${standing.name(holder)}`,
      `the plan ${standing.name(plan)}`,
    ];
    if (![holder, plan].includes(standing.where(unit))) where.push(`now ${standing.name(standing.where(unit))}`);
    const family = cases[0].family ? ` Family ${cases[0].family}.` : "";
    return `${sentence(kinds)}${family} Worker: ${where.join(", ")}.`;
  }

  acts(unit) {
    const { standing } = this;
    const { decisions } = standing;
    const { plan, stays } = standing.data.units[unit];
    const decided = decisions.about(unit);
    const act = (words, change, has = {}) => make("button", {
      type: "button", ...has, click: () => this.done(() => change(this.reason.value)),
    }, words);
    const found = [];
    const agreed = decided.some((row) => row.decision === "accept");
    if (standing.where(unit) === plan) {
      found.push(act(plan === WAITS ? "Agree: waits" : `Agree: ${standing.name(plan)}`,
        (reason) => decisions.toggleKept(unit, reason), { "aria-pressed": String(agreed) }));
    }
    if (decisions.canReject(unit)) {
      found.push(act(plan === WAITS ? "Not waiting: somebody is to be found" : `Not ${standing.name(plan)}: somebody else`,
        (reason) => decisions.reject(unit, reason)));
    }
    if (plan === WAITS && !stays && standing.mustHold(unit)) {
      found.push(act("May be one over somebody's cap", (reason) => decisions.exceed(unit, reason)));
    }
    if (decided.length) found.push(act("Take the decision back", () => decisions.takeBack(unit)));
    return found;
  }

  reasons(unit) {
    const decided = this.standing.decisions.about(unit);
    const now = decided[0]?.reason ?? "";
    this.reason = make("select", { change: () => {
      if (decided.length) this.board.decide(() => this.standing.decisions.giveReason(unit, this.reason.value));
    } },
    make("option", { value: "" }, "no reason given"),
    this.standing.data.reasons.map(([code, words]) =>
      make("option", { value: code, selected: code === now }, `${code}: ${words}`)));
    return make("label", {}, "Reason to record ", this.reason);
  }

  offer(unit, one) {
    const { standing } = this;
    const { holder, plan } = standing.data.units[unit];
    const tags = [];
    if (one.worker === plan) tags.push("the plan");
    if (one.worker === holder && holder !== WAITS) tags.push("today");
    const worker = standing.data.workers[one.worker];
    const name = one.worker === WAITS ? "Leave waiting" : standing.name(one.worker);
    return make("li", {}, make("button", {
      type: "button",
      class: one.here ? "cb-is-here" : one.tight.length ? "cb-is-tight" : "",
      "aria-disabled": one.here ? "true" : false,
      click: () => {
        if (!one.here) this.done(() => standing.decisions.moveTo(unit, one.worker, this.reason.value));
      },
    },
    make("span", { class: "cb-who" }, name, worker?.name && !name.endsWith(worker.id) ? ` ${worker.id}` : ""),
    make("span", { class: "cb-cost" }, ` ${one.words}${tags.length ? ` (${tags.join(", ")})` : ""}`),
    offerLines(standing, one).map((line) => make("span", { class: "cb-line" }, ` ${line}.`))),
    one.tight.length && !one.here ? this.exchange(unit, one.worker) : null);
  }

  /** The button that makes room: somebody of the worker's goes the other way. */
  exchange(unit, worker) {
    const { standing } = this;
    const found = bestExchange(standing, unit, worker);
    if (!found) return null;
    const from = standing.where(unit);
    const gives = `${standing.called(found.other)} from ${standing.name(worker)} to ${standing.name(from)}`;
    return make("button", { type: "button", class: "cb-swap", click: () => this.done(
      () => standing.decisions.swap(unit, worker, found.other, from, this.reason.value),
      `${standing.called(unit)} to ${standing.name(worker)}, and ${gives}: ${found.words}.`,
    ) },
    make("span", { class: "cb-who" }, `Swap: ${gives} in exchange`),
    make("span", { class: "cb-cost" }, ` ${found.words}`),
    make("span", { class: "cb-line" }, found.details ? ` Goal by goal: ${found.details}.` : " No goal changes."));
  }

  refusals(unit, refused) {
    if (!refused.length) return "";
    const { standing } = this;
    const { workers, units } = standing.data;
    const near = new Set(workers.flatMap((one, number) =>
      (one.teams.includes(units[unit].team) ? [number] : [])));
    const rows = refused.filter((one) => near.has(one.worker) || !one.why.endsWith("of another team"));
    const far = refused.length - rows.length;
    return make("details", {},
      make("summary", {}, `Who cannot, and why (${refused.length})`),
      make("ul", {},
        rows.map((one) => make("li", {}, datesWhole(`${standing.name(one.worker)}${one.why}.`))),
        far ? make("li", {}, `${counted(far, "worker")} of other teams, too far for these children.`) : null));
  }

  /** Close, decide, and have the focus on the card where it is then. */
  done(change, words = "") {
    const { unit } = this;
    this.unit = -1;
    this.box.close();
    if (unit < 0 || unit >= this.standing.data.units.length) return; // another week has come
    const from = this.standing.where(unit);
    if (change) this.board.decide(change, unit, words);
    this.board.columns.focus(unit, from);
  }

  steer(event) {
    if (event.target.tagName === "SELECT") return;
    const buttons = [...this.box.querySelectorAll(".cb-offers button")];
    const place = buttons.indexOf(event.target.closest("button"));
    const next = {
      ArrowDown: () => buttons[place + 1],
      ArrowUp: () => (place > 0 ? buttons[place - 1] : null),
      Home: () => buttons[0],
      End: () => buttons.at(-1),
    }[event.key]?.();
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}
