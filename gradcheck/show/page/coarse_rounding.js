// Entries whose cost is rounded more coarsely than that of the entries at which noise was measured.
// As gradcheck/slopes/coarse_rounding.py and jumps.py.
//
// Such a cost jumps: however close together two points are between which the last digit changes,
// the costs there differ by it. A kink makes no jump.

import { noiseBesidePolynomials, POINTS, ROUNDING_TO_ONE } from "./noise.js";

// C is evaluated up to one step from the entry; where it does not move at all, up to so many steps.
const STEPS_AWAY = [1, 2 ** 5, 2 ** 10, 2 ** 15];
// An entry in doubt is evaluated up to so many steps away though it moves.
const STEPS_AWAY_IN_DOUBT = 2 ** 5;
// Rounding counts as coarse if it makes this many times the noise that was measured elsewhere.
export const COARSER = 3;
// Jumps on the two sides of an entry count as alike up to this factor, ...
const ALIKE_JUMPS = 4;
// ... and on the other side they are looked for up to so many times as far.
const OTHER_SIDE = [1, 8];
// An interval is halved so often, and so often once more. The change that is left is a jump if it
// is at least half of what it was before, and at most so many times what the whole table spans.
// What looks like one is halved still more often: a cost that swings to and fro shows itself.
const HALVINGS = 14;
const HALVINGS_TO_COMPARE = 6;
const HALVINGS_TO_CONFIRM = 20;
const STAYS = 0.5;
const GROWS_AT_MOST = 4;
// The slope between jumps is taken over these parts of the distance.
const NEAREST = [2 ** -8, 2 ** -16];

const PLACES = POINTS.map((point) => point / POINTS.at(-1));

// The same measurement, with more noise if the entry's own rounding makes more.
export function withOwnRounding(entries, entry, measured, isInDoubt) {
  const step = entries.stepOf(entry, measured.epsilon);
  const farthest = isInDoubt ? STEPS_AWAY_IN_DOUBT : 0;
  const noise = ownRounding(entries, entry, measured.noise * step, step, farthest) / step;
  if (!(noise > COARSER * measured.noise)) {
    return measured;
  }
  // A slope of 0 may be one that rounding hides.
  const { lowest, highest } = measured;
  return { ...measured, noise, lowest: lowest - noise, highest: highest + noise };
}

// The noise of C that jumps near the entry make; 0 where there are none.
function ownRounding(entries, entry, noise, step, farthest) {
  let own = 0;
  for (const away of STEPS_AWAY) {
    const near = nearby(entries, entry, away * step);
    const table = near.costs();
    const isInside = table.every(Number.isFinite);
    if (isInside && noiseBesidePolynomials(table) > COARSER * noise) {
      const jump = jumpIn(near, table);
      own = ROUNDING_TO_ONE * (farthest ? onBothSides(near, jump) : jump);
    }
    const isSilent = table.every((change) => change === 0);
    if (!isInside || !(isSilent || (away < farthest && own === 0))) {
      return own;
    }
  }
  return own;
}

// How C changes within a distance from an entry.
function nearby({ engine, which, stepOf }, entry, distance) {
  const changes = (offsets, scale = 1) =>
    engine.costChanges(which, entry, scale * distance, offsets);
  return {
    changes,
    costs: () => [0, ...changes(PLACES.slice(1))],
    mirrored: (farther) => nearby({ engine, which, stepOf }, entry, -farther * distance),
  };
}

// The largest jump in a table of costs; 0 where there is none. A jump is hard to see beside a
// slope, so it is looked for after a straight line is taken away; several lines are tried.
function jumpIn(near, table) {
  const overall = median(differences(table).map((x, i) => x / differences(PLACES)[i]));
  const lines = [0, overall, ...NEAREST.map((part) => slopeWithin(near, part))];
  return Math.max(...lines.map((line) => jumpBeside(near, line, table)));
}

// A jump that rounding may make: there is one on the other side too, about as large. Beside a pole,
// a stair or the end of the domain there is none.
function onBothSides(near, here) {
  for (const farther of here > 0 ? OTHER_SIDE : []) {
    const other = near.mirrored(farther);
    const table = other.costs();
    const there = table.every(Number.isFinite) ? jumpIn(other, table) : 0;
    if (Math.max(here, there) <= ALIKE_JUMPS * Math.min(here, there)) {
      return here;
    }
  }
  return 0;
}

// How much C would change over the distance, as a part of it tells. A jump in one of the three
// intervals does not change the median.
function slopeWithin(near, part) {
  const [before, after, far] = near.changes([-part, part, 2 * part]);
  const slope = median([-before, after, far - after]) / part;
  return Number.isFinite(slope) ? slope : 0;
}

// The jump in the interval with the largest change beside a line, the farthest of several; or 0.
function jumpBeside(near, line, costs) {
  const table = costs.map((cost, i) => cost - line * PLACES[i]);
  const changes = differences(table).map(Math.abs);
  const which = changes.lastIndexOf(Math.max(...changes));
  const [low, high] = [PLACES[which], PLACES[which + 1]];
  const ends = { low, high, below: table[which], above: table[which + 1] };
  const wide = halved(near, line, ends, HALVINGS);
  const narrow = halved(near, line, wide, HALVINGS_TO_COMPARE);
  const change = sizeOf(narrow);
  const span = Math.max(...table) - Math.min(...table);
  // Right beside the entry a singularity changes by as much in each half.
  const stays = change >= STAYS * sizeOf(wide) && change <= GROWS_AT_MOST * span;
  if (!(stays && narrow.low > 0 && change > 0)) {
    return 0;
  }
  const last = sizeOf(halved(near, line, narrow, HALVINGS_TO_CONFIRM));
  return last >= STAYS * change ? last : 0;
}

// An interval halved so often; each time the half with the larger change is kept.
function halved(near, line, interval, times) {
  let { low, high, below, above } = interval;
  for (let halving = 0; halving < times; halving += 1) {
    const middle = (low + high) / 2;
    const change = near.changes([1], middle)[0] - line * middle;
    const between = Number.isFinite(change) ? change : 0;
    if (Math.abs(between - below) > Math.abs(above - between)) {
      [high, above] = [middle, between];
    } else {
      [low, below] = [middle, between];
    }
  }
  return { low, high, below, above };
}

function sizeOf({ below, above }) {
  return Math.abs(above - below);
}

function differences(values) {
  return values.slice(1).map((x, i) => x - values[i]);
}

// The middle one of an odd number of values.
function median(values) {
  return [...values].sort((x, y) => x - y)[(values.length - 1) / 2];
}
