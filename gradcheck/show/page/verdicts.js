// The verdict on every entry: the claim of backprop compared with the slope that was measured. As
// gradcheck/verdicts/.

import { narrowed, narrowerStep, toldFromKinks, widened, widerSteps } from "./other_steps.js";
import { UNIT_ROUNDOFF } from "./rounding.js";
import {
  barOf,
  EPSILON,
  firstMeasurements,
  KINK_IN_SLOPE,
  NOISE_IN_BAR,
  slopeSize,
} from "./slopes.js";

// A claim may be this many error bars from the estimate.
const BARS_ALLOWED = 2;
// An array is decided if a factor that differs from 1 by this much would have been noticed.
const LEAST_SHARPNESS = 0.01;
// An entry that disagrees is measured again with narrower steps, at most this often.
const MOST_LOOKS = 6;
// A cost is rounded coarsely if its noise is more than this many units of round-off.
const COARSE = 2 ** 20;

// In the order in which tables list them; the mark says the same as the colour.
export const VERDICTS = {
  agree: { mark: "✓", says: "claim and slope are equal within two error bars" },
  disagree: { mark: "✗", says: "claim and slope differ by more than two error bars" },
  kink: {
    mark: "∧",
    says: "the slopes to the left and right differ, and the claim is between them",
  },
  undecided: {
    mark: "?",
    says: "two error bars are wider than the slope, so 0 would pass as well",
  },
  untested: { mark: "○", says: "the cost does not change with this entry, and the claim is 0" },
};

// The verdict on one entry. roundOff is the standard deviation of the rounding of a right claim.
export function judge(claim, measured, roundOff) {
  const { estimate, lowest, highest } = measured;
  const bar = barOf(measured) + NOISE_IN_BAR * roundOff;
  const within = BARS_ALLOWED * bar;
  const still = claim === 0 && lowest === 0 && highest === 0;
  const wrong = measured.kinked
    ? outside(claim, measured, roundOff)
    : Math.abs(claim - estimate) > within;
  let verdict = within < Math.abs(estimate) ? "agree" : "undecided";
  verdict = measured.kinked ? "kink" : verdict;
  verdict = wrong || !Number.isFinite(claim) ? "disagree" : verdict;
  verdict = still ? "untested" : verdict;
  return { claim, measured, roundOff, estimate, bar, verdict };
}

// Whether a claim at a kink lies outside the slopes on its two sides.
function outside(claim, measured, roundOff) {
  const noise = measured.noise + roundOff;
  const allowed = BARS_ALLOWED * NOISE_IN_BAR * noise + KINK_IN_SLOPE * slopeSize(measured);
  return claim < measured.lowest - allowed || claim > measured.highest + allowed;
}

// The verdicts on every entry: a list for each array, in the order of the parameters. claims and
// roundOff.parameters are matrices in that order.
export function judgedNetwork(entries, claims, roundOff) {
  return claims.map((claim, which) =>
    judgedEntries(entries[which], claim.values, roundOff.parameters[which].values),
  );
}

// The verdicts on the entries of one array, measured again where that leaves a doubt.
function judgedEntries(entries, claims, roundOffs) {
  const judgeAt = (entry, measured) => judge(claims[entry], measured, roundOffs[entry]);
  let judged = firstMeasurements(entries, EPSILON).map((measured, entry) =>
    judgeAt(entry, toldFromKinks(entries, entry, measured)),
  );
  const isCoarse = isRoundedCoarsely(entries, judged);
  for (const step of widerSteps(entries)) {
    const unclear = unclearAmong(judged, isCoarse);
    judged = judged.map((found, entry) =>
      unclear(found) ? judgeAt(entry, widened(entries, entry, found.measured, step)) : found,
    );
  }
  const count = (some) => some.filter(({ verdict }) => verdict === "disagree").length;
  const again = (found, entry) => lookedAtAgain(entries, entry, found, judgeAt);
  const second = judged.map(again);
  // If most of those that disagree stay wrong, the gradient is wrong: no third look is needed.
  return count(second) > Math.floor(count(judged) / 2) ? second : second.map(again);
}

// Whether the noise of the cost is far above the rounding of doubles, as in a cost with few digits.
function isRoundedCoarsely({ engine, stepOf }, judged) {
  const noises = judged.map(
    ({ measured }, entry) => measured.noise * stepOf(entry, measured.epsilon),
  );
  return Math.max(...noises) > COARSE * UNIT_ROUNDOFF * Math.max(1, Math.abs(engine.base));
}

// Which entries a wider step may tell more about: the undecided ones. A coarse cost hides more:
// where no entry of the array would show an error of 1 %, they are all of it.
function unclearAmong(judged, isCoarse) {
  const sharp = judged.some(
    ({ verdict, bar, estimate }) =>
      verdict === "agree" && BARS_ALLOWED * bar <= LEAST_SHARPNESS * Math.abs(estimate),
  );
  const coarse = sharp ? ["undecided", "untested"] : ["undecided", "untested", "agree"];
  const unclear = isCoarse ? coarse : ["undecided"];
  return ({ verdict }) => unclear.includes(verdict);
}

// Measure an entry with narrower and narrower steps, for as long as it disagrees.
function lookedAtAgain(entries, entry, first, judgeAt) {
  let found = first;
  let { epsilon } = first.measured;
  for (let look = 0; look < MOST_LOOKS && found.verdict === "disagree"; look += 1) {
    epsilon = narrowerStep(epsilon, found.measured);
    found = judgeAt(entry, narrowed(entries, entry, found.measured, epsilon));
  }
  return found;
}

// How many entries of an array have each verdict.
export function countsOf(judged) {
  const counts = Object.fromEntries(Object.keys(VERDICTS).map((verdict) => [verdict, 0]));
  for (const { verdict } of judged) {
    counts[verdict] += 1;
  }
  return counts;
}

// The verdict on the whole: disagree if any entry does; undecided if an array could not be decided.
export function verdictOfAll(arrays) {
  if (arrays.some((judged) => judged.some(({ verdict }) => verdict === "disagree"))) {
    return "disagree";
  }
  const allFinite = arrays.every((judged) => judged.every(({ bar }) => Number.isFinite(bar)));
  return allFinite && arrays.every(isDecided) ? "agree" : "undecided";
}

// Whether an error of 1 % in the whole array would have been noticed.
function isDecided(judged) {
  const seen = judged.filter(
    ({ claim, bar, verdict }) => claim !== 0 && Number.isFinite(bar) && verdict === "agree",
  );
  const hidden = seen.map(
    ({ claim, estimate, bar }) =>
      (BARS_ALLOWED * bar + Math.abs(claim - estimate)) / Math.abs(claim),
  );
  return Math.min(...hidden) <= LEAST_SHARPNESS;
}
