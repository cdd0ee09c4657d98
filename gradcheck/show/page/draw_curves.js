// Two charts of equation (46) for one weight or bias: the cost against it, and the error of the
// slope against epsilon (the V).

import { Plot } from "./plot.js";
import { rightSlopeAt, slopesAt } from "./slopes.js";
import { numberText } from "./words.js";

// Points of the curve of C, and how far it goes to either side: in weights, or in steps if zoomed.
const POINTS_OF_CURVE = 120;
const REACH = 2;
const REACH_IN_STEPS = 4;
// Epsilons of the V, as powers of ten.
const SMALLEST_POWER = -16;
const LARGEST_POWER = 0;
const DOTS_IN_DECADE = 5;
// An error of 0 is drawn as this.
const LEAST_ERROR = 1e-18;

// What is shown of a parameter: its own cost changes, its step, and its slopes.
export function subjectOf(now, { which, entry }, epsilon) {
  const { engine, values, stepOf } = now.entries[which];
  const found = now.arrays[which][entry];
  const step = stepOf(entry, epsilon);
  const changeAt = (distance) => engine.costChanges(which, entry, distance, [1])[0];
  const stepTaken = values[entry] + step - values[entry];
  return {
    now,
    which,
    entry,
    found,
    step,
    stepTaken,
    changeAt,
    value: values[entry],
    change: changeAt(step),
    slope: stepTaken === 0 ? NaN : changeAt(step) / stepTaken,
    right: rightGradient(now, { which, entry }),
  };
}

// What a right backprop has for a parameter.
export function rightGradient(now, { which, entry }) {
  const layer = now.right[Math.floor(which / 2)];
  return (which % 2 ? layer.gradient_wrt_biases : layer.gradient_wrt_weights).values[entry];
}

// C against the parameter: the curve, the secant of (46) and the tangent that backprop claims.
// While the dot is dragged, `held` keeps the part that is shown: { centre, reach }.
export function costCurve(subject, { width, height, rem, isZoomed, held }) {
  const { value, step, stepTaken, change, found, changeAt } = subject;
  const base = subject.now.engine.base;
  const wide = Math.max(REACH, 1.3 * Math.abs(value), 1.25 * step);
  const { centre, reach } = held ?? {
    centre: value,
    reach: isZoomed ? REACH_IN_STEPS * step : wide,
  };
  const [low, high] = [centre - value - reach, centre - value + reach];
  const points = Array.from({ length: POINTS_OF_CURVE + 1 }, (_, i) => {
    const distance = low + (i / POINTS_OF_CURVE) * (high - low);
    return [distance, changeAt(distance)];
  });
  const changes = [...points.map(([, y]) => y), change];
  const plot = new Plot({
    width,
    height,
    rem,
    x: [low, high],
    y: padded(changes),
    label: `The cost against this parameter. The slope of the secant is ${numberText(subject.slope)}, backprop claims ${numberText(found.claim)}.`,
  });
  plot.curve(points, "cost");
  const through = (slope) => [low, high].map((x) => [x, slope * x]);
  plot.curve(through(found.claim), "tangent");
  if (stepTaken !== 0) {
    plot.curve(through(change / stepTaken), "secant");
    plot.dot([step, change], "second", 0.38);
  }
  plot.dot([0, 0], "first", 0.45);
  if (isZoomed) {
    return { plot, drawing: plot.finish("distance from the value now", "C minus C now"), reach };
  }
  // The axes tell the parameter and C themselves.
  plot.ranges = { x: [centre - reach, centre + reach], y: plot.ranges.y.map((y) => y + base) };
  return { plot, drawing: plot.finish("value of this parameter", "C"), reach };
}

// A range with a little room above and below.
function padded(values) {
  const finite = values.filter(Number.isFinite);
  const [least, greatest] = [Math.min(...finite), Math.max(...finite)];
  const room = 0.08 * (greatest - least) || 1e-17;
  return [least - room, greatest + room];
}

// The V: the error of (46) against epsilon, with the one on the slider marked.
export function errorCurve(subject, { width, height, rem, epsilon }) {
  const { now, which, entry, right } = subject;
  const entries = now.entries[which];
  const error = (size) => Math.abs(rightSlopeAt(entries, entry, size) - right);
  const count = (LARGEST_POWER - SMALLEST_POWER) * DOTS_IN_DECADE;
  const powers = Array.from({ length: count + 1 }, (_, i) => SMALLEST_POWER + i / DOTS_IN_DECADE);
  const dots = powers
    .map((power) => [power, error(10 ** power)])
    .filter(([, y]) => Number.isFinite(y));
  const { truncation, roundOff } = theory(subject);
  const logged = (value) => Math.log10(Math.max(value, LEAST_ERROR));
  const sizes = dots.map(([, y]) => logged(y)).filter((y) => y > Math.log10(LEAST_ERROR));
  const y = [
    Math.max(-17, Math.floor(Math.min(...sizes, -8))),
    Math.ceil(Math.max(...sizes, -2)) + 0.3,
  ];
  const here = error(epsilon);
  const plot = new Plot({
    width,
    height,
    rem,
    x: [SMALLEST_POWER, LARGEST_POWER],
    y,
    log: "xy",
    label: `The error of equation (46) against epsilon. At epsilon ${numberText(epsilon, 2)} it is ${numberText(here, 2)}.`,
  });
  plot.upright(Math.log10(epsilon), "marker");
  plot.curve(
    powers.map((power) => [power, logged(truncation * 10 ** power)]),
    "truncation",
  );
  plot.curve(
    powers.map((power) => [power, logged(roundOff / 10 ** power)]),
    "roundoff",
  );
  plot.dots(
    dots.map(([power, size]) => [power, Math.max(logged(size), y[0])]),
    "error",
  );
  if (Number.isFinite(here)) {
    plot.dot([Math.log10(epsilon), Math.max(logged(here), y[0])], "second", 0.42);
  }
  return plot.finish("epsilon", "error of the slope");
}

// The two lines of the V: epsilon/2 |C''| and twice the noise of C over epsilon.
function theory({ now, which, entry, found }) {
  const entries = now.entries[which];
  const wide = 2 ** -10;
  const { left, right } = slopesAt(entries, entry, wide);
  const scale = entries.stepOf(entry, 1);
  const { noise, epsilon } = found.measured;
  const floor = 2 ** -53 * Math.abs(now.engine.base);
  return {
    truncation: Math.abs(right - left) / 2 / wide,
    roundOff: (2 * Math.max(noise * epsilon * scale, floor)) / scale,
  };
}
