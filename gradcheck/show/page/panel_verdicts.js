// The panel of mistakes: what is planted, and the verdicts that follow. And the panel of costs.

import { BUGS } from "./bugs.js";
import { byId, change, fillSelect, html, optionOf, say } from "./elements.js";
import { part, scrolling, show, tableOf } from "./shown.js";
import { parameterCount } from "./network.js";
import { linesOf } from "./panel_walk.js";
import { countsOf, VERDICTS } from "./verdicts.js";
import { bookMultiplyAdds, multiplyAdds } from "./walk.js";
import { arrayName, capitalised, countText, entriesText } from "./words.js";

// The mistakes that can be chosen, by the step that they spoil; `possible` are [name, layers].
export function fillBugs(select, possible, chosen) {
  const groups = new Map();
  for (const [name] of possible) {
    const { step } = BUGS[name];
    groups.set(step, [...(groups.get(step) ?? []), optionOf(name, name)]);
  }
  const lists = [...groups].map(([step, options]) => html("optgroup", { label: step }, ...options));
  select.replaceChildren(optionOf("", "none"), ...lists);
  select.value = chosen;
}

export function fillLayers(select, layers, chosen) {
  fillSelect(
    select,
    layers.length ? layers.map((layer) => [layer, String(layer)]) : [["", "–"]],
    chosen ?? "",
  );
  select.disabled = layers.length < 2;
}

// What the mistake is, in words and in code. `words` are the sentences of the zoo.
export function showMistake(now, state, words) {
  if (!state.bug) {
    const sentence =
      "Backprop is right now. Plant a mistake, and look at which entries turn wrong.";
    show(byId("mistake"), part("p", {}, sentence));
    return;
  }
  show(byId("mistake"), part("p", {}, words[state.bug]), linesOf(now, state));
}

// The verdict in a sentence, and a table of counts.
export function showVerdicts(now) {
  const [first] = now.wrongSteps;
  const all = countsOf(now.arrays.flat());
  const total = parameterCount(now.network);
  const sentences = {
    agree: `✓ AGREE: ${all.agree} of ${entriesText(total)} agree with equation (46), and none disagrees.`,
    disagree: `✗ DISAGREE: ${all.disagree} of ${entriesText(total)} contradict equation (46).`,
    undecided: "? UNDECIDED: no entry disagrees, but not every array could be decided.",
  };
  const where = first ? ` First wrong step: ${first.name} in layer ${first.layer}.` : "";
  say(byId("verdict"), sentences[now.verdict] + where);
  change(byId("verdict"), { class: `verdict ${now.verdict}` });
  const used = Object.keys(VERDICTS).filter(
    (verdict) => all[verdict] > 0 || ["agree", "disagree"].includes(verdict),
  );
  const headings = ["array", ...used.map((verdict) => `${VERDICTS[verdict].mark} ${verdict}`)];
  const rows = now.arrays.map((judged, which) => {
    const counts = countsOf(judged);
    return [arrayName(which), ...used.map((verdict) => countText(counts[verdict]))];
  });
  const meanings = used.map((verdict) => `${verdict}: ${VERDICTS[verdict].says}`);
  show(
    byId("verdicts"),
    scrolling("Verdicts", tableOf("How many entries have each verdict", headings, rows)),
    part(
      "p",
      { class: "quiet" },
      `An entry is one weight or bias. ${capitalised(meanings.join("; "))}.`,
    ),
  );
}

// Multiply-adds so far, of backprop in all, and of (46).
export function showWork(now, state) {
  const examples = now.batch.inputs.columns;
  const each = now.steps.map((step) => multiplyAdds(now.network, step, examples));
  const soFar = each.slice(0, state.position + 1).reduce((sum, x) => sum + x, 0);
  const backprop = each.reduce((sum, x) => sum + x, 0);
  const { passes, forward } = bookMultiplyAdds(now.network, examples);
  const book = passes * forward;
  const done = Math.min(passes - 1, Math.max(0, Math.floor(soFar / forward) - 1));
  show(
    byId("work"),
    bar("backprop, so far", soFar, book),
    bar("backprop, all steps", backprop, book),
    bar("(46), all parameters", book, book),
    part(
      "p",
      {},
      `Backprop takes the work of ${(backprop / forward).toFixed(2)} forward passes for all derivatives. Equation (46) takes ${countText(passes)} forward passes: one for C(w), and one for each weight and bias. That is ${countText(Math.round(book / backprop))} times as much.`,
    ),
    part(
      "p",
      {},
      `With the same work as backprop so far, (46) has ${done === 0 ? "no derivative yet" : `${done} of ${passes - 1} derivatives`}.`,
    ),
    part(
      "p",
      { class: "quiet" },
      `Counted in multiply-adds of the matrix products, for ${examples === 1 ? "1 example" : `${examples} examples`}.`,
    ),
  );
}

function bar(name, amount, largest) {
  const width = `width: ${Math.max(0.4, (100 * amount) / largest)}%`;
  return part(
    "div",
    { class: "work" },
    part("span", {}, name),
    part("span", { class: "amount" }, `${countText(amount)} multiply-adds`),
    part("div", { class: "bar" }, part("div", amount > 0 ? { style: width } : { hidden: "" })),
  );
}
