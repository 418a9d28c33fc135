"use strict";
// Without this script every row is there, only in one order. It sorts, finds, and opens for paper.
(() => {
  document.documentElement.classList.add("scripted");
  const each = (selector, act, within = document) => within.querySelectorAll(selector).forEach(act);
  const element = (name, text = "", has = {}) =>
    Object.assign(document.createElement(name), { textContent: text }, has);
  const collator = new Intl.Collator("en-GB", { numeric: true });

  // Tables stay tables for a screen reader also where a narrow screen shows their rows as blocks.
  const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  const keepRoles = (table) => {
    table.setAttribute("role", "table");
    each("thead,tbody,tr,td", (one) => one.setAttribute("role", ROLES[one.tagName]), table);
    each("th", (one) =>
      one.setAttribute("role", one.scope === "row" ? "rowheader" : "columnheader"), table);
  };

  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.v ?? cell.textContent.trim();
  };
  const compare = (one, other) => {
    // A blank is last in either direction.
    if (!one.value || !other.value) return one.value ? -1 : other.value ? 1 : 0;
    return one.sign * collator.compare(one.value, other.value);
  };
  const sort = (table, head, column, status) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) =>
      ({ row, value: valueOf(row, column), sign: down ? -1 : 1 }));
    rows.sort(compare);
    body.append(...rows.map((one) => one.row));
    each("th[aria-sort]", (one) => one.removeAttribute("aria-sort"), table);
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    status.textContent =
      `Sorted by ${head.textContent} (${down ? "descending" : "ascending"})`;
  };

  const makeSortable = (table) => {
    const status = element("p", "", { className: "unseen" });
    status.setAttribute("role", "status");
    (table.closest(".wide") ?? table).after(status);
    if (table.classList.contains("fixed")) return; // teams stand below their localities
    each("thead th", (head) => {
      const button = element("button", head.textContent, { type: "button" });
      button.addEventListener("click", () => sort(table, head, head.cellIndex, status));
      head.replaceChildren(button);
    }, table);
  };

  let number = 0;
  const makeSearchable = (table) => {
    number += 1;
    const box = element("div", "", { className: "find" });
    const input = element("input", "", { type: "search", id: `find-${number}`, autocomplete: "off" });
    const label = element("label", "Find in this list ", { htmlFor: input.id });
    const told = element("p");
    told.setAttribute("role", "status");
    const line = element("p");
    line.append(label, input);
    box.append(line, told);
    (table.closest(".wide") ?? table).before(box);
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      let shown = 0;
      each("tbody tr", (row) => {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
        shown += !row.hidden;
      }, table);
      told.textContent = wanted ? `${shown} of ${table.tBodies[0].rows.length} rows` : "";
    });
  };

  const findPeople = () => {
    const box = document.getElementById("find-people");
    if (!box) return;
    box.hidden = false;
    const [find, only, told, team] =
      ["find", "changes-only", "found", "which-team"].map((id) => document.getElementById(id));
    const teams = [...document.querySelectorAll(".team")].map((section) => ({
      section,
      cards: [...section.querySelectorAll(".card")].map((card) => ({
        card, text: card.textContent.toLowerCase(),
      })),
    }));
    const total = teams.reduce((sum, one) => sum + one.cards.length, 0);
    const show = () => {
      const wanted = find.value.trim().toLowerCase();
      let shown = 0;
      for (const { section, cards } of teams) {
        let here = 0;
        for (const { card, text } of cards) {
          card.hidden = (only.checked && !card.classList.contains("changes"))
            || !text.includes(wanted);
          here += !card.hidden;
        }
        const other = team && team.value && team.value !== section.id;
        section.hidden = other || (here === 0 && Boolean(wanted || only.checked));
        shown += other ? 0 : here;
      }
      const all = !wanted && !only.checked && !(team && team.value);
      told.textContent = all ? "" : `${shown} of ${total} workers`;
    };
    for (const one of [find, only, team]) one?.addEventListener("input", show);
    // A link to a worker who is not shown shows everybody again.
    window.addEventListener("hashchange", () => {
      const target = document.getElementById(window.location.hash.slice(1));
      if (target?.closest("[hidden]")) {
        find.value = "";
        only.checked = false;
        if (team) team.value = "";
        show();
        target.scrollIntoView();
      }
    });
  };

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open]):not(.analyst)")];
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });

  each("table.searchable", makeSearchable);
  each("table.sortable", makeSortable);
  each("table", keepRoles);
  findPeople();
})();
