"use strict";

// The script of the page: translates while the user types, shows which words belong together, and offers others.

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
