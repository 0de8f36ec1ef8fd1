// What happens when the page is opened.

element("submit").hidden = true;
for (const id of ["swap", "glossary-panel"]) element(id).hidden = false;
restoreGlossary();
setUpFiles();
updateTargets();
mirrorText();
describe();
// The text of the form, or one that the browser has kept.
if (text.value.trim()) schedule(0);
