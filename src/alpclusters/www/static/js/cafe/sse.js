// Reads Server-Sent Events from a fetch: unlike EventSource it sees status and headers, so that a
// captive portal's page is not taken for the AlpCafé.

export async function readEvents(body, onEvent, onBytes) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes();
    const parts = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
    rest = parts.pop();
    for (const part of parts) onEvent(parse(part));
  }
}

// One event: {event, id, retry, data}; a comment gives none of them.
function parse(text) {
  // Names come from the line: an object that inherits nothing has none that means something else.
  const found = Object.assign(Object.create(null), { event: "message", data: "" });
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf(":");
    if (at < 1) continue;
    const value = line.slice(at + 1).replace(/^ /, "");
    const name = line.slice(0, at);
    found[name] = name === "data" && found.data ? `${found.data}\n${value}` : value;
  }
  return found;
}
