// The verdict on every entry: the claim of backprop compared with the slope that was measured. As
// gradcheck/verdicts/.

import { barOf, KINK_IN_SLOPE, NOISE_IN_BAR, slopeSize } from "./slopes.js";

// A claim may be this many error bars from the estimate.
export const BARS_ALLOWED = 2;
// An array is decided if a factor that differs from 1 by this much would have been noticed.
export const LEAST_SHARPNESS = 0.01;

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
