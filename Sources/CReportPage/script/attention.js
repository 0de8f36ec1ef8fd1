
// Attention: three lists choose a sentence, a layer and a head; the chosen head is drawn from its letters.

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const letterValues = new Map([...letters].map((letter, index) => [letter, index / (letters.length - 1)]));

const makeSVG = (name, attributes, text) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
};

const shorten = (text) => (text.length > 16 ? text.slice(0, 15) + "…" : text);

// A heat map of numbers, like those that the page has from the beginning.
const drawHeatMap = (title, rowTitle, columnTitle, rows, columns, values) => {
  const field = 22;
  const width = (texts) => Math.max(0, ...texts.map((text) => shorten(text).length)) * 8;
  const [left, top] = [width(rows) + 38, width(columns) * 0.8 + 52];
  const [right, bottom] = [left + field * columns.length, top + field * rows.length];
  const whole = [Math.max(right + shorten(columns.at(-1) ?? "").length * 6 + 12, 320), bottom + 58];
  const svg = makeSVG("svg", {
    class: "picture wide", role: "img", viewBox: `0 0 ${whole[0]} ${whole[1]}`, width: whole[0], height: whole[1],
    "aria-label": `${title}. The numbers follow as a table.`,
  });
  const middle = (top + bottom) / 2;
  svg.append(
    makeSVG("text", { class: "axis-title", x: (left + right) / 2, y: 18, "text-anchor": "middle" }, columnTitle),
    makeSVG("text", { class: "axis-title", x: 15, y: middle, "text-anchor": "middle", transform: `rotate(-90 15 ${middle})` },
      rowTitle),
    makeSVG("rect", { class: "field-area", x: left, y: top, width: right - left, height: bottom - top }),
  );
  columns.forEach((name, column) => {
    const x = left + field * (column + 0.6);
    svg.append(makeSVG("text", { x, y: top - 7, transform: `rotate(-50 ${x} ${top - 7})` }, shorten(name)));
  });
  rows.forEach((name, row) => {
    const y = top + field * row;
    svg.append(makeSVG("text", { x: left - 7, y: y + 15.5, "text-anchor": "end" }, shorten(name)));
    columns.forEach((other, column) => {
      const value = values[row][column];
      const place = { x: left + field * column, y, width: field, height: field, "fill-opacity": value.toFixed(2) };
      const cell = makeSVG("rect", { class: "field", ...place });
      cell.append(makeSVG("title", {}, `${name} – ${other}: ${value.toFixed(2)}`));
      svg.append(cell);
    });
  });
  for (let step = 0; step <= 10; step++) {
    const place = { x: 24 + 20 * step, y: bottom + 16, width: 20, height: 14, "fill-opacity": step / 10 };
    svg.append(makeSVG("rect", { class: "field", ...place }));
  }
  svg.append(
    makeSVG("rect", { class: "field-area", x: 24, y: bottom + 16, width: 220, height: 14 }),
    makeSVG("text", { x: 24, y: bottom + 46 }, "0"),
    makeSVG("text", { x: 134, y: bottom + 46, "text-anchor": "middle" }, "Attention"),
    makeSVG("text", { x: 244, y: bottom + 46, "text-anchor": "end" }, "1"),
  );
  return svg;
};

const makeNumberTable = (title, corner, rows, columns, values) => {
  const header = (text, scope, className = "") => make("th", { textContent: text, scope, className });
  const head = make("tr", {}, header(corner, "col"), ...columns.map((name) => header(name, "col", "number")));
  const lines = rows.map((name, row) => make("tr", {}, header(name, "row"),
    ...values[row].map((value) => make("td", { className: "number", textContent: value.toFixed(2) }))));
  return make("table", {}, make("caption", { textContent: title }), make("thead", {}, head), make("tbody", {}, ...lines));
};

const makeScrollable = (name, ...children) => {
  const area = make("div", { className: "scroll", tabIndex: 0 }, ...children);
  area.setAttribute("role", "group");
  area.setAttribute("aria-label", name);
  return area;
};

// The sentence as it is in the page: names of rows and columns, and heads by "layer head".
const readSentence = (details) => {
  const names = (kind) => everyElement(`ol.${kind} > li`, details).map((item) => item.textContent);
  const heads = new Map(everyElement("pre", details).map((pre) => [
    `${pre.dataset.layer} ${pre.dataset.head}`,
    pre.textContent.split("\n").map((line) => [...line].map((letter) => letterValues.get(letter) ?? 0)),
  ]));
  const [rows, columns] = [names("rows"), names("columns")];
  return { rows, columns, heads, name: details.querySelector("summary").textContent };
};

const averageHeads = (heads) => heads[0].map((row, y) => row.map((_, x) =>
  heads.reduce((sum, head) => sum + head[y][x], 0) / heads.length));

for (const figure of everyElement("figure.attention")) {
  const { title, rows: rowTitle, columns: columnTitle } = figure.dataset;
  const sentences = everyElement("details.sentence", figure).map((details) => ({ details }));
  if (!sentences.length) continue;
  const chosen = { sentence: 0, layer: 0, head: 0 };
  const shown = make("div");

  const draw = () => {
    const place = sentences[chosen.sentence];
    const sentence = (place.read ??= readSentence(place.details));
    const layer = layers[chosen.layer];
    const own = [...sentence.heads].filter(([key]) => key.startsWith(layer + " ")).map(([, head]) => head);
    // The first choice is the mean of all heads.
    const values = chosen.head === 0 ? averageHeads(own) : own[chosen.head - 1];
    const which = `layer ${layer}, ${chosen.head === 0 ? "mean of all heads" : `head ${chosen.head}`}`;
    const name = `${title}: ${which}`;
    const area = makeScrollable(name, drawHeatMap(name, rowTitle, columnTitle, sentence.rows, sentence.columns, values));
    const details = make("details", {}, make("summary", { textContent: `Data: ${name}` }));
    // Most readers do not open the table.
    details.addEventListener("toggle", () => details.append(makeScrollable(`Data: ${name}`, makeNumberTable(
      name, `${rowTitle} \\ ${columnTitle}`, sentence.rows, sentence.columns, values))), { once: true });
    shown.replaceChildren(area, details);
  };

  const first = readSentence(sentences[0].details);
  const places = [...first.heads.keys()].map((key) => key.split(" "));
  const layers = [...new Set(places.map(([layer]) => layer))];
  const heads = [...new Set(places.map(([, head]) => head))];
  const choose = (key) => (choice) => {
    chosen[key] = choice;
    draw();
  };
  const lists = [
    makeSelect("Sentence", sentences.map(({ details }) => details.querySelector("summary").textContent), choose("sentence")),
    makeSelect("Layer", layers.map((layer) => `Layer ${layer}`), choose("layer")),
    makeSelect("Head", ["Mean of all heads", ...heads.map((head) => `Head ${head}`)], choose("head")),
  ];
  // The last layer usually shows most.
  chosen.layer = layers.length - 1;
  lists[1].select.value = chosen.layer;
  figure.querySelector("figcaption").after(
    make("div", { className: "choices" }, ...lists.map(({ labelled }) => labelled)), shown);
  if (layers.length) draw();
}
