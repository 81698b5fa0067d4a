// SPDX-License-Identifier: GPL-3.0-or-later
// What DuckDB does with the same file: `node duckdb_import.mjs bodies|key FILE DATABASE`.
// bodies: read_json_auto into a table, every field kept. key: typed columns of
// everything that Plumbline keeps, primary key, duplicates dropped.
import { DuckDBInstance } from '@duckdb/node-api';

const [mode, file, database] = process.argv.slice(2);
const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
const quoted = `'${file.replaceAll("'", "''")}'`;
if (mode === 'bodies') {
    await connection.run(`CREATE TABLE observation AS SELECT * FROM read_json_auto(${quoted}, maximum_object_size = 268435456)`);
} else {
    const columns = {
        id: 'VARCHAR', traceId: 'VARCHAR', traceName: 'VARCHAR', type: 'VARCHAR', name: 'VARCHAR', startTime: 'TIMESTAMP',
        endTime: 'TIMESTAMP', completionStartTime: 'TIMESTAMP', environment: 'VARCHAR', version: 'VARCHAR', userId: 'VARCHAR',
        sessionId: 'VARCHAR', level: 'VARCHAR', statusMessage: 'VARCHAR', promptName: 'VARCHAR', promptVersion: 'INTEGER',
        providedModelName: 'VARCHAR', modelParameters: 'VARCHAR', usageDetails: 'JSON', costDetails: 'JSON', totalCost: 'DOUBLE',
        input: 'VARCHAR', output: 'VARCHAR', metadata: 'JSON', tags: 'JSON', release: 'VARCHAR', parentObservationId: 'VARCHAR',
    };
    const names = Object.keys(columns);
    const typed = names.map((name) => `${name} ${columns[name]}${name === 'id' ? ' PRIMARY KEY' : ''}`);
    const read = names.map((name) => `${name}: '${columns[name]}'`);
    await connection.run(`CREATE TABLE observation(${typed.join(', ')})`);
    await connection.run(`INSERT INTO observation SELECT ${names.join(', ')} FROM read_json(${quoted},
        format = 'newline_delimited', columns = {${read.join(', ')}}) ON CONFLICT DO NOTHING`);
}
const rows = await connection.runAndReadAll('SELECT count(*) FROM observation');
console.log(String(rows.getRows()[0][0]));
await connection.run('CHECKPOINT');
connection.closeSync();
