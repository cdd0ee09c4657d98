// Elements of the page and of its drawings, made with one call each. Text is never read as HTML.

const SVG = "http://www.w3.org/2000/svg";

export function html(name, attributes = {}, ...children) {
  return filledElement(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return filledElement(document.createElementNS(SVG, name), attributes, children);
}

function filledElement(element, attributes, children) {
  change(element, attributes);
  element.append(...children.filter((child) => child !== null));
  return element;
}

// Set attributes; null takes one away.
export function change(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) {
      element.removeAttribute(name);
    } else if (element.getAttribute(name) !== String(value)) {
      element.setAttribute(name, value);
    }
  }
  return element;
}

// Set the text of an element, if it is another than before (a screen reader reads what changes).
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function byId(id) {
  return document.getElementById(id);
}

// The options of a select: [value, text, disabled] each.
export function fillSelect(select, options, chosen) {
  select.replaceChildren(
    ...options.map(([value, text, disabled = false]) => optionOf(value, text, disabled)),
  );
  select.value = chosen;
}

export function optionOf(value, text, disabled = false) {
  const option = html("option", { value }, text);
  option.disabled = disabled;
  return option;
}
