// SPDX-License-Identifier: GPL-3.0-or-later
// The stack of levers of replay.cpp as SQL over the columns it wrote: CPU milliseconds of one warm question, with one
// thread. Levers whose arithmetic SQL would need a loop for (later prompts that send a shortened answer again, prices
// changed rate by rate) are left out of it: the peer does less.
import { DuckDBInstance } from '@duckdb/node-api';

const [folder] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run('SET threads = 1');
for (const table of ['calls', 'parts'])
    await connection.run(`CREATE TABLE ${table} AS SELECT * FROM read_csv('${folder}/${table}.csv')`);
const question = (cap) => `
    WITH kept AS (
        SELECT call, sum(rate * CASE
            WHEN segment = 3 AND (copy OR place > 4) THEN 0
            WHEN turn > 6 AND segment IN (2, 3, 4, 5) THEN 0
            WHEN segment = 4 AND used_before >= 2 THEN least(tokens, 200)
            WHEN segment = 0 THEN tokens * 80 // 100
            ELSE tokens END) AS input FROM parts GROUP BY call)
    SELECT sum(0.9 * (input + out_rate * (least(visible, ${cap}) + least(thinking, 1000))) + fixed)
    FROM calls JOIN kept USING (call) WHERE NOT failed AND NOT loops`;
await connection.run(question(400));
const repeats = 3;
const before = process.cpuUsage();
for (let i = 1; i <= repeats; ++i) await connection.run(question(400 + i));
const used = process.cpuUsage(before);
console.log(((used.user + used.system) / 1000 / repeats).toFixed(0));
connection.closeSync();
