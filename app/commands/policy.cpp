// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "app/analysed.h"
#include "app/command.h"
#include "model/queries/policy_json.h"

namespace plumbline::commands {

namespace {

Result<int> run(const CommandCall& call)
{
    const std::vector<std::string>& words = call.arguments.rest();
    if (words.size() != 1 || words[0] != "suggest")
        return fail(ErrorKind::Usage, "policy needs a word: suggest");
    const Queries queries = TRY(openAnalysed(call));
    const Filter filter = TRY(filterFrom(call.arguments, queries.calendar()));
    const Policy policy = TRY(queries.suggestPolicy(filter, call.stop));
    if (policy.rules.empty())
        return fail(ErrorKind::NotFound, "there are no calls to suggest a policy from");
    const std::string text = toJson(policy);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return ExitCode::Done;
}

} // namespace

Command policy()
{
    return {
        .name = "policy",
        .synopsis = "suggest --store W.plumb [--month 2026-10 | --from --to] [--filter …]",
        .summary = "Writes a policy that these calls keep, for check: a start to tighten",
        .options = withQuestionOptions({}),
        .run = run,
    };
}

} // namespace plumbline::commands
