// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>
#include <cstdio>
#include <memory>

#include "app/command.h"
#include "app/progress_line.h"
#include "app/sample_workspace.h"
#include "model/sample/writers.h"

namespace plumbline::commands {

namespace {

struct CloseFile
{
    void operator()(std::FILE* file) const { std::fclose(file); }
};

template <class Number>
Result<> readNumber(const Arguments& arguments, std::string_view name, Number& into)
{
    const auto text = arguments.value(name);
    if (!text)
        return {};
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), into);
    if (error != std::errc() || end != text->data() + text->size())
        return fail(ErrorKind::Usage, "--" + std::string(name) + " takes a whole number, not '" + *text + "'");
    return {};
}

Result<SampleOptions> optionsFrom(const Arguments& arguments)
{
    SampleOptions options;
    TRY(readNumber(arguments, "calls", options.calls));
    TRY(readNumber(arguments, "months", options.months));
    TRY(readNumber(arguments, "seed", options.seed));
    for (const std::string& text : arguments.values("drain")) {
        constexpr std::string_view all = "all:";
        if (text.starts_with(all)) {
            for (const SampleDrainFacts& drain : sampleDrains) {
                const auto one = TRY(parseDrainIntensity(std::string(drain.id) + ":" + text.substr(all.size())));
                options.drainIntensity[one.first] = one.second;
            }
            continue;
        }
        const auto [id, intensity] = TRY(parseDrainIntensity(text));
        options.drainIntensity[id] = intensity;
    }
    return options.validated();
}

Result<int> writeFile(const std::string& path, const SampleOptions& options, SampleFormat format, const StopToken& stop)
{
    const bool isStandardOutput = path == "-";
    const std::unique_ptr<std::FILE, CloseFile> file(isStandardOutput ? nullptr : std::fopen(path.c_str(), "wb"));
    std::FILE* out = isStandardOutput ? stdout : file.get();
    if (!out)
        return tl::unexpected(Error{ErrorKind::Unreadable, "cannot be written", path});
    std::string text;
    const auto flush = [&]() -> Result<> {
        if (std::fwrite(text.data(), 1, text.size(), out) != text.size())
            return tl::unexpected(Error{ErrorKind::DiskFull, "writing failed", path});
        text.clear();
        return {};
    };
    constexpr std::size_t flushAbove = std::size_t{1} << 20;
    TRY(generate(
        options,
        [&](const SampleTrace& trace) -> Result<> {
            append(text, trace, format);
            return text.size() > flushAbove ? flush() : Result<>();
        },
        stop));
    TRY(flush());
    if (std::fflush(out) != 0)
        return tl::unexpected(Error{ErrorKind::DiskFull, "writing failed", path});
    return ExitCode::Done;
}

Result<int> run(const CommandCall& call)
{
    const SampleOptions options = TRY(optionsFrom(call.arguments));
    const auto store = call.arguments.value("store");
    const auto output = call.arguments.value("output");
    if (store.has_value() == output.has_value())
        return fail(ErrorKind::Usage, "either --store W.plumb or -o FILE");
    if (output)
        return writeFile(*output, options, TRY(sampleFormatOf(call.arguments.value("format").value_or("langfuse"))),
                         call.stop);
    ProgressLine progress;
    const auto report = generateInto(*store, options, progress.sink(), call.stop);
    progress.clear();
    if (!report)
        return tl::unexpected(report.error());
    std::printf("%llu spans, %llu calls\n", static_cast<unsigned long long>(report->spans),
                static_cast<unsigned long long>(report->calls));
    return ExitCode::Done;
}

} // namespace

Command generate()
{
    return {
        .name = "generate",
        .synopsis = "(--store W.plumb | -o FILE [--format langfuse]) [--calls N] [--months N] [--seed N] [--drain "
                    "ID:INTENSITY]",
        .summary = "Makes believable sample traces with waste planted in them",
        .options = {{"store", "FILE", "the workspace to record into"},
                    {"output", "FILE", "or a file to write (also -o; - is standard output)"},
                    {"format", "FORMAT", "of that file: langfuse, langfuse-observations, langsmith, otlp"},
                    {"calls", "N", "about how many calls (20000)"},
                    {"months", "N", "how many months back from November 2026 (3)"},
                    {"seed", "N", "another seed, another company (1)"},
                    {"drain", "ID:INTENSITY",
                     "how much of a drain is planted, 0 to 1; all:0 plants none; may be repeated"}},
        .run = run,
    };
}

} // namespace plumbline::commands
