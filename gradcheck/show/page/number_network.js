// The numbers, widths and marks of the drawing of a network.

import { change, say } from "./elements.js";
import { part } from "./shown.js";
import { VERDICTS } from "./verdicts.js";
import { entryName, numberText, shortText } from "./words.js";

// Where even one digit of a smaller number has no room, ≈0 stands for it.
const NEAR_ZERO = 0.01;

// Put the numbers of an experiment into the drawing.
export function updateNetwork(view, now, state) {
  const step = now.steps[state.position];
  const largest = Math.max(
    ...now.parameters.flatMap(({ values }) => Array.from(values, Math.abs)),
    1e-300,
  );
  const reached = reachedAt(now.steps, state.position);
  view.captions.forEach((caption, layer) =>
    updateCaption(caption, now, layer, layer === step.layer),
  );
  view.parameters.forEach((buttons, which) => {
    const ownStep = which % 2 ? "gradient_wrt_biases" : "gradient_wrt_weights";
    const isItsStep = step.layer === Math.floor(which / 2) + 1 && step.name === ownStep;
    buttons.forEach((drawn, entry) =>
      updateParameter(view, drawn, now, state, { which, entry, largest, isItsStep }),
    );
  });
  view.neurons.forEach((neurons, layer) => {
    neurons.forEach((neuron, j) =>
      updateNeuron(view.plan, neuron, now, state, { layer, j, reached, step }),
    );
  });
  view.targets.forEach((target, j) =>
    say(target, `y ${shortText(seen(now.batch.targets, j, state.example, false))}`),
  );
}

// The name of a layer, and how many of its weights and biases disagree.
function updateCaption(caption, now, layer, isCurrent) {
  const judged = layer === 0 ? [] : now.arrays.slice(2 * layer - 2, 2 * layer).flat();
  const wrong = judged.filter(({ verdict }) => verdict === "disagree").length;
  const name = layer === 0 ? "inputs" : `layer ${layer}`;
  change(caption, { class: isCurrent ? "caption now" : "caption" });
  say(caption, wrong ? `${name} ✗ ${wrong}` : name);
}

function updateParameter(view, drawn, now, state, { which, entry, largest, isItsStep }) {
  const value = now.parameters[which].values[entry];
  const { verdict, claim } = now.arrays[which][entry];
  const isSelected = state.selected.which === which && state.selected.entry === entry;
  const shownAs = [value, verdict, isSelected, largest, isItsStep && claim].join();
  if (drawn.shownAs === shownAs) {
    return;
  }
  drawn.shownAs = shownAs;
  const wrong = verdict === "agree" ? "" : ` ${verdict}`;
  const name = entryName(now.parameters, { which, entry });
  change(drawn.button, {
    class: `parameter ${value < 0 ? "negative" : "positive"}${wrong}${isSelected ? " selected" : ""}`,
    "aria-pressed": isSelected,
    tabindex: isSelected ? 0 : -1,
    "aria-label": `${name} = ${numberText(value)}, ${verdict}`,
  });
  if (!drawn.isBias) {
    drawn.line.style.strokeWidth = `${0.5 + (view.plan.widest - 0.5) * (Math.abs(value) / largest)}px`;
  }
  const mark = verdict === "agree" ? "" : VERDICTS[verdict].mark;
  const symbol = isItsStep ? "∂" : drawn.isBias ? "b" : "";
  const letters = isSelected && !drawn.isBias ? Infinity : drawn.letters;
  const text = labelOf(mark, symbol, isItsStep ? claim : value, letters);
  say(drawn.label, text ?? (view.plan.hasMarks && verdict === "disagree" ? mark : ""));
}

// The number of a parameter with its marks, in as many letters as there is room for; null if it
// does not fit. Then there are only marks, where there is a disagreement.
function labelOf(mark, symbol, number, letters) {
  const nearZero = Math.abs(number) < NEAR_ZERO ? ["≈0"] : [];
  const numbers = [shortText(number), numberText(number, 2), numberText(number, 1), ...nearZero];
  const texts = numbers.flatMap((text) => [
    [mark, symbol, text].filter((word) => word).join(" "),
    `${mark}${symbol}${text}`,
  ]);
  return texts.find((text) => text.length <= letters) ?? null;
}

function updateNeuron(plan, neuron, now, state, { layer, j, reached, step }) {
  change(neuron.circle, { class: layer === step.layer ? "neuron now" : "neuron" });
  const activations = layer === 0 ? now.batch.inputs : now.traces[layer - 1].downstream_activations;
  const isReached = layer === 0 || reached.activations.has(layer);
  const inside = isReached ? shortText(seen(activations, j, state.example, false)) : "";
  const [symbol, matrix] = aboveNeuron(now, layer, reached.above.get(layer));
  const isGradient = symbol !== "z";
  const above = matrix ? `${symbol} ${shortText(seen(matrix, j, state.example, isGradient))}` : "";
  say(neuron.inside, plan.hasNumbers ? inside : "");
  say(neuron.above, plan.hasNumbers ? above : "");
  const name = layer === 0 ? `input ${j}` : `layer ${layer}, neuron ${j}`;
  say(neuron.title, [name, inside && `a ${inside}`, above].filter((text) => text).join("; "));
}

// What stands above the neurons of a layer: z, ∂C/∂a or ∂C/∂z, whichever was computed last.
function aboveNeuron(now, layer, name) {
  return (
    {
      z: () => ["z", now.traces[layer - 1].z],
      a: () => ["∂a", now.gradients[layer - 1].gradient_wrt_downstream_activations],
      dz: () => ["∂z", now.gradients[layer - 1].gradient_wrt_z],
    }[name]?.() ?? ["", null]
  );
}

// The number of a neuron for one example; for all of them the mean, or the sum of a gradient.
function seen(matrix, row, example, isGradient) {
  if (example !== null) {
    return matrix.at(row, example);
  }
  let sum = 0;
  for (let i = 0; i < matrix.columns; i += 1) {
    sum += matrix.at(row, i);
  }
  return isGradient ? sum : sum / matrix.columns;
}

// What has been computed when the walk is at a position.
function reachedAt(steps, position) {
  const reached = { activations: new Set(), above: new Map() };
  for (const { layer, name } of steps.slice(0, position + 1)) {
    const above = {
      z: "z",
      gradient_wrt_output: "a",
      gradient_wrt_downstream_activations: "a",
      gradient_wrt_z: "dz",
    };
    if (above[name]) {
      reached.above.set(layer, above[name]);
    }
    if (name === "downstream_activations") {
      reached.activations.add(layer);
    } else if (name === "gradient_wrt_upstream_activations") {
      reached.above.set(layer - 1, "a");
    }
  }
  return reached;
}

// What the lines and numbers mean, in words.
export function legendOf(example) {
  const numbers =
    example === null
      ? "Numbers of neurons: the mean over the examples; of gradients the sum."
      : `Numbers of neurons: example ${example + 1}.`;
  return part(
    "p",
    { class: "legend quiet" },
    part("span", { class: "sample positive" }),
    " positive weight ",
    part("span", { class: "sample negative" }),
    " negative weight; a wide line is a large weight. ",
    `∂a means ∂C/∂a, ∂z means ∂C/∂z; ∂ alone is the derivative of C with respect to this weight or bias. b is a bias, y the target. ✗ marks what disagrees with (46). ${numbers}`,
  );
}
