// The text field and the buttons of the texts.

function textChanged(delay) {
  clearLinks();
  closeMenu();
  mirrorText();
  describe();
  schedule(delay);
}

text.addEventListener("input", (event) => {
  textChanged(event.inputType?.startsWith("insertFromPaste") ? 0 : typingPause);
});

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
  announce(button.textContent);
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
