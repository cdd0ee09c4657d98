// Where the number of each edge stands: along its edge, away from the other numbers, the neurons
// and the other edges.

// Numbers may stand at these parts of the way from the upstream neuron to the downstream one.
const PARTS = Array.from({ length: 25 }, (_, i) => 0.1 + (0.8 * i) / 24);
// A number is about so high, and each of its letters so wide, in rem.
const LINE = 0.9;
const LETTER = 0.55;
// The letters of the longest numbers, and of the shortest with a minus and a mark, such as ✗−0.2.
const MOST_LETTERS = 9;
const FEWEST_LETTERS = 5;
// If neither of these finds room, none is looked for: a search takes time. Now and then long
// numbers find places where short ones do not, since each edge takes the place that is best for it.
const TRIED_FIRST = [FEWEST_LETTERS, 8];

// The places of the numbers between two layers, for as many letters as there is room for:
// { letters, places: [{ x, y, angle }, ...] }, or null if there is no room for numbers. `edges` are
// { x1, y1, x2, y2 }, `taken` are discs { x, y, radius } that no number may cover.
export function placesOfNumbers(edges, taken, rem) {
  const placesWith = (letters) => placesFor(edges, taken, { rem, length: letters * LETTER * rem });
  const tried = TRIED_FIRST.map((letters) => ({ letters, places: placesWith(letters) }));
  if (tried.every(({ places }) => !places)) {
    return null;
  }
  for (let letters = MOST_LETTERS; ; letters -= 1) {
    const places = placesWith(letters);
    if (places) {
      return { letters, places };
    }
  }
}

// The edges with the fewest possible places choose first. Null if one finds none.
function placesFor(edges, taken, size) {
  const possible = edges.map((edge, which) => ({ which, ways: waysAlong(edge, taken, size) }));
  possible.sort((one, other) => one.ways.length - other.ways.length);
  const places = [];
  const discs = [];
  for (const { which, ways } of possible) {
    const free = ways.filter((way) => way.discs.every((disc) => !meetsAny(disc, discs)));
    const best = leastCrossed(free, edges, which);
    if (!best) {
      return null;
    }
    discs.push(...best.discs);
    places[which] = best.place;
  }
  return places;
}

// Where the number of an edge may stand, if there were no others: a number is a row of discs.
function waysAlong({ x1, y1, x2, y2 }, taken, { rem, length }) {
  const far = Math.hypot(x2 - x1, y2 - y1);
  const [along, across] = [(x2 - x1) / far, (y2 - y1) / far];
  const radius = (LINE * rem) / 2;
  const count = Math.max(2, Math.ceil(length / radius));
  const ways = PARTS.map((part) => {
    const [x, y] = [x1 + part * (x2 - x1), y1 + part * (y2 - y1)];
    const discs = Array.from({ length: count }, (_, i) => {
      const ahead = (i / (count - 1) - 0.5) * (length - 2 * radius);
      return { x: x + ahead * along, y: y + ahead * across, radius };
    });
    return { place: { x, y, angle: (Math.atan2(across, along) * 180) / Math.PI }, discs };
  });
  return ways.filter((way) => way.discs.every((disc) => !meetsAny(disc, taken)));
}

function meetsAny(disc, others) {
  // Squares: a root for each pair of discs would take most of the time of a drawing.
  return others.some(
    ({ x, y, radius }) => (x - disc.x) ** 2 + (y - disc.y) ** 2 < (radius + disc.radius) ** 2,
  );
}

// The way that the other edges cross least; of equal ones that in the middle of the edge.
function leastCrossed(ways, edges, which) {
  const scored = ways.map((way) => {
    const crossings = edges.filter((edge, other) => other !== which && crosses(edge, way.discs));
    return [crossings.length, Math.abs(PARTS.length / 2 - ways.indexOf(way)), way];
  });
  scored.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  return scored[0]?.[2];
}

function crosses({ x1, y1, x2, y2 }, discs) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  return discs.some(
    ({ x, y, radius }) => Math.abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) < radius * length,
  );
}
