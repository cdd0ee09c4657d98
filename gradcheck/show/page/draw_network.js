// The network as a drawing: neurons, and an edge for each weight. Width says size; a dashed line
// and a minus say negative. Every weight and bias is a button.

import { change, html, say, svg } from "./elements.js";
import { VERDICTS } from "./verdicts.js";
import { entryName, numberText, shortText } from "./words.js";

// Up to so many neurons in a layer, and edges between two layers, there is room for all numbers.
const MOST_NEURONS = 6;
const MOST_EDGES = 16;
// What weights on the edges need between two layers, and what marks and derivatives need, in rem.
const ROOM_FOR_NUMBERS = 6.6;
const ROOM_FOR_MORE = 9;
// The widest edge in pixels, for the largest weight. With many edges between two layers they are
// narrower, and not every wrong one has a mark: the name of the layer counts them.
const WIDEST = 9;
const WIDEST_OF_MANY = 3;
const MANY_EDGES = 50;

// Draw a network of these sizes, without its numbers, into a box of this width. The size of a
// letter (rem) is in pixels, like the width.
export function drawNetwork(box, network, width, rem) {
  const sizes = [
    network.layers[0].weights.columns,
    ...network.layers.map(({ weights }) => weights.rows),
  ];
  const plan = layoutOf(sizes, width, rem);
  const drawing = svg("svg", {
    viewBox: `0 0 ${width} ${plan.height}`,
    width,
    height: plan.height,
    role: "group",
    class: plan.hasMarks ? "" : "dense",
    "aria-label": "The network. Arrow keys go from one weight or bias to the next.",
  });
  const view = { plan, drawing, parameters: [], neurons: [], captions: [], targets: [] };
  const edges = svg("g");
  const neurons = svg("g");
  const labels = svg("g", { class: "labels" });
  sizes.forEach((size, layer) => addLayer(view, { size, layer, edges, neurons, labels }));
  drawing.append(edges, labels, neurons);
  box.replaceChildren(drawing);
  return view;
}

// Where everything goes.
function layoutOf(sizes, width, rem) {
  const rows = Math.max(...sizes);
  const gap = (width - 7.3 * rem) / (sizes.length - 1);
  const edges = Math.max(...sizes.slice(1).map((size, layer) => size * sizes[layer]));
  const isDetailed = rows <= MOST_NEURONS && edges <= MOST_EDGES && gap >= ROOM_FOR_NUMBERS * rem;
  const hasNumbers = rows <= MOST_NEURONS && gap > 5 * rem;
  const spacing = rem * (hasNumbers ? 6.3 : rows <= 10 ? 3 : 1.7);
  const top = 2.2 * rem;
  const height = top + rows * spacing + 0.4 * rem;
  const radius = hasNumbers ? 1.45 * rem : spacing * 0.28;
  const x = (layer) => 2.2 * rem + layer * gap;
  const y = (layer, neuron) =>
    top + (rows * spacing) / 2 + (neuron - (sizes[layer] - 1) / 2) * spacing;
  const hasRoomForMore = gap >= ROOM_FOR_MORE * rem;
  const hasMarks = edges <= MANY_EDGES;
  const widest = hasMarks ? WIDEST : WIDEST_OF_MANY;
  return {
    isDetailed,
    hasRoomForMore,
    hasMarks,
    hasNumbers,
    widest,
    height,
    radius,
    x,
    y,
    rem,
    last: sizes.length - 1,
  };
}

function addLayer(view, { size, layer, edges, neurons, labels }) {
  const { plan } = view;
  const caption = svg("text", { x: plan.x(layer), y: plan.rem, class: "caption" });
  view.captions.push(caption);
  neurons.append(caption);
  view.neurons.push([]);
  if (layer > 0) {
    view.parameters.push([], []);
  }
  for (let j = 0; j < size; j += 1) {
    const upstream = layer > 0 ? view.neurons[layer - 1].length : 0;
    for (let k = 0; k < upstream; k += 1) {
      addEdge(view, { layer, j, k, upstream, edges, labels });
    }
    addNeuron(view, { layer, j, neurons });
  }
}

