// SPDX-License-Identifier: GPL-3.0-or-later
// Posts chat traces with re-sent histories to a collector, about 85 KB a request of OTLP/JSON: `post_load PORT PID
// POSTS CONNECTIONS`. Says what the collector's process spent on them. A fifth word, `metadata`: spans without bodies;
// `paced`: fifty posts a second of one span each; `batched`: as SDKs send them, five posts a second of ten.
#include "support/http_client.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "model/sample/bench.h"

using namespace plumbline;
using plumbline::test::HttpClient;

namespace {

/// A further call makes about 85 KB of it, in the mean.
constexpr std::size_t bytesPerPost = 79'000;

constexpr double pacedPostsPerSecond = 50, batchedPostsPerSecond = 5;
constexpr std::size_t bytesPerSpan = 2'000;

/// The requests of a line each, joined into requests of the size wanted.
std::vector<std::string> postsOf(std::size_t count, bool hasBodies, std::size_t bytesWanted)
{
    SampleBench bench = hasBodies ? SampleBench::withBodies() : SampleBench::withoutBodies();
    bench.format = SampleFormat::Otlp;
    std::vector<std::string> posts;
    std::string line, post;
    (void)generate(
        bench,
        [&](const SampleTrace& trace) -> Result<> {
            line.clear();
            append(line, trace, SampleFormat::Otlp);
            constexpr std::string_view begin = "{\"resourceSpans\":[", end = "]}\n";
            if (!line.starts_with(begin) || !line.ends_with(end))
                return fail(ErrorKind::Malformed, "no request a line");
            post += post.empty() ? begin : ",";
            post.append(line, begin.size(), line.size() - begin.size() - end.size());
            if (post.size() < bytesWanted)
                return {};
            posts.push_back(post + "]}");
            post.clear();
            return posts.size() < count ? Result<>() : fail(ErrorKind::Cancelled, "enough");
        },
        StopToken());
    if (!post.empty())
        posts.push_back(post + "]}");
    return posts;
}

double cpuSecondsOf(const char* pid)
{
    std::ifstream stat(std::string("/proc/") + pid + "/stat");
    std::string text;
    std::getline(stat, text);
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string field;
    double ticks = 0;
    for (int i = 3; fields >> field && i <= 15; ++i)
        ticks += i == 14 || i == 15 ? std::stod(field) : 0;
    return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 5)
        return 2;
    const auto port = static_cast<unsigned>(std::atoi(argv[1]));
    const bool isBatched = argc > 5 && std::string_view(argv[5]) == "batched";
    const bool isPaced = isBatched || (argc > 5 && std::string_view(argv[5]) == "paced");
    const double postsPerSecond = isBatched ? batchedPostsPerSecond : pacedPostsPerSecond;
    const std::vector<std::string> posts = postsOf(static_cast<std::size_t>(std::atol(argv[3])), argc == 5,
                                                   isBatched ? 9 * bytesPerSpan
                                                   : isPaced ? 1
                                                             : bytesPerPost);
    std::size_t bytes = 0;
    for (const std::string& post : posts)
        bytes += post.size();
    std::atomic<std::size_t> next = 0, taken = 0;
    const double before = cpuSecondsOf(argv[2]);
    const auto begin = std::chrono::steady_clock::now();
    std::vector<std::thread> clients;
    for (int i = 0; i < std::atoi(argv[4]); ++i)
        clients.emplace_back([&] {
            HttpClient client(port);
            for (std::size_t at = next++; at < posts.size(); at = next++) {
                if (isPaced)
                    std::this_thread::sleep_until(
                        begin + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                    std::chrono::duration<double>(static_cast<double>(at) / postsPerSecond)));
                taken +=
                    client.request("POST", "/v1/traces", {{"Content-Type", "application/json"}}, posts[at]).status ==
                    200;
            }
        });
    for (std::thread& client : clients)
        client.join();
    const double cpu = cpuSecondsOf(argv[2]) - before;
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::printf("%zu of %zu posts of %.0f KB taken: %.2f CPU s, %.0f posts a CPU second, %.0f a second of the clock\n",
                taken.load(), posts.size(), static_cast<double>(bytes) / 1e3 / static_cast<double>(posts.size()), cpu,
                static_cast<double>(taken) / cpu, static_cast<double>(taken) / wall);
    if (isPaced)
        std::printf("%.1f %% of a core\n", 100 * cpu / wall);
    return taken == posts.size() ? 0 : 1;
}
