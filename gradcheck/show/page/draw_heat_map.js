// The errors of an array as a picture: a cell for each entry, or for some of which it shows the
// worst. A pointer or the arrow keys read a cell out.

import { html, optionOf, say } from "./elements.js";
import { colourOf, legendOf, levelsOf, levelText, markOf } from "./levels.js";
import { cellAt, cornerOf, layoutOf, oneTile, tilesOf } from "./tiles.js";
import { countText } from "./words.js";

// The least cell, in pixels, that a sign fits into.
const CELL_WITH_SIGN = 9;
// Canvases have so many pixels for each pixel of the page: paper and good screens are that fine.
const FINE = 2;

export class HeatMap {
  constructor({ name, shape, heatMap }) {
    this.shape = shape;
    this.block = heatMap.block;
    this.levels = levelsOf(heatMap);
    this.entries = shape.reduce((product, side) => product * side, 1);
    this.all = tilesOf(heatMap, this.levels.length);
    this.shown = this.all;
    this.cursor = null;
    this.canvas = html("canvas", { role: "img", tabindex: "0" });
    this.canvas.setAttribute("aria-label", `Errors of ${name}, a cell for each entry. ${KEYS}`);
    this.frame = html("span", { class: "cell-frame", hidden: "" });
    this.said = html("p", { class: "said", "aria-live": "polite" }, "");
    this.choice = heatMap.picture ? this.choiceOf(heatMap.picture) : null;
    this.figure = html(
      "figure",
      {},
      html("figcaption", {}, "Error in error bars"),
      this.choice,
      html("div", { class: "picture" }, this.canvas, this.frame),
      this.said,
      legend(this.levels.subarray(0, this.isWhole() ? this.entries : undefined)),
    );
    this.listen();
  }

  // Whether each level is that of one entry.
  isWhole() {
    return this.block === 1;
  }

  // Which neurons are shown, where their weights are pictures.
  choiceOf({ neurons, side }) {
    const each = Array.from({ length: neurons }, (_, i) => optionOf(i, `neuron ${i}`));
    const select = html("select", {}, optionOf(-1, `all ${countText(neurons)} neurons`), ...each);
    select.addEventListener("change", () => {
      const which = Number(select.value);
      this.shown = which < 0 ? this.all : oneTile(this.all, which);
      this.cursor = null;
      this.draw(this.room);
    });
    return html("label", { class: "screen-only" }, select, ` as ${side} × ${side} pictures`);
  }

  draw(room) {
    this.room = room;
    this.layout = layoutOf(this.shown, room);
    const { width, height } = this.layout;
    this.canvas.width = width * FINE;
    this.canvas.height = height * FINE;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.aspectRatio = `${width} / ${height}`;
    const paper = this.canvas.getContext("2d");
    paper.scale(FINE, FINE);
    this.cells((cell, level) => this.paint(paper, cell, level));
    this.show();
  }

  // Every cell with its level.
  cells(visit) {
    const { down, along } = this.layout;
    for (let tile = 0; tile < this.shown.tiles; tile += 1) {
      for (let row = 0; row < down; row += 1) {
        for (let column = 0; column < along; column += 1) {
          const cell = { tile, row, column };
          const level = this.levelAt(cell);
          if (level !== null) {
            visit(cell, level);
          }
        }
      }
    }
  }

  paint(paper, cell, level) {
    const { width, height } = this.layout.cell;
    const { x, y } = cornerOf(this.layout, cell);
    paper.fillStyle = `rgb(${colourOf(level).join(" ")})`;
    paper.fillRect(x, y, width, height);
    if (Math.min(width, height) < CELL_WITH_SIGN) {
      return;
    }
    paper.strokeStyle = "rgb(140 150 160)";
    paper.lineWidth = 0.5;
    paper.strokeRect(x, y, width, height);
    paper.fillStyle = markOf(level) === "×" ? "white" : "black";
    paper.font = `700 ${Math.min(width, height)}px sans-serif`;
    paper.textAlign = "center";
    paper.textBaseline = "middle";
    paper.fillText(markOf(level), x + width / 2, y + height / 2);
  }

