"use strict";

// The page's script: translates while the user types, shows which words belong together, and offers other words.

const element = (id) => document.getElementById(id);
const [form, text, mirror, translation] = ["form", "text", "mirror", "translation"].map(element);
const [source, target] = ["source", "target"].map(element);
const settings = document.body.dataset;
const characterLimit = Number(settings.limit) > 0 ? Number(settings.limit) : Infinity;

// How long the user must pause before the text is sent, in milliseconds.
const typingPause = 250;
// The confidence below which a word is shown as unsure.
const unsureBelow = 0.5;

// What was translated last: { text, sentences, detected, alternatives }; null if nothing was.
let shown = null;
// Sentences in which the user chose another word, by their source.
const chosen = new Map();

// MARK: Requests

class RequestFailure extends Error {
  // `retryAfter`: seconds after which a request may succeed; undefined if the same request would fail again.
  constructor(message, retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }
}

async function post(path, body, signal) {
  if (element("key").value) body.api_key = element("key").value;
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new RequestFailure("The server cannot be reached. Your text is still here.", 0);
  }
  const answer = await response.json().catch((error) => {
    if (error.name === "AbortError") throw error;
    return {};
  });
  if (response.ok) return answer;
  throw failure(response.status, response.headers.get("Retry-After"), answer.error);
}

function failure(status, retryAfter, message) {
  if (status === 429) {
    return new RequestFailure("The server is busy.", Math.max(1, Number(retryAfter) || 1));
  }
  if (status >= 500) return new RequestFailure(message || `The server failed (status ${status}).`, 0);
  return new RequestFailure(message || `The server refused the request (status ${status}).`);
}

// MARK: Translating

let controller = null;
let timer = 0;
// Failures in a row, which make the pauses between attempts longer.
let attempts = 0;

function schedule(delay = typingPause) {
  clearTimeout(timer);
  // The server stops working on what nobody waits for.
  controller?.abort();
  timer = setTimeout(translate, delay);
}

async function translate() {
  clearTimeout(timer);
  controller?.abort();
  const wanted = text.value;
  if (!wanted.trim()) return showNothing();
  const count = [...wanted].length;
  if (count > characterLimit) {
    return say(`The text is too long: ${count} characters of at most ${characterLimit}.`);
  }
  const current = (controller = new AbortController());
  const slow = setTimeout(() => setWaiting(true), 400);
  try {
    const answer = await post("page/translate", { ...languages(), text: wanted, glossary: glossary.terms }, current.signal);
    attempts = 0;
    say("");
    show({ ...answer, text: wanted });
  } catch (error) {
    if (current.signal.aborted) return;
    if (!(error instanceof RequestFailure)) throw error;
    wait(error);
  } finally {
    clearTimeout(slow);
    if (controller === current) {
      controller = null;
      setWaiting(false);
    }
  }
}

const languages = () => ({ source: source.value, target: target.value });

// Tells of a failure, and tries again by itself if that may help.
function wait(error) {
  if (error.retryAfter === undefined) return say(error.message);
  attempts += 1;
  const seconds = error.retryAfter || Math.min(60, 2 ** attempts);
  say(`${error.message} Trying again in ${seconds} s.`, true);
  timer = setTimeout(translate, seconds * 1000);
}

function say(message, canRetry = false) {
  // Writing the same text again would have it read aloud again.
  if (element("status").textContent !== message) element("status").textContent = message;
  element("retry").hidden = !canRetry;
}

function setWaiting(isWaiting) {
  translation.classList.toggle("waiting", isWaiting);
  translation.setAttribute("aria-busy", String(isWaiting));
}

function showNothing() {
  shown = null;
  say("");
  setWaiting(false);
  translation.replaceChildren();
  mirrorText();
  describe();
}

// MARK: Showing a translation

function show(answer) {
  const hadFocus = translation.contains(document.activeElement);
  shown = { ...answer, sentences: answer.sentences.map(asChosen) };
  draw();
  if (hadFocus) translation.querySelector(".word")?.focus();
  describe();
  announce();
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
  // A line end at the end of a text needs something behind it to count as a line.
  mirror.append("\u200b");
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

const translatedText = () => shown?.sentences.map((sentence) => sentence.translation + sentence.space).join("") ?? "";

// What is said about the translation besides its text.
function describe() {
  const code = shown?.detected?.language;
  element("detected").textContent = code ? `Detected: ${shown.detectedName}` : "";
  const isSame = code === target.value;
  const hint = element("hint");
  if (isSame) hint.textContent = `The text is in ${shown.detectedName} already`;
  else hint.textContent = shown?.alternatives ? "Select a word to see others" : "";
  element("copy").hidden = !shown;
  element("clear").hidden = !text.value;
  const count = element("count");
  const length = [...text.value].length;
  count.textContent =
    characterLimit < Infinity ? `${length} / ${characterLimit}` : length ? `${length} ${length === 1 ? "character" : "characters"}` : "";
  count.classList.toggle("over", length > characterLimit);
  text.setAttribute("aria-invalid", String(length > characterLimit));
  updateSwap();
  describeGlossary();
}

let announcing = 0;

// Reads the translation aloud when nothing has changed for a while.
function announce() {
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    const words = translatedText().trim();
    element("announcement").lang = words.length <= 600 ? translation.lang : "en";
    element("announcement").textContent = words.length <= 600 ? words : "The text is translated.";
  }, 1000);
}

