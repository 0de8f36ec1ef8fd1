// Lines that are translated already, so that only those that change are sent.

// The sentences of each line of what is shown.
const translatedLines = new Map();
// What the last answer said besides its sentences: { detected, detectedName, alternatives, glossary }.
let lastAnswer = null;

// Forgets what other languages or another glossary would change.
function forgetTranslations() {
  chosen.clear();
  translatedLines.clear();
  lastAnswer = null;
}

const isBlank = (line) => !line.trim();

// The lines to send for a text, and the language that they are in.
function question(wanted) {
  const lines = [...new Set(wanted.split("\n"))].filter((line) => !isBlank(line));
  const missing = lines.filter((line) => !translatedLines.has(line));
  if (source.value !== "auto") return { source: source.value, lines: missing };
  const known = lastAnswer?.detected?.language;
  const isFewer = 2 * missing.join("").length < wanted.length;
  // The language of a text shows in all of it rather than in a line.
  return known && isFewer ? { source: known, lines: missing } : { source: "auto", lines };
}

// Keeps the translation of lines in a language, or in one that was found.
function keepAnswer(lines, language, { sentences, ...rest }) {
  const { detected, detectedName } = lastAnswer ?? {};
  lastAnswer = language === "auto" ? rest : { detected, detectedName, ...rest };
  let index = 0;
  let line = [];
  for (const sentence of sentences) {
    const end = sentence.space.indexOf("\n");
    line.push(end < 0 ? sentence : { ...sentence, space: sentence.space.slice(0, end) });
    if (end < 0) continue;
    translatedLines.set(lines[index++], line);
    line = [];
  }
  if (line.length) translatedLines.set(lines[index], line);
}

// The sentences of a text all of whose lines are translated; other lines are forgotten.
function sentencesOf(wanted) {
  const lines = wanted.split("\n");
  for (const line of translatedLines.keys()) if (!lines.includes(line)) translatedLines.delete(line);
  const nothing = { source: "", translation: "", words: [], missingTerms: [] };
  return lines.flatMap((line, index) => {
    const sentences = isBlank(line) ? [{ ...nothing, space: line }] : translatedLines.get(line);
    if (index === lines.length - 1) return sentences;
    const last = sentences.at(-1);
    return [...sentences.slice(0, -1), { ...last, space: last.space + "\n" }];
  });
}
