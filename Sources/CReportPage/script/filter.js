
// Lists: a field to search in, and an order.

for (const group of everyElement(".filtered")) {
  const list = group.querySelector("ol");
  const entries = [...list.children].map((item) => ({
    item, keys: (item.dataset.keys ?? "").split(" "), text: null,
  }));
  const status = make("p", { className: "status" });
  status.setAttribute("role", "status");
  const field = make("input", { type: "search", autocomplete: "off", spellcheck: false });
  const name = group.dataset.label.toLowerCase();

  const filter = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const entry of entries) {
      entry.text ??= entry.item.textContent.toLowerCase();
      const matches = words.every((word) => entry.text.includes(word));
      if (entry.item.hidden === matches) entry.item.hidden = !matches;
      count += matches;
    }
    status.textContent = words.length ? `${count} of ${entries.length} ${name}` : `${entries.length} ${name}`;
  };
  const number = (key) => (key ? Number(key) : Infinity);
  const sort = (order) => {
    const sorted = [...entries];
    if (order > 0) sorted.sort((a, b) => number(a.keys[order - 1]) - number(b.keys[order - 1]));
    list.append(...sorted.map((entry) => entry.item));
  };

  // Filtering thousands of entries for each key would lag behind the typing.
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 150);
  });
  const choices = make("div", { className: "choices" }, make("label", {}, `Search ${name}`, field));
  const orders = group.dataset.orders.split("\n").filter(Boolean);
  if (orders.length) choices.append(makeSelect("Order", ["As in the file", ...orders], sort).labelled);
  group.prepend(choices, status);
  status.textContent = `${entries.length} ${name}`;
}
