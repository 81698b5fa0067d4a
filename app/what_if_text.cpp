// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/what_if_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/json_text.h"
#include "app/plain_text.h"
#include "model/queries/month_of.h"
#include "model/simulation/lever.h"
#include "model/simulation/uncertainty.h"

namespace plumbline {

namespace {

using json = nlohmann::ordered_json;

/// What nobody knows is no 0.
json dollarsOr(bool isKnown, MoneySum dollars)
{
    return isKnown ? json(decimalText(dollars)) : json();
}

json optional(const std::optional<double>& number)
{
    return number ? json(*number) : json();
}

json figuresJson(const WhatIfFigures& figures, bool isCostKnown)
{
    return {{"calls", figures.calls},
            {"input_tokens", figures.input},
            {"output_tokens", figures.output},
            {"cost_usd", dollarsOr(isCostKnown, figures.cost)},
            {"latency_p50_ms", optional(figures.p50)},
            {"latency_p95_ms", optional(figures.p95)},
            {"waste_ratio", optional(figures.wasteRatio)}};
}

json rangeJson(const WhatIfRange& range)
{
    json assumptions = json::array();
    for (const WhatIfAssumption& assumption : range.assumptions)
        assumptions.push_back({{"lever", assumption.lever},
                               {"parameter", assumption.parameter},
                               {"low", assumption.low},
                               {"high", assumption.high},
                               {"saving_at_low_usd", decimalText(assumption.savingAtLow)},
                               {"saving_at_high_usd", decimalText(assumption.savingAtHigh)}});
    json fits = json::array();
    for (const WhatIfCacheFit& fit : range.cacheFit)
        fits.push_back({{"feature", fit.feature},
                        {"billed_cache_read_tokens", fit.reported},
                        {"replayed_cache_read_tokens", fit.predicted}});
    return {{"days", range.days},
            {"saving_low_usd", decimalText(range.low)},
            {"saving_high_usd", decimalText(range.high)},
            {"assumptions_low_usd", decimalText(range.lowest)},
            {"assumptions_high_usd", decimalText(range.highest)},
            {"attribution_usd", decimalText(range.attribution)},
            {"assumptions", std::move(assumptions)},
            {"simulator_fit", std::move(fits)}};
}

std::string orphanedText(const WhatIfAnswer& answer)
{
    return fmt::format("Calls that are left out had written {} tokens to caches, which others are still billed for "
                       "reading: with prompt-caching the caches are replayed without them.",
                       grouped(answer.orphanedWrites));
}

std::string titleOfLever(const std::string& id)
{
    const Lever* const lever = leverOf(id);
    return lever ? lever->title : id;
}

std::string perCall(TokenCount tokens, std::int64_t calls)
{
    return calls > 0 ? grouped((tokens + calls / 2) / calls) : "–";
}

std::string milliseconds(const std::optional<double>& value)
{
    return value ? fmt::format("{:.0f} ms", *value) : "no estimate";
}

std::string percent(const std::optional<double>& share)
{
    return share ? fmt::format("{:.1f} %", *share * 100) : "–";
}

std::string numberText(const LeverParameter& parameter, double value)
{
    if (!parameter.words.empty())
        return std::string(parameter.words[static_cast<std::size_t>(value)]);
    return fmt::format("{:g}", value);
}

} // namespace

std::string whatIfJson(const WhatIf& whatIf, const std::string& scenario, const WhatIfAnswer& answer)
{
    json steps = json::array(), features = json::array(), risks = json::array();
    for (const WhatIfStep& step : answer.steps) {
        json entry{{"lever", step.lever}, {"saving_usd", dollarsOr(answer.isCostKnown, step.saving)}};
        if (step.alone && answer.isCostKnown)
            entry["alone_usd"] = decimalText(*step.alone);
        steps.push_back(std::move(entry));
    }
    for (const WhatIfFeature& feature : answer.features)
        features.push_back({{"feature", feature.feature},
                            {"before_usd", dollarsOr(answer.isCostKnown, feature.before)},
                            {"after_usd", dollarsOr(answer.isCostKnown, feature.after)}});
    for (const WhatIfRisk& risk : answer.risks)
        risks.push_back({{"lever", risk.lever}, {"text", risk.message}});
    if (answer.orphanedWrites > 0)
        risks.push_back({{"lever", "prompt-caching"}, {"text", orphanedText(answer)}});
    json file{{"scenario", scenario},
              {"before", figuresJson(answer.before, answer.isCostKnown)},
              {"after", figuresJson(answer.after, answer.isCostKnown)},
              {"steps", std::move(steps)},
              {"projection",
               {{"days", whatIf.days()},
                {"month_before_usd", dollarsOr(answer.isCostKnown, monthOf(answer.before.cost, whatIf.days()))},
                {"month_after_usd", dollarsOr(answer.isCostKnown, monthOf(answer.after.cost, whatIf.days()))}}}};
    if (answer.interaction && answer.isCostKnown)
        file["interaction_usd"] = decimalText(*answer.interaction);
    file["features"] = std::move(features);
    file["range"] = answer.range && answer.isCostKnown ? rangeJson(*answer.range) : json();
    file["risks"] = std::move(risks);
    file["calls_without_prompts"] = whatIf.callsWithoutPrompts();
    file["unpriced_calls"] = whatIf.unpricedCalls();
    file["calls_without_usage"] = whatIf.callsWithoutUsage();
    return jsonText(file);
}

std::string whatIfTable(const WhatIf& whatIf, const WhatIfAnswer& answer)
{
    const WhatIfFigures &before = answer.before, &after = answer.after;
    const auto money = [&](const std::optional<MoneySum>& dollars) {
        return answer.isCostKnown ? exactDollars(dollars) : std::string("unknown");
    };
    std::string text = tableText({{"", "now", "scenario"},
                                  {"calls", grouped(before.calls), grouped(after.calls)},
                                  {"input tokens a call", perCall(before.input, before.callsWithUsage),
                                   perCall(after.input, after.callsWithUsage)},
                                  {"output tokens a call", perCall(before.output, before.callsWithUsage),
                                   perCall(after.output, after.callsWithUsage)},
                                  {"cost", money(before.cost), money(after.cost)},
                                  {"thirty days at that rate", money(monthOf(before.cost, whatIf.days())),
                                   money(monthOf(after.cost, whatIf.days()))},
                                  {"latency P50", milliseconds(before.p50), milliseconds(after.p50)},
                                  {"latency P95", milliseconds(before.p95), milliseconds(after.p95)},
                                  {"waste ratio (tokens)", percent(before.wasteRatio), percent(after.wasteRatio)}},
                                 1);
    std::vector<std::vector<std::string>> steps{{"step", "saves", "alone"}};
    for (const WhatIfStep& step : answer.steps)
        steps.push_back({titleOfLever(step.lever), money(step.saving), money(step.alone)});
    steps.push_back({"together", money(before.cost - after.cost), ""});
    if (answer.interaction && answer.isCostKnown)
        steps.push_back({"of that, what levers do to each other", exactDollars(*answer.interaction), ""});
    text += '\n' + tableText(steps, 1);
    std::vector<std::vector<std::string>> features{{"feature", "now", "scenario"}};
    for (const WhatIfFeature& feature : answer.features)
        features.push_back({feature.feature, money(feature.before), money(feature.after)});
    text += '\n' + tableText(features, 1);
    if (answer.range && answer.isCostKnown) {
        const WhatIfRange& range = *answer.range;
        text += fmt::format("\nsaves {} to {} by chance of the days ({} days{}), {} to {} by the assumptions, ± {} by "
                            "how tokens are split\n",
                            exactDollars(range.low), exactDollars(range.high), range.days,
                            range.days < simulation::fewestDays ? ": too few to say much" : "",
                            exactDollars(range.lowest), exactDollars(range.highest), exactDollars(range.attribution));
        if (const auto fit = cacheFitOf(range))
            text +=
                fmt::format("simulator fit: a replay of caches alone reads {} of the tokens that were billed as read "
                            "from caches\n",
                            percent(fit));
    }
    for (const WhatIfRisk& risk : answer.risks)
        text += fmt::format("! {}\n", risk.message);
    if (answer.orphanedWrites > 0)
        text += fmt::format("! {}\n", orphanedText(answer));
    if (whatIf.callsWithoutPrompts() > 0)
        text += fmt::format("{} calls have no prompt: levers on parts of prompts leave them as they are\n",
                            grouped(whatIf.callsWithoutPrompts()));
    if (whatIf.unpricedCalls() > 0)
        text += fmt::format("{} calls have no price: their cost is unknown\n", grouped(whatIf.unpricedCalls()));
    if (whatIf.callsWithoutUsage() > 0)
        text += fmt::format("{} calls do not say what they used: their cost is unknown\n",
                            grouped(whatIf.callsWithoutUsage()));
    return text;
}

std::string leversTable()
{
    std::vector<std::vector<std::string>> rows{{"lever", "parameter", "unit", "range", "neutral", "default", "risk"}};
    for (const Lever& lever : allLevers()) {
        bool isFirst = true;
        for (const LeverParameter& parameter : lever.parameters) {
            std::string range = fmt::format("{:g} to {:g}", parameter.least, parameter.most);
            if (!parameter.words.empty())
                range = fmt::format("{}", fmt::join(parameter.words, " | "));
            if (parameter.isText)
                range = "text";
            const bool hasNeutral = !parameter.isText && parameter.neutral == parameter.neutral;
            rows.push_back({isFirst ? std::string(lever.id) : "", std::string(parameter.id),
                            std::string(parameter.unit), range,
                            hasNeutral ? numberText(parameter, parameter.neutral) : "",
                            parameter.isText ? "" : numberText(parameter, parameter.value),
                            isFirst ? std::string(idOf(lever.risk)) : ""});
            isFirst = false;
        }
    }
    return tableText(rows, 3);
}

} // namespace plumbline
