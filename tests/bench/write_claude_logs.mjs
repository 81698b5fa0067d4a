// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions of Claude Code that nobody had: `node write_claude_logs.mjs FOLDER MEGABYTES`. Each answer stands on one to
// three lines with equal usage, as the program writes them; every seventeenth is a sub-agent's.
import { mkdirSync, writeFileSync } from 'node:fs';

const [folder, megabytes] = process.argv.slice(2);
let state = 5;
const random = (from, to) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return from + (state % (to - from));
};
const words = ['the', 'basket', 'mends', 'code', 'token', 'river', 'stone', 'light', 'paper', 'engine'];
const prose = Array.from({ length: 400 }, () => words[random(0, words.length)]).join(' ');
const models = ['claude-opus-4-5-20251101', 'claude-sonnet-4-5-20250929', 'claude-haiku-4-5-20251001'];
const two = (number) => String(number).padStart(2, '0');
let bytes = 0;
let answers = 0;
for (let session = 0; bytes < Number(megabytes) * 1e6; ++session) {
    const project = `${folder}/projects/-work-shop${session % 40}`;
    mkdirSync(project, { recursive: true });
    const sessionId = `${session.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
    const lines = [];
    for (let turn = 0; turn < 120; ++turn, ++answers) {
        const timestamp = `2026-09-${two(1 + (session % 28))}T${two(8 + Math.floor(turn / 12))}:${two((turn * 5) % 60)}:${two(turn % 60)}.000Z`;
        const common = { parentUuid: null, isSidechain: turn % 17 === 0, cwd: `/work/shop${session % 40}`, sessionId, version: '2.1.4' };
        lines.push({ ...common, type: 'user', uuid: `u${answers}`, timestamp, message: { role: 'user', content: prose.slice(0, random(200, 2400)) } });
        const written = random(0, 3000);
        const usage = { input_tokens: random(1, 40), cache_creation_input_tokens: written, cache_read_input_tokens: random(1000, 90000),
            cache_creation: { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0 }, output_tokens: random(20, 2000), service_tier: 'standard' };
        const model = models[random(0, 3)];
        for (let block = random(0, 3); block >= 0; --block)
            lines.push({ ...common, gitBranch: 'main', type: 'assistant', uuid: `a${answers}-${block}`, timestamp, requestId: `req_${answers}`,
                message: { id: `msg_${answers}`, type: 'message', role: 'assistant', model, content: [{ type: 'text', text: prose.slice(0, random(100, 1800)) }], stop_reason: null, usage } });
    }
    const text = lines.map((line) => JSON.stringify(line)).join('\n') + '\n';
    bytes += text.length;
    writeFileSync(`${project}/${sessionId}.jsonl`, text);
}
