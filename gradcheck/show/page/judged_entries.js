// The entries of each array measured and judged; and measured again where that leaves a doubt. As
// gradcheck/verdicts/judged_entries.py, wider_looks.py and doubted.py.

import { withOwnRounding } from "./coarse_rounding.js";
import {
  isBetter,
  isNoisyAlone,
  narrowed,
  narrowerStep,
  toldFromKinks,
  widened,
  widerSteps,
  WIDER,
} from "./other_steps.js";
import { withOwnNoise } from "./own_noise.js";
import { UNIT_ROUNDOFF } from "./rounding.js";
import { EPSILON, firstMeasurements, measuredAgain, rightSlopeAt } from "./slopes.js";
import { BARS_ALLOWED, judge, LEAST_SHARPNESS } from "./verdicts.js";

// An entry that disagrees is measured again with narrower steps, at most this often.
const MOST_LOOKS = 6;
// A cost is rounded coarsely if its noise is more than this many units of round-off.
const COARSE = 2 ** 20;
// An entry has nearly been accepted if it is within so many times what is allowed.
const NEARLY_ACCEPTED = 4;

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
  const first = firstMeasurements(entries, EPSILON).map((measured, entry) =>
    judgeAt(entry, toldFromKinks(entries, entry, measured)),
  );
  // An entry where the cost stands still agrees with a claim of 0, which must be no accident.
  const still = first.map((found, entry) => isMovedByWiderStep(entries, entry, found));
  const withNoise = (found, entry) => withOwnNoiseIfNear(entries, entry, found, judgeAt);
  const rounded = first
    .map((found, entry) => withOwnRoundingIfWrong(entries, entry, found, still[entry], judgeAt))
    .map(withNoise);
  const judged = widenedWhereUnclear(entries, rounded, still, judgeAt).map(withNoise);
  const count = (some) => some.filter(({ verdict }) => verdict === "disagree").length;
  const again = (found, entry) => lookedAtAgain(entries, entry, found, judgeAt);
  const second = judged.map(again);
  // If most of those that disagree stay wrong, the gradient is wrong: no third look is needed.
  return count(second) > Math.floor(count(judged) / 2) ? second : second.map(again);
}

// Whether an untested entry moves the cost with a wider step, after all.
function isMovedByWiderStep(entries, entry, { verdict, measured }) {
  const isMoved = () => measured.epsilon < EPSILON || rightSlopeAt(entries, entry, WIDER[0]) !== 0;
  return verdict === "untested" && isMoved();
}

// The noise of jumps of the cost beside an entry in doubt, with the usual step: coarse rounding
// looks like kinks, which make the step narrower.
function withOwnRoundingIfWrong(entries, entry, found, isStill, judgeAt) {
  if (found.verdict !== "disagree" && !isStill) {
    return found;
  }
  const usual = measuredAgain(entries, entry, found.measured, EPSILON);
  const coarser = withOwnRounding(entries, entry, usual, true);
  return coarser === usual ? found : judgeAt(entry, coarser);
}

// The noise at the entry itself, where it may be what makes it disagree.
function withOwnNoiseIfNear(entries, entry, found, judgeAt) {
  const { claim, estimate, bar, verdict } = found;
  const isNear = Math.abs(claim - estimate) <= NEARLY_ACCEPTED * BARS_ALLOWED * bar;
  return verdict === "disagree" && isNear
    ? judgeAt(entry, withOwnNoise(entries, entry, found.measured))
    : found;
}

// Wider steps where rounding hides the slope, the widest first. A narrower one of them is tried
// where it may be better: not where rounding alone makes the error bar of the widest.
function widenedWhereUnclear(entries, judged, still, judgeAt) {
  const isUnclear = unclearAmong(judged, still, isRoundedCoarsely(entries, judged));
  return judged.map((found, entry) => {
    let best = found.measured;
    for (const step of isUnclear(found, entry) ? widerSteps(entries) : []) {
      const wide = widened(entries, entry, found.measured, step);
      best = isBetter(wide, best) ? wide : best;
      if (isNoisyAlone(best, step)) {
        break;
      }
    }
    return best === found.measured ? found : judgeAt(entry, best);
  });
}

// Whether the noise of the cost is far above the rounding of doubles, as in a cost with few digits.
function isRoundedCoarsely({ engine, stepOf }, judged) {
  const noises = judged.map(
    ({ measured }, entry) => measured.noise * stepOf(entry, measured.epsilon),
  );
  return Math.max(...noises) > COARSE * UNIT_ROUNDOFF * Math.max(1, Math.abs(engine.base));
}

// Which entries a wider step may tell more about: the undecided ones, and untested ones that stand
// still only within the usual step. A coarse cost hides more: where no entry of the array would
// show an error of 1 %, they are all of it.
function unclearAmong(judged, still, isCoarse) {
  const sharp = judged.some(
    ({ verdict, bar, estimate }) =>
      verdict === "agree" && BARS_ALLOWED * bar <= LEAST_SHARPNESS * Math.abs(estimate),
  );
  const coarse = sharp ? ["undecided", "untested"] : ["undecided", "untested", "agree"];
  const unclear = isCoarse ? coarse : ["undecided"];
  return ({ verdict }, entry) =>
    unclear.includes(verdict) || (verdict === "untested" && still[entry]);
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
