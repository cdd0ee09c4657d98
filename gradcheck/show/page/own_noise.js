// The noise of the cost at single entries, as far as a step leads and somewhat farther. As
// gradcheck/slopes/own_noise.py. In a saturated network the cost of some entries jumps where an
// activation near 1 is rounded to another number.

import { POINTS, restsBesidePolynomials } from "./noise.js";

// The cost is looked at up to so many steps from the entry, but no farther than this, relative to
// the parameter's scale, or up to one step if that is farther.
const MOST_STEPS_AWAY = 8;
const FARTHEST = 2 ** -15;
// A table shows noise if what polynomials of degree 2 to 4 leave of it differs by at most this
// factor.
const ALIKE_RESTS = 4;

// The same measurement, with more noise if the entry's own is larger.
export function withOwnNoise(entries, entry, measured) {
  const { engine, which, values, stepOf } = entries;
  const step = stepOf(entry, measured.epsilon);
  const away = Math.min(Math.max(FARTHEST / measured.epsilon, 1), MOST_STEPS_AWAY) * step;
  const offsets = POINTS.slice(1).map((point) => point / POINTS.at(-1));
  // Near the last digit of a parameter the points do not lie where they should. What the slope
  // makes of that is no noise.
  const changes = engine.costChanges(which, entry, away, offsets).map((change, i) => {
    const moved = values[entry] + offsets[i] * away - values[entry];
    return change - measured.estimate * (moved - offsets[i] * away);
  });
  const noise = noiseShownIn([0, ...changes]) / step;
  return noise > measured.noise ? { ...measured, noise } : measured;
}

// 0 where a table may show a steep function.
function noiseShownIn(table) {
  if (!table.every(Number.isFinite)) {
    return 0;
  }
  const [least, middle, most] = restsBesidePolynomials(table);
  return most <= ALIKE_RESTS * least ? middle : 0;
}
