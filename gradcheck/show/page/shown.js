// What is shown again and again, while a weight is dragged: parts are described, and show() changes
// only what differs from what is there. Elements stay, and with them the focus and the scrolling.

import { html, svg } from "./elements.js";

// A part of the page, and a shape of a drawing. Children are parts, texts, or null for nothing.
export function part(name, attributes = {}, ...children) {
  return { make: html, name, attributes, children: children.filter(isSomething) };
}

export function shape(name, attributes = {}, ...children) {
  return { make: svg, name, attributes, children: children.filter(isSomething) };
}

function isSomething(child) {
  return child !== null && child !== "";
}

// What each element was described as when it was last shown.
const descriptions = new WeakMap();

// Let an element have these children.
export function show(element, ...wanted) {
  const parts = wanted.filter(isSomething);
  const there = [...element.childNodes];
  parts.forEach((each, i) => {
    if (i >= there.length) {
      element.append(made(each));
    } else if (isAlike(there[i], each)) {
      renew(there[i], each);
    } else {
      there[i].replaceWith(made(each));
    }
  });
  there.slice(parts.length).forEach((node) => node.remove());
}

// Whether a node can become what is wanted by changing it.
function isAlike(node, wanted) {
  const { make, name } = descriptions.get(node) ?? {};
  return typeof wanted === "string"
    ? node instanceof window.Text
    : make === wanted.make && name === wanted.name;
}

function renew(node, wanted) {
  if (typeof wanted === "string") {
    if (node.data !== wanted) {
      node.data = wanted;
    }
    return;
  }
  const before = descriptions.get(node).attributes;
  for (const name of Object.keys(before)) {
    if (!(name in wanted.attributes)) {
      node.removeAttribute(name);
    }
  }
  for (const [name, value] of Object.entries(wanted.attributes)) {
    if (before[name] !== value) {
      node.setAttribute(name, value);
    }
  }
  descriptions.set(node, wanted);
  show(node, ...wanted.children);
}

function made(wanted) {
  if (typeof wanted === "string") {
    return document.createTextNode(wanted);
  }
  const element = wanted.make(wanted.name, wanted.attributes);
  element.append(...wanted.children.map(made));
  descriptions.set(element, wanted);
  return element;
}

// A table with a caption, headings, and rows of cells; the first cell of a row is its heading.
export function tableOf(caption, headings, rows) {
  const head = headings.map((text) => part("th", { scope: "col" }, text));
  const body = rows.map(([first, ...cells]) =>
    part(
      "tr",
      {},
      part("th", { scope: "row" }, first),
      ...cells.map((cell) => part("td", {}, cell)),
    ),
  );
  return part(
    "table",
    {},
    part("caption", {}, caption),
    part("thead", {}, part("tr", {}, ...head)),
    part("tbody", {}, ...body),
  );
}

// What is too wide scrolls by itself; with the keyboard too.
export function scrolling(label, ...children) {
  return part(
    "div",
    { class: "wide", tabindex: "0", role: "region", "aria-label": label },
    ...children,
  );
}