// Lets the text behind the text field be as high as the text.
function mirrorText() {
  mirror.textContent = text.value + "\u200b";
}

// MARK: Words that belong together

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
  const under = document.elementsFromPoint(event.clientX, event.clientY).find((found) => found.parentNode === mirror);
  linkSourceWhere((_, { span }) => span === under);
});
text.addEventListener("mouseleave", clearLinks);
text.addEventListener("blur", clearLinks);
text.addEventListener("click", linkAtCaret);
text.addEventListener("keyup", (event) => {
  if (/^(Arrow|Home|End|Page)/.test(event.key)) linkAtCaret();
});

// MARK: Moving between words

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
  word.span.setAttribute("aria-describedby", word.confidence < unsureBelow ? "word-note unsure-note" : "word-note");
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

// MARK: Other words

const menu = element("menu");
let menuController = null;

async function openMenu(word) {
  closeMenu();
  const { sentence, span } = word;
  menu.owner = word;
  menu.setAttribute("aria-label", `Other words for “${span.textContent}”`);
  span.setAttribute("aria-expanded", "true");
  linkFromTranslation(word);
  showMenu([menuItem("Looking for other words …")]);
  const current = (menuController = new AbortController());
  try {
    const before = sentence.translation.slice(0, word.place[0]);
    const { alternatives } = await post("page/alternatives", {
      source: shown.detected?.language ?? source.value, target: target.value, sentence: sentence.source, before,
      glossary: glossary.terms,
    }, current.signal);
    if (menu.owner !== word) return;
    showMenu(alternatives?.length ? alternatives.map((found) => alternativeItem(word, found)) : [menuItem("There are no other words here.")]);
  } catch (error) {
    if (current.signal.aborted) return;
    if (!(error instanceof RequestFailure)) throw error;
    showMenu([menuItem(error.message)]);
  }
}

function showMenu(items) {
  menu.replaceChildren(...items);
  menu.hidden = false;
  placeMenu();
  (menu.querySelector("[aria-checked='true']") ?? menu.firstElementChild).focus({ preventScroll: true });
  menu.firstElementChild.scrollIntoView({ block: "nearest" });
  menu.lastElementChild.scrollIntoView({ block: "nearest" });
}

// Below the word, and within the width of the window.
function placeMenu() {
  const word = menu.owner.span.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const left = Math.max(12, Math.min(word.left - 18, width - menu.offsetWidth - 12));
  menu.style.left = `${left + scrollX}px`;
  menu.style.top = `${word.bottom + 6 + scrollY}px`;
}

function menuItem(message) {
  const item = document.createElement("div");
  item.setAttribute("role", "menuitem");
  item.setAttribute("aria-disabled", "true");
  item.tabIndex = -1;
  item.textContent = message;
  return item;
}

function alternativeItem(word, found) {
  const item = document.createElement("div");
  item.setAttribute("role", "menuitemradio");
  item.setAttribute("aria-checked", String(found.word === word.span.textContent));
  item.tabIndex = -1;
  const parts = [["choice-word", found.word || "(end of the sentence)"], ["share", percent(found.probability)]];
  const place = wordAt(word, found.sentence)?.place;
  const rest = place ? found.sentence.translation.slice(place[1]).trim() : "";
  if (found.word && rest) parts.push(["rest", rest]);
  for (const [name, content] of parts) {
    const part = document.createElement("span");
    part.className = name;
    part.textContent = content;
    if (name !== "share") [part.lang, part.dir] = [translation.lang, "auto"];
    item.append(part, " ");
  }
  item.addEventListener("click", () => choose(word, found));
  return item;
}

// The word of a sentence that takes the place of another one.
function wordAt(word, sentence) {
  // A comma in its place has no space before it.
  const start = word.sentence.translation.slice(0, word.place[0]).trimEnd().length;
  return sentence.words.find((other) => other.place[0] >= start);
}

function percent(probability) {
  return probability < 0.01 ? "under 1 %" : `${Math.round(probability * 100)} %`;
}

