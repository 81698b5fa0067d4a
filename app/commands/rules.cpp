// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "app/command.h"
#include "app/progress_line.h"
#include "app/question_options.h"
#include "app/text_file.h"
#include "app/workspace_changes.h"

namespace plumbline::commands {

namespace {

Result<int> show(const CommandCall& call)
{
    const Queries queries = TRY(openQueries(call));
    const RulesAnswer answer = TRY(queries.rules(call.stop));
    // Comments on lines of their own: what is shown can be edited and set.
    for (const RuleRow& row : answer.rules)
        std::printf("# %lld calls by\n%s\n", static_cast<long long>(row.calls), textOf(row.rule).c_str());
    std::printf("# unallocated: %lld of %lld calls\n", static_cast<long long>(answer.unallocated),
                static_cast<long long>(answer.calls));
    return ExitCode::Done;
}

Result<FeatureRules> rulesIn(const std::string& path)
{
    auto rules = featureRulesFromText(TRY(readTextFile(path)));
    if (!rules)
        return tl::unexpected(std::move(rules).error().in(path));
    return rules;
}

Result<int> preview(const CommandCall& call, const std::string& path)
{
    const Queries queries = TRY(openQueries(call));
    const RulesPreview answer = TRY(queries.previewRules(TRY(rulesIn(path)), call.stop));
    for (const RulesPreview::Row& row : answer.rows)
        std::printf("%s: %lld -> %lld calls\n", row.feature.c_str(), static_cast<long long>(row.before),
                    static_cast<long long>(row.after));
    std::printf("%lld calls would move\n", static_cast<long long>(answer.moved));
    return ExitCode::Done;
}

Result<int> set(const CommandCall& call, const std::string& path)
{
    const FeatureRules rules = TRY(rulesIn(path));
    const Queries queries = TRY(openQueries(call));
    ProgressLine progress;
    const auto applied = workspaceChanges()->setFeatureRules(queries.path(), rules, progress.sink(), call.stop);
    progress.clear();
    if (!applied)
        return tl::unexpected(applied.error());
    return ExitCode::Done;
}

Result<int> run(const CommandCall& call)
{
    const std::vector<std::string>& words = call.arguments.rest();
    if (words.empty() || (words.size() == 1 && words[0] == "show"))
        return show(call);
    if (words.size() == 2 && words[0] == "preview")
        return preview(call, words[1]);
    if (words.size() == 2 && words[0] == "set")
        return set(call, words[1]);
    return fail(ErrorKind::Usage, "rules show, rules preview FILE, or rules set FILE");
}

} // namespace

Command rules()
{
    return {
        .name = "rules",
        .synopsis = "--store W.plumb [show | preview FILE | set FILE]",
        .summary = "Which rule gives calls their feature; one rule a line: metadata.team = search -> doc-search",
        .options = {{"store", "FILE", "the workspace"}},
        .run = run,
    };
}

} // namespace plumbline::commands
