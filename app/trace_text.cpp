// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trace_text.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/json_text.h"
#include "app/plain_text.h"

namespace plumbline {

namespace {

using json = nlohmann::ordered_json;

std::string count(const std::optional<std::int64_t>& number)
{
    return number ? grouped(*number) : "–";
}

/// `1.234 s`; `–` for what is unknown.
std::string seconds(const std::optional<std::int64_t>& microseconds)
{
    if (!microseconds)
        return "–";
    const std::string thousandths = std::to_string(1000 + *microseconds / 1000 % 1000).substr(1);
    return std::to_string(*microseconds / 1'000'000) + "." + thousandths + " s";
}

json numberOr(const std::optional<std::int64_t>& number)
{
    return number ? json(*number) : json();
}

json dollarsOr(const std::optional<MoneySum>& sum)
{
    return sum ? json(decimalText(*sum)) : json();
}

std::optional<MoneySum> sumOf(const std::optional<Money>& money)
{
    return money ? std::optional(MoneySum(*money)) : std::nullopt;
}

/// Tokens, cached tokens and cost by segment, in the order segments appear in.
struct SegmentSums
{
    Segment segment;
    std::size_t blocks = 0;
    std::optional<TokenCount> tokens = {};
    TokenCount cached = 0;
    std::optional<MoneySum> cost = {};
};

std::vector<SegmentSums> segmentsOf(const PromptAnswer& prompt)
{
    std::vector<SegmentSums> segments;
    for (const auto* blocks : {&prompt.blocks, &prompt.unlogged})
        for (const PromptBlock& block : *blocks) {
            auto at = std::find_if(segments.begin(), segments.end(),
                                   [&](const SegmentSums& one) { return one.segment == block.segment; });
            if (at == segments.end())
                at = segments.insert(segments.end(), SegmentSums{.segment = block.segment});
            at->blocks += block.block != 0;
            if (block.tokens)
                at->tokens = at->tokens.value_or(0) + *block.tokens;
            at->cached += block.cached;
            if (block.cost)
                at->cost = at->cost.value_or(MoneySum()) + MoneySum(*block.cost);
        }
    return segments;
}

std::string_view billingText(StepBilling billing)
{
    switch (billing) {
    case StepBilling::Billed:
        return "billed";
    case StepBilling::Wrapper:
        return "wrapper";
    case StepBilling::OtherWitness:
        return "another witness";
    case StepBilling::NoUsage:
        break;
    }
    return "";
}

} // namespace

std::string requestsText(const std::vector<RequestRow>& rows, std::size_t all, RequestUnit unit)
{
    std::vector<std::vector<std::string>> table{
        {"time", "feature", "step", "model", "call", "calls", "tokens", "cost", "waste", "latency"}};
    for (const RequestRow& row : rows)
        table.push_back({isoText(row.call.start), row.call.feature, row.call.step, row.call.model,
                         std::to_string(static_cast<std::int64_t>(row.call.id)), grouped(row.calls),
                         count(row.tokens()), exactDollars(row.cost), exactDollars(row.waste), seconds(row.latency)});
    constexpr std::size_t leftColumns = 4;
    return tableText(table, leftColumns) + grouped(static_cast<std::int64_t>(rows.size())) + " of " +
           grouped(static_cast<std::int64_t>(all)) + (unit == RequestUnit::Traces ? " traces\n" : " calls\n");
}

std::string requestsJson(const std::vector<RequestRow>& rows, std::size_t all, RequestUnit unit)
{
    json list = json::array();
    for (const RequestRow& row : rows) {
        const CallRow& call = row.call;
        list.push_back({{"start_time", isoText(call.start)},
                        {"trace_id", call.traceId},
                        {"call", static_cast<std::int64_t>(call.id)},
                        {"span_id", call.spanId},
                        {"feature", call.feature},
                        {"step", call.step},
                        {"model", call.model},
                        {"user", call.user},
                        {"session", call.session},
                        {"calls", row.calls},
                        {"unpriced_calls", row.unpricedCalls},
                        {"input_tokens", numberOr(row.input)},
                        {"output_tokens", numberOr(row.output)},
                        {"cost_usd", dollarsOr(row.cost)},
                        {"waste_usd", dollarsOr(row.waste)},
                        {"latency_microseconds", numberOr(row.latency)},
                        {"status", std::string(idOf(row.status))}});
    }
    return jsonText(json{{"unit", unit == RequestUnit::Traces ? "trace" : "call"}, {"matches", all}, {"rows", list}});
}

std::string traceText(const TraceAnswer& trace, const PromptAnswer& prompt)
{
    std::string text = trace.name + "\ntrace " + trace.traceId + " · " + trace.feature;
    text += trace.session.empty() ? "" : " · session " + trace.session;
    text += trace.user.empty() ? "" : " · user " + trace.user;
    text += "\n" + grouped(trace.calls) + " calls, " + count(trace.tokens) + " tokens, " + exactDollars(trace.cost);
    text += trace.unpricedCalls > 0 ? ", " + grouped(trace.unpricedCalls) + " calls of unknown cost\n\n" : "\n\n";
    std::vector<std::vector<std::string>> table{
        {"step", "kind", "model", "call", "tokens", "cost", "after", "for", "billing"}};
    for (const TraceStep& step : trace.steps) {
        const auto since = [&](const std::optional<Timestamp>& time, const std::optional<Timestamp>& start) {
            return time && start ? std::optional(time->microseconds() - start->microseconds()) : std::nullopt;
        };
        table.push_back({std::string(static_cast<std::size_t>(std::min(step.depth, 30)) * 2, ' ') +
                             (step.name.empty() ? "(unnamed)" : step.name),
                         std::string(idOf(step.kind)), step.model,
                         step.call ? std::to_string(static_cast<std::int64_t>(*step.call)) : "",
                         step.calls > 0 ? count(step.allTokens) : "–",
                         step.calls > 0 ? exactDollars(step.allCost) : "–", seconds(since(step.start, trace.start)),
                         seconds(since(step.end, step.start)), std::string(billingText(step.billing))});
    }
    constexpr std::size_t leftColumns = 3;
    text += tableText(table, leftColumns) + "\n";
    text += "call " + std::to_string(static_cast<std::int64_t>(prompt.call.id)) + " · " + prompt.call.step + " · " +
            prompt.call.model + "\n";
    std::vector<std::vector<std::string>> segments{{"segment", "blocks", "tokens", "cached", "cost", "drains"}};
    for (const SegmentSums& sums : segmentsOf(prompt)) {
        std::string drains;
        for (const SegmentClaim& claim : prompt.claims)
            if (claim.segment == sums.segment)
                drains += (drains.empty() ? "" : ", ") + claim.drain + " " + grouped(claim.tokens);
        segments.push_back({std::string(idOf(sums.segment)), std::to_string(sums.blocks), count(sums.tokens),
                            grouped(sums.cached), exactDollars(sums.cost), drains});
    }
    return text + tableText(segments, 1);
}

std::string traceJson(const TraceAnswer& trace, const PromptAnswer& prompt)
{
    json steps = json::array();
    for (const TraceStep& step : trace.steps)
        steps.push_back({{"span_id", step.spanId},
                         {"parent", step.parent},
                         {"name", step.name},
                         {"kind", std::string(idOf(step.kind))},
                         {"model", step.model},
                         {"status", std::string(idOf(step.status))},
                         {"status_message", step.statusMessage},
                         {"start_time", step.start ? json(isoText(*step.start)) : json()},
                         {"end_time", step.end ? json(isoText(*step.end)) : json()},
                         {"billing", std::string(billingText(step.billing))},
                         {"call", step.call ? json(static_cast<std::int64_t>(*step.call)) : json()},
                         {"tokens", numberOr(step.tokens)},
                         {"cost_usd", dollarsOr(sumOf(step.cost))},
                         {"all_calls", step.calls},
                         {"all_tokens", numberOr(step.allTokens)},
                         {"all_cost_usd", dollarsOr(step.allCost)}});
    json segments = json::array();
    for (const SegmentSums& sums : segmentsOf(prompt))
        segments.push_back({{"segment", std::string(idOf(sums.segment))},
                            {"blocks", sums.blocks},
                            {"tokens", numberOr(sums.tokens)},
                            {"cached_tokens", sums.cached},
                            {"cost_usd", dollarsOr(sums.cost)}});
    json claims = json::array();
    for (const SegmentClaim& claim : prompt.claims)
        claims.push_back({{"drain", claim.drain},
                          {"confidence", std::string(idOf(claim.confidence))},
                          {"segment", std::string(idOf(claim.segment))},
                          {"tokens", claim.tokens},
                          {"cost_usd", decimalText(MoneySum(claim.money))}});
    return jsonText(json{{"trace_id", trace.traceId},
                         {"name", trace.name},
                         {"feature", trace.feature},
                         {"user", trace.user},
                         {"session", trace.session},
                         {"calls", trace.calls},
                         {"unpriced_calls", trace.unpricedCalls},
                         {"tokens", numberOr(trace.tokens)},
                         {"cost_usd", dollarsOr(trace.cost)},
                         {"steps", steps},
                         {"call", static_cast<std::int64_t>(prompt.call.id)},
                         {"segments", segments},
                         {"claims", claims}});
}

} // namespace plumbline
