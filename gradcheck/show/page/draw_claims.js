// Claims against measured slopes, as dots. Dots on the line agree; a fan is a factor, a cloud a
// formula of its own.

import { html } from "./elements.js";
import { Plot } from "./plot.js";
import { countText, entriesText } from "./words.js";

export function drawClaims({ name, dots }, { width, height, rem }) {
  const { slopes, claims, places } = dots;
  const [agree, disagree] = [pairsOf(dots.agree), pairsOf(dots.disagree)];
  const plot = new Plot({
    width,
    height,
    rem,
    x: padded(slopes),
    y: padded(claims),
    label: `${name}: what backprop claims against the measured slope. ${countText(disagree.length)} dots off the line disagree.`,
  });
  plot.curve(
    slopes.map((slope) => [slope, slope]),
    "same",
  );
  const valueOf = ([from, to], place) => from + (place / (places - 1)) * (to - from);
  for (const [kind, pairs] of [
    ["agree", agree],
    ["disagree", disagree],
  ]) {
    const points = pairs.map(([x, y]) => [plot.x(valueOf(slopes, x)), plot.y(valueOf(claims, y))]);
    plot.add("path", { d: marks(kind, points, 0.28 * rem), class: `mark ${kind}` });
  }
  return plot.finish("measured slope", "backprop");
}

// What the dots mean, and which entries have none.
export function claimsKey({ dots }) {
  const left = dots.leftOut ? ` ${entriesText(dots.leftOut)} without a slope: not drawn.` : "";
  const wrong = dots.disagree ? [html("span", { class: "sign wrong" }, "×"), " disagree "] : [];
  return html(
    "p",
    { class: "key" },
    html("span", { class: "sign right" }, "○"),
    " do not disagree ",
    ...wrong,
    html("span", { class: "sample same" }),
    ` backprop = slope.${left}`,
  );
}

// [[x, y], ...] from base64 of two bytes each.
function pairsOf(text) {
  const letters = window.atob(text);
  return Array.from({ length: letters.length / 2 }, (_, i) => [
    letters.charCodeAt(2 * i),
    letters.charCodeAt(2 * i + 1),
  ]);
}

// A range with some room on both sides.
function padded([from, to]) {
  const room = 0.06 * (to - from);
  return [from - room, to + room];
}

// All dots as one path: circles, or crosses for what disagrees.
function marks(kind, points, radius) {
  const size = radius.toFixed(2);
  return points
    .map(([x, y]) => {
      const [left, right] = [(x - radius).toFixed(1), (x + radius).toFixed(1)];
      const [top, bottom] = [(y - radius).toFixed(1), (y + radius).toFixed(1)];
      return kind === "agree"
        ? `M${left} ${y.toFixed(1)}a${size} ${size} 0 1 0 ${(2 * radius).toFixed(2)} 0a${size} ${size} 0 1 0 ${(-2 * radius).toFixed(2)} 0`
        : `M${left} ${top}L${right} ${bottom}M${left} ${bottom}L${right} ${top}`;
    })
    .join("");
}
