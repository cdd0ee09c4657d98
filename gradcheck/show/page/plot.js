// A small chart: axes with ticks, curves, dots and straight lines.

import { svg } from "./elements.js";
import { numberText, superscript } from "./words.js";

// No axis has more ticks.
const MOST_TICKS = 30;

// How many charts there were: each has a clip path with a name of its own.
let charts = 0;

// A chart of a size in pixels over ranges { x: [from, to], y: [from, to] }. `log` names the axes on
// which these are logarithms of what is shown: "xy", "x", or none.
export class Plot {
  constructor({ width, height, rem, x, y, log = "", label }) {
    this.left = 5 * rem;
    this.right = width - 1.6 * rem;
    this.top = 0.8 * rem;
    this.bottom = height - 2.9 * rem;
    this.rem = rem;
    this.ranges = { x, y };
    this.log = log;
    this.drawing = svg("svg", {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-label": label,
    });
    charts += 1;
    const clip = `clip-${charts}`;
    const size = {
      x: this.left,
      y: this.top,
      width: this.right - this.left,
      height: this.bottom - this.top,
    };
    this.drawing.append(
      svg("clipPath", { id: clip }, svg("rect", size)),
      svg("rect", { ...size, class: "frame" }),
    );
    this.inside = svg("g", { "clip-path": `url(#${clip})` });
  }

  x(value) {
    const [from, to] = this.ranges.x;
    return this.left + ((value - from) / (to - from)) * (this.right - this.left);
  }

  y(value) {
    const [from, to] = this.ranges.y;
    return this.bottom - ((value - from) / (to - from)) * (this.bottom - this.top);
  }

  curve(points, name) {
    const path = points.map(
      ([x, y], i) => `${i ? "L" : "M"}${this.x(x).toFixed(2)} ${this.y(y).toFixed(2)}`,
    );
    this.inside.append(svg("path", { d: path.join(""), class: `curve ${name}` }));
  }

  dot([x, y], name, radius) {
    this.inside.append(
      svg("circle", { cx: this.x(x), cy: this.y(y), r: radius * this.rem, class: `dot ${name}` }),
    );
  }

  upright(x, name) {
    this.inside.append(
      svg("line", { x1: this.x(x), x2: this.x(x), y1: this.top, y2: this.bottom, class: name }),
    );
  }

  // The axes, and what they are called.
  finish(xName, yName) {
    this.drawing.append(this.inside, ...this.axisBelow(xName), ...this.axisLeft(yName));
    return this.drawing;
  }

  axisBelow(name) {
    const { left, right, bottom, rem } = this;
    const title = { x: (left + right) / 2, y: bottom + 2.5 * rem, class: "axis" };
    const ticks = this.ticks("x", (right - left) / (4.6 * rem)).flatMap(([tick, words]) => {
      const x = this.x(tick);
      const line = { x1: x, x2: x, y1: bottom, y2: bottom + 0.3 * rem, class: "tick" };
      const text = { x, y: bottom + 1.3 * rem, class: "tick" };
      return [svg("line", line), svg("text", text, words)];
    });
    return [svg("text", title, name), ...ticks];
  }

  axisLeft(name) {
    const { left, top, bottom, rem } = this;
    const place = `translate(${0.9 * rem} ${(top + bottom) / 2}) rotate(-90)`;
    const ticks = this.ticks("y", (bottom - top) / (2.2 * rem)).flatMap(([tick, words]) => {
      const y = this.y(tick);
      const line = { x1: left - 0.3 * rem, x2: left, y1: y, y2: y, class: "tick" };
      const text = { x: left - 0.45 * rem, y: y + 0.3 * rem, class: "tick end" };
      return [svg("line", line), svg("text", text, words)];
    });
    return [svg("text", { transform: place, class: "axis" }, name), ...ticks];
  }

  // Round numbers on an axis, at most so many: [number, text] each.
  ticks(axis, most) {
    const [from, to] = this.ranges[axis];
    const isLog = this.log.includes(axis);
    const rough = (to - from) / Math.max(1, most);
    const power = 10 ** Math.floor(Math.log10(rough));
    let step = [1, 2, 5, 10].map((x) => x * power).find((x) => x >= rough);
    step = isLog ? Math.max(1, Math.ceil(rough)) : step;
    const first = Math.ceil(from / step - 1e-9);
    const count = Math.floor(to / step + 1e-9) - first + 1;
    const text = (tick) => (isLog ? `10${superscript(Math.round(tick))}` : tickNumber(tick, step));
    const ticks = Array.from({ length: Math.min(count, MOST_TICKS) }, (_, i) => (first + i) * step);
    return ticks.map((tick) => [tick, text(tick)]);
  }
}

// A tick with as many digits as the step between two ticks needs.
function tickNumber(tick, step) {
  const size = Math.floor(Math.log10(Math.max(Math.abs(tick), step)));
  const digits = 1 + size - Math.floor(Math.log10(step) + 1e-9);
  return numberText(Number(tick.toPrecision(digits + 2)), digits);
}
