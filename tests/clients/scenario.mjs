// SPDX-License-Identifier: GPL-3.0-or-later

// What an application does, as a tree of steps that each driver reports in its SDK's own way, and what a workspace must
// say about it afterwards. `input` holds the cached tokens and `output` the reasoning, as in the truth below.

const chatModel = { model: "gpt-5-mini", provider: "openai" };
const answerModel = { model: "claude-sonnet-4-5", provider: "anthropic" };
const embeddingModel = { model: "text-embedding-3-small", provider: "openai" };
const agentModel = { model: "o4-mini", provider: "openai" };

function usage(input, output, { cacheRead = 0, cacheWrite = 0, reasoning = 0 } = {}) {
    return { input, output, cacheRead, cacheWrite, reasoning };
}

const shopPrompt = { role: "system", content: "You are the assistant of a shop for lamps. Answer in one sentence." };

/// One trace a turn; each sends all turns before it again.
function chat(session, user, turns) {
    const history = [shopPrompt];
    return turns.map(([question, answer, used]) => {
        history.push({ role: "user", content: question });
        const messages = [...history];
        history.push({ role: "assistant", content: answer });
        const step = { kind: "call", name: "reply", ...chatModel, messages, answer, usage: used };
        return { feature: "support-chat", session, user, question, answer, steps: [step] };
    });
}

function search({ session, user, question, embeddingTokens, documents, failsFirst = false, answer, used }) {
    const messages = [
        { role: "system", content: "Answer from the documents only and name the one you used." },
        { role: "user", content: `${documents.join("\n")}\n\n${question}` },
    ];
    const call = { kind: "call", name: "answer", ...answerModel, messages };
    const steps = [
        { kind: "embedding", name: "embed", ...embeddingModel, text: question, usage: usage(embeddingTokens, 0) },
        { kind: "retriever", name: "retrieve", query: question, documents },
        ...(failsFirst ? [{ ...call, error: "Overloaded" }] : []),
        { ...call, answer, usage: used },
    ];
    return { feature: "doc-search", session, user, question, answer, steps };
}

/// The agent's own span repeats the sum of what its calls used.
function report(user, question, answer, steps) {
    const sum = usage(0, 0);
    for (const step of steps)
        for (const part of Object.keys(step.usage ?? {}))
            sum[part] += step.usage[part];
    const agent = { kind: "agent", name: "analyst", ...agentModel, question, answer, usage: sum, steps };
    return { feature: "monthly-report", user, question, answer, steps: [agent] };
}

function think(question, answer, used) {
    const messages = [
        { role: "system", content: "You are an analyst. Use your tools, then write the report." },
        { role: "user", content: question },
    ];
    return { kind: "call", name: "think", ...agentModel, messages, answer, usage: used };
}

function query(sql, result) {
    return { kind: "tool", name: "query_sales", input: { sql }, output: result };
}

const warranty = ["warranty.md: Lamps have a warranty of three years.", "care.md: Wipe lamps with a dry cloth."];

