// Words of both sides that belong together.

function clearLinks() {
  for (const linked of document.querySelectorAll(".linked")) linked.classList.remove("linked");
}

function linkWords(words, sources) {
  clearLinks();
  for (const word of words) word.span.classList.add("linked");
  for (const source of sources) source.span.classList.add("linked");
}

function linkFromTranslation(word) {
  const starts = new Set((word.sources ?? []).map((place) => place[0]));
  const isShared = (other) => (other.sources ?? []).some((place) => starts.has(place[0]));
  linkWords(
    word.sentence.words.filter((other) => other === word || isShared(other)),
    word.sentence.sourceWords.filter((source) => starts.has(source.place[0])),
  );
}

function linkFromSource(sentence, source) {
  const isLinked = (word) => (word.sources ?? []).some((place) => place[0] === source.place[0]);
  linkWords(sentence.words.filter(isLinked), [source]);
}

// The word of the source for which a test is true, if what is shown is the translation of what was typed.
function findSource(test) {
  if (!shown || shown.text !== text.value) return null;
  for (const sentence of shown.sentences) {
    for (const source of sentence.sourceWords) if (test(sentence, source)) return [sentence, source];
  }
  return null;
}

function linkSourceWhere(test) {
  const found = findSource(test);
  if (found) linkFromSource(...found);
  else clearLinks();
}

function linkAtCaret() {
  const caret = text.selectionStart;
  linkSourceWhere(({ start }, { place }) => start + place[0] <= caret && caret <= start + place[1]);
}

translation.addEventListener("mouseover", (event) => {
  const word = wordOf.get(event.target);
  if (word) linkFromTranslation(word);
  else clearLinks();
});
translation.addEventListener("mouseleave", clearLinks);

text.addEventListener("mousemove", (event) => {
  // The words are behind the text field.
  const found = document.elementsFromPoint(event.clientX, event.clientY);
  const under = found.find((element) => element.parentNode === mirror);
  linkSourceWhere((_, { span }) => span === under);
});
text.addEventListener("mouseleave", clearLinks);
text.addEventListener("blur", clearLinks);
text.addEventListener("click", linkAtCaret);
text.addEventListener("keyup", (event) => {
  if (/^(Arrow|Home|End|Page)/.test(event.key)) linkAtCaret();
});
