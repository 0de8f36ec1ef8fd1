// Moving between the words of the translation.

function roveTo(span) {
  for (const old of translation.querySelectorAll("[tabindex='0']")) old.tabIndex = -1;
  if (span) span.tabIndex = 0;
}

translation.addEventListener("focusin", (event) => {
  const word = wordOf.get(event.target);
  if (!word) return;
  roveTo(word.span);
  linkFromTranslation(word);
  const sources = (word.sources ?? []).map((place) => word.sentence.source.slice(...place));
  element("word-note").textContent = sources.length ? `Translates “${sources.join(" ")}”.` : "";
  const notes = word.confidence < unsureBelow ? "word-note unsure-note" : "word-note";
  word.span.setAttribute("aria-describedby", notes);
});

translation.addEventListener("focusout", (event) => {
  const word = wordOf.get(event.target);
  if (!word || menu.owner === word) return;
  clearLinks();
  if (word.confidence < unsureBelow) word.span.setAttribute("aria-describedby", "unsure-note");
  else word.span.removeAttribute("aria-describedby");
});

translation.addEventListener("keydown", (event) => {
  const word = wordOf.get(event.target);
  if (!word) return;
  const words = [...translation.querySelectorAll(".word[role]")];
  const isRightToLeft = getComputedStyle(translation).direction === "rtl";
  const step = { ArrowRight: isRightToLeft ? -1 : 1, ArrowLeft: isRightToLeft ? 1 : -1 }[event.key];
  let next = null;
  if (step) next = words[words.indexOf(word.span) + step];
  else if (event.key === "Home") next = words[0];
  else if (event.key === "End") next = words.at(-1);
  else if (event.key === "Enter" || event.key === " " || event.key === "ArrowDown") openMenu(word);
  else return;
  event.preventDefault();
  next?.focus();
});

translation.addEventListener("click", (event) => {
  const word = wordOf.get(event.target);
  // Whoever marks text to copy it wants no menu.
  if (word && shown.alternatives && getSelection().isCollapsed) openMenu(word);
});
