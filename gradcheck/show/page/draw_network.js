// The network as a drawing: neurons, and an edge for each weight. Width says size; a dashed line
// and a minus say negative. Every weight and bias is a button.

import { svg } from "./elements.js";

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
