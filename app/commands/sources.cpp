// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>
#include <cstdio>

#include "app/command.h"
#include "app/progress_line.h"
#include "app/question_options.h"
#include "model/record/recorder.h"

namespace plumbline::commands {

namespace {

Result<int> list(const CommandCall& call)
{
    const Queries queries = TRY(openQueries(call));
    for (const SourceRow& source : TRY(queries.sources(call.stop)))
        std::printf("%lld  %s · %s · %lld records, %lld calls · %s to %s · %s\n", static_cast<long long>(source.import),
                    source.name.c_str(), source.format.c_str(), static_cast<long long>(source.records),
                    static_cast<long long>(source.calls), source.first ? isoText(*source.first).c_str() : "–",
                    source.last ? isoText(*source.last).c_str() : "–", std::string(idOf(source.privacy)).c_str());
    return ExitCode::Done;
}

Result<int> remove(const CommandCall& call, const std::string& number)
{
    std::int64_t import = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), import);
    if (error != std::errc() || end != number.data() + number.size())
        return fail(ErrorKind::Usage, "a source is named by its number; 'plumbline sources list' tells them");
    TRY(openQueries(call)); // a missing workspace is an error here
    Recorder recorder = TRY(Recorder::open(TRY(call.arguments.required("store")), "plumbline sources remove"));
    ProgressLine progress;
    const auto removed = recorder.removeImport(import, progress.sink(), call.stop);
    progress.clear();
    if (!removed)
        return tl::unexpected(removed.error());
    return ExitCode::Done;
}

Result<int> prune(const CommandCall& call)
{
    const Queries queries = TRY(openQueries(call));
    const std::string date = TRY(call.arguments.required("before"));
    const auto day = parseDate(date);
    if (!day)
        return fail(ErrorKind::Usage, "not a date: '" + date + "' (write 2026-10-01)");
    Recorder recorder = TRY(Recorder::open(queries.path(), "plumbline sources prune"));
    ProgressLine progress;
    const auto removed = recorder.prune(queries.calendar().startOfDay(*day), progress.sink(), call.stop);
    progress.clear();
    if (!removed)
        return tl::unexpected(removed.error());
    std::printf("%lld sources removed\n", static_cast<long long>(*removed));
    return ExitCode::Done;
}

Result<int> run(const CommandCall& call)
{
    const std::vector<std::string>& words = call.arguments.rest();
    if (words.empty() || (words.size() == 1 && words[0] == "list"))
        return list(call);
    if (words.size() == 2 && words[0] == "remove")
        return remove(call, words[1]);
    if (words.size() == 1 && words[0] == "prune")
        return prune(call);
    return fail(ErrorKind::Usage, "sources list, sources remove NUMBER, or sources prune --before DATE");
}

} // namespace

Command sources()
{
    return {
        .name = "sources",
        .synopsis = "--store W.plumb [list | remove NUMBER | prune --before DATE]",
        .summary = "What was imported; takes a source out again, or all that ended before a day",
        .options = {{"store", "FILE", "the workspace"},
                    {"before", "YYYY-MM-DD", "prune: sources whose last span ended before this day"}},
        .run = run,
    };
}

} // namespace plumbline::commands
