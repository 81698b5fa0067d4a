// SPDX-License-Identifier: GPL-3.0-or-later

// A bad network between an SDK and the collector.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";

async function contentOf(stream) {
    const chunks = [];
    for await (const chunk of stream)
        chunks.push(chunk);
    return Buffer.concat(chunks);
}

async function forward(collector, { method, url, headers }, body) {
    const onward = httpRequest(new URL(url, collector), { method, headers });
    onward.end(body);
    const [answer] = await once(onward, "response");
    return { status: answer.statusCode, headers: answer.headers, body: await contentOf(answer) };
}

/// `troubleOf(ordinal, attempt)` says what happens to a request: "lost" (the collector gets it, its answer never
/// arrives), "refused" (the collector gets nothing) or nothing. A request is told by its content, so that `attempt`
/// counts how often the SDK has sent it.
export async function openProxy(collector, troubleOf) {
    const requests = new Map();
    const counts = { lost: 0, refused: 0 };

    async function serve(request, response) {
        const body = await contentOf(request);
        const what = `${request.method} ${request.url}`;
        const digest = createHash("sha256").update(what).update(body).digest("hex");
        if (!requests.has(digest))
            requests.set(digest, { what, ordinal: requests.size + 1, attempts: 0, status: undefined });
        const known = requests.get(digest);
        const trouble = troubleOf(known.ordinal, ++known.attempts);
        if (trouble)
            ++counts[trouble];
        if (trouble === "refused") {
            // In JSON, as the collector's own: langfuse 3 gives up on a refusal that it cannot parse.
            response.writeHead(503, { "Retry-After": "1", "Content-Type": "application/json" });
            response.end('{"message":"busy"}');
            return;
        }
        const answer = await forward(collector, request, body);
        if (trouble === "lost") {
            request.socket.destroy();
            return;
        }
        known.status = answer.status;
        response.writeHead(answer.status, answer.headers);
        response.end(answer.body);
    }
    const server = createServer((request, response) => {
        serve(request, response).catch(() => request.socket.destroy());
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");

    return {
        address: `http://127.0.0.1:${server.address().port}`,
        /// What the trouble was, in words.
        summary: () => `${requests.size} requests, ${counts.lost} answers lost, ${counts.refused} refused`,
        /// What the SDK never got through, and that there was trouble at all.
        differences() {
            const failed = [...requests.values()].filter(({ status }) => !(status >= 200 && status < 300));
            const lines = failed.map(({ what, attempts, status }) => {
                const ending = status ? `the last answered ${status}` : "never answered";
                return `${what}: given up after ${attempts} attempts, ${ending}`;
            });
            return counts.lost + counts.refused === 0 ? [...lines, "the proxy made no trouble"] : lines;
        },
        close() {
            server.close();
            server.closeAllConnections();
        },
    };
}
