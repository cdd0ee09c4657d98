// How many entries have which error, counted in error bars.

import { html } from "./elements.js";
import { ALLOWED_BARS } from "./levels.js";
import { Plot } from "./plot.js";
import { countText } from "./words.js";

// Powers of ten that are always shown, so that the limit of two error bars is in the middle.
const ALWAYS = [-3, 2];
// A bar of one entry among thousands is still this high, in pixels.
const LEAST_HEIGHT = 3;

export function drawHistogram({ name, histogram }, { width, height, rem }) {
  const { right, wrong } = histogram;
  const bars = right.map((count, i) => [powerOf(histogram, i), count, wrong[i]]);
  const filled = bars.filter(([, some, others]) => some + others > 0).map(([power]) => power);
  const from = Math.min(ALWAYS[0], ...filled);
  const to = Math.max(ALWAYS[1], ...filled.map((power) => power + 1 / histogram.inDecade));
  const most = Math.max(4, ...bars.map(([, some, others]) => some + others));
  const sum = (counts) => countText(counts.reduce((total, count) => total + count, 0));
  const plot = new Plot({
    width,
    height,
    rem,
    x: [from, to],
    y: [0, 1.08 * most],
    log: "x",
    label: `${name}: errors in error bars. ${sum(right)} entries do not disagree, ${sum(wrong)} disagree.`,
  });
  for (const [power, some, others] of bars) {
    addBar(plot, histogram, power, [0, some], "agree");
    addBar(plot, histogram, power, [some, others], "disagree");
  }
  plot.upright(Math.log10(ALLOWED_BARS), "allowed");
  return plot.finish("error in error bars", "entries");
}

export function histogramKey({ histogram }) {
  const wrong = histogram.wrong.some((count) => count > 0)
    ? [html("span", { class: "swatch wrong" }), " disagree "]
    : [];
  return html(
    "p",
    { class: "key" },
    html("span", { class: "swatch right" }),
    " do not disagree ",
    ...wrong,
    html("span", { class: "sample allowed" }),
    " two error bars are allowed",
  );
}

function powerOf({ fromPower, inDecade }, bar) {
  return fromPower + bar / inDecade;
}

// A bar over the height of those below it.
function addBar(plot, { inDecade }, power, [below, count], kind) {
  if (!count) {
    return;
  }
  const [x, next] = [plot.x(power), plot.x(power + 1 / inDecade)];
  const height = Math.max(LEAST_HEIGHT, plot.y(below) - plot.y(below + count));
  const place = { x, y: plot.y(below) - height, width: next - x - 1, height };
  plot.add("rect", { ...place, class: `bar ${kind}` });
}
