// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the files the benchmarks import: `write_load bodies FILE` 100,000 lines of about 11 KB with re-sent histories,
// `write_load metadata FILE` 1,000,000 lines without bodies, `write_load many FILE` ten times as many;
// `write_load huge FILE` one trace of a thousand calls with 100 KB each.
#include <cstdio>
#include <cstring>
#include <string>

#include "model/sample/bench.h"

using namespace plumbline;

namespace {

/// Each call sends the same hundred kilobytes and a few bytes more, as an agent that runs for hours does.
int writeHuge(std::FILE* file)
{
    constexpr int calls = 1000;
    constexpr std::size_t bytes = 100'000;
    std::string said;
    for (int i = 0; said.size() < bytes; ++i)
        said += "step " + std::to_string(i) + " did something worth a line\\n";
    bool isWritten = true;
    for (int call = 0; call < calls; ++call) {
        const std::string number = std::to_string(call), minute = std::to_string(10 + call % 50);
        const std::string hour = std::to_string(10 + call / 100);
        const std::string line =
            R"({"id":"h)" + number + R"(","traceId":"huge","type":"GENERATION","name":"step","model":"gpt-4o",)" +
            R"("startTime":"2026-10-01T)" + hour + ":" + minute + R"(:00Z","input":[{"role":"user","content":")" +
            said + number + R"("}],"output":"ok","usageDetails":{"input":25000,"output":2}})" + "\n";
        isWritten &= std::fwrite(line.data(), 1, line.size(), file) == line.size();
    }
    return std::fclose(file) == 0 && isWritten ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3)
        return 2;
    SampleBench bench = std::strcmp(argv[1], "bodies") == 0 ? SampleBench::withBodies() : SampleBench::withoutBodies();
    if (std::strcmp(argv[1], "many") == 0)
        bench.calls *= 10;
    std::FILE* file = std::fopen(argv[2], "wb");
    if (!file)
        return 1;
    if (std::strcmp(argv[1], "huge") == 0)
        return writeHuge(file);
    std::string text;
    const auto written = generate(
        bench,
        [&](const SampleTrace& trace) -> Result<> {
            append(text, trace, bench.format);
            if (text.size() > (1U << 20)) {
                if (std::fwrite(text.data(), 1, text.size(), file) != text.size())
                    return fail(ErrorKind::DiskFull, "writing failed");
                text.clear();
            }
            return {};
        },
        StopToken());
    const bool isWhole = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    return std::fclose(file) == 0 && isWhole && written ? 0 : 1;
}
