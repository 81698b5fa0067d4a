// SPDX-License-Identifier: GPL-3.0-or-later
// feature × model × day over the calls of a database made by duckdb_import.mjs key, as a table of typed columns: CPU
// milliseconds of one warm question, with one thread.
import { DuckDBInstance } from '@duckdb/node-api';

const [database] = process.argv.slice(2);
const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
await connection.run('SET threads = 1');
await connection.run(`CREATE OR REPLACE TABLE call AS SELECT metadata->>'feature' AS feature, providedModelName AS model,
    CAST(startTime AS DATE) AS day, CAST(usageDetails->>'input' AS BIGINT) AS input, CAST(usageDetails->>'output' AS BIGINT) AS output,
    CAST(totalCost * 1e12 AS BIGINT) AS cost FROM observation`);
const question = 'SELECT feature, model, day, count(*), sum(cost), sum(input), sum(output) FROM call GROUP BY ALL';
await connection.run(question);
const repeats = 20;
const before = process.cpuUsage();
for (let i = 0; i < repeats; ++i) await connection.run(question);
const used = process.cpuUsage(before);
console.log(((used.user + used.system) / 1000 / repeats).toFixed(2));
connection.closeSync();
