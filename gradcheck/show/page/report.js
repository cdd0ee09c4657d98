// The page of a report: pictures of each array, and a table that can be sorted. All texts and all
// tables are in the file already.

import "./theme.js";
import { claimsKey, drawClaims } from "./draw_claims.js";
import { HeatMap } from "./draw_heat_map.js";
import { drawHistogram, histogramKey } from "./draw_histogram.js";
import { byId, html } from "./elements.js";
import { show } from "./shown.js";
import { makeTablesSortable } from "./sortable.js";
import { countText, entriesText } from "./words.js";

// With more arrays than this only those that disagree are unfolded, or the first ones if none does.
const MOST_OPEN = 8;
// The height of a chart, in letters.
const CHART_HEIGHT = 15;

const data = JSON.parse(byId("data").textContent);
const drawings = [];

function remPixels() {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

// One array: its pictures, drawn as soon as they are to be seen.
function showArray(array, isOpen) {
  const wrong = array.histogram.wrong.reduce((sum, count) => sum + count, 0);
  const title = `${array.name}, ${array.shape.join(" × ") || "a number"}: ${entriesText(array.checked)}, ${countText(wrong)} disagree`;
  const charts = html("div", { class: "charts" });
  const details = html("details", { class: "array" }, html("summary", {}, title), charts);
  details.open = isOpen;
  const drawing = { array, charts, details, map: null, width: 0 };
  details.addEventListener("toggle", () => draw(drawing));
  drawings.push(drawing);
  return details;
}

// Draw the pictures of an array, if they are to be seen and the room has changed.
function draw(drawing) {
  const { array, charts, details } = drawing;
  if (!details.open) {
    return;
  }
  if (drawing.map === null) {
    drawing.map = new HeatMap(array);
    drawing.claims = figure("Claim against slope", claimsKey(array));
    drawing.bars = figure("How many have which error", histogramKey(array));
    charts.append(drawing.map.figure, drawing.claims.figure, drawing.bars.figure);
  }
  const width = Math.floor(drawing.claims.figure.clientWidth);
  if (width === drawing.width || width === 0) {
    return;
  }
  drawing.width = width;
  const rem = remPixels();
  const size = { width, height: CHART_HEIGHT * rem, rem };
  drawing.map.draw(width);
  show(drawing.claims.room, drawClaims(array, size));
  show(drawing.bars.room, drawHistogram(array, size));
}

function figure(title, key) {
  const room = html("div", { class: "drawing" });
  return { room, figure: html("figure", {}, html("figcaption", {}, title), room, key) };
}

function drawAll() {
  drawings.forEach(draw);
}

function startReport() {
  const places = [...document.querySelectorAll(".arrays")];
  const all = data.checks.flat();
  const isWrong = ({ histogram }) => histogram.wrong.some((count) => count > 0);
  const open = new Set(
    all.length > MOST_OPEN && all.some(isWrong) ? all.filter(isWrong) : all.slice(0, MOST_OPEN),
  );
  places.forEach((place, check) => {
    place.append(...data.checks[check].map((array) => showArray(array, open.has(array))));
  });
  makeTablesSortable();
  drawAll();
  new ResizeObserver(drawAll).observe(document.body);
  // Paper has no buttons: what is folded is unfolded, all but the hints.
  window.addEventListener("beforeprint", () => {
    drawings.forEach(({ details }) => details.setAttribute("open", ""));
    drawAll();
  });
}

startReport();
