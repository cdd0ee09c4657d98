// The live page: what was chosen (the state), and what happens when something is chosen.

import "./theme.js";
import {
  fillControls,
  fillExamples,
  fillParameters,
  listenToControls,
  nameParameters,
} from "./controls.js";
import { drawNetwork, scrollToLayer } from "./draw_network.js";
import { byId } from "./elements.js";
import { computed, drawn, possibleBugs } from "./experiment.js";
import { listenToCurve, listenToDrawing, listenToWalk } from "./hands.js";
import { legendOf, updateNetwork } from "./number_network.js";
import { fillBugs, fillLayers, showMistake, showVerdicts, showWork } from "./panel_verdicts.js";
import { fillSteps, showStep, updateSteps } from "./panel_walk.js";
import { showChain, showMeasurement, showValue } from "./panel_weight.js";
import { showParts } from "./parts.js";
import { show } from "./shown.js";
import { EPSILON } from "./slopes.js";

// A weight cannot be dragged further than this: sigmoid and tanh are flat long before, and the
// squares of the quadratic cost stay far from the largest double.
const LARGEST = 1e6;

const data = JSON.parse(byId("data").textContent);

// What was chosen. position is that in the walk; example is a number from 0, or null for all; power
// is the logarithm of epsilon; held is the part of the curve that is shown while it is dragged.
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
  held: null,
};

// The page: beside what was chosen, what was drawn with the seed (subject), all that follows from
// it (now), the drawing of the network (view), the chart of C (curve), and the room for drawings.
const page = {
  data,
  state,
  subject: null,
  now: null,
  view: null,
  curve: null,
  options: [],
  room: null,
  startNetwork,
  refresh,
  choose,
  setValue,
};

// A network for what was chosen. Changed weights are forgotten.
function startNetwork() {
  page.subject = drawn(data, state);
  const possible = possibleBugs(page.subject);
  const layers = possible.find(([name]) => name === state.bug)?.[1] ?? [];
  state.bug = layers.length ? state.bug : "";
  state.layer = layers.includes(state.layer) ? state.layer : (layers.at(-1) ?? null);
  state.example = state.example !== null && state.example >= state.examples ? 0 : state.example;
  fillBugs(byId("bug"), possible, state.bug);
  fillLayers(byId("layer"), layers, state.layer);
  fillExamples(page);
  page.now = computed(page.subject, state);
  startDrawing();
  refresh();
}

// The network without its numbers, in the room that there is. Sizes are in pixels; rem is that of a
// letter. They are asked for here only, since the answer takes time while things change.
function startDrawing() {
  page.room = roomNow();
  page.view = drawNetwork(byId("drawing"), page.now.network, page.room.drawing, page.room.rem);
}

function roomNow() {
  const widthOf = (id) => Math.max(260, byId(id).clientWidth);
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const [drawing, curve, errors] = ["drawing", "curve", "errors"].map(widthOf);
  return { rem, drawing, curve, errors };
}

// Everything that is shown, from what was chosen.
function refresh() {
  if (isStale) {
    page.now = computed(page.subject, state);
    isStale = false;
  }
  const { now } = page;
  updateNetwork(page.view, now, state);
  show(byId("legend"), legendOf(state.example));
  updateSteps(byId("steps"), now, state);
  showStep(now, state);
  showChain(now, state);
  showValue(now, state);
  page.curve = showMeasurement(now, state, page.room);
  showMistake(now, state, data.bugs);
  showVerdicts(now);
  showWork(now, state);
  nameParameters(page);
  byId("first").disabled = byId("previous").disabled = state.position === 0;
  byId("last").disabled = byId("next").disabled = state.position === now.steps.length - 1;
}

// Whether a weight or the mistake has changed, so that all numbers have to be computed again.
let isStale = false;
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
  isStale ||= "bug" in changes || "layer" in changes;
  state.position = Math.min(Math.max(state.position, 0), page.now.steps.length - 1);
  if ("position" in changes) {
    scrollToLayer(byId("drawing"), page.view, page.now.steps[state.position].layer);
  }
  refreshSoon();
}

function setValue(value) {
  const { which, entry } = state.selected;
  const inside = Math.min(Math.max(value, -LARGEST), LARGEST);
  page.now.parameters[which].values[entry] = inside;
  isStale = true;
  refreshSoon();
}

function start() {
  showParts(window.location.hash);
  window.addEventListener("hashchange", () => showParts(window.location.hash));
  byId("about").textContent = data.about;
  fillControls(page);
  page.now = computed(drawn(data, state), state);
  fillParameters(page);
  fillSteps(byId("steps"), page.now.steps, (position) => choose({ position }));
  startNetwork();
  byId("epsilon").value = state.power;
  listenToControls(page);
  listenToWalk(page);
  listenToDrawing(page);
  listenToCurve(page);
  new ResizeObserver(() => {
    const room = roomNow();
    if (Object.keys(room).some((name) => room[name] !== page.room[name])) {
      startDrawing();
      refresh();
    }
  }).observe(byId("drawing"));
}

start();
