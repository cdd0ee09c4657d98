// A table whose rows are sorted by a column when its heading is clicked. Each cell has what it is
// sorted by in data-key.

import { html } from "./elements.js";

export function makeTablesSortable() {
  document.querySelectorAll("table.sortable").forEach(makeSortable);
}

function makeSortable(table) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = html("button", { type: "button", class: "sort" }, heading.textContent);
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const isUp = heading.getAttribute("aria-sort") !== "ascending";
      headings.forEach((each) => each.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", isUp ? "ascending" : "descending");
      sortBy(table.tBodies[0], column, isUp);
    });
  });
}

function sortBy(body, column, isUp) {
  const keyOf = (row) => row.cells[column].dataset.key;
  const rows = [...body.rows].sort((one, other) => compared(keyOf(one), keyOf(other)));
  body.append(...(isUp ? rows : rows.reverse()));
}

// Numbers by their size, with what is not a number last; words by the alphabet.
function compared(one, other) {
  const [x, y] = [numberOf(one), numberOf(other)];
  if (x === null && y === null) {
    return one.localeCompare(other);
  }
  if (x === null || y === null) {
    return x === null ? 1 : -1;
  }
  return x - y;
}

// Python writes infinity as inf. A cell without text has no number.
function numberOf(key) {
  const number = Number(key.replace("inf", "Infinity"));
  return key === "" || Number.isNaN(number) ? null : number;
}
