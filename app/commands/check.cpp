// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "app/analysed.h"
#include "app/command.h"
#include "app/json_text.h"
#include "app/plain_text.h"
#include "app/text_file.h"
#include "model/queries/policy_json.h"

namespace plumbline::commands {

namespace {

using json = nlohmann::ordered_json;

Result<Policy> policyIn(const std::string& path)
{
    auto policy = policyFromJson(TRY(readTextFile(path)));
    if (!policy)
        return tl::unexpected(std::move(policy).error().in(path));
    return policy;
}

std::string figure(const std::optional<double>& value)
{
    if (!value)
        return "–";
    const bool isWhole = *value == std::floor(*value) && std::abs(*value) < 1e15;
    return isWhole ? grouped(static_cast<std::int64_t>(*value)) : json(*value).dump();
}

std::string jsonOf(const PolicyAnswer& answer)
{
    json object;
    object["broken"] = answer.isBroken();
    object["incomplete"] = answer.isIncomplete();
    object["calls"] = answer.calls;
    object["calls_not_analysed"] = answer.callsWaiting;
    object["checks"] = json::array();
    const auto number = [](const std::optional<double>& value) { return value ? json(*value) : json(nullptr); };
    for (const PolicyCheck& check : answer.checks)
        object["checks"].push_back({{"feature", check.feature},
                                    {"where", check.where.empty() ? json(nullptr) : json(check.where)},
                                    {"limit", check.limit},
                                    {"broken", check.isBroken},
                                    {"most", number(check.most)},
                                    {"worst", number(check.worst)},
                                    {"calls", check.calls},
                                    {"calls_above", check.broken},
                                    {"calls_unknown", check.unknown},
                                    {"worst_call", check.worstCall.empty() ? json(nullptr) : json(check.worstCall)}});
    object["features_without_rule"] = answer.withoutRule;
    object["features_without_calls"] = answer.withoutCalls;
    return jsonText(object);
}

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string tableOf(const PolicyAnswer& answer, bool wantsAll)
{
    std::vector<std::vector<std::string>> rows{
        {"Feature", "Limit", "", "At most", "Worst", "Above", "Unknown", "Calls", "Worst call"}};
    std::size_t kept = 0;
    for (const PolicyCheck& check : answer.checks) {
        kept += !check.isBroken;
        if (!check.isBroken && !wantsAll)
            continue;
        rows.push_back({check.feature + (check.where.empty() ? "" : " where " + check.where), check.limit,
                        check.isBroken ? "BROKEN" : "kept", figure(check.most), figure(check.worst),
                        grouped(check.broken), grouped(check.unknown), grouped(check.calls), check.worstCall});
    }
    std::string text = rows.size() > 1 ? tableText(rows, 3) : std::string();
    text += std::to_string(answer.checks.size() - kept) + " of " + std::to_string(answer.checks.size()) +
            " limits broken by " + grouped(answer.calls) + " calls\n";
    if (!answer.withoutRule.empty())
        text += "no rule for: " + listed(answer.withoutRule) + "\n";
    if (!answer.withoutCalls.empty())
        text += "no calls of: " + listed(answer.withoutCalls) + "\n";
    if (answer.checks.empty())
        text += "nothing was checked: no rule is for a feature that has calls here\n";
    if (answer.callsWaiting > 0)
        text += grouped(answer.callsWaiting) + " calls are not analysed: their segments, turns and waste are unknown\n";
    return text;
}

Result<int> run(const CommandCall& call)
{
    const Arguments& arguments = call.arguments;
    const auto path = arguments.value("policy");
    if (!path)
        return fail(ErrorKind::Usage, "check needs --policy FILE");
    const Policy policy = TRY(policyIn(*path));
    const Queries queries = TRY(openAnalysed(call));
    const Filter filter = TRY(filterFrom(arguments, queries.calendar()));
    const PolicyAnswer answer = TRY(queries.check(policy, filter, call.stop));
    const std::string text = arguments.has("json") ? jsonOf(answer) : tableOf(answer, arguments.has("all"));
    std::fwrite(text.data(), 1, text.size(), stdout);
    if (answer.isBroken())
        return ExitCode::PolicyBroken;
    return answer.isIncomplete() ? ExitCode::Incomplete : ExitCode::Done;
}

} // namespace

Command check()
{
    return {
        .name = "check",
        .synopsis =
            "--store W.plumb --policy policy.json [--month 2026-10 | --from --to] [--filter …] [--all] [--json]",
        .summary =
            "Whether calls keep a policy: limits of tokens, turns, documents, cost and waste, and allowed models",
        .options = withQuestionOptions({{"policy", "FILE", "limits by feature; policy suggest writes one"},
                                        {"all", {}, "also the limits that are kept"},
                                        {"json", {}, "print JSON"}}),
        .run = run,
    };
}

} // namespace plumbline::commands
