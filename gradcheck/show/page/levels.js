// What a heat map shows of each entry, as one byte. gradcheck/verdicts/page/levels.py writes them.

import { superscript } from "./words.js";

const UNTESTED = 1;
const AGREE = 2;
const KINK = 122;
const UNDECIDED = 123;
const DISAGREE = 124;
const STEPS = 120;
const IN_DECADE = 10;
const FROM_POWER = -4;
// Error bars that are allowed, and where they lie among the steps.
export const ALLOWED_BARS = 2;
const ALLOWED = Math.round(IN_DECADE * (Math.log10(ALLOWED_BARS) - FROM_POWER));

// The colours of the picture, the same by day and by night: what agrees is light, what disagrees is
// dark, so that nobody needs to see the hue. [from, to] in red, green and blue.
const AGREES = [
  [250, 253, 255],
  [158, 202, 225],
];
const DISAGREES = [
  [213, 94, 0],
  [45, 10, 0],
];
const SINGLE = new Map([
  [0, [178, 184, 190]],
  [UNTESTED, [222, 226, 229]],
  [KINK, [143, 214, 189]],
  [UNDECIDED, [240, 228, 140]],
]);

export function levelsOf({ levels }) {
  return Uint8Array.from(window.atob(levels), (letter) => letter.charCodeAt(0));
}

// [red, green, blue] of a level.
export function colourOf(level) {
  if (SINGLE.has(level)) {
    return SINGLE.get(level);
  }
  const isWrong = level >= DISAGREE;
  const step = level - (isWrong ? DISAGREE : AGREE);
  const part = isWrong ? (step - ALLOWED) / (STEPS - 1 - ALLOWED) : step / ALLOWED;
  const [from, to] = isWrong ? DISAGREES : AGREES;
  return from.map((start, i) =>
    Math.round(start + Math.min(1, Math.max(0, part)) * (to[i] - start)),
  );
}

// The sign drawn on a cell that is large enough; none if it agrees.
export function markOf(level) {
  if (level >= DISAGREE) {
    return "×";
  }
  return { [UNTESTED]: "·", [KINK]: "/", [UNDECIDED]: "?" }[level] ?? "";
}

export function levelText(level) {
  if (level >= DISAGREE) {
    return `disagrees, ${barsText(level - DISAGREE)}`;
  }
  if (level === KINK || level === UNDECIDED) {
    return level === KINK ? "kink" : "undecided";
  }
  if (level >= AGREE) {
    return `agrees, ${barsText(level - AGREE)}`;
  }
  return level === UNTESTED ? "untested" : "not checked";
}

function barsText(step) {
  const power = step / IN_DECADE + FROM_POWER;
  if (step === 0 || step === STEPS - 1) {
    return step ? "10⁸ error bars or more" : "less than 0.0001 error bars";
  }
  if (power > 4) {
    const whole = Math.floor(power);
    return `about ${(10 ** (power - whole)).toPrecision(1)}·10${superscript(whole)} error bars`;
  }
  return `about ${Number((10 ** power).toPrecision(2))} error bars`;
}

// What the picture of these levels needs in its legend: [name, sign, colour or colours] each.
export function legendOf(levels) {
  const present = new Set(levels);
  const some = (from, to) => [...present].some((level) => level >= from && level <= to);
  const all = [
    [some(AGREE, KINK - 1), "agrees", "", AGREES],
    [some(DISAGREE, 255), "disagrees: the darker, the more error bars", "×", DISAGREES],
    [present.has(KINK), "kink", "/", [SINGLE.get(KINK)]],
    [present.has(UNDECIDED), "undecided", "?", [SINGLE.get(UNDECIDED)]],
    [present.has(UNTESTED), "untested", "·", [SINGLE.get(UNTESTED)]],
    [present.has(0), "not checked", "", [SINGLE.get(0)]],
  ];
  return all.filter(([isThere]) => isThere).map(([, ...entry]) => entry);
}
