// The panel with the steps: all of them as buttons, and the current one with its numbers.

import { BUGS, RIGHT_LINES } from "./bugs.js";
import { byId, change, html, say } from "./elements.js";
import { part, scrolling, show } from "./shown.js";
import { described, STEP_NUMBERS } from "./walk.js";
import { capitalised, numberText } from "./words.js";

// The names of the steps on their buttons.
const SHORT_NAMES = { start: "start", z: "z", downstream_activations: "a", cost: "C" };
// A matrix with more rows or columns than this shows only the first ones.
const MOST_SHOWN = 12;

// A button for every step; `go` is called with the position of the one that is pressed.
export function fillSteps(list, steps, go) {
  const items = steps.map((step, position) => {
    const number = STEP_NUMBERS[step.name];
    const button = html(
      "button",
      { type: "button" },
      number ? `${step.layer}.${number}` : shortName(step),
    );
    button.addEventListener("click", () => go(position));
    const isTurn = step.name === "cost" || step.name.endsWith("output") || number === 1;
    return html("li", isTurn ? { class: "turn" } : {}, button);
  });
  list.replaceChildren(...items);
}

function shortName({ layer, name }) {
  return ["start", "cost"].includes(name) ? SHORT_NAMES[name] : `${SHORT_NAMES[name]} ${layer}`;
}

// Whether the numbers of a step are wrong: "first", "inherited" or "".
function faultOf(now, step) {
  const found = now.wrongSteps.findIndex(
    ({ layer, name }) => layer === step.layer && name === step.name,
  );
  return found < 0 ? "" : found === 0 ? "first" : "inherited";
}

export function updateSteps(list, now, state) {
  [...list.children].forEach((item, position) => {
    const step = now.steps[position];
    const fault = faultOf(now, step);
    const words = { first: ", the first wrong step", inherited: ", wrong because of it", "": "" }[
      fault
    ];
    change(item.firstChild, {
      class: `${position < state.position ? "done" : ""} ${fault}`.trim(),
      "aria-current": position === state.position ? "step" : null,
      "aria-label": `${item.textContent}: ${described(step, now, null).title}${words}`,
    });
  });
}

// The current step: title, formula, code, shapes and numbers.
export function showStep(now, state) {
  const step = now.steps[state.position];
  const description = described(step, now, state.example);
  const fault = faultOf(now, step);
  say(byId("walk-count"), `${state.position + 1} of ${now.steps.length}`);
  say(byId("walk-title"), description.title);
  const faultText = {
    first: "✗ The first wrong step: the mistake is here.",
    inherited: "✗ Wrong numbers, because of the mistake in an earlier step.",
    "": null,
  }[fault];
  const parts = [
    faultText && part("p", { class: "fault" }, faultText),
    part("p", {}, description.task),
    part("p", { class: "formula" }, description.formula, ...bookName(description.book)),
    codeOf(now, state, step, description.code),
    part("p", { class: "quiet" }, `${shapesName(now, state)}: ${description.shapes}`),
    scrolling(
      "The numbers of this step",
      part("div", { class: "equation" }, ...description.terms.map(termOf)),
    ),
    description.cost ? part("p", { class: "formula" }, `C = ${numberText(now.cost, 6)}`) : null,
  ];
  show(byId("walk"), ...parts);
}

// The matrices below have one column where one example is shown.
function shapesName(now, { example }) {
  const { columns } = now.batch.inputs;
  return example === null || columns === 1 ? "Shapes" : `Shapes with all ${columns} examples`;
}

function bookName(book) {
  return book ? [part("span", { class: "book" }, `The book: ${book}`)] : [];
}

// The line of code; where the mistake is, the wrong line as well.
function codeOf(now, state, step, code) {
  const isPlanted = state.bug && BUGS[state.bug].step === step.name && state.layer === step.layer;
  return isPlanted ? linesOf(now, state) : part("pre", { class: "code" }, code);
}

// The wrong and the right line of a mistake, side by side.
export function linesOf(now, { bug, layer }) {
  const record = BUGS[bug];
  const moment = { network: now.network, layer: now.network.layers[layer - 1] };
  const right = RIGHT_LINES[record.step](moment);
  return part(
    "div",
    { class: "lines" },
    part(
      "div",
      { class: "wrong-line" },
      part("strong", {}, "✗ wrong"),
      part("pre", {}, record.line(moment)),
    ),
    part("div", { class: "right-line" }, part("strong", {}, "✓ right"), part("pre", {}, right)),
  );
}

// A sign, and the matrix behind it.
function termOf([sign, name, matrix]) {
  const before = sign ? part("span", { class: "sign" }, sign) : null;
  return part("div", { class: "term" }, before, matrixTable(name, matrix));
}

function matrixTable(name, matrix) {
  const rows = Array.from({ length: Math.min(matrix.rows, MOST_SHOWN) }, (_, row) => {
    const cells = Array.from({ length: Math.min(matrix.columns, MOST_SHOWN) }, (__, column) =>
      part("td", {}, numberText(matrix.at(row, column))),
    );
    return part("tr", {}, ...cells, ...(matrix.columns > MOST_SHOWN ? [part("td", {}, "…")] : []));
  });
  const more = matrix.rows > MOST_SHOWN ? [part("tr", {}, part("td", {}, "…"))] : [];
  const caption = part("figcaption", {}, `${name} (${matrix.rows}, ${matrix.columns})`);
  const table = part(
    "table",
    { "aria-label": capitalised(name) },
    part("tbody", {}, ...rows, ...more),
  );
  return part("figure", { class: "matrix" }, table, caption);
}