function addEdge(view, { layer, j, k, upstream, edges, labels }) {
  const { plan } = view;
  const ends = {
    x1: plan.x(layer - 1),
    y1: plan.y(layer - 1, k),
    x2: plan.x(layer),
    y2: plan.y(layer, j),
  };
  const which = 2 * (layer - 1);
  const data = { "data-which": which, "data-entry": j * upstream + k };
  const halo = svg("line", { ...ends, class: "halo" });
  const line = svg("line", { ...ends, class: "edge" });
  const hit = svg("line", { ...ends, class: "hit" });
  const button = svg(
    "g",
    { ...data, class: "parameter", role: "button", tabindex: -1 },
    halo,
    line,
    hit,
  );
  // Numbers of edges that go into one neuron stand at different distances from it.
  const apart = plan.hasRoomForMore || upstream < 3 ? 0.28 : 0.12;
  const along = upstream > 1 ? 0.5 + apart * (k / (upstream - 1) - 0.5) : 0.5;
  const place = {
    x: ends.x1 + along * (ends.x2 - ends.x1),
    y: ends.y1 + along * (ends.y2 - ends.y1),
  };
  const label = svg("text", { ...place, ...data, class: "weight", "aria-hidden": true });
  edges.append(button);
  labels.append(label);
  view.parameters[which].push({ button, line, label, isBias: false });
}

function addNeuron(view, { layer, j, neurons }) {
  const { plan } = view;
  const [x, y] = [plan.x(layer), plan.y(layer, j)];
  const title = svg("title"); // shown where the mouse is
  const circle = svg("circle", { cx: x, cy: y, r: plan.radius, class: "neuron" }, title);
  const inside = svg("text", { x, y, class: "inside" });
  const above = svg("text", { x, y: y - plan.radius - 0.35 * plan.rem, class: "above" });
  neurons.append(circle, inside, above);
  view.neurons[layer].push({ circle, title, inside, above });
  if (layer > 0) {
    addBias(view, { layer, j, neurons, x, y });
  }
  if (layer === plan.last && plan.hasNumbers) {
    const target = svg("text", { x: x + plan.radius + 0.3 * plan.rem, y, class: "target" });
    view.targets.push(target);
    neurons.append(target);
  }
}

// A bias is a small box under its neuron.
function addBias(view, { layer, j, neurons, x, y }) {
  const { plan } = view;
  const which = 2 * (layer - 1) + 1;
  const [width, height] = plan.hasNumbers
    ? [(plan.hasRoomForMore ? 5 : 4) * plan.rem, 1.4 * plan.rem]
    : [1.8 * plan.radius, plan.radius];
  const top = y + plan.radius + (plan.hasNumbers ? 0.12 * plan.rem : 1);
  const box = svg("rect", {
    x: x - width / 2,
    y: top,
    width,
    height,
    rx: height / 3,
    class: "bias",
  });
  const label = svg("text", { x, y: top + height / 2, class: "inside small", "aria-hidden": true });
  const data = { "data-which": which, "data-entry": j };
  const button = svg("g", { ...data, class: "parameter", role: "button", tabindex: -1 }, box);
  neurons.append(button, label);
  view.parameters[which].push({ button, line: box, label, isBias: true });
}

// Put the numbers of an experiment into the drawing.
export function updateNetwork(view, now, state) {
  const step = now.steps[state.position];
  const largest = Math.max(
    ...now.parameters.flatMap(({ values }) => Array.from(values, Math.abs)),
    1e-300,
  );
  const reached = reachedAt(now.steps, state.position);
  view.captions.forEach((caption, layer) =>
    updateCaption(caption, now, layer, layer === step.layer),
  );
  view.parameters.forEach((buttons, which) => {
    const ownStep = which % 2 ? "gradient_wrt_biases" : "gradient_wrt_weights";
    const isItsStep = step.layer === Math.floor(which / 2) + 1 && step.name === ownStep;
    buttons.forEach((drawn, entry) =>
      updateParameter(view, drawn, now, state, { which, entry, largest, isItsStep }),
    );
  });
  view.neurons.forEach((neurons, layer) => {
    neurons.forEach((neuron, j) =>
      updateNeuron(view.plan, neuron, now, state, { layer, j, reached, step }),
    );
  });
  view.targets.forEach((target, j) =>
    say(target, `y ${shortText(seen(now.batch.targets, j, state.example, false))}`),
  );
}

// The name of a layer, and how many of its weights and biases disagree.
function updateCaption(caption, now, layer, isCurrent) {
  const judged = layer === 0 ? [] : now.arrays.slice(2 * layer - 2, 2 * layer).flat();
  const wrong = judged.filter(({ verdict }) => verdict === "disagree").length;
  const name = layer === 0 ? "inputs" : `layer ${layer}`;
  change(caption, { class: isCurrent ? "caption now" : "caption" });
  say(caption, wrong ? `${name} ✗ ${wrong}` : name);
}

