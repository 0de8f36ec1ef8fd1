// The menu of other words for a word.

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
    const question = {
      source: shown.detected?.language ?? source.value,
      target: target.value,
      sentence: sentence.source,
      before: sentence.translation.slice(0, word.place[0]),
      glossary: glossary.terms,
    };
    const { alternatives = [] } = await post("page/alternatives", question, current.signal);
    if (menu.owner !== word) return;
    const items = alternatives.map((found) => alternativeItem(word, found));
    showMenu(items.length ? items : [menuItem("There are no other words here.")]);
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
  const isCurrent = found.sentence.translation === word.sentence.translation;
  item.setAttribute("aria-checked", String(isCurrent || found.word === word.span.textContent));
  item.tabIndex = -1;
  const parts = [
    ["choice-word", found.word || "(end of the sentence)"],
    ["share", percent(found.probability)],
  ];
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
  if (probability >= 0.01) return `${Math.round(probability * 100)} %`;
  return probability < 0.001 ? "under 0.1 %" : `${(probability * 100).toFixed(1)} %`;
}

function choose(word, found) {
  const { sentence } = word;
  const index = shown.sentences.indexOf(sentence);
  // What the user chose is sure.
  delete wordAt(word, found.sentence)?.confidence;
  chosen.set(sentence.source, found.sentence);
  // An equal sentence elsewhere gets the same translation, as it will when the text is translated again.
  shown.sentences = shown.sentences.map(asChosen);
  draw();
  describe();
  const next = shown.sentences[index];
  (wordAt(word, next) ?? next.words.at(-1))?.span.focus();
  announce(next.translation, translation.lang);
}

// A sentence with the translation that the user has chosen, if there is one.
function asChosen(sentence) {
  const own = chosen.get(sentence.source) ?? sentence;
  // A copy, since the same sentence may be in several places.
  return { ...own, space: sentence.space, words: own.words.map((word) => ({ ...word })) };
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
