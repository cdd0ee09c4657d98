// The network as a drawing: neurons, and an edge for each weight. Width says size; a dashed line
// and a minus say negative. Every weight and bias is a button.

import { svg } from "./elements.js";
import { BIAS, edgesInto, planOf } from "./network_plan.js";

// A layer takes so much room on each of its sides, in rem.
const SIDE = 2.2;

// Draw a network of these sizes, without its numbers, into a box of this width. The size of a
// letter (rem) is in pixels, like the width.
export function drawNetwork(box, network, room, rem) {
  const sizes = [
    network.layers[0].weights.columns,
    ...network.layers.map(({ weights }) => weights.rows),
  ];
  const plan = planOf(sizes, room, rem);
  const drawing = svg("svg", {
    viewBox: `0 0 ${plan.width} ${plan.height}`,
    width: plan.width,
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

function addLayer(view, { size, layer, edges, neurons, labels }) {
  const { plan } = view;
  const caption = svg("text", { x: plan.x(layer), y: plan.rem, class: "caption" });
  view.captions.push(caption);
  neurons.append(caption);
  view.neurons.push([]);
  if (layer > 0) {
    view.parameters.push([], []);
    addEdges(view, { layer, edges, labels });
  }
  for (let j = 0; j < size; j += 1) {
    addNeuron(view, { layer, j, neurons });
  }
}

// The edges into a layer, in the order of its weights, and the places of their numbers.
function addEdges(view, { layer, edges, labels }) {
  const found = view.plan.numbers[layer - 1];
  edgesInto(view.plan, layer).forEach((line, entry) => {
    const place = found?.places[entry] ?? middleOf(line);
    addEdge(view, { which: 2 * (layer - 1), entry, line, place, edges, labels });
    view.parameters[2 * (layer - 1)][entry].letters = found?.letters ?? 0;
  });
}

function middleOf({ x1, y1, x2, y2 }) {
  const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  return { x: (x1 + x2) / 2, y: (y1 + y2) / 2, angle };
}

function addEdge(view, { which, entry, line, place, edges, labels }) {
  const data = { "data-which": which, "data-entry": entry };
  const halo = svg("line", { ...line, class: "halo" });
  const edge = svg("line", { ...line, class: "edge" });
  const hit = svg("line", { ...line, class: "hit" });
  const attributes = { ...data, class: "parameter", role: "button", tabindex: -1 };
  const button = svg("g", attributes, halo, edge, hit);
  const transform = `translate(${place.x} ${place.y}) rotate(${place.angle})`;
  const label = svg("text", { transform, ...data, class: "weight", "aria-hidden": true });
  edges.append(button);
  labels.append(label);
  view.parameters[which].push({ button, line: edge, label, isBias: false });
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
    ? [plan.biasWidth, BIAS.height * plan.rem]
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
  view.parameters[which].push({
    button,
    line: box,
    label,
    isBias: true,
    letters: plan.biasLetters,
  });
}

// Let the box of the drawing scroll to a layer, if it is not in sight.
export function scrollToLayer(box, { plan }, layer) {
  const x = plan.x(layer);
  const [from, to] = [box.scrollLeft, box.scrollLeft + box.clientWidth];
  if (x - SIDE * plan.rem < from || x + SIDE * plan.rem > to) {
    box.scrollLeft = x - box.clientWidth / 2;
  }
}
