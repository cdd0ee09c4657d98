// The live page: what was chosen (the state), and what happens when something is chosen.

import "./theme.js";
import { ACTIVATIONS } from "./activations.js";
import { COSTS } from "./costs.js";
import { drawNetwork, legendOf, updateNetwork } from "./draw_network.js";
import { byId, fillSelect, html, optionOf } from "./elements.js";
import { computed, drawn, possibleBugs } from "./experiment.js";
import { fillBugs, fillLayers, showMistake, showVerdicts, showWork } from "./panel_verdicts.js";
import { fillSteps, showStep, updateSteps } from "./panel_walk.js";
import { showChain, showMeasurement, showValue } from "./panel_weight.js";
import { EPSILON } from "./slopes.js";
import { VERDICTS } from "./verdicts.js";
import { arrayName, entryName } from "./words.js";

const data = JSON.parse(byId("data").textContent);

// What was chosen. position is that in the walk; example is a number from 0, or null for all; power
// is the logarithm of epsilon.
const state = {
  activation: data.activation,
  cost: data.cost,
  examples: data.examples,
  seed: data.seeds[0].seed,
  bug: data.bug ?? "",
  layer: data.layer,
  position: 0,
  example: 0,
  selected: { which: 0, entry: 0 },
  power: Math.log10(EPSILON),
  isZoomed: false,
};
// What was drawn with the seed, what follows from it, and the drawings.
let subject = null;
let now = null;
let view = null;
let curve = null;

// A network for what was chosen. Changed weights are forgotten.
function startNetwork() {
  subject = drawn(data, state);
  const possible = possibleBugs(subject);
  const layers = possible.find(([name]) => name === state.bug)?.[1] ?? [];
  state.bug = layers.length ? state.bug : "";
  state.layer = layers.includes(state.layer) ? state.layer : (layers.at(-1) ?? null);
  state.example = state.example !== null && state.example >= state.examples ? 0 : state.example;
  fillBugs(byId("bug"), possible, state.bug);
  fillLayers(byId("layer"), layers, state.layer);
  fillExamples();
  const isFirst = now === null;
  now = computed(subject, state);
  if (isFirst) {
    fillParameters();
    fillSteps(byId("steps"), now.steps, (position) => choose({ position }));
  }
  startDrawing();
  refresh();
}

function startDrawing() {
  const box = byId("drawing");
  view = drawNetwork(box, now.network, Math.max(280, box.clientWidth), letterSize());
}

function letterSize() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

// Everything that is shown, from what was chosen.
function refresh() {
  now = computed(subject, state);
  updateNetwork(view, now, state);
  byId("legend").replaceChildren(legendOf(state.example));
  updateSteps(byId("steps"), now, state);
  showStep(now, state);
  showChain(now, state);
  showValue(now, state);
  curve = showMeasurement(now, state, letterSize());
  showMistake(now, state, data.bugs);
  showVerdicts(now);
  showWork(now, state);
  nameParameters();
  byId("first").disabled = byId("previous").disabled = state.position === 0;
  byId("last").disabled = byId("next").disabled = state.position === now.steps.length - 1;
}

// Changes within one frame are shown together.
let isWaiting = false;

function refreshSoon() {
  if (!isWaiting) {
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      refresh();
    });
  }
}

function choose(changes) {
  Object.assign(state, changes);
  state.position = Math.min(Math.max(state.position, 0), now.steps.length - 1);
  refreshSoon();
}

function setValue(value) {
  const { which, entry } = state.selected;
  now.parameters[which].values[entry] = value;
  refreshSoon();
}

// The selects.

function fillControls() {
  fillSelect(byId("activation"), Object.keys(ACTIVATIONS).map((name) => [name, name]), state.activation);
  fillSelect(byId("cost"), Object.keys(COSTS).map((name) => [name, name]), state.cost);
  fillSelect(byId("seed"), data.seeds.map(({ seed }) => [seed, String(seed)]), state.seed);
  const counts = Array.from({ length: data.examples }, (_, i) => [i + 1, String(i + 1)]);
  fillSelect(byId("examples"), counts, state.examples);
}

function fillExamples() {
  const each = Array.from({ length: state.examples }, (_, i) => [i, `example ${i + 1}`]);
  fillSelect(byId("example"), [...each, ["all", "all examples"]], state.example ?? "all");
}

// An option for every weight and bias.
function fillParameters() {
  const groups = now.parameters.map(({ values }, which) =>
    html("optgroup", { label: arrayName(which) }, ...Array.from(values, (_, entry) => optionOf(`${which},${entry}`, ""))),
  );
  byId("parameter").replaceChildren(...groups);
}

// Their names, with the verdicts that they have now.
function nameParameters() {
  const select = byId("parameter");
  [...select.options].forEach((option) => {
    const [which, entry] = option.value.split(",").map(Number);
    const { verdict } = now.arrays[which][entry];
    const text = `${entryName(now.parameters, { which, entry })} ${verdict === "agree" ? "" : VERDICTS[verdict].mark}`.trim();
    if (option.text !== text) {
      option.text = text;
    }
  });
  select.value = `${state.selected.which},${state.selected.entry}`;
}

