// The panel of one weight or bias: its chain of factors, and equation (46) beside it.

import { pathsTo } from "./chain.js";
import { costCurve, errorCurve, rightGradient, subjectOf } from "./draw_curves.js";
import { byId, say } from "./elements.js";
import { part, show, tableOf } from "./shown.js";
import { measuredAgain } from "./slopes.js";
import { judge, VERDICTS } from "./verdicts.js";
import { entryName, numberText } from "./words.js";

// Digits of numbers that are compared.
const DIGITS = 10;
// The height of a chart, in rem.
const HEIGHT = 15;

// The chain: a product for each path, for one example or as a sum over all.
export function showChain(now, state) {
  const examples =
    state.example === null
      ? [...now.batch.inputs.values.slice(0, now.batch.inputs.columns).keys()]
      : [state.example];
  const chains = examples.map((example) => pathsTo(now, state.selected, example));
  const parts = state.example === null ? sumOfExamples(chains) : pathList(chains[0], state.example);
  const { claim } = now.arrays[state.selected.which][state.selected.entry];
  const total = rightGradient(now, state.selected);
  const isWrong = state.bug && claim !== total;
  const sum = part(
    "p",
    { class: "formula" },
    `${wholeName(now, state)}: ∂C/∂${state.selected.which % 2 ? "b" : "w"} = ${numberText(total, 6)}`,
  );
  const wrong = isWrong
    ? [part("p", { class: "fault" }, `✗ backprop, with the mistake, says ${numberText(claim, 6)}`)]
    : [];
  show(byId("chain"), ...parts, sum, ...wrong);
}

function wholeName(now, state) {
  const { columns } = now.batch.inputs;
  return state.example === null || columns === 1 ? "Sum" : `All ${columns} examples together`;
}

function pathList({ paths, isLong, sum }, example) {
  const title = part(
    "p",
    {},
    `Example ${example + 1}${isLong ? ", with everything downstream as one factor" : ""}:`,
  );
  const items = paths.map(({ factors, product }) =>
    part("li", {}, ...factors.flatMap(factorOf), ...equals(product)),
  );
  const added =
    paths.length > 1
      ? [part("p", {}, `The sum of the ${paths.length} paths: ${numberText(sum, 4)}`)]
      : [];
  return [title, part("ol", { class: "paths" }, ...items), ...added];
}

function factorOf([name, value], position) {
  const sign = position ? [part("span", { class: "sign" }, "×")] : [];
  const factor = part(
    "span",
    { class: "factor" },
    part("span", { class: "name" }, name),
    part("span", {}, numberText(value)),
  );
  return [...sign, factor];
}

function equals(value) {
  return [
    part("span", { class: "sign" }, "="),
    part(
      "strong",
      { class: "factor" },
      part("span", { class: "name" }, "product"),
      numberText(value),
    ),
  ];
}

// All examples: a row for each, with its own sum of paths.
function sumOfExamples(chains) {
  const rows = chains.map(({ paths, sum }, example) => [
    `example ${example + 1}`,
    String(paths.length),
    numberText(sum, 6),
  ]);
  return [
    part("p", {}, "Each example adds its own products. Show one example to see its factors."),
    part(
      "div",
      {
        class: "wide short",
        tabindex: "0",
        role: "region",
        "aria-label": "The part of each example",
      },
      tableOf("The part of each example", ["example", "paths", "sum of products"], rows),
    ),
  ];
}

// Equation (46) with the epsilon on the slider: the two charts, and the numbers. Returns the chart
// of C, which can be dragged.
export function showMeasurement(now, state, room) {
  const epsilon = 10 ** state.power;
  const subject = subjectOf(now, state.selected, epsilon);
  const size = (width) => ({ width, height: HEIGHT * room.rem, rem: room.rem });
  const curve = costCurve(subject, {
    ...size(room.curve),
    isZoomed: state.isZoomed,
    held: state.held,
  });
  show(byId("curve"), curve.drawing);
  show(byId("errors"), errorCurve(subject, { ...size(room.errors), epsilon }));
  show(byId("measured"), numbersTable(now, state, subject, epsilon));
  return curve;
}

// The measurement with the epsilon on the slider alone, and the verdict that it would give.
function withThisEpsilon(now, { which, entry }, epsilon, subject) {
  const { found } = subject;
  if (subject.stepTaken === 0) {
    return null;
  }
  const measured = measuredAgain(now.entries[which], entry, found.measured, epsilon);
  return judge(found.claim, measured, found.roundOff);
}

function numbersTable(now, state, subject, epsilon) {
  const { found, change, stepTaken, slope } = subject;
  const here = withThisEpsilon(now, state.selected, epsilon, subject);
  const base = now.engine.base;
  const rows = [
    ["C(w)", numberText(base, 14)],
    ["C(w + ε)", numberText(base + change, 14)],
    ["ε, really taken", numberText(stepTaken, DIGITS)],
    ["slope by (46)", stepTaken === 0 ? "none: w + ε = w" : withSameDigits(slope, found.claim)],
    ["backprop claims", withSameDigits(found.claim, slope)],
    ["error bar", here ? `± ${numberText(here.bar, 2)}` : "none"],
    [
      "distance",
      here
        ? `${numberText(Math.abs(found.claim - here.estimate) / here.bar, 2)} error bars`
        : "unknown",
    ],
    ["verdict with this ε", here ? verdictText(here.verdict) : verdictText("undecided")],
    ["gradcheck's verdict", verdictText(found.verdict)],
  ];
  const name = entryName(now.parameters, state.selected);
  const table = tableOf(`${name}, in numbers`, ["quantity", "number"], rows);
  return part(
    "div",
    {
      class: "wide numbers",
      tabindex: "0",
      role: "region",
      "aria-label": "Equation (46) in numbers",
    },
    table,
  );
}

// A number, with the digits in bold that another one begins with too.
function withSameDigits(value, other) {
  const [text, others] = [numberText(value, DIGITS), numberText(other, DIGITS)];
  const isSameSize = text.split("·")[1] === others.split("·")[1];
  let same = 0;
  while (isSameSize && same < text.length && text[same] === others[same]) {
    same += 1;
  }
  same = /[1-9]/.test(text.slice(0, same)) ? same : 0;
  return part("span", {}, part("strong", {}, text.slice(0, same)), text.slice(same));
}

function verdictText(verdict) {
  return `${VERDICTS[verdict].mark} ${verdict}`;
}

// The value of the chosen parameter, beside its slider.
export function showValue(now, state) {
  const { which, entry } = state.selected;
  const value = now.parameters[which].values[entry];
  const slider = byId("value");
  const reach = Math.max(4, Math.ceil(1.5 * Math.abs(value)));
  slider.min = Math.min(-reach, Number(slider.min) || 0);
  slider.max = Math.max(reach, Number(slider.max) || 0);
  if (Number(slider.value) !== value) {
    slider.value = value;
  }
  say(byId("value-text"), numberText(value, 4));
  slider.setAttribute("aria-valuetext", numberText(value, 4));
  byId("epsilon").setAttribute("aria-valuetext", numberText(10 ** state.power, 2));
  say(byId("epsilon-text"), numberText(10 ** state.power, 2));
}
