// The choice of languages.

// Offers only what the source can be translated to, and chooses something else if need be.
function updateTargets() {
  const allowed = source.selectedOptions[0]?.dataset.targets?.split(" ");
  for (const option of target.options) {
    option.hidden = option.disabled = allowed ? !allowed.includes(option.value) : false;
  }
  if (target.selectedOptions[0]?.disabled ?? true) {
    const first = [...target.options].find((option) => !option.disabled);
    if (first) target.value = first.value;
  }
}

function swapped() {
  const from = source.value === "auto" ? shown?.detected?.language : source.value;
  const options = [...source.options];
  const to = options.find((option) => option.value === target.value);
  return from && to?.dataset.targets?.split(" ").includes(from) ? { source: to.value, target: from } : null;
}

function updateSwap() {
  element("swap").disabled = !swapped();
}

function languagesChanged() {
  updateTargets();
  updateSwap();
  forgetTranslations();
  history.replaceState(null, "", `?${new URLSearchParams(languages())}`);
  if (text.value.trim()) schedule(0);
}

source.addEventListener("change", languagesChanged);
target.addEventListener("change", languagesChanged);

element("swap").addEventListener("click", () => {
  const next = swapped();
  if (!next) return;
  const isCurrent = shown?.text === text.value;
  if (isCurrent) text.value = translatedText();
  source.value = next.source;
  updateTargets();
  target.value = next.target;
  textChanged(0);
  languagesChanged();
});