function listenToControls() {
  const onChange = (id, react) => byId(id).addEventListener("change", (event) => react(event.target.value));
  const startWith = (changes) => {
    Object.assign(state, changes);
    startNetwork();
  };
  onChange("activation", (activation) => startWith({ activation }));
  onChange("cost", (cost) => startWith({ cost }));
  onChange("examples", (examples) => startWith({ examples: Number(examples) }));
  onChange("seed", (seed) => startWith({ seed: Number(seed) }));
  onChange("bug", (bug) => startMistake(bug));
  onChange("layer", (layer) => choose({ layer: Number(layer) }));
  onChange("example", (example) => choose({ example: example === "all" ? null : Number(example) }));
  onChange("parameter", (value) => {
    const [which, entry] = value.split(",").map(Number);
    choose({ selected: { which, entry } });
  });
  byId("reset").addEventListener("click", () => startWith({}));
  byId("value").addEventListener("input", (event) => setValue(Number(event.target.value)));
  byId("epsilon").addEventListener("input", (event) => choose({ power: Number(event.target.value) }));
  byId("own-epsilon").addEventListener("click", () => {
    byId("epsilon").value = Math.log10(EPSILON);
    choose({ power: Math.log10(EPSILON) });
  });
  byId("zoom").addEventListener("change", (event) => choose({ isZoomed: event.target.checked }));
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
}

// Another mistake, in the last layer where it changes something; the weights stay as they are.
function startMistake(bug) {
  const layers = possibleBugs(subject).find(([name]) => name === bug)?.[1] ?? [];
  const layer = layers.at(-1) ?? null;
  fillLayers(byId("layer"), layers, layer);
  choose({ bug: layers.length ? bug : "", layer });
}

// The walk: buttons and keys.

function listenToWalk() {
  const onClick = (id, position) => byId(id).addEventListener("click", () => choose({ position: position() }));
  onClick("first", () => 0);
  onClick("previous", () => state.position - 1);
  onClick("next", () => state.position + 1);
  onClick("last", () => now.steps.length - 1);
  document.addEventListener("keydown", (event) => {
    const isTaken = event.target.closest("input, select, .wide, [data-entry]");
    if (isTaken || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const positions = { ArrowRight: state.position + 1, ArrowLeft: state.position - 1, Home: 0, End: Infinity };
    if (event.key in positions) {
      event.preventDefault();
      choose({ position: positions[event.key] });
    }
  });
}

// The drawing: choose a weight or bias, and drag it to the left or right to change it.

// How much a parameter changes with each pixel.
const VALUE_OF_PIXEL = 0.01;

function listenToDrawing() {
  const box = byId("drawing");
  let drag = null;
  box.addEventListener("pointerdown", (event) => {
    const found = event.target.closest("[data-entry]");
    if (found) {
      const selected = { which: Number(found.dataset.which), entry: Number(found.dataset.entry) };
      drag = { from: event.clientX, value: now.parameters[selected.which].values[selected.entry] };
      box.setPointerCapture(event.pointerId);
      choose({ selected });
    }
  });
  box.addEventListener("pointermove", (event) => {
    if (drag && Math.abs(event.clientX - drag.from) > 2) {
      setValue(drag.value + VALUE_OF_PIXEL * (event.clientX - drag.from));
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    box.addEventListener(end, () => {
      drag = null;
    });
  }
  box.addEventListener("keydown", moveAmongParameters);
}

function moveAmongParameters(event) {
  const all = view.parameters.flatMap((buttons, which) => buttons.map((_, entry) => ({ which, entry })));
  const { selected } = state;
  const here = all.findIndex(({ which, entry }) => which === selected.which && entry === selected.entry);
  const targets = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 };
  const target = all[targets[event.key]];
  if (target) {
    event.preventDefault();
    choose({ selected: target });
    refresh();
    view.parameters[target.which][target.entry].button.focus();
  }
}

// The curve of C: drag the dot, and the parameter follows.
function listenToCurve() {
  const box = byId("curve");
  let drag = null;
  box.addEventListener("pointerdown", (event) => {
    const { which, entry } = state.selected;
    const { plot, reach } = curve;
    const perPixel = (2 * reach) / (plot.right - plot.left);
    drag = { from: event.clientX, value: now.parameters[which].values[entry], perPixel };
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", (event) => {
    if (drag) {
      setValue(drag.value + drag.perPixel * (event.clientX - drag.from));
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    box.addEventListener(end, () => {
      drag = null;
    });
  }
}

byId("about").textContent = data.about;
fillControls();
startNetwork();
byId("epsilon").value = state.power;
listenToControls();
listenToWalk();
listenToDrawing();
listenToCurve();
new ResizeObserver(() => {
  startDrawing();
  refresh();
}).observe(byId("drawing"));
