// SPDX-License-Identifier: GPL-3.0-or-later
// What DuckDB does with the same file: `node duckdb_import.mjs bodies|key FILE DATABASE`.
// bodies: read_json_auto into a table, every field kept. key: typed columns, primary key, duplicates dropped.
import { DuckDBInstance } from '@duckdb/node-api';

const [mode, file, database] = process.argv.slice(2);
const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
const quoted = `'${file.replaceAll("'", "''")}'`;
if (mode === 'bodies') {
    await connection.run(`CREATE TABLE observation AS SELECT * FROM read_json_auto(${quoted}, maximum_object_size = 268435456)`);
} else {
    await connection.run(`CREATE TABLE observation(id VARCHAR PRIMARY KEY, traceId VARCHAR, traceName VARCHAR, type VARCHAR, name VARCHAR,
        startTime TIMESTAMP, endTime TIMESTAMP, completionStartTime TIMESTAMP, environment VARCHAR, userId VARCHAR, sessionId VARCHAR,
        level VARCHAR, providedModelName VARCHAR, usageDetails JSON, totalCost DOUBLE, metadata JSON, release VARCHAR,
        parentObservationId VARCHAR)`);
    await connection.run(`INSERT INTO observation SELECT id, traceId, traceName, type, name, startTime, endTime, completionStartTime,
        environment, userId, sessionId, level, providedModelName, usageDetails, totalCost, metadata, release, parentObservationId
        FROM read_json(${quoted}, format = 'newline_delimited', columns = {id: 'VARCHAR', traceId: 'VARCHAR', traceName: 'VARCHAR',
        type: 'VARCHAR', name: 'VARCHAR', startTime: 'TIMESTAMP', endTime: 'TIMESTAMP', completionStartTime: 'TIMESTAMP',
        environment: 'VARCHAR', userId: 'VARCHAR', sessionId: 'VARCHAR', level: 'VARCHAR', providedModelName: 'VARCHAR',
        usageDetails: 'JSON', totalCost: 'DOUBLE', metadata: 'JSON', release: 'VARCHAR', parentObservationId: 'VARCHAR'})
        ON CONFLICT DO NOTHING`);
}
const rows = await connection.runAndReadAll('SELECT count(*) FROM observation');
console.log(String(rows.getRows()[0][0]));
await connection.run('CHECKPOINT');
connection.closeSync();
