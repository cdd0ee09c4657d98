// How noisy is a computed cost? What is left beside a polynomial. As gradcheck/slopes/noise.py.
//
// C is computed at points so close together that only rounding makes it wiggle. A polynomial of low
// degree takes away all of a smooth function there, and of noise only a known part. (After
// J. J. More and S. M. Wild, "Estimating computational noise", SIAM J. Sci. Comput. 33(3), 2011.)

// Where C is evaluated, in units of the spacing: the spaces are about 1, and no two are equal.
export const POINTS = [0, 1.31, 2.24, 3.28, 4.44, 5.23, 6.12, 7.14];
// Polynomials of these degrees are taken away; the median of the three noises counts.
const DEGREES = [2, 3, 4];
// Spacings to try, relative to the parameter's scale; the first suits a cost in doubles.
const SPACINGS = [40, 32, 24, 18, 12, 6].map((exponent) => 2 ** -exponent);
// A table tells the noise if at least half of its values differ.
const DISTINCT = POINTS.length / 2;
// The standard deviation of rounding to the nearest multiple of 1.
export const ROUNDING_TO_ONE = 12 ** -0.5;

// Polynomials at the points, orthogonal to each other and of length 1: degrees 0, 1, 2, ...
const POLYNOMIALS = orthonormal(POINTS.map((_, degree) => POINTS.map((x) => x ** degree)));

function orthonormal(columns) {
  const basis = [];
  for (const column of columns) {
    let rest = column;
    // Twice, since the first time leaves rounding errors.
    for (const each of [...basis, ...basis]) {
      const part = dot(rest, each);
      rest = rest.map((x, i) => x - part * each[i]);
    }
    const length = Math.sqrt(dot(rest, rest));
    basis.push(rest.map((x) => x / length));
  }
  return basis;
}

function dot(one, other) {
  return one.reduce((sum, x, i) => sum + x * other[i], 0);
}

// The standard deviation of the noise in values at the points.
export function noiseBesidePolynomials(values) {
  return restsBesidePolynomials(values)[1];
}

// What polynomials of each degree leave of values at the points, the smallest first. Of noise all
// degrees leave about the same; of a smooth function the higher ones leave far less.
export function restsBesidePolynomials(values) {
  const shifted = values.map((x) => x - values[0]);
  const estimates = DEGREES.map((degree) => {
    const rest = POLYNOMIALS.slice(degree + 1).map((each) => dot(each, shifted));
    return Math.sqrt(dot(rest, rest) / rest.length);
  });
  return estimates.sort((x, y) => x - y);
}

// The noise of the computed cost, the worst of some entries: around them, and around where the step
// of (46) leads. `stepOf(entry, spacing)` is a step of that relative size. `silent` are the entries
// that do not tell the noise.
export function measuredNoise(engine, which, entries, stepOf, epsilon) {
  let coarse = 0;
  for (const spacing of SPACINGS) {
    const tables = entries.map((entry) =>
      tablesAround(engine, which, entry, stepOf(entry, spacing), epsilon / spacing),
    );
    const noises = tables.map((around) => Math.max(...around.map(noiseIn)));
    if (noises.some((noise) => noise > 0)) {
      // Wider spacings would see kinks, which look like noise.
      return { size: Math.max(...noises), silent: entries.filter((_, i) => noises[i] === 0) };
    }
    const here = smallestJump(tables.map((around) => around[0]));
    const there = smallestJump(tables.map((around) => around[1]));
    coarse = Math.max(here, there) || coarse;
  }
  return { size: coarse * ROUNDING_TO_ONE, silent: coarse > 0 ? [] : entries };
}

// C - C(w) at the points around an entry, and around the place that lies `ahead`.
function tablesAround(engine, which, entry, step, ahead) {
  const here = engine.costChanges(which, entry, step, POINTS.slice(1));
  const there = engine.costChanges(
    which,
    entry,
    step,
    POINTS.map((point) => ahead + point),
  );
  return [[0, ...here], there];
}

// The noise that a table shows; 0 where it tells nothing.
function noiseIn(table) {
  const tells = table.every(Number.isFinite) && new Set(table).size >= DISTINCT;
  return tells ? noiseBesidePolynomials(table) : 0;
}

// The smallest difference between values of a table that differ: a cost of few values is rounded to
// it. 0 if none differ in any of the tables.
function smallestJump(tables) {
  const jumps = tables
    .filter((table) => table.every(Number.isFinite))
    .flatMap((table) => {
      const sorted = [...table].sort((x, y) => x - y);
      return sorted.slice(1).map((x, i) => x - sorted[i]);
    })
    .filter((jump) => jump > 0);
  return jumps.length ? Math.min(...jumps) : 0;
}
