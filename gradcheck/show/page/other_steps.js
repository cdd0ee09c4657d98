// Entries measured again with other steps: narrower ones at kinks and in doubt, wider ones where
// rounding hides the slope. As gradcheck/slopes/kinks.py and other_steps.py. A measurement replaces
// another only if its error bar is smaller; the claim of backprop has no say in this.

import {
  barOf,
  EPSILON,
  KINK_IN_NOISE,
  KINK_IN_SLOPE,
  largestToBelieve,
  measuredAgain,
  NOISE_IN_BAR,
  rightSlopeAt,
  slopeSize,
  SMALLEST_EPSILON,
  suspectsKink,
} from "./slopes.js";

// A doubtful slope is measured again with steps so many times narrower, at a kink 8^3 times.
const NARROWER = 8;
const NARROWER_AT_KINK = NARROWER ** 3;
// Where a kink is suspected, the step shrinks by this factor at each closer look. The distance of
// the slopes has persisted if more than 0.35 of it is left; if it grows by more than 2, the tangent
// is vertical. Twice in a row, and it is a kink.
const CLOSER = 8;
const PERSISTS = 0.35;
const GROWS = 2;
const LOOKS_THAT_PERSIST = 2;
// How many times nearer kinks are looked at, one after the other.
const NEARER = [8, 64, 512, 2 ** 18];
// What a wide step and one 8 times narrower differ by is multiplied by this: kinks may bend both.
const WIDE_DOUBT = 4;
// Two slopes at a kink have changed if they differ by more standard deviations than this.
const NOISE_OF_CHANGE = 4;

// Tell a kink from curvature: a smooth function's slopes draw together as the step shrinks.
export function toldFromKinks(entries, entry, first) {
  let measured = first;
  let { epsilon } = first;
  let apart = first.truncation;
  let persisted = 0;
  let unclear = suspectsKink(first);
  while (unclear && epsilon / CLOSER > SMALLEST_EPSILON) {
    epsilon /= CLOSER;
    const near = measuredAgain(entries, entry, measured, epsilon);
    const stays = near.truncation > PERSISTS * apart && near.truncation < GROWS * apart;
    persisted = stays ? persisted + 1 : 0;
    apart = near.truncation;
    const suspect = suspectsKink(near);
    near.kinked = suspect && persisted === LOOKS_THAT_PERSIST;
    unclear = suspect && !near.kinked;
    if (barOf(near) < Infinity) {
      measured = near;
    }
  }
  return confirmedKink(entries, entry, measured);
}

// Look at a kink from nearer: others may lie beside it, and a narrow bend looks like one.
function confirmedKink(entries, entry, first) {
  let measured = first;
  for (const nearer of NEARER) {
    if (measured.kinked) {
      const epsilon = Math.max(first.epsilon / nearer, SMALLEST_EPSILON);
      measured = narrowed(entries, entry, measured, epsilon);
    }
  }
  return measured;
}

// The next narrower step for an entry in doubt.
export function narrowerStep(epsilon, measured) {
  const narrower = measured.kinked ? NARROWER_AT_KINK : NARROWER;
  return Math.max(epsilon / narrower, Math.min(measured.epsilon, SMALLEST_EPSILON));
}

// Measure with a narrower step, and keep it where it is the better one. If it contradicts the wider
// one, the wider one's bar was too small: what the two differ by counts as truncation.
export function narrowed(entries, entry, far, epsilon) {
  const near = measuredAgain(entries, entry, far, epsilon);
  const gap = Math.abs(near.estimate - far.estimate);
  const left = (NOISE_IN_BAR * gap) / (NARROWER - 1);
  const counted = Number.isFinite(left) && !far.kinked ? left : 0;
  near.truncation += counted;
  near.kinked = suspectsKink(near, counted);
  const better = far.kinked ? slopesChange(near, far) : isBetter(near, far);
  return better && barOf(near) < Infinity ? near : far;
}

export function isBetter(near, far) {
  const gap = Math.abs(near.estimate - far.estimate);
  const contradicts = gap > barOf(near) + Math.max(barOf(near), barOf(far));
  return barOf(near) < barOf(far) || contradicts;
}

// Whether the left or the right slope changes with the step: at a kink that is alone they do not.
function slopesChange(near, far) {
  const change = Math.abs(near.lowest - far.lowest) + Math.abs(near.highest - far.highest);
  return change > NOISE_OF_CHANGE * (near.noise + far.noise) + KINK_IN_SLOPE * slopeSize(far);
}

// Measure with a wider step, at which rounding hides less; keep it where its bar is smaller, where
// it does not contradict the first step, and where no kink or vertical tangent shows.
export function widened(entries, entry, near, epsilon) {
  const far = measuredAgain(entries, entry, near, epsilon);
  if (!(barOf(far) < barOf(near))) {
    return near;
  }
  const between = rightSlopeAt(entries, entry, epsilon / NARROWER);
  const bent = WIDE_DOUBT * Math.abs(far.estimate - between);
  far.truncation += Number.isFinite(bent) ? bent : Infinity;
  const agrees = Math.abs(far.estimate - near.estimate) <= barOf(far) + barOf(near);
  const sound = !suspectsKink(far, bent) && far.truncation <= largestToBelieve(far, NARROWER);
  return barOf(far) < barOf(near) && agrees && sound ? far : near;
}

// Where rounding hides a slope, steps 2^10 and 2^15 times the own one of (46) are tried, ...
export const WIDER = [1024 * EPSILON, 32768 * EPSILON];
// ... but none is wider than this part of the array's largest entry: it would cross many kinks.
const LARGEST_PART = 2 ** -5;

// Whether an entry has a wide step, and rounding alone makes its error bar. The truncation of a
// wide step contains the noise of the step that is NARROWER.
export function isNoisyAlone({ epsilon, truncation, noise }, step) {
  return epsilon === step && truncation <= KINK_IN_NOISE * NARROWER * noise;
}

// The relative steps to try for the entries of an array, the widest first.
export function widerSteps({ largestRelative }) {
  const largest = LARGEST_PART * largestRelative;
  const steps = WIDER.map((step) => Math.min(step, largest));
  return largest > EPSILON ? [...new Set(steps)].sort((one, other) => other - one) : [];
}
