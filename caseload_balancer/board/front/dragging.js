// Cards carried with a mouse or a pen, beside the menu, which does the same for everybody.

const FAR_ENOUGH = 6; // pixels before a press is a drag
const EDGE = 60; // pixels from the edge where the page begins to move along

export const makeDraggable = (board) => {
  const { root } = board.columns;
  let held = null;

  const columnAt = (event) =>
    document.elementsFromPoint(event.clientX, event.clientY)
      .map((one) => one.closest(".cb-worker")).find(Boolean) ?? null;

  const over = (column) => {
    held.column?.classList.remove("cb-over");
    held.column = column;
    column?.classList.add("cb-over");
  };

  const drop = () => {
    if (!held) return;
    held.card.classList.remove("cb-held");
    held.ghost?.remove();
    if (held.carried) board.columns.withdraw();
    held = null;
    document.removeEventListener("keydown", giveUp, true);
  };

  const giveUp = (event) => {
    if (event.key !== "Escape" || !held?.carried) return;
    event.preventDefault();
    event.stopPropagation();
    board.say("Put back.");
    drop();
  };

  const lift = () => {
    held.carried = true;
    held.card.classList.add("cb-held");
    held.ghost = held.card.cloneNode(true);
    held.ghost.classList.add("cb-ghost");
    held.ghost.setAttribute("aria-hidden", "true");
    held.ghost.removeAttribute("data-unit");
    board.root.append(held.ghost);
    board.columns.offer(held.unit);
    document.addEventListener("keydown", giveUp, true);
  };

  root.addEventListener("pointerdown", (event) => {
    const card = event.target.closest(".cb-card");
    if (!card || event.button !== 0 || event.pointerType === "touch") return;
    held = { card, unit: Number(card.dataset.unit), x: event.clientX, y: event.clientY,
      carried: false, column: null, ghost: null, pointer: event.pointerId };
  });

  root.addEventListener("pointermove", (event) => {
    if (!held || event.pointerId !== held.pointer) return;
    if (!held.carried) {
      if (Math.hypot(event.clientX - held.x, event.clientY - held.y) < FAR_ENOUGH) return;
      lift();
      root.setPointerCapture(held.pointer);
    }
    held.ghost.style.setProperty("left", `${event.clientX + 8}px`);
    held.ghost.style.setProperty("top", `${event.clientY + 8}px`);
    over(columnAt(event));
    if (event.clientY < EDGE) window.scrollBy(0, -EDGE / 3);
    if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, EDGE / 3);
  });

  root.addEventListener("pointerup", (event) => {
    if (!held || event.pointerId !== held.pointer) return;
    const { carried, unit } = held;
    const column = carried ? columnAt(event) : null;
    drop();
    if (!carried) return;
    // The click that follows a drag opens no menu.
    const swallow = (click) => { click.stopPropagation(); click.preventDefault(); };
    document.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => document.removeEventListener("click", swallow, true), 0);
    if (column) board.moveTo(unit, Number(column.dataset.worker));
  });

  root.addEventListener("pointercancel", drop);
};
