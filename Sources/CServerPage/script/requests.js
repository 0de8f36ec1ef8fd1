// Requests to the server, and how they fail.

class RequestFailure extends Error {
  // `retryAfter`: seconds after which the same request may succeed; 0 if nobody knows, undefined if it never will.
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
    const reason = message ? ` (${message})` : "";
    return new RequestFailure(`The server asks for a pause${reason}.`, Math.max(1, Number(retryAfter) || 1));
  }
  if (status >= 500) return new RequestFailure(message || `The server failed (status ${status}).`, 0);
  return new RequestFailure(message || `The server refused the request (status ${status}).`);
}
