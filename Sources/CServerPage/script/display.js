// How a translation is shown.

function show({ sentences, ...answer }) {
  const hadFocus = translation.contains(document.activeElement);
  shown = { ...answer, sentences: sentences.map(asChosen) };
  draw();
  if (hadFocus) translation.querySelector(".word")?.focus();
  describe();
  announceTranslation();
}

function draw() {
  closeMenu();
  const language = target.selectedOptions[0]?.dataset.language ?? "";
  translation.lang = language;
  translation.replaceChildren();
  mirror.replaceChildren();
  let start = 0;
  for (const sentence of shown.sentences) {
    sentence.start = start;
    start += sentence.source.length + sentence.space.length;
    drawSource(sentence);
    drawTranslation(sentence);
  }
  endMirror();
  roveTo(translation.querySelector(".word[role]"));
}

function drawSource(sentence) {
  const places = new Map();
  for (const word of sentence.words) for (const place of word.sources ?? []) places.set(place[0], place);
  sentence.sourceWords = [];
  let end = 0;
  for (const place of [...places.values()].sort((left, right) => left[0] - right[0])) {
    if (place[0] < end) continue;
    const span = document.createElement("span");
    span.textContent = sentence.source.slice(...place);
    mirror.append(sentence.source.slice(end, place[0]), span);
    sentence.sourceWords.push({ place, span });
    end = place[1];
  }
  mirror.append(sentence.source.slice(end) + sentence.space);
}

function drawTranslation(sentence) {
  let end = 0;
  for (const word of sentence.words) {
    const span = document.createElement("span");
    span.className = "word";
    span.textContent = sentence.translation.slice(...word.place);
    Object.assign(word, { span, sentence });
    wordOf.set(span, word);
    if (shown.alternatives) {
      span.setAttribute("role", "button");
      span.setAttribute("aria-haspopup", "menu");
      span.tabIndex = -1;
    }
    if (word.confidence < unsureBelow) {
      span.classList.add("unsure");
      span.setAttribute("aria-describedby", "unsure-note");
    }
    translation.append(sentence.translation.slice(end, word.place[0]), span);
    end = word.place[1];
  }
  translation.append(sentence.translation.slice(end) + sentence.space);
}

const wordOf = new WeakMap();

function translatedText() {
  return (shown?.sentences ?? []).map((sentence) => sentence.translation + sentence.space).join("");
}

// What is said about the translation besides its text.
function describe() {
  const code = shown?.detected?.language;
  // Fonts and dictionaries depend on it; the words behind the text field must have the same font.
  const known = [...source.options].find((option) => option.value === (code ?? source.value));
  text.lang = mirror.lang = known?.dataset.language ?? "";
  element("detected").textContent = code ? `Detected: ${shown.detectedName}` : "";
  const isSame = code === target.value;
  const hint = element("hint");
  if (isSame) hint.textContent = `The text is in ${shown.detectedName} already`;
  else hint.textContent = shown?.alternatives ? "Select a word to see others" : "";
  element("copy").hidden = !shown;
  element("clear").hidden = !text.value;
  describeLength();
  updateSwap();
  describeGlossary();
}

function describeLength() {
  const count = element("count");
  const length = [...text.value].length;
  if (characterLimit < Infinity) count.textContent = `${length} / ${characterLimit}`;
  else count.textContent = length ? counted(length, "character") : "";
  count.classList.toggle("over", length > characterLimit);
  text.setAttribute("aria-invalid", String(length > characterLimit));
}

const counted = (number, name) => `${number} ${name}${number === 1 ? "" : "s"}`;

let announcing = 0;

// Reads the translation aloud when nothing has changed for a while.
function announceTranslation() {
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    const words = translatedText().trim();
    if (words.length <= 600) announce(words, translation.lang);
    else announce("The text is translated.");
  }, 1000);
}

function announce(message, language = "en") {
  clearTimeout(announcing);
  element("announcement").lang = language;
  element("announcement").textContent = message;
}

// Lets the text behind the text field be as high as the text.
function mirrorText() {
  mirror.textContent = text.value;
  endMirror();
}

// A line end at the end of a text counts as a line only with something behind it.
function endMirror() {
  if (/(^|\n)$/.test(mirror.textContent)) mirror.append("\u200b");
}
