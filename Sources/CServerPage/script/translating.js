// When the text is sent, and what happens if that fails.

// The longest pause after which the page tries again by itself, in seconds.
const longestPause = 120;

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
    const { lines, source } = question(wanted);
    if (lines.length) {
      const body = { text: lines.join("\n"), source, target: target.value, glossary: glossary.terms };
      keepAnswer(lines, source, await post("page/translate", body, current.signal));
    }
    attempts = 0;
    say("");
    show({ ...lastAnswer, text: wanted, sentences: sentencesOf(wanted) });
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
  if (seconds > longestPause) return say(error.message, true);
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
