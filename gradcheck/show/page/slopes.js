// Equation (46) for every entry of a parameter array: the slope, its truncation and its noise. As
// gradcheck/slopes/.
//
//     dC/dw_j ~ (C(w + epsilon e_j) - C(w)) / epsilon

import { largestSize } from "./arrays.js";
import { withOwnRounding } from "./coarse_rounding.js";
import { measuredNoise } from "./noise.js";
import { UNIT_ROUNDOFF } from "./rounding.js";

// The step of (46), relative to max(1, |w|).
export const EPSILON = 2 ** -21;
// No relative step is made smaller than this: it leaves a slope 8 of a double's 53 bits.
export const SMALLEST_EPSILON = 2 ** -45;
// Standard deviations of the noise in one error bar.
export const NOISE_IN_BAR = 2;
// Half the difference between right and left slope is the first term of a series; a quarter more
// leaves room for the next terms.
const TRUNCATION_SLACK = 1.25;
// A kink is suspected where the truncation is above this many standard deviations of the noise, and
// this part of the slope.
export const KINK_IN_NOISE = 8;
export const KINK_IN_SLOPE = 1e-3;
// So many entries with the largest slopes tell the noise of an array, and as many spread over it.
const PROBES = 4;
// Steps are relative to 1 as long as the largest entry of an array is above 1/1024. Below they are
// in proportion to it, and no step is wider than 1/16 of it.
const LONGEST_REACH = 1024;
const WIDEST_PART = 2 ** -4;
// A cost that did not move counts as rounded if it has at most so many decimal digits.
const MOST_DIGITS = 10;

// How the entries of one array are measured.
export function entriesOf(engine, which, costRoundOff) {
  const { values } = engine.parameters[which];
  const floor = scaleFloor(engine.parameters[which]);
  const stepOf = (entry, epsilon) => epsilon * Math.max(Math.abs(values[entry]), floor);
  // The size of the largest entry, relative to the array's scale: at most 1; 1 for zeros.
  const largest = largestSize(engine.parameters[which]);
  const largestRelative = largest > 0 ? largest / Math.max(floor, largest) : 1;
  return { engine, which, values, costRoundOff, stepOf, largestRelative };
}

function scaleFloor(matrix) {
  const largest = largestSize(matrix);
  return largest === 0 ? 1 : Math.min(1, Math.min(LONGEST_REACH, WIDEST_PART / EPSILON) * largest);
}

// The slopes of one entry to the left and to the right, with a relative step: each cost change is
// divided by the step that was really taken. NaN where the cost is not finite.
export function slopesAt(entries, entry, epsilon) {
  const { engine, which, values } = entries;
  const step = entries.stepOf(entry, epsilon);
  const [left, right] = engine.costChanges(which, entry, step, [-1, 1]);
  return {
    left: finite(left / (values[entry] - step - values[entry])),
    right: finite(right / (values[entry] + step - values[entry])),
  };
}

// The slope to the right alone.
export function rightSlopeAt({ engine, which, values, stepOf }, entry, epsilon) {
  const step = stepOf(entry, epsilon);
  const [change] = engine.costChanges(which, entry, step, [1]);
  return finite(change / (values[entry] + step - values[entry]));
}

function finite(slope) {
  return Number.isFinite(slope) ? slope : NaN;
}

// What slopes and a noise make: the estimate of (46), and how wrong it may be.
export function measurement({ left, right }, noise, epsilon) {
  return {
    estimate: right,
    truncation: TRUNCATION_SLACK * Math.abs(right / 2 - left / 2),
    noise,
    lowest: Math.min(left, right),
    highest: Math.max(left, right),
    epsilon,
    kinked: false,
  };
}

// The error bar of a measurement, without the rounding of backprop.
export function barOf({ estimate, truncation, noise }) {
  const bar = truncation + NOISE_IN_BAR * noise;
  return Number.isFinite(bar) && Number.isFinite(estimate) ? bar : Infinity;
}

// Every entry of an array, measured with one relative step.
export function firstMeasurements(entries, epsilon) {
  const slopes = Array.from(entries.values, (_, entry) => slopesAt(entries, entry, epsilon));
  const probes = probesAmong(slopes);
  const found = measuredNoise(entries.engine, entries.which, probes, entries.stepOf, EPSILON);
  const ofCost = noiseOfCost(entries, found.size);
  const measured = slopes.map((each, entry) => {
    // Each moved cost is also rounded to u of its own change.
    const moved = Math.max(Math.abs(each.left), Math.abs(each.right));
    const own = UNIT_ROUNDOFF * (Number.isFinite(moved) ? moved : 0);
    const noise = ofCost / entries.stepOf(entry, epsilon) + own;
    return measurement(each, noise, epsilon);
  });
  // If one of the silent probes is rounded more coarsely than the others, each entry has its own.
  const rounded = (entry) => withOwnRounding(entries, entry, measured[entry], false);
  const isCoarser = found.silent.some((entry) => rounded(entry) !== measured[entry]);
  return isCoarser ? measured.map((_, entry) => rounded(entry)) : measured;
}

// The noise of C: what was measured, and at least what is known of its rounding.
function noiseOfCost(entries, found) {
  const cost = Math.abs(entries.engine.base);
  let least = UNIT_ROUNDOFF * cost;
  if (found === 0) {
    least = Math.max(least, UNIT_ROUNDOFF, lastDigit(cost));
  }
  return Math.max(found, least, entries.costRoundOff);
}

// The unit of the last decimal digit of a cost with few digits, such as 0.01 for 12.34; else 0.
function lastDigit(cost) {
  for (let digits = 0; cost > 0 && digits < MOST_DIGITS; digits += 1) {
    if (Number(cost.toExponential(digits)) === cost) {
      return Number(`1e${Math.floor(Math.log10(cost)) - digits}`);
    }
  }
  return 0;
}

// The entries that tell the noise: those with the largest slopes, and others spread evenly.
function probesAmong(slopes) {
  const all = slopes.map((_, entry) => entry);
  const inside = all.filter(
    (i) => Number.isFinite(slopes[i].left) && Number.isFinite(slopes[i].right),
  );
  const probed = inside.length ? inside : all;
  const count = Math.min(PROBES, probed.length);
  const size = (entry) => Math.abs(slopes[entry].left) || 0;
  const largest = [...probed].sort((i, j) => size(i) - size(j)).slice(-count);
  const spread = Array.from(
    { length: count },
    (_, i) => probed[Math.floor((i * probed.length) / count)],
  );
  return [...new Set([...largest, ...spread])].sort((i, j) => i - j);
}

// The same entry with another step; its noise is scaled to that step.
export function measuredAgain(entries, entry, before, epsilon) {
  const noise = before.noise * (before.epsilon / epsilon);
  return measurement(slopesAt(entries, entry, epsilon), noise, epsilon);
}

// Whether the slopes of an entry differ so much that a kink is suspected.
export function suspectsKink(measured, doubt = 0) {
  const size = slopeSize(measured);
  const noise = measured.noise + doubt;
  return measured.truncation > KINK_IN_NOISE * noise + KINK_IN_SLOPE * size;
}

export function slopeSize({ lowest, highest }) {
  return Math.max(Math.abs(lowest), Math.abs(highest));
}

// The largest truncation of a wide step that is still an estimate of its error.
export function largestToBelieve(far, narrower) {
  return slopeSize(far) + KINK_IN_NOISE * narrower * far.noise;
}
