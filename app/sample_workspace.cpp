// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sample_workspace.h"

#include "importers/text_import.h"
#include "model/sample/writers.h"

namespace plumbline {

namespace {

constexpr std::uint64_t callsPerReport = 1000;
/// What a sample call takes as JSON, about.
constexpr std::uint64_t bytesPerCall = 6000;

} // namespace

Result<ImportReport> generateInto(const std::filesystem::path& workspace, const SampleOptions& options,
                                  const ProgressSink& progress, const StopToken& stop)
{
    const ImportSetup setup{.name = "sample traces, seed " + std::to_string(options.seed),
                            .detail = "made by plumbline generate",
                            .expectedBytes = static_cast<std::uint64_t>(options.calls) * bytesPerCall};
    TextImport import = TRY(TextImport::begin(workspace, "plumbline generate", setup, "langfuse-events", stop));
    std::string text;
    std::uint64_t traces = 0;
    TRY(generate(
        options,
        [&](const SampleTrace& trace) -> Result<> {
            text.clear();
            append(text, trace, SampleFormat::Langfuse);
            TRY(import.add(text));
            if (++traces % callsPerReport == 0 && progress)
                progress({.what = "generating", .done = traces});
            return {};
        },
        stop));
    return import.finish(progress);
}

} // namespace plumbline
