// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the files the benchmarks import: `write_load bodies FILE` 100,000 lines of about 11 KB with re-sent histories,
// `write_load metadata FILE` 1,000,000 lines without bodies, `write_load many FILE` ten times as many.
#include <cstdio>
#include <cstring>
#include <string>

#include "model/sample/bench.h"

using namespace plumbline;

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
