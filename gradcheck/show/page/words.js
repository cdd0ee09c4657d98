// Numbers and names as a person reads them.

const COUNTS = new Intl.NumberFormat("en-US");
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

// 12 becomes ¹².
export function superscript(number) {
  const sign = number < 0 ? "⁻" : "";
  return sign + [...String(Math.abs(number))].map((digit) => SUPERSCRIPTS[digit]).join("");
}

// A number with so many digits that count, such as −0.0123 or 4.77·10⁻⁷.
export function numberText(value, digits = 3) {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? "not a number" : `${value < 0 ? "−" : ""}∞`;
  }
  if (value === 0) {
    return "0";
  }
  const exponent = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
  if (exponent < -4 || exponent > 5) {
    const [mantissa, power] = value.toExponential(digits - 1).split("e");
    return `${withMinus(mantissa)}·10${superscript(Number(power))}`;
  }
  return withMinus(value.toFixed(Math.max(0, digits - 1 - exponent)));
}

// A number for the drawing: two decimals while that says something.
export function shortText(value) {
  const size = Math.abs(value);
  return size >= 0.01 && size < 100 ? withMinus(value.toFixed(2)) : numberText(value, 2);
}

function withMinus(text) {
  return text.replace("-", "−");
}

export function countText(count) {
  return COUNTS.format(count);
}

export function entriesText(count) {
  return count === 1 ? "1 entry" : `${countText(count)} entries`;
}

// (rows, columns).
export function shapeText(matrix) {
  return `(${matrix.rows}, ${matrix.columns})`;
}

// The arrays in the order of the parameters: layer 1 weights, layer 1 biases, layer 2 weights, ...
export function arrayName(which) {
  return `layer ${Math.floor(which / 2) + 1} ${which % 2 ? "biases" : "weights"}`;
}

// One entry of them, with the index that it has in Python.
export function entryName(parameters, { which, entry }) {
  const { columns } = parameters[which];
  return `${arrayName(which)} [${Math.floor(entry / columns)}, ${entry % columns}]`;
}

export function capitalised(text) {
  return text[0].toUpperCase() + text.slice(1);
}
