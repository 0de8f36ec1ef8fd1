// The glossary.

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
  forgetTranslations();
  if (text.value.trim()) schedule(2 * typingPause);
}

function describeGlossary() {
  const { terms, problems } = glossary;
  element("glossary-count").textContent = terms.length ? counted(terms.length, "term") : "";
  const messages = [...problems];
  if (terms.length && shown && !shown.glossary && shown.detected?.language !== target.value) {
    messages.push("The server cannot use a glossary for these languages.");
  }
  const missing = new Set(shown?.sentences.flatMap((sentence) => sentence.missingTerms) ?? []);
  for (const term of missing) messages.push(`The translation does not have the term “${term}”.`);
  const list = element("glossary-problems");
  if ([...list.children].map((item) => item.textContent).join("\n") !== messages.join("\n")) {
    list.replaceChildren(
      ...messages.map((message) => Object.assign(document.createElement("li"), { textContent: message })),
    );
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
