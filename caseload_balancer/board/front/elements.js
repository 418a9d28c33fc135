// Elements from text alone: whatever a name or an id holds, it is never read as markup.

const SVG = "http://www.w3.org/2000/svg";

const filled = (element, has, within) => {
  for (const [name, value] of Object.entries(has)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...within.flat(2).filter((one) => one !== null && one !== "" && one !== undefined));
  return element;
};

/** An element: attributes, functions as listeners, then texts and elements within it. */
export const make = (name, has = {}, ...within) => filled(document.createElement(name), has, within);

export const draw = (name, has = {}, ...within) =>
  filled(document.createElementNS(SVG, name), has, within);

/** A text whose dates stay in one piece: a browser breaks them at their hyphens. */
export const datesWhole = (text) => text.split(/(\d{4}-\d{2}-\d{2})/).map((part, place) =>
  (place % 2 ? make("span", { class: "cb-one" }, part) : part));

let number = 0;

/** An id that nothing else on the page has. */
export const newId = () => {
  number += 1;
  return `cb-${number}`;
};

/** A bar of a load: thin for today, thick for now, full at 150 %, a line at 100 %. */
export const loadBar = (before, now) => {
  const width = (load) => Math.min(load.percent ?? 0, 150);
  return draw("svg", { class: "cb-bar", viewBox: "0 0 150 14", preserveAspectRatio: "none",
    "aria-hidden": "true" },
  draw("rect", { class: "cb-track", width: 150, height: 14 }),
  draw("rect", { class: `cb-fill cb-${now.band}`, y: 5, width: width(now), height: 9 }),
  draw("rect", { class: "cb-was", width: width(before), height: 4 }),
  draw("path", { class: "cb-full", d: "M100 0V14" }));
};
