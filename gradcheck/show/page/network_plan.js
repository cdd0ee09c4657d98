// Where everything goes in the drawing of a network.

import { placesOfNumbers } from "./edge_labels.js";

// Up to so many neurons in a layer there is room for their numbers.
const MOST_NEURONS = 6;
// The room between two layers that marks and derivatives of biases need, in rem.
const ROOM_FOR_MORE = 9;
// The boxes of biases are so wide and high, the texts above neurons so wide, in rem. So many
// letters fit into the boxes.
export const BIAS = { width: 5, letters: 9, narrow: 4.4, narrowLetters: 7, height: 1.4 };
const ABOVE = { width: 4.6, narrow: 3.8 };
// Layers are at least so far apart, in rem: the first of these with which every edge has its
// number. A drawing that is wider than its box scrolls there.
const LEAST_GAPS = [7, 8, 10, 12, 14, 16, 20];
// The room to the left of the first layer and to the right of the last one, in rem.
const MARGINS = 7.3;
// The widest edge in pixels, for the largest weight. With many edges between two layers they are
// narrower, and not every wrong one has a mark: the name of the layer counts them.
const WIDEST = 9;
const WIDEST_OF_MANY = 3;
const MANY_EDGES = 50;

// The plan of a network of these sizes in a box of this width. The size of a letter (rem) is in
// pixels, like the width. `numbers` are the places of the numbers of each layer's edges.
export function planOf(sizes, room, rem) {
  let plan = null;
  for (const least of LEAST_GAPS) {
    const width = Math.max(room, (MARGINS + least * (sizes.length - 1)) * rem);
    if (width !== plan?.width) {
      const wider = withNumbers(layoutOf(sizes, width, rem));
      if (!wider.hasNumbers || !wider.numbers.includes(null)) {
        return wider;
      }
      plan ??= wider;
    }
  }
  return plan;
}

function withNumbers(plan) {
  const layers = Array.from({ length: plan.last }, (_, i) => i + 1);
  const numbers = layers.map((layer) => (plan.hasNumbers ? numbersOn(plan, layer) : null));
  return { ...plan, numbers };
}

function numbersOn(plan, layer) {
  const taken = [...takenBy(plan, layer - 1), ...takenBy(plan, layer)];
  return placesOfNumbers(edgesInto(plan, layer), taken, plan.rem);
}

// The two ends of each edge into a layer, in the order of its weights.
export function edgesInto(plan, layer) {
  const [upstream, size] = plan.sizes.slice(layer - 1);
  return Array.from({ length: size * upstream }, (_, entry) => ({
    x1: plan.x(layer - 1),
    y1: plan.y(layer - 1, entry % upstream),
    x2: plan.x(layer),
    y2: plan.y(layer, Math.floor(entry / upstream)),
  }));
}

function layoutOf(sizes, width, rem) {
  const rows = Math.max(...sizes);
  const gap = (width - MARGINS * rem) / (sizes.length - 1);
  const edges = Math.max(...sizes.slice(1).map((size, layer) => size * sizes[layer]));
  const hasNumbers = rows <= MOST_NEURONS;
  const hasRoomForMore = gap >= ROOM_FOR_MORE * rem;
  const spacing = rem * (hasNumbers ? (hasRoomForMore ? 6.3 : 7.2) : rows <= 10 ? 3 : 1.7);
  const top = 2.2 * rem;
  const height = top + rows * spacing + 0.4 * rem;
  const radius = hasNumbers ? 1.45 * rem : spacing * 0.28;
  const x = (layer) => 2.2 * rem + layer * gap;
  const y = (layer, neuron) =>
    top + (rows * spacing) / 2 + (neuron - (sizes[layer] - 1) / 2) * spacing;
  const hasMarks = edges <= MANY_EDGES;
  const widest = hasMarks ? WIDEST : WIDEST_OF_MANY;
  return {
    sizes,
    hasRoomForMore,
    biasWidth: (hasRoomForMore ? BIAS.width : BIAS.narrow) * rem,
    biasLetters: hasNumbers ? (hasRoomForMore ? BIAS.letters : BIAS.narrowLetters) : 0,
    aboveWidth: (hasRoomForMore ? ABOVE.width : ABOVE.narrow) * rem,
    hasMarks,
    hasNumbers,
    widest,
    width,
    height,
    radius,
    x,
    y,
    rem,
    last: sizes.length - 1,
  };
}

// The neurons of a layer, the boxes of their biases and the texts above them, as discs.
function takenBy(plan, layer) {
  const { rem, radius } = plan;
  const row = (x, y, width, size) =>
    [-0.5, -0.25, 0, 0.25, 0.5].map((part) => ({
      x: x + part * (width - 2 * size),
      y,
      radius: size,
    }));
  return Array.from({ length: plan.sizes[layer] }, (_, j) => {
    const [x, y] = [plan.x(layer), plan.y(layer, j)];
    const above = row(x, y - radius - 0.7 * rem, plan.aboveWidth, 0.5 * rem);
    const below = row(x, y + radius + 0.8 * rem, plan.biasWidth, (BIAS.height * rem) / 2);
    return [{ x, y, radius: radius + 0.1 * rem }, ...(layer > 0 ? [...above, ...below] : [])];
  }).flat();
}