function updateParameter(view, drawn, now, state, { which, entry, largest, isItsStep }) {
  const value = now.parameters[which].values[entry];
  const { verdict, claim } = now.arrays[which][entry];
  const isSelected = state.selected.which === which && state.selected.entry === entry;
  const wrong = verdict === "agree" ? "" : ` ${verdict}`;
  const name = entryName(now.parameters, { which, entry });
  change(drawn.button, {
    class: `parameter ${value < 0 ? "negative" : "positive"}${wrong}${isSelected ? " selected" : ""}`,
    "aria-pressed": isSelected,
    tabindex: isSelected ? 0 : -1,
    "aria-label": `${name} = ${numberText(value)}, ${verdict}`,
  });
  if (!drawn.isBias) {
    drawn.line.style.strokeWidth = `${0.5 + (view.plan.widest - 0.5) * (Math.abs(value) / largest)}px`;
  }
  const mark = verdict === "agree" ? "" : `${VERDICTS[verdict].mark} `;
  const isSpelled = drawn.isBias ? view.plan.hasNumbers : view.plan.isDetailed || isSelected;
  const isShort = !view.plan.hasRoomForMore && !isSelected && !drawn.isBias;
  const prefix = drawn.isBias && !(mark && !view.plan.hasRoomForMore) ? "b " : "";
  const number = isItsStep && !isShort ? `∂ ${shortText(claim)}` : `${prefix}${shortText(value)}`;
  const onlyMark = verdict === "disagree" && view.plan.hasMarks ? VERDICTS[verdict].mark : "";
  say(drawn.label, isSpelled && !(isShort && mark) ? mark + number : onlyMark);
}

function updateNeuron(plan, neuron, now, state, { layer, j, reached, step }) {
  change(neuron.circle, { class: layer === step.layer ? "neuron now" : "neuron" });
  const activations = layer === 0 ? now.batch.inputs : now.traces[layer - 1].downstream_activations;
  const isReached = layer === 0 || reached.activations.has(layer);
  const inside = isReached ? shortText(seen(activations, j, state.example, false)) : "";
  const [symbol, matrix] = aboveNeuron(now, layer, reached.above.get(layer));
  const isGradient = symbol !== "z";
  const above = matrix ? `${symbol} ${shortText(seen(matrix, j, state.example, isGradient))}` : "";
  say(neuron.inside, plan.hasNumbers ? inside : "");
  say(neuron.above, plan.hasNumbers ? above : "");
  const name = layer === 0 ? `input ${j}` : `layer ${layer}, neuron ${j}`;
  say(neuron.title, [name, inside && `a ${inside}`, above].filter((text) => text).join("; "));
}

// What stands above the neurons of a layer: z, ∂C/∂a or ∂C/∂z, whichever was computed last.
function aboveNeuron(now, layer, name) {
  return (
    {
      z: () => ["z", now.traces[layer - 1].z],
      a: () => ["∂a", now.gradients[layer - 1].gradient_wrt_downstream_activations],
      dz: () => ["∂z", now.gradients[layer - 1].gradient_wrt_z],
    }[name]?.() ?? ["", null]
  );
}

// The number of a neuron for one example; for all of them the mean, or the sum of a gradient.
function seen(matrix, row, example, isGradient) {
  if (example !== null) {
    return matrix.at(row, example);
  }
  let sum = 0;
  for (let i = 0; i < matrix.columns; i += 1) {
    sum += matrix.at(row, i);
  }
  return isGradient ? sum : sum / matrix.columns;
}

// What has been computed when the walk is at a position.
function reachedAt(steps, position) {
  const reached = { activations: new Set(), above: new Map() };
  for (const { layer, name } of steps.slice(0, position + 1)) {
    const above = {
      z: "z",
      gradient_wrt_output: "a",
      gradient_wrt_downstream_activations: "a",
      gradient_wrt_z: "dz",
    };
    if (above[name]) {
      reached.above.set(layer, above[name]);
    }
    if (name === "downstream_activations") {
      reached.activations.add(layer);
    } else if (name === "gradient_wrt_upstream_activations") {
      reached.above.set(layer - 1, "a");
    }
  }
  return reached;
}

// What the lines and numbers mean, in words.
export function legendOf(example) {
  const numbers =
    example === null
      ? "Numbers of neurons: the mean over the examples; of gradients the sum."
      : `Numbers of neurons: example ${example + 1}.`;
  return html(
    "p",
    { class: "legend quiet" },
    html("span", { class: "sample positive" }),
    " positive weight ",
    html("span", { class: "sample negative" }),
    " negative weight; a wide line is a large weight. ",
    `∂a, ∂z and ∂ are derivatives of C. b is a bias, y the target. ✗ marks what disagrees with (46). ${numbers}`,
  );
}