export const traces = [
    ...chat("chat-1", "ada", [
        ["Where is order 4711?", "It arrives tomorrow.", usage(1200, 80)],
        ["Can you send it to my office?", "Yes, tell me the address.", usage(1350, 95, { cacheRead: 1152 })],
        ["12 Mill Road.", "Done, it goes to 12 Mill Road.", usage(1520, 60, { cacheRead: 1280 })],
    ]),
    ...chat("chat-2", "bob", [
        ["Do you repair lamps?", "Yes, within a week.", usage(1210, 70, { cacheRead: 1024 })],
        ["What does it cost?", "Twenty euros for most models.", usage(1340, 110, { cacheRead: 1152 })],
    ]),
    search({
        session: "search-1",
        user: "carol",
        question: "How long is the warranty?",
        embeddingTokens: 12,
        documents: warranty,
        answer: "Three years (warranty.md).",
        used: usage(2400, 210, { cacheWrite: 1800 }),
    }),
    search({
        user: "ada",
        question: "How do I clean a lamp?",
        embeddingTokens: 9,
        documents: warranty,
        failsFirst: true,
        answer: "With a dry cloth (care.md).",
        used: usage(2450, 190, { cacheRead: 1800 }),
    }),
    // The same question again is a call of its own, however equal it looks.
    search({
        session: "search-1",
        user: "carol",
        question: "How long is the warranty?",
        embeddingTokens: 12,
        documents: warranty,
        answer: "Three years (warranty.md).",
        used: usage(2500, 240, { cacheRead: 1800, cacheWrite: 120 }),
    }),
    report("bob", "Which lamps sold best in May?", "Desk lamps, as in April.", [
        think("Which lamps sold best in May?", "I need the sales of May.", usage(900, 350, { reasoning: 256 })),
        query("SELECT lamp, sum(sold) FROM sales WHERE month = 5 GROUP BY lamp", "desk 310, floor 120"),
        think("desk 310, floor 120", "And those of April.", usage(1400, 420, { cacheRead: 896, reasoning: 320 })),
        query("SELECT lamp, sum(sold) FROM sales WHERE month = 4 GROUP BY lamp", "desk 290, floor 140"),
        think("desk 290, floor 140", "Desk lamps, as in April.", usage(1900, 610, { cacheRead: 1280, reasoning: 384 })),
    ]),
    report("dan", "How many lamps were returned?", "Eleven.", [
        think("How many lamps were returned?", "I count them.", usage(950, 300, { reasoning: 192 })),
        query("SELECT count(*) FROM returns", "11"),
        think("11", "Eleven.", usage(1500, 500, { cacheRead: 896, reasoning: 320 })),
    ]),
];

/// Tables as `plumbline breakdown --by … --json` has them; a figure that a source does not report counts as 0.
export const truth = [
    {
        by: ["feature", "model"],
        columns: [
            "calls", "error_calls", "calls_without_usage", "input_tokens", "cache_read_tokens", "cache_write_tokens",
            "output_tokens", "reasoning_tokens",
        ],
        rows: [
            ["support-chat", "gpt-5-mini", 5, 0, 0, 6620, 4608, 0, 415, 0],
            ["doc-search", "claude-sonnet-4-5", 4, 1, 1, 7350, 3600, 1920, 640, 0],
            ["doc-search", "text-embedding-3-small", 3, 0, 0, 33, 0, 0, 0, 0],
            ["monthly-report", "o4-mini", 5, 0, 0, 6650, 3072, 0, 2180, 1472],
        ],
    },
    {
        by: ["feature", "model", "session"],
        columns: ["calls", "input_tokens", "output_tokens"],
        rows: [
            ["support-chat", "gpt-5-mini", "chat-1", 3, 4070, 235],
            ["support-chat", "gpt-5-mini", "chat-2", 2, 2550, 180],
            ["doc-search", "claude-sonnet-4-5", "search-1", 2, 4900, 450],
            ["doc-search", "claude-sonnet-4-5", null, 2, 2450, 190],
            ["doc-search", "text-embedding-3-small", "search-1", 2, 24, 0],
            ["doc-search", "text-embedding-3-small", null, 1, 9, 0],
            ["monthly-report", "o4-mini", null, 5, 6650, 2180],
        ],
    },
    {
        by: ["user"],
        columns: ["calls", "input_tokens", "output_tokens"],
        rows: [
            ["ada", 6, 6529, 425],
            ["bob", 5, 6750, 1560],
            ["carol", 4, 4924, 450],
            ["dan", 2, 2450, 800],
        ],
    },
];

/// Of `plumbline status --json`. The wrappers are the agents' spans.
export const workspaceTruth = { traces: 10, calls: 17, wrapper_spans_not_billed: 2, records_skipped: 0 };
