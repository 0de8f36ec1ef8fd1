"use strict";

// The script of reports: sorts tables, shows one panel at a time, filters lists, draws attention.
// The page says everything without it.

// An element with properties, attributes and children.
const make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  Object.assign(element, properties);
  element.append(...children);
  return element;
};

const everyElement = (selector, inside = document) => [...inside.querySelectorAll(selector)];

// A labelled list of choices; `change` gets the number of the choice.
const makeSelect = (label, names, change) => {
  const select = make("select", {}, ...names.map((name, index) => make("option", { value: index, textContent: name })));
  select.addEventListener("change", () => change(Number(select.value)));
  return { select, labelled: make("label", {}, label, select) };
};

// Tables: a button in each column's header sorts by it.

const sortKey = (row, column) => {
  const cell = row.cells[column];
  const number = cell.dataset.key;
  return number === undefined ? cell.textContent.trim() : Number(number);
};

const compareKeys = (a, b) => {
  if (typeof a === typeof b) return typeof a === "number" ? a - b : a.localeCompare(b, undefined, { numeric: true });
  // Cells without a number stand behind those with one.
  return typeof a === "number" ? -1 : 1;
};

const sortTable = (table, header) => {
  const ascending = header.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.setAttribute("aria-sort", "none");
  header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const [body] = table.tBodies;
  const rows = [...body.rows].map((row) => ({ row, key: sortKey(row, header.cellIndex) }));
  rows.sort((a, b) => (ascending ? compareKeys(a.key, b.key) : compareKeys(b.key, a.key)));
  body.append(...rows.map(({ row }) => row));
};

for (const table of everyElement("table.sortable")) {
  for (const header of table.tHead.rows[0].cells) {
    const button = make("button", { type: "button" }, ...header.childNodes);
    button.addEventListener("click", () => sortTable(table, header));
    header.append(button);
    header.setAttribute("aria-sort", "none");
  }
}