  // The worst level in a cell, and its entry; null beyond the last entry of a vector.
  worstIn({ tile, row, column }) {
    const { block } = this.layout;
    const { rows, columns, positionOf } = this.shown;
    let found = null;
    for (let i = row * block; i < Math.min((row + 1) * block, rows); i += 1) {
      for (let j = column * block; j < Math.min((column + 1) * block, columns); j += 1) {
        const position = positionOf(tile, i, j);
        const isThere = !this.isWhole() || position < this.entries;
        if (isThere && (found === null || this.levels[position] > found.level)) {
          found = { level: this.levels[position], position, row: i, column: j };
        }
      }
    }
    return found;
  }

  levelAt(cell) {
    return this.worstIn(cell)?.level ?? null;
  }

  listen() {
    this.canvas.addEventListener("pointermove", ({ offsetX, offsetY }) => {
      const scale = this.layout.width / (this.canvas.clientWidth || this.layout.width);
      this.cursor = cellAt(this.layout, this.shown.tiles, offsetX * scale, offsetY * scale);
      this.show();
    });
    this.canvas.addEventListener("pointerleave", () => {
      this.cursor = null;
      this.show();
    });
    this.canvas.addEventListener("keydown", (event) => {
      const [down, right] = MOVES[event.key] ?? [];
      if (down !== undefined) {
        event.preventDefault();
        this.move(down, right);
      }
    });
  }

  // To the next cell; at the edge of a tile to the next tile.
  move(down, right) {
    const { down: rows, along: columns, across } = this.layout;
    let { tile, row, column } = this.cursor ?? { tile: 0, row: -down, column: -right };
    row += down;
    column += right;
    if (column < 0 || column >= columns) {
      tile += right;
      column = right > 0 ? 0 : columns - 1;
    } else if (row < 0 || row >= rows) {
      tile += down * across;
      row = down > 0 ? 0 : rows - 1;
    }
    const next = { tile, row, column };
    if (tile >= 0 && tile < this.shown.tiles && this.levelAt(next) !== null) {
      this.cursor = next;
      this.show();
    }
  }

  // Read the chosen cell out, and draw a frame around it.
  show() {
    const found = this.cursor && this.worstIn(this.cursor);
    this.frame.hidden = !found;
    if (!found) {
      say(
        this.said,
        this.layout.block * this.block > 1 ? "A cell shows the worst of its entries." : "",
      );
      return;
    }
    const { x, y } = cornerOf(this.layout, this.cursor);
    const { width, height } = this.layout.cell;
    const scale = (this.canvas.clientWidth || this.layout.width) / this.layout.width;
    this.frame.style.left = `${x * scale}px`;
    this.frame.style.top = `${y * scale}px`;
    this.frame.style.width = `${width * scale}px`;
    this.frame.style.height = `${height * scale}px`;
    say(this.said, `${this.nameOf(found)}: ${levelText(found.level)}`);
  }

  // The index of an entry as it is written in Python; where levels stand for blocks, their rows.
  nameOf({ position, row, column }) {
    if (!this.isWhole()) {
      return `near row ${countText(row * this.block)}, column ${countText(column * this.block)}`;
    }
    const index = [];
    let rest = position;
    for (const side of [...this.shape].reverse()) {
      index.unshift(rest % side);
      rest = Math.floor(rest / side);
    }
    return `[${index.join(", ")}]`;
  }
}

const KEYS = "The arrow keys read the cells out; the tables below have the numbers.";
const MOVES = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

function legend(levels) {
  const entries = legendOf(levels).map(([name, sign, colours]) => {
    const ends = [colours[0], colours.at(-1)].map((colour) => `rgb(${colour.join(" ")})`);
    const sample = html("span", { class: "swatch", "aria-hidden": "true" }, sign);
    sample.style.background = `linear-gradient(90deg, ${ends.join(", ")})`;
    sample.style.color = sign === "×" ? "white" : "black";
    return html("span", { class: "entry" }, sample, ` ${name}`);
  });
  return html("p", { class: "key legend" }, ...entries);
}