function choose(word, found) {
  const { sentence } = word;
  const index = shown.sentences.indexOf(sentence);
  chosen.set(sentence.source, found.sentence);
  // An equal sentence elsewhere gets the same translation, as it will when the text is translated again.
  shown.sentences = shown.sentences.map(asChosen);
  draw();
  describe();
  const next = shown.sentences[index];
  (wordAt(word, next) ?? next.words.at(-1))?.span.focus();
  element("announcement").textContent = next.translation;
}

// A sentence with the translation that the user has chosen, if there is one.
function asChosen(sentence) {
  const own = chosen.get(sentence.source);
  return own ? { ...own, space: sentence.space, words: own.words.map((word) => ({ ...word })) } : sentence;
}

function closeMenu(returnsFocus = false) {
  menuController?.abort();
  menuController = null;
  const word = menu.owner;
  if (!word) return;
  menu.owner = null;
  menu.hidden = true;
  word.span.removeAttribute("aria-expanded");
  clearLinks();
  if (returnsFocus) word.span.focus();
}

menu.addEventListener("keydown", (event) => {
  const items = [...menu.children];
  const index = items.indexOf(document.activeElement);
  let next = null;
  if (event.key === "ArrowDown") next = items[(index + 1) % items.length];
  else if (event.key === "ArrowUp") next = items[(index + items.length - 1) % items.length];
  else if (event.key === "Home") next = items[0];
  else if (event.key === "End") next = items.at(-1);
  else if (event.key === "Enter" || event.key === " ") items[index]?.click();
  else if (event.key === "Escape" || event.key === "Tab") closeMenu(true);
  else return;
  event.preventDefault();
  next?.focus();
});

document.addEventListener("pointerdown", (event) => {
  if (menu.owner && !menu.contains(event.target)) closeMenu();
});
addEventListener("resize", () => menu.owner && placeMenu());

// MARK: Languages

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
  chosen.clear();
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

// MARK: The text

function textChanged(delay) {
  clearLinks();
  closeMenu();
  mirrorText();
  describe();
  schedule(delay);
}

text.addEventListener("input", (event) => textChanged(event.inputType?.startsWith("insertFromPaste") ? 0 : typingPause));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  translate();
});

element("clear").addEventListener("click", () => {
  text.value = "";
  chosen.clear();
  textChanged(0);
  text.focus();
});

element("retry").addEventListener("click", translate);
element("key").addEventListener("change", () => text.value.trim() && schedule(0));
addEventListener("online", () => element("retry").hidden || translate());

element("copy").addEventListener("click", async () => {
  const isCopied = await copy(translatedText());
  const button = element("copy");
  button.textContent = isCopied ? "Copied" : "Not copied";
  setTimeout(() => (button.textContent = "Copy"), 1500);
});

async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // Browsers have a clipboard for scripts only on pages that came encrypted or from the same machine.
    const range = document.createRange();
    range.selectNodeContents(translation);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const isCopied = document.execCommand("copy");
    getSelection().removeAllRanges();
    return isCopied;
  }
}

// MARK: Glossary

const glossaryKey = "glossary";
let glossary = { terms: [], problems: [] };

function parseGlossary(lines) {
  const [terms, problems] = [[], []];
  lines.split(/\r?\n/).forEach((line, index) => {
    if (!line.trim() || line.startsWith("#")) return;
    const at = line.includes("\t") ? line.indexOf("\t") : line.indexOf("=");
    const term = line.slice(0, Math.max(0, at)).trim();
    const targets = line.slice(at + 1).split("\t")[0].split("|").map((form) => form.trim()).filter(Boolean);
    if (at < 0) problems.push(`Line ${index + 1} has neither “=” nor a tab: ${line.trim()}`);
    else if (!term) problems.push(`Line ${index + 1} has no term: ${line.trim()}`);
    else if (!targets.length) problems.push(`Line ${index + 1} has no translation: ${line.trim()}`);
    else terms.push({ source: term, targets });
  });
  return { terms, problems };
}

function glossaryChanged() {
  const before = JSON.stringify(glossary.terms);
  glossary = parseGlossary(element("glossary").value);
  keepGlossary();
  describeGlossary();
  if (JSON.stringify(glossary.terms) === before) return;
  chosen.clear();
  if (text.value.trim()) schedule(2 * typingPause);
}

function describeGlossary() {
  const { terms, problems } = glossary;
  element("glossary-count").textContent = terms.length ? `${terms.length} ${terms.length === 1 ? "term" : "terms"}` : "";
  const messages = [...problems];
  if (terms.length && shown && !shown.glossary && shown.detected?.language !== target.value) {
    messages.push("The server cannot use a glossary for these languages.");
  }
  const missing = new Set(shown?.sentences.flatMap((sentence) => sentence.missingTerms) ?? []);
  for (const term of missing) messages.push(`The translation does not have the term “${term}”.`);
  const list = element("glossary-problems");
  if ([...list.children].map((item) => item.textContent).join("\n") !== messages.join("\n")) {
    list.replaceChildren(...messages.map((message) => Object.assign(document.createElement("li"), { textContent: message })));
  }
  element("glossary").setAttribute("aria-invalid", String(problems.length > 0));
}

