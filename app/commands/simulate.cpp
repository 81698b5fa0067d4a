// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "app/analysed.h"
#include "app/command.h"
#include "app/progress_line.h"
#include "app/text_file.h"
#include "app/what_if_text.h"
#include "model/queries/scenario_policy.h"
#include "model/simulation/scenario_json.h"

namespace plumbline::commands {

namespace {

Result<Scenario> scenarioOf(const Arguments& arguments)
{
    const auto path = arguments.value("scenario");
    if (!path) {
        if (!arguments.value("suggest"))
            return fail(ErrorKind::Usage, "--scenario FILE is missing, or --suggest RISK");
        return Scenario{.name = "suggested plan"};
    }
    auto scenario = scenarioFromJson(TRY(readTextFile(*path)));
    if (!scenario)
        return tl::unexpected(std::move(scenario).error().in(*path));
    return scenario;
}

void print(const std::string& text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

/// Without a model to go to nothing is routed: that is told, not answered with 0.
Result<> checkModels(const std::vector<LeverUse>& levers)
{
    for (const LeverUse& use : levers) {
        const auto to = use.parameters.find("to");
        const bool isNamed = to != use.parameters.end() && to->second != LeverValue(std::string());
        if (use.isOn && use.lever == "route-model" && !isNamed)
            return fail(ErrorKind::Usage, "route-model: \"to\" names no model");
    }
    return {};
}

Result<int> run(const CommandCall& call)
{
    const Arguments& arguments = call.arguments;
    if (arguments.rest() == std::vector<std::string>{"levers"}) {
        print(leversTable());
        return ExitCode::Done;
    }
    if (!arguments.rest().empty())
        return fail(ErrorKind::Usage, "'" + arguments.rest()[0] + "' is no word of simulate: levers lists them");
    Scenario scenario = TRY(scenarioOf(arguments));
    const Queries queries = TRY(openAnalysed(call));
    Filter filter = TRY(filterFrom(arguments, queries.calendar()));
    filter.conditions.insert(filter.conditions.end(), scenario.filter.begin(), scenario.filter.end());
    ProgressLine line;
    const auto whatIf = queries.whatIf(filter, line.sink(), call.stop);
    line.clear();
    if (!whatIf)
        return tl::unexpected(whatIf.error());
    if (const auto worst = arguments.value("suggest")) {
        // What the file has stays as it is there.
        const auto isThere = [given = scenario.levers](const LeverUse& use) {
            return std::any_of(given.begin(), given.end(), [&](const LeverUse& of) { return of.lever == use.lever; });
        };
        for (const SuggestedLever& lever : TRY((*whatIf)->suggest(*worst, call.stop)))
            if (!isThere(lever.use))
                scenario.levers.push_back(lever.use);
        if (arguments.has("scenario-file")) {
            print(toJson(scenario));
            return ExitCode::Done;
        }
    }
    TRY(checkModels(scenario.levers));
    if (arguments.has("policy")) {
        print(policyJsonOf(scenario));
        return ExitCode::Done;
    }
    const WhatIfAnswer answer = TRY((*whatIf)->simulate(scenario.levers, WhatIfDetail::Full, call.stop));
    print(arguments.has("json") ? whatIfJson(**whatIf, scenario.name, answer) : whatIfTable(**whatIf, answer));
    return ExitCode::Done;
}

} // namespace

Command simulate()
{
    return {
        .name = "simulate",
        .synopsis = "--store W.plumb (--scenario S.json | --suggest RISK [--scenario-file]) [--month 2026-10] [--json "
                    "| --policy]\n"
                    "       simulate levers",
        .summary = "Replays calls under other rules: what they would have cost, step by step",
        .options = withQuestionOptions(
            {{"scenario", "FILE", "the scenario: which levers, how far, for which calls"},
             {"suggest", "RISK", "the best levers up to this class of risk: none, low, medium, high"},
             {"scenario-file", {}, "write what is suggested as a scenario file"},
             {"policy", {}, "write the policy that calls would keep then, for check"},
             {"json", {}, "write JSON"}}),
        .run = run,
    };
}

} // namespace plumbline::commands
