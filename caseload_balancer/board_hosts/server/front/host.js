// The board with a program behind it: what it knows comes from there, and every decision goes back.

import board from "/board.js";

const SECONDS_UNTIL_LOST = 2;
const COLUMNS = ["case_id", "decision", "worker_id", "reason"];

const title = document.getElementById("host-title");
const saved = document.getElementById("host-saved");
const news = document.getElementById("host-news");
const lost = document.getElementById("host-lost");

const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const asCsv = (rows) => [COLUMNS, ...rows.map((row) => COLUMNS.map((name) => row[name]))]
  .map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");

const ask = async (path, content) => {
  const how = content === undefined ? {} : {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(content),
  };
  return fetch(path, how);
};

/** What the board sees of the program: anywidget's model. */
class Model {
  constructor() {
    this.values = { data: null, decisions: [], can_solve: true, keeps_nothing: false };
    this.listeners = new Map();
    this.version = 0;
    this.plan = 0;
    this.savedAt = "";
    this.file = "";
    this.unsaved = false;
    this.saving = null;
    this.gone = false;
  }

  get(name) { return this.values[name]; }

  set(name, value) {
    this.values[name] = value;
    if (name === "decisions") this.unsaved = true;
  }

  on(name, call) { this.listeners.set(name, [...(this.listeners.get(name) ?? []), call]); }

  off(name, call) {
    const left = call ? (this.listeners.get(name) ?? []).filter((one) => one !== call) : [];
    this.listeners.set(name, left);
  }

  tell(name, ...values) { for (const call of this.listeners.get(name) ?? []) call(...values); }

  save_changes() {
    this.saving ??= this.save().finally(() => { this.saving = null; });
    return this.saving;
  }

  async save() {
    while (this.unsaved && !this.gone) {
      this.unsaved = false;
      const asked = { version: this.version, decisions: this.values.decisions };
      let answer;
      try {
        answer = await ask("/decisions", asked);
      } catch {
        this.unsaved = true;
        return;
      }
      const told = await answer.json().catch(() => ({}));
      if (answer.ok) {
        this.version = Math.max(this.version, told.version);
        this.show(told.saved_at);
        news.textContent = "";
      } else if (told.stale) {
        news.textContent = "The board was changed in another tab. This tab now shows that; "
          + "your last step here was not taken.";
        await this.catchUp(true);
      } else {
        this.unsaved = true;
        saved.textContent = `Not saved: ${told.problem ?? "the program did not take it."}`;
        return;
      }
    }
  }

  async send(message) {
    if (message.type === "stop") {
      await ask("/stop", {}).catch(() => {});
      return;
    }
    await this.save_changes();
    let answer;
    try {
      answer = await ask("/plan-again", { version: this.version });
    } catch {
      this.fail("The program does not answer.");
      return;
    }
    if (answer.ok) return;
    const told = await answer.json().catch(() => ({}));
    if (told.stale) await this.catchUp(true);
    this.fail(told.problem ?? "The program did not take it.");
  }

  fail(text) { this.tell("msg:custom", { type: "failed", text }, []); }

  /** Have this tab show what the program has; decisions of a step that it did not take are gone. */
  async catchUp(anew) {
    const standing = await (await ask("/standing")).json();
    this.file = standing.file;
    title.textContent = `Board, week of ${standing.as_of}`;
    document.title = title.textContent;
    if (!anew && this.unsaved && standing.version === this.version) {
      this.save_changes();
      return;
    }
    this.unsaved = false;
    this.version = standing.version;
    if (standing.plan !== this.plan) {
      this.values.data = await (await ask("/data")).text();
      this.plan = standing.plan;
      this.values.decisions = standing.decisions;
      this.tell("change:data");
    }
    this.values.decisions = standing.decisions;
    this.tell("change:decisions");
    this.show(standing.saved_at);
  }

  show(savedAt) {
    this.savedAt = savedAt;
    saved.textContent = savedAt ? `Decisions saved at ${savedAt} in ${this.file}`
      : `Nothing decided yet. Decisions are saved at once, in ${this.file}`;
  }

  /** What is known to be on the disk: a step that the program did not answer may be there or not. */
  kept() {
    const unanswered = this.unsaved || this.saving !== null;
    if (!this.savedAt) {
      return unanswered ? `What you decided may be missing in ${this.file}.` : "Nothing had been decided.";
    }
    const last = unanswered ? "; your last step may be missing there" : "";
    return `Your decisions up to ${this.savedAt} are in ${this.file}${last}.`;
  }

  lose() {
    if (this.gone) return;
    this.gone = true;
    this.values.can_solve = false;
    this.values.keeps_nothing = true;
    this.tell("change:can_solve");
    this.fail("The program has ended.");
    const link = document.createElement("a");
    const prepare = () => {
      const file = new Blob([asCsv(this.values.decisions)], { type: "text/csv" });
      link.href = URL.createObjectURL(file);
    };
    prepare();
    link.addEventListener("click", prepare);
    link.download = "decisions.csv";
    link.textContent = "Download the decisions that this page shows";
    const text = document.createElement("p");
    const agreed = this.plan > 1 ? " Those that were planned around are in plan.json beside it." : "";
    text.textContent = `The board has lost its program. ${this.kept()}${agreed} What you do here now is not saved; `
      + "start the program again and open the link it prints.";
    lost.replaceChildren(text, link);
  }

  find() {
    if (!this.gone) return;
    this.gone = false;
    this.values.can_solve = true;
    this.values.keeps_nothing = false;
    this.tell("change:can_solve");
    lost.replaceChildren();
  }
}

const model = new Model();
let timer = null;
let done = Promise.resolve();

const events = new EventSource("/events");

/** Take what happens in its order, each when what came before has been dealt with. */
const hear = (kind, call) => events.addEventListener(kind, (event) => {
  done = done.then(() => call(JSON.parse(event.data))).catch(() => model.lose());
});

hear("hello", async () => {
  clearTimeout(timer);
  timer = null;
  const first = model.plan === 0;
  await model.catchUp(first);
  model.find();
  if (first) board.render({ model, el: document.getElementById("host-board") });
});
hear("decisions", async (told) => {
  await model.saving;
  if (told.version > model.version) await model.catchUp(true);
});
hear("plan", () => model.catchUp(true));
hear("message", (message) => model.tell("msg:custom", message, []));
hear("ended", () => {
  events.close();
  model.lose();
});
events.addEventListener("error", () => {
  if (model.plan === 0 && events.readyState === EventSource.CLOSED) {
    saved.textContent = "Too many tabs show this board already. Close one of them and reload this one.";
    return;
  }
  // A browser tries again by itself; what stays away is gone.
  timer ??= setTimeout(() => model.lose(), SECONDS_UNTIL_LOST * 1000);
});
