// SPDX-License-Identifier: GPL-3.0-or-later
// A Langfuse blob export in Parquet of some JSON lines: `node duckdb_parquet.mjs FILE PARQUET`, uncompressed.
import { DuckDBInstance } from '@duckdb/node-api';

const [file, parquet] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create()).connect();
await connection.run(`COPY (SELECT id, traceId AS trace_id, type, name, startTime AS start_time, endTime AS end_time, environment,
    model AS provided_model_name, CAST(usageDetails AS VARCHAR) AS usage_details, totalCost AS total_cost,
    CAST(input AS VARCHAR) AS input, CAST(output AS VARCHAR) AS output, CAST(metadata AS VARCHAR) AS metadata,
    userId AS user_id FROM read_json_auto('${file}', maximum_object_size = 268435456))
    TO '${parquet}' (FORMAT parquet, COMPRESSION uncompressed)`);
connection.closeSync();
