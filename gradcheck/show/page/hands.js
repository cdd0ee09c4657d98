// Keys and the pointer: walk through the steps, choose a weight or bias, drag it. `page` is the
// page of live.js.

import { byId } from "./elements.js";

export function listenToWalk(page) {
  const onClick = (id, position) =>
    byId(id).addEventListener("click", () => page.choose({ position: position() }));
  onClick("first", () => 0);
  onClick("previous", () => page.state.position - 1);
  onClick("next", () => page.state.position + 1);
  onClick("last", () => page.now.steps.length - 1);
  document.addEventListener("keydown", (event) => {
    const isTaken = event.target.closest("input, select, .wide, [data-entry]");
    if (isTaken || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const positions = {
      ArrowRight: page.state.position + 1,
      ArrowLeft: page.state.position - 1,
      Home: 0,
      End: Infinity,
    };
    if (event.key in positions) {
      event.preventDefault();
      page.choose({ position: positions[event.key] });
    }
  });
}

// The drawing: choose a weight or bias, and drag it to the left or right to change it.

// How much a parameter changes with each pixel.
const VALUE_OF_PIXEL = 0.01;

export function listenToDrawing(page) {
  const box = byId("drawing");
  let drag = null;
  box.addEventListener("pointerdown", (event) => {
    const found = event.target.closest("[data-entry]");
    if (found) {
      const selected = { which: Number(found.dataset.which), entry: Number(found.dataset.entry) };
      drag = {
        from: event.clientX,
        value: page.now.parameters[selected.which].values[selected.entry],
      };
      box.setPointerCapture(event.pointerId);
      page.choose({ selected });
    }
  });
  box.addEventListener("pointermove", (event) => {
    if (drag && Math.abs(event.clientX - drag.from) > 2) {
      page.setValue(drag.value + VALUE_OF_PIXEL * (event.clientX - drag.from));
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    box.addEventListener(end, () => {
      drag = null;
    });
  }
  box.addEventListener("keydown", (event) => moveAmongParameters(page, event));
}

function moveAmongParameters(page, event) {
  const all = page.view.parameters.flatMap((buttons, which) =>
    buttons.map((_, entry) => ({ which, entry })),
  );
  const { selected } = page.state;
  const here = all.findIndex(
    ({ which, entry }) => which === selected.which && entry === selected.entry,
  );
  const targets = {
    ArrowRight: here + 1,
    ArrowDown: here + 1,
    ArrowLeft: here - 1,
    ArrowUp: here - 1,
    Home: 0,
    End: all.length - 1,
  };
  const target = all[targets[event.key]];
  if (target) {
    event.preventDefault();
    page.choose({ selected: target });
    page.refresh();
    page.view.parameters[target.which][target.entry].button.focus();
  }
}

// The curve of C: drag the dot, and the parameter follows.
export function listenToCurve(page) {
  const box = byId("curve");
  let drag = null;
  box.addEventListener("pointerdown", (event) => {
    const { which, entry } = page.state.selected;
    const { plot, reach } = page.curve;
    const value = page.now.parameters[which].values[entry];
    drag = { from: event.clientX, value, perPixel: (2 * reach) / (plot.right - plot.left) };
    page.choose({ held: { centre: value, reach } });
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", (event) => {
    if (drag) {
      page.setValue(drag.value + drag.perPixel * (event.clientX - drag.from));
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    box.addEventListener(end, () => {
      drag = null;
      page.choose({ held: null });
    });
  }
}
