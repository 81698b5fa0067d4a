// SPDX-License-Identifier: GPL-3.0-or-later

// Plays the scenario by every SDK into a collector – directly, with answers lost, with requests refused – and compares
// what the workspace says then with the truth: node run.mjs PROGRAM [DRIVER…]
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { openProxy } from "./proxy.mjs";
import { truth, workspaceTruth } from "./scenario.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const driverTimeLimit = 60_000; // milliseconds

/// What a user sets to point each SDK at the collector.
const langfuseKeys = { LANGFUSE_PUBLIC_KEY: "pk-lf-local", LANGFUSE_SECRET_KEY: "sk-lf-local" };
const environments = {
    langfuse3: (url) => ({ LANGFUSE_BASEURL: url, ...langfuseKeys }),
    langfuse5: (url) => ({ LANGFUSE_BASE_URL: url, ...langfuseKeys }),
    langsmith: (url) => ({
        LANGSMITH_TRACING: "true",
        LANGSMITH_ENDPOINT: url,
        LANGSMITH_API_KEY: "lsv2_pt_local",
        LANGSMITH_PROJECT: "shop",
    }),
    otlp_json: (url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url }),
    otlp_protobuf_gzip: (url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_COMPRESSION: "gzip" }),
};

/// Of the proxy between; none: the SDK speaks with the collector.
const modes = {
    plain: undefined,
    // Every request is sent twice.
    "answers lost": (ordinal, attempt) => (attempt === 1 ? "lost" : undefined),
    // Every other one comes after those that followed it.
    "requests refused": (ordinal, attempt) => (attempt === 1 && ordinal % 2 === 1 ? "refused" : undefined),
};

const collectors = [];
process.once("exit", () => collectors.forEach((collector) => collector.kill()));

async function startCollector(program, store) {
    const collector = spawn(program, ["collect", "--store", store, "--port", "0"],
        { stdio: ["ignore", "pipe", "pipe"] });
    collectors.push(collector);
    const ended = once(collector, "close");
    let said = "";
    collector.stderr.on("data", (text) => { said += text; });
    const lines = createInterface({ input: collector.stdout });
    const [line] = await Promise.race([once(lines, "line"), ended.then(() => [said])]);
    const address = /^Listening on (\S+),/.exec(line)?.[1];
    if (!address)
        throw new Error(`the collector did not start: ${line}`);
    return {
        address,
        async stop() {
            collector.kill("SIGTERM");
            const [code, signal] = await ended;
            return { differences: code === 0 ? [] : [`the collector ended with ${signal ?? code}`], said: said.trim() };
        },
    };
}

/// With what a user sets and nothing that this machine's user has set.
async function playDriver(name, url, home) {
    const env = { PATH: process.env.PATH, HOME: home, ...environments[name](url) };
    try {
        const options = { env, timeout: driverTimeLimit };
        const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(here, `${name}.mjs`)], options);
        return { differences: [], said: (stdout + stderr).trim() };
    } catch (error) {
        const ending = error.killed ? "did not end" : `ended with ${error.signal ?? error.code}`;
        return { differences: [`the driver ${ending}`], said: `${error.stdout ?? ""}${error.stderr ?? error}`.trim() };
    }
}

async function ask(program, verb, store, ...more) {
    const { stdout } = await promisify(execFile)(program, [verb, "--store", store, ...more, "--json"]);
    return JSON.parse(stdout);
}

function compareTable({ by, columns, rows }, told) {
    const differences = [];
    const nameOf = (values) => values.map((value) => value ?? "none").join(" · ");
    const expected = new Map(rows.map((row) => [nameOf(row.slice(0, by.length)), row.slice(by.length)]));
    for (const row of told) {
        const name = nameOf(by.map((dimension) => row[dimension]));
        const figures = expected.get(name);
        expected.delete(name);
        if (!figures)
            differences.push(`${name}: ${row.calls} calls too many`);
        else
            columns.forEach((column, index) => {
                if ((row[column] ?? 0) !== figures[index])
                    differences.push(`${name}: ${column} is ${row[column]}, not ${figures[index]}`);
            });
    }
    for (const name of expected.keys())
        differences.push(`${name}: missing`);
    return differences;
}

async function compareWorkspace(program, store) {
    const differences = [];
    for (const table of truth) {
        const { rows } = await ask(program, "breakdown", store, "--by", table.by.join(","));
        differences.push(...compareTable(table, rows));
    }
    const status = await ask(program, "status", store);
    const told = { ...status, ...status.completeness };
    for (const [figure, count] of Object.entries(workspaceTruth))
        if (told[figure] !== count)
            differences.push(`${figure} is ${told[figure]}, not ${count}`);
    return differences;
}

async function play(program, name, mode) {
    const folder = await mkdtemp(join(tmpdir(), "plumbline-clients-"));
    const store = join(folder, "clients.plumb");
    const started = performance.now();
    const collector = await startCollector(program, store);
    const proxy = modes[mode] && (await openProxy(collector.address, modes[mode]));
    const driver = await playDriver(name, proxy?.address ?? collector.address, folder);
    proxy?.close();
    const ending = await collector.stop();
    const differences = [...driver.differences, ...ending.differences, ...(proxy?.differences() ?? [])];
    if (ending.differences.length === 0)
        differences.push(...(await compareWorkspace(program, store)));
    await rm(folder, { recursive: true });

    const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`;
    const notes = proxy ? `${seconds}; ${proxy.summary()}` : seconds;
    const lines = [`${differences.length ? "FAIL" : "ok  "} ${name}, ${mode} (${notes})`, ...differences];
    if (differences.length)
        lines.push(...`${driver.said}\n${ending.said}`.trim().split("\n").map((line) => `| ${line}`));
    console.log(lines.join("\n     "));
    return differences.length;
}

const [program, ...chosen] = process.argv.slice(2);
const names = chosen.length ? chosen : Object.keys(environments);
if (!program || names.some((name) => !environments[name])) {
    console.error(`node run.mjs PROGRAM [DRIVER…]; drivers are ${Object.keys(environments).join(", ")}`);
    process.exit(2);
}
// What takes time is waiting for retries.
const counts = await Promise.all(names.flatMap((name) => Object.keys(modes).map((mode) => play(program, name, mode))));
process.exitCode = counts.some((count) => count > 0) ? 1 : 0;
