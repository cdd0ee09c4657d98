// A small chart: axes with ticks, curves, dots and straight lines.

import { shape } from "./shown.js";
import { numberText, superscript } from "./words.js";

// No axis has more ticks.
const MOST_TICKS = 30;

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
    this.outside = {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-label": label,
    };
    this.inside = [];
  }

  // A shape inside the axes; what reaches beyond them is cut off.
  add(name, attributes) {
    this.inside.push(shape(name, attributes));
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
    this.add("path", { d: path.join(""), class: `curve ${name}` });
  }

  dot([x, y], name, radius) {
    this.add("circle", {
      cx: this.x(x),
      cy: this.y(y),
      r: radius * this.rem,
      class: `dot ${name}`,
    });
  }

  // Many small dots of one kind, as one path: lines of no length with round ends.
  dots(points, name) {
    const path = points.map(([x, y]) => `M${this.x(x).toFixed(1)} ${this.y(y).toFixed(1)}h0`);
    this.add("path", { d: path.join(""), class: `dots ${name}` });
  }

  upright(x, name) {
    this.add("line", { x1: this.x(x), x2: this.x(x), y1: this.top, y2: this.bottom, class: name });
  }

  // The whole chart with its axes, and what they are called: a shape to show.
  finish(xName, yName) {
    const { left: x, top: y } = this;
    const size = { x, y, width: this.right - x, height: this.bottom - y };
    const viewBox = `${x} ${y} ${size.width} ${size.height}`;
    return shape(
      "svg",
      this.outside,
      shape("rect", { ...size, class: "frame" }),
      shape("svg", { ...size, viewBox }, ...this.inside),
      ...this.axisBelow(xName),
      ...this.axisLeft(yName),
    );
  }

  axisBelow(name) {
    const { left, right, bottom, rem } = this;
    const title = { x: (left + right) / 2, y: bottom + 2.5 * rem, class: "axis" };
    const ticks = this.ticks("x", (right - left) / (4.6 * rem)).flatMap(([tick, words]) => {
      const x = this.x(tick);
      const line = { x1: x, x2: x, y1: bottom, y2: bottom + 0.3 * rem, class: "tick" };
      const text = { x, y: bottom + 1.3 * rem, class: "tick" };
      return [shape("line", line), shape("text", text, words)];
    });
    return [shape("text", title, name), ...ticks];
  }

  axisLeft(name) {
    const { left, top, bottom, rem } = this;
    const place = `translate(${0.9 * rem} ${(top + bottom) / 2}) rotate(-90)`;
    const ticks = this.ticks("y", (bottom - top) / (2.2 * rem)).flatMap(([tick, words]) => {
      const y = this.y(tick);
      const line = { x1: left - 0.3 * rem, x2: left, y1: y, y2: y, class: "tick" };
      const text = { x: left - 0.45 * rem, y: y + 0.3 * rem, class: "tick end" };
      return [shape("line", line), shape("text", text, words)];
    });
    return [shape("text", { transform: place, class: "axis" }, name), ...ticks];
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
