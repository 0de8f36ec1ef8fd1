
// Panels: a list instead of things to open, and one panel at a time.

for (const group of everyElement(".panels")) {
  const panels = [...group.children];
  const show = (chosen) => panels.forEach((panel, index) => {
    panel.hidden = index !== chosen;
    panel.open = true;
    panel.classList.add("chosen");
  });
  const names = panels.map((panel) => panel.querySelector("summary").textContent);
  const { select, labelled } = makeSelect(group.dataset.label, names, show);
  const step = (name, by) => {
    const button = make("button", { type: "button", textContent: name });
    button.addEventListener("click", () => {
      select.value = (Number(select.value) + by + panels.length) % panels.length;
      show(Number(select.value));
    });
    return button;
  };
  if (panels.length > 1) {
    const steps = make("div", { className: "steps" }, step("Previous", -1), step("Next", 1));
    group.prepend(make("div", { className: "choices" }, labelled, steps));
  }
  show(0);
}