// Keeps the glossary only if the user wants that.
function keepGlossary() {
  try {
    if (element("glossary-keep").checked) localStorage.setItem(glossaryKey, element("glossary").value);
    else localStorage.removeItem(glossaryKey);
  } catch {
    // A browser may forbid it.
  }
}

function restoreGlossary() {
  let kept = null;
  try {
    kept = localStorage.getItem(glossaryKey);
  } catch {
    return;
  }
  if (kept === null) return;
  element("glossary").value = kept;
  element("glossary-keep").checked = true;
  glossary = parseGlossary(kept);
}

element("glossary").addEventListener("input", glossaryChanged);
element("glossary-keep").addEventListener("change", keepGlossary);

// MARK: Files

const formats = (settings.formats ?? "").split(",").filter(Boolean);
let upload = null;

function fileStatus(message, isFailure = false) {
  element("file-status").textContent = message;
  element("file-status").classList.toggle("failed", isFailure);
}

function translateFile(file) {
  upload?.abort();
  element("download").hidden = true;
  const ending = file.name.slice(file.name.lastIndexOf(".")).toLowerCase();
  if (formats.length && !formats.includes(ending)) {
    return fileStatus(`“${file.name}” cannot be translated; formats are ${formats.join(", ")}.`, true);
  }
  const fields = new FormData();
  fields.set("file", file);
  fields.set("source", source.value);
  fields.set("target", target.value);
  if (element("key").value) fields.set("api_key", element("key").value);
  send(fields, file);
}

function send(fields, file) {
  const request = (upload = new XMLHttpRequest());
  const progress = element("upload-progress");
  element("upload-name").textContent = file.name;
  element("upload").hidden = false;
  progress.value = 0;
  fileStatus("Sending the file …");
  request.upload.onprogress = (event) => event.lengthComputable && (progress.value = event.loaded / event.total);
  request.upload.onload = () => {
    // How far the server is, it does not say.
    progress.removeAttribute("value");
    fileStatus("Translating the file …");
  };
  request.onload = () => finish(request, fields, file);
  request.onerror = () => endUpload("The server cannot be reached. Choose the file again to retry.", true);
  request.onabort = () => endUpload("");
  request.open("POST", "translate_file");
  request.send(fields);
}

function finish(request, fields, file) {
  let answer = {};
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    // Without JSON, there is only the status to tell of.
  }
  if (request.status === 200 && typeof answer.translatedFileUrl === "string") {
    endUpload("The file is translated.");
    offerDownload(answer.translatedFileUrl);
    return;
  }
  const problem = failure(request.status, request.getResponseHeader("Retry-After"), answer.error);
  if (request.status !== 429) return endUpload(problem.message, true);
  fileStatus(`${problem.message} Trying again in ${problem.retryAfter} s.`);
  setTimeout(() => upload === request && send(fields, file), problem.retryAfter * 1000);
}

function endUpload(message, isFailure = false) {
  upload = null;
  element("upload").hidden = true;
  element("file").value = "";
  fileStatus(message, isFailure);
}

function offerDownload(address) {
  // The server may know itself by another name than the browser does.
  const url = new URL(address, location.href);
  const path = url.pathname.slice(url.pathname.indexOf("/download_file/") + 1);
  const link = element("download");
  link.href = path + url.search;
  link.textContent = `Download ${decodeURIComponent(path.slice(path.lastIndexOf("/") + 1))}`;
  link.download = "";
  link.hidden = false;
}

const hasFiles = (event) => settings.files === "true" && [...(event.dataTransfer?.types ?? [])].includes("Files");

function setUpFiles() {
  if (settings.files !== "true") return;
  element("files-panel").hidden = false;
  element("file").accept = formats.join(",");
  element("formats").textContent = formats.length ? `Formats: ${formats.join(" ")}` : "";
  element("file").addEventListener("change", () => element("file").files[0] && translateFile(element("file").files[0]));
  element("upload-cancel").addEventListener("click", () => (upload?.readyState === 4 ? endUpload("") : upload?.abort()));
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dragging");
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget || document.body.classList.remove("dragging"));
  document.addEventListener("drop", (event) => {
    document.body.classList.remove("dragging");
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer.files[0]) translateFile(event.dataTransfer.files[0]);
  });
}

// MARK: Start

element("submit").hidden = true;
for (const id of ["swap", "glossary-panel"]) element(id).hidden = false;
restoreGlossary();
setUpFiles();
updateTargets();
mirrorText();
describe();
// The text of the form, or one that the browser has kept.
if (text.value.trim()) schedule(0);
