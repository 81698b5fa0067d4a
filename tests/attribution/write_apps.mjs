// SPDX-License-Identifier: GPL-3.0-or-later
// Traces of a few applications whose prompts are counted block by block with a real vocabulary: write_apps.mjs SOURCE
// CALLS TRACES TRUTH. Traces are Langfuse observations that know only their totals, as providers report them; the truth
// is a line a call with the tokens of each segment.
import { createWriteStream, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { getEncoding } from "js-tiktoken";

const [source, callsWanted, tracesFile, truthFile] = process.argv.slice(2);
const callsPerApp = Number(callsWanted);

// Deterministic: the same traces on every machine (mulberry32).
let state = 20261128;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const between = (low, high) => low + Math.floor(random() * (high - low + 1));
const pick = (list) => list[Math.floor(random() * list.length)];

// Texts of several kinds, as people send them to models.
const sentences = (text) =>
  text.replace(/\s+/g, " ").split(/(?<=[.;:])\s/).filter((one) => one.length > 30 && one.length < 600);
const english = sentences(readFileSync(join(source, "LICENSE"), "utf8"));
const code = readdirSync(join(source, "model/queries")).filter((name) => name.endsWith(".cpp")).sort()
  .flatMap((name) => readFileSync(join(source, "model/queries", name), "utf8").split("\n\n"))
  .filter((piece) => piece.length > 80 && piece.length < 2500);
const { german, french } = JSON.parse(readFileSync(new URL("sentences.json", import.meta.url), "utf8"));
const prose = (count, list = english) => Array.from({ length: count }, () => pick(list)).join(" ");
const words = "order customer invoice shipment warehouse refund address status priority region account ticket".split(" ");
const record = () =>
  Object.fromEntries(Array.from({ length: between(4, 12) }, () => [
    `${pick(words)}_${pick(words)}`,
    pick([between(1, 99999), `${pick(words)} ${pick(words)}`, random() < 0.5, `2026-0${between(1, 9)}-${between(10, 28)}T1${between(0, 9)}:30:00Z`]),
  ]));
const tool = (name) => ({
  type: "function",
  function: {
    name,
    description: pick(english).slice(0, 200),
    parameters: {
      type: "object",
      properties: Object.fromEntries(Array.from({ length: between(2, 6) }, () => [
        `${pick(words)}_${pick(words)}`,
        { type: pick(["string", "number", "boolean"]), description: `The ${pick(words)} of the ${pick(words)}` },
      ])),
      required: [],
    },
  },
});

// What each application sends: system prompt, tools, and how its conversations go.
const apps = [
  { feature: "chat", model: "gpt-4o", encoding: "o200k_base", system: prose(14), turns: 9,
    user: () => prose(between(1, 4)), answer: () => prose(between(2, 7)) },
  { feature: "chat-de", model: "gpt-4o-mini", encoding: "o200k_base", system: prose(6, german), turns: 7,
    user: () => prose(between(1, 3), german), answer: () => prose(between(2, 5), german) },
  { feature: "search", model: "gpt-4.1-mini", encoding: "o200k_base", system: prose(8), turns: 1,
    documents: () => Array.from({ length: between(3, 6) }, () => prose(between(4, 12), pick([english, english, french]))),
    user: () => pick(english), answer: () => prose(between(1, 4)) },
  { feature: "agent", model: "gpt-4.1", encoding: "o200k_base", system: prose(7), turns: 6, tools: 9,
    result: () => JSON.stringify(Array.from({ length: between(2, 9) }, record), null, pick([0, 2])),
    user: () => prose(between(1, 2)), answer: () => prose(between(1, 3)) },
  { feature: "review", model: "gpt-4-turbo", encoding: "cl100k_base", system: prose(9), turns: 1,
    user: () => Array.from({ length: between(2, 6) }, () => pick(code)).join("\n\n"), answer: () => prose(between(3, 8)) },
];

const encodings = new Map();
const counted = new Map();
function tokens(app, text) {
  const key = `${app.encoding} ${text}`;
  if (!counted.has(key)) {
    if (!encodings.has(app.encoding))
      encodings.set(app.encoding, getEncoding(app.encoding));
    counted.set(key, encodings.get(app.encoding).encode(text, "all").length);
  }
  return counted.get(key);
}

const traces = createWriteStream(tracesFile);
const truth = createWriteStream(truthFile);
let number = 0;
let time = Date.UTC(2026, 9, 1, 8, 0, 0);
const hex = (value, length) => value.toString(16).padStart(length, "0");

/// One call: parts of what is sent by segment, of which those that begin a message have it in `sent`.
function call(app, session, parts, tools, answer) {
  const segments = { system: 0, tools: 0, history: 0, context: 0, "tool-result": 0, user: 0 };
  for (const one of tools)
    segments.tools += tokens(app, JSON.stringify(one));
  for (const part of parts)
    segments[part.segment] += part.tokens;
  const messages = parts.filter((part) => part.sent).map((part) => part.sent);
  // The framing of a chat: four tokens a message, three before the answer.
  const total = Object.values(segments).reduce((sum, one) => sum + one, 0) + 4 * messages.length + 3;
  ++number;
  time += between(2, 40) * 1000;
  const id = hex(number, 16);
  traces.write(JSON.stringify({
    id, traceId: hex(number, 32), type: "GENERATION", name: "answer", sessionId: session,
    startTime: new Date(time).toISOString(), endTime: new Date(time + 900).toISOString(),
    model: app.model, metadata: { feature: app.feature },
    input: tools.length > 0 ? { messages, tools } : { messages }, output: { role: "assistant", content: answer },
    usageDetails: { input: total, output: tokens(app, answer) },
  }) + "\n");
  truth.write(JSON.stringify({ id, feature: app.feature, segments }) + "\n");
}

const message = (app, role, segment, text, more = {}) =>
  ({ segment, tokens: tokens(app, text), sent: { role, content: text, ...more } });
/// What was said before is history from the next call on.
const aged = (messages) => messages.map((one) => (one.segment === "user" ? { ...one, segment: "history" } : one));

for (const app of apps) {
  const tools = Array.from({ length: app.tools ?? 0 }, (_, i) => tool(`${pick(words)}_${pick(words)}_${i}`));
  for (let made = 0, conversation = 0; made < callsPerApp; ++conversation) {
    const session = `${app.feature}-${conversation}`;
    let messages = [message(app, "system", "system", app.system)];
    for (let turn = 0; turn < app.turns && made < callsPerApp; ++turn, ++made) {
      if (app.documents) {
        const documents = app.documents();
        const question = app.user();
        const open = documents.map((text, i) => `<document id="doc-${conversation}-${i}">\n${text}\n</document>`);
        const context = open.join("\n");
        call(app, session, [
          messages[0],
          { segment: "context", tokens: tokens(app, context), sent: { role: "user", content: `${context}\n\n${question}` } },
          { segment: "user", tokens: tokens(app, `\n\n${question}`) },
        ], [], app.answer());
        continue;
      }
      messages.push(message(app, "user", "user", app.user()));
      if (app.result && turn > 0) {
        const name = tools[turn % tools.length].function.name;
        const args = JSON.stringify(record());
        const id = `call_${conversation}_${turn}`;
        messages.push({ segment: "history", tokens: tokens(app, name) + tokens(app, args),
          sent: { role: "assistant", content: null, tool_calls: [{ id, type: "function", function: { name, arguments: args } }] } });
        messages.push(message(app, "tool", "tool-result", app.result(), { tool_call_id: id }));
      }
      const answer = app.answer();
      call(app, session, messages, tools, answer);
      messages = aged(messages);
      messages.push(message(app, "assistant", "history", answer));
    }
  }
}

traces.end();
truth.end();
