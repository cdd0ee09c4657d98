// The selects, sliders and buttons: what they offer, and what happens when one is changed. `page`
// is the page of live.js.

import { ACTIVATIONS } from "./activations.js";
import { COSTS } from "./costs.js";
import { byId, fillSelect, html, optionOf } from "./elements.js";
import { possibleBugs } from "./experiment.js";
import { fillLayers } from "./panel_verdicts.js";
import { EPSILON } from "./slopes.js";
import { VERDICTS } from "./verdicts.js";
import { arrayName, entryName } from "./words.js";

export function fillControls(page) {
  fillSelect(
    byId("activation"),
    Object.keys(ACTIVATIONS).map((name) => [name, name]),
    page.state.activation,
  );
  fillSelect(
    byId("cost"),
    Object.keys(COSTS).map((name) => [name, name]),
    page.state.cost,
  );
  fillSelect(
    byId("seed"),
    page.data.seeds.map(({ seed }) => [seed, String(seed)]),
    page.state.seed,
  );
  const counts = Array.from({ length: page.data.examples }, (_, i) => [i + 1, String(i + 1)]);
  fillSelect(byId("examples"), counts, page.state.examples);
}

export function fillExamples(page) {
  const each = Array.from({ length: page.state.examples }, (_, i) => [i, `example ${i + 1}`]);
  fillSelect(byId("example"), [...each, ["all", "all examples"]], page.state.example ?? "all");
}

// An option for every weight and bias.
export function fillParameters(page) {
  page.options = page.now.parameters.map(({ values }, which) =>
    Array.from(values, (_, entry) => ({ option: optionOf(`${which},${entry}`, ""), verdict: "" })),
  );
  const groups = page.options.map((named, which) =>
    html("optgroup", { label: arrayName(which) }, ...named.map(({ option }) => option)),
  );
  byId("parameter").replaceChildren(...groups);
}

// Their names, with the verdicts that they have now.
export function nameParameters(page) {
  page.options.forEach((options, which) =>
    options.forEach((named, entry) => {
      const { verdict } = page.now.arrays[which][entry];
      if (named.verdict !== verdict) {
        named.verdict = verdict;
        const mark = verdict === "agree" ? "" : VERDICTS[verdict].mark;
        named.option.text = `${entryName(page.now.parameters, { which, entry })} ${mark}`.trim();
      }
    }),
  );
  const { which, entry } = page.state.selected;
  byId("parameter").value = `${which},${entry}`;
}

export function listenToControls(page) {
  const onChange = (id, react) =>
    byId(id).addEventListener("change", (event) => react(event.target.value));
  const startWith = (changes) => {
    Object.assign(page.state, changes);
    page.startNetwork();
  };
  onChange("activation", (activation) => startWith({ activation }));
  onChange("cost", (cost) => startWith({ cost }));
  onChange("examples", (examples) => startWith({ examples: Number(examples) }));
  onChange("seed", (seed) => startWith({ seed: Number(seed) }));
  onChange("bug", (bug) => startMistake(page, bug));
  onChange("layer", (layer) => page.choose({ layer: Number(layer) }));
  onChange("example", (example) =>
    page.choose({ example: example === "all" ? null : Number(example) }),
  );
  onChange("parameter", (value) => {
    const [which, entry] = value.split(",").map(Number);
    page.choose({ selected: { which, entry } });
  });
  byId("reset").addEventListener("click", () => startWith({}));
  byId("value").addEventListener("input", (event) => page.setValue(Number(event.target.value)));
  byId("epsilon").addEventListener("input", (event) =>
    page.choose({ power: Number(event.target.value) }),
  );
  byId("own-epsilon").addEventListener("click", () => {
    byId("epsilon").value = Math.log10(EPSILON);
    page.choose({ power: Math.log10(EPSILON) });
  });
  byId("zoom").addEventListener("change", (event) =>
    page.choose({ isZoomed: event.target.checked }),
  );
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
}

// Choose an entry that disagrees, if there is one and the chosen one agrees.
function chooseWrongEntry(page) {
  page.refresh();
  const isWrong = ({ verdict }) => verdict === "disagree";
  const { which, entry } = page.state.selected;
  const array = page.now.arrays.findIndex((judged) => judged.some(isWrong));
  if (array >= 0 && !isWrong(page.now.arrays[which][entry])) {
    page.choose({ selected: { which: array, entry: page.now.arrays[array].findIndex(isWrong) } });
  }
}

// Another mistake, in the last layer where it changes something; the weights stay as they are.
function startMistake(page, bug) {
  const layers = possibleBugs(page.subject).find(([name]) => name === bug)?.[1] ?? [];
  const layer = layers.at(-1) ?? null;
  fillLayers(byId("layer"), layers, layer);
  page.choose({ bug: layers.length ? bug : "", layer });
  chooseWrongEntry(page);
}
