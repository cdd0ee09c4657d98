// A small chart: axes with ticks, curves, dots and straight lines.

import { svg } from "./elements.js";
import { numberText, superscript } from "./words.js";

// A chart of a size in pixels over ranges { x: [from, to], y: [from, to] }; both are logarithms of
// what is shown where `log` is set.
export class Plot {
  constructor({ width, height, rem, x, y, log = false, label }) {
    this.left = 4.6 * rem;
    this.right = width - 0.8 * rem;
    this.top = 0.8 * rem;
    this.bottom = height - 2.9 * rem;
    this.rem = rem;
    this.ranges = { x, y };
    this.log = log;
    this.drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label });
    const clip = log ? "clip-of-logs" : "clip-of-values"; // a page has one chart of each kind
    const size = { x: this.left, y: this.top, width: this.right - this.left, height: this.bottom - this.top };
    this.drawing.append(svg("clipPath", { id: clip }, svg("rect", size)), svg("rect", { ...size, class: "frame" }));
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
    const path = points.map(([x, y], i) => `${i ? "L" : "M"}${this.x(x).toFixed(2)} ${this.y(y).toFixed(2)}`);
    this.inside.append(svg("path", { d: path.join(""), class: `curve ${name}` }));
  }

  dot([x, y], name, radius) {
    this.inside.append(svg("circle", { cx: this.x(x), cy: this.y(y), r: radius * this.rem, class: `dot ${name}` }));
  }

  upright(x, name) {
    this.inside.append(svg("line", { x1: this.x(x), x2: this.x(x), y1: this.top, y2: this.bottom, class: name }));
  }

  // Text beside a point, inside the frame.
  note([x, y], text, name, anchor = "start") {
    const place = { x: this.x(x), y: this.y(y), class: `note ${name}`, "text-anchor": anchor };
    this.inside.append(svg("text", place, text));
  }

  // The axes with so many ticks at most, and what they are called.
  finish(xName, yName, tickText = null) {
    const middle = (this.left + this.right) / 2;
    const texts = [svg("text", { x: middle, y: this.bottom + 2.5 * this.rem, class: "axis" }, xName)];
    const height = (this.top + this.bottom) / 2;
    const turned = { x: 0, y: 0, class: "axis", transform: `translate(${0.9 * this.rem} ${height}) rotate(-90)` };
    texts.push(svg("text", turned, yName));
    const most = (this.right - this.left) / (4.6 * this.rem);
    for (const tick of this.ticks(this.ranges.x, most)) {
      texts.push(this.tick({ x1: this.x(tick), x2: this.x(tick), y1: this.bottom, y2: this.bottom + 0.3 * this.rem }));
      texts.push(svg("text", { x: this.x(tick), y: this.bottom + 1.3 * this.rem, class: "tick" }, this.text(tick, tickText)));
    }
    for (const tick of this.ticks(this.ranges.y, (this.bottom - this.top) / (2.2 * this.rem))) {
      texts.push(this.tick({ x1: this.left - 0.3 * this.rem, x2: this.left, y1: this.y(tick), y2: this.y(tick) }));
      texts.push(svg("text", { x: this.left - 0.45 * this.rem, y: this.y(tick) + 0.3 * this.rem, class: "tick end" }, this.text(tick, tickText)));
    }
    this.drawing.append(this.inside, ...texts);
    return this.drawing;
  }

  tick(ends) {
    return svg("line", { ...ends, class: "tick" });
  }

  text(tick, tickText) {
    return this.log ? `10${superscript(Math.round(tick))}` : (tickText ?? tickNumber)(tick);
  }

  // Round numbers in a range, at most so many.
  ticks([from, to], most) {
    const rough = (to - from) / Math.max(1, most);
    const power = 10 ** Math.floor(Math.log10(rough));
    let step = [1, 2, 5, 10].map((x) => x * power).find((x) => x >= rough);
    step = this.log ? Math.max(1, Math.ceil(rough)) : step;
    const first = Math.ceil(from / step - 1e-9);
    const count = Math.floor(to / step + 1e-9) - first + 1;
    return Array.from({ length: Math.max(0, Math.min(count, 50)) }, (_, i) => (first + i) * step);
  }
}

function tickNumber(tick) {
  return numberText(Number(tick.toPrecision(6)), 2);
}
