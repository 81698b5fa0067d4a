// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/answer_text.h"

#include <algorithm>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "app/json_text.h"
#include "app/plain_text.h"
#include "model/core/csv.h"

namespace plumbline {

namespace {

using json = nlohmann::ordered_json;

template <class T>
json orNull(const std::optional<T>& value)
{
    return value ? json(*value) : json(nullptr);
}

json dollars(const std::optional<MoneySum>& sum)
{
    return sum ? json(decimalText(*sum)) : json(nullptr);
}

json dollars(const std::optional<Money>& money)
{
    return money ? json(decimalText(*money)) : json(nullptr);
}

json seconds(const std::optional<std::int64_t>& microseconds)
{
    return microseconds ? json(static_cast<double>(*microseconds) / 1e6) : json(nullptr);
}

json meanOrNull(double sum, std::int64_t count)
{
    return count > 0 ? json(sum / static_cast<double>(count)) : json(nullptr);
}

void addMeasures(json& object, const Measures& measures)
{
    object["calls"] = measures.calls;
    object["calls_without_usage"] = measures.callsWithoutUsage;
    object["unpriced_calls"] = measures.unpricedCalls;
    object["error_calls"] = measures.errors;
    object["input_tokens"] = orNull(measures.input);
    object["cache_read_tokens"] = orNull(measures.cacheRead);
    object["cache_write_tokens"] = orNull(measures.cacheWrite);
    object["output_tokens"] = orNull(measures.output);
    object["reasoning_tokens"] = orNull(measures.reasoning);
    object["cost_usd"] = dollars(measures.cost);
    object["reported_cost_usd"] = dollars(measures.reportedCost);
    object["mean_latency_seconds"] =
        meanOrNull(static_cast<double>(measures.latencySum) / 1e6, measures.callsWithLatency);
    object["mean_context_window_share"] = meanOrNull(measures.windowShareSum, measures.callsWithWindow);
    object["scored_calls"] = measures.scoredCalls;
    object["mean_score"] = meanOrNull(measures.scoreSum, measures.scoredCalls);
}

/// What segments the tokens are of, and how much of the money is waste: null where nothing was analysed.
void addLedger(json& object, const std::optional<LedgerSums>& ledger)
{
    const bool isKnown = ledger && ledger->callsAnalysed() > 0;
    for (std::size_t i = 0; i < inputSegmentCount; ++i) {
        std::string name(idOf(static_cast<Segment>(i)));
        std::replace(name.begin(), name.end(), '-', '_');
        object[name + "_tokens"] = isKnown ? json(ledger->segments[i]) : json(nullptr);
    }
    object["waste_usd"] = isKnown ? json(decimalText(ledger->waste)) : json(nullptr);
    object["opportunity_usd"] = isKnown ? json(decimalText(ledger->opportunity)) : json(nullptr);
    object["useful_token_share"] =
        isKnown ? meanOrNull(static_cast<double>(ledger->tokens - ledger->wastedTokens), ledger->tokens)
                : json(nullptr);
    object["calls_not_analysed"] = ledger ? json(ledger->callsWaiting) : json(nullptr);
}

/// `9.0 %`; `–` where nothing was analysed.
std::string shareText(const std::optional<LedgerSums>& ledger, std::int64_t part, std::int64_t whole)
{
    if (!ledger || ledger->callsAnalysed() == 0 || whole <= 0)
        return "–";
    char text[32];
    std::snprintf(text, sizeof text, "%.1f %%", 100 * static_cast<double>(part) / static_cast<double>(whole));
    return text;
}

void addPercentiles(json& object, const Percentiles& percentiles)
{
    object["tokens_p50"] = orNull(percentiles.tokensP50);
    object["tokens_p95"] = orNull(percentiles.tokensP95);
    object["cost_p50_usd"] = dollars(percentiles.costP50);
    object["cost_p95_usd"] = dollars(percentiles.costP95);
    object["latency_p50_seconds"] = seconds(percentiles.latencyP50);
    object["latency_p95_seconds"] = seconds(percentiles.latencyP95);
}

json completenessObject(const Completeness& completeness)
{
    return {{"calls", completeness.calls},
            {"calls_without_usage", completeness.callsWithoutUsage},
            {"unpriced_calls", completeness.unpricedCalls},
            {"ambiguous_usage", completeness.ambiguousUsage},
            {"corrected_usage", completeness.correctedUsage},
            {"estimated_usage", completeness.estimatedUsage},
            {"wrapper_spans_not_billed", completeness.wrapperSpans},
            {"other_witnesses", completeness.otherWitnesses},
            {"duplicates_dropped", completeness.duplicatesDropped},
            {"records_skipped", completeness.recordsSkipped},
            {"truncated_prompts", completeness.truncatedPrompts},
            {"hours_without_data", completeness.hoursWithoutData}};
}

std::string csvOf(const json& value)
{
    if (value.is_null())
        return {};
    return csvField(value.is_string() ? value.get<std::string>() : value.dump());
}

/// How calls differ from those of the baseline in the mean, and how often chance alone makes them differ as much.
void addMeanChanges(json& object, const std::optional<MeanChanges>& changes)
{
    if (!changes)
        return;
    const auto add = [&](const char* name, const std::string& unit, const MeanChange& change) {
        const auto mean = [](const SampleMean& of) { return of.calls > 0 ? json(of.mean) : json(nullptr); };
        const auto chance = change.chance();
        object[name] = {{unit, mean(change.now)},
                        {"baseline_" + unit, mean(change.before)},
                        {"p_value", chance ? json(*chance) : json(nullptr)},
                        {"traces", change.now.traces},
                        {"baseline_traces", change.before.traces}};
    };
    add("cost_per_call", "usd", changes->cost);
    add("latency_of_call", "seconds", changes->latency);
    add("failed_calls", "share", changes->failures);
}

json rowObject(const BreakdownQuestion& question, const BreakdownRow& row)
{
    json object;
    for (std::size_t d = 0; d < question.by.size(); ++d) {
        const bool isMissing =
            row.keys[d] == missingValue(question.by[d].dimension) && question.by[d].dimension != Dimension::Feature;
        object[idOf(question.by[d])] = isMissing ? json(nullptr) : json(row.keys[d]);
    }
    addMeasures(object, row.measures);
    addLedger(object, row.ledger);
    if (question.wantsPercentiles)
        addPercentiles(object, row.percentiles);
    object["cost_share"] = row.costShare;
    object["is_top_20_percent"] = row.isTop20;
    addMeanChanges(object, row.ofACall);
    if (row.baseline) {
        object["baseline_calls"] = row.baseline->calls;
        object["baseline_cost_usd"] = dollars(row.baseline->cost);
    }
    return object;
}

std::string countText(const std::optional<TokenCount>& tokens)
{
    return tokens ? grouped(*tokens) : std::string("–");
}

} // namespace

std::string breakdownJson(const BreakdownQuestion& question, const Breakdown& answer)
{
    json object;
    object["rows"] = json::array();
    for (const BreakdownRow& row : answer.rows)
        object["rows"].push_back(rowObject(question, row));
    addMeasures(object["total"], answer.total);
    addLedger(object["total"], answer.totalLedger);
    if (question.wantsPercentiles)
        addPercentiles(object["total"], answer.totalPercentiles);
    addMeanChanges(object["total"], answer.totalOfACall);
    if (answer.totalBaseline) {
        object["total"]["baseline_calls"] = answer.totalBaseline->calls;
        object["total"]["baseline_cost_usd"] = dollars(answer.totalBaseline->cost);
    }
    object["rows_overlap"] = answer.rowsOverlap;
    object["completeness"] = completenessObject(answer.completeness);
    return jsonText(object);
}

std::string breakdownCsv(const BreakdownQuestion& question, const Breakdown& answer)
{
    std::string text;
    std::string header;
    for (const BreakdownRow& row : answer.rows) {
        const json object = rowObject(question, row);
        std::string line;
        header.clear();
        for (const auto& [key, value] : object.items()) {
            header += (header.empty() ? "" : ",") + csvField(key);
            line += (line.empty() ? "" : ",") + csvOf(value);
        }
        // A first cell that is empty still is a cell.
        if (object.begin().value().is_null())
            line.insert(0, ",");
        text += line + "\n";
    }
    return header + "\n" + text;
}

std::string breakdownTable(const BreakdownQuestion& question, const Breakdown& answer)
{
    std::vector<std::vector<std::string>> rows(1);
    for (const DimensionChoice& choice : question.by)
        rows[0].push_back(choice.dimension == Dimension::Metadata ? choice.key : titleOf(choice.dimension));
    for (const char* title : {"Calls", "Input", "Cache read", "Output", "Useful", "Cost", "Waste", "Reported"})
        rows[0].emplace_back(title);
    if (answer.totalBaseline)
        rows[0].emplace_back("Baseline");
    if (question.wantsPercentiles)
        for (const char* title : {"Tokens P95", "Cost P95", "Latency P95"})
            rows[0].emplace_back(title);
    const auto add = [&](std::vector<std::string> cells, const Measures& measures, const Percentiles& percentiles,
                         const std::optional<Measures>& baseline, const std::optional<LedgerSums>& ledger) {
        cells.push_back(grouped(measures.calls));
        cells.push_back(countText(measures.input));
        cells.push_back(countText(measures.cacheRead));
        cells.push_back(countText(measures.output));
        cells.push_back(ledger ? shareText(ledger, ledger->tokens - ledger->wastedTokens, ledger->tokens) : "–");
        cells.push_back(exactDollars(measures.cost) +
                        (measures.unpricedCalls + measures.callsWithoutUsage > 0 && measures.cost ? " +?" : ""));
        cells.push_back(ledger && ledger->callsAnalysed() > 0 ? exactDollars(ledger->waste) : "–");
        cells.push_back(exactDollars(measures.reportedCost));
        if (answer.totalBaseline)
            cells.push_back(baseline ? exactDollars(baseline->cost) : "–");
        if (question.wantsPercentiles) {
            cells.push_back(countText(percentiles.tokensP95));
            cells.push_back(
                exactDollars(percentiles.costP95 ? std::optional<MoneySum>(*percentiles.costP95) : std::nullopt));
            char seconds[32] = "–";
            if (percentiles.latencyP95)
                std::snprintf(seconds, sizeof seconds, "%.3f s", static_cast<double>(*percentiles.latencyP95) / 1e6);
            cells.emplace_back(seconds);
        }
        rows.push_back(std::move(cells));
    };
    for (const BreakdownRow& row : answer.rows)
        add(row.keys, row.measures, row.percentiles, row.baseline, row.ledger);
    std::vector<std::string> total(question.by.size());
    if (!total.empty())
        total[0] = answer.rowsOverlap ? "Total (rows overlap)" : "Total";
    add(std::move(total), answer.total, answer.totalPercentiles, answer.totalBaseline, answer.totalLedger);
    std::string text = tableText(rows, question.by.size());
    const std::string missing = completenessLine(answer.completeness);
    return missing.empty() ? text : text + missing + "\n";
}

std::string completenessLine(const Completeness& completeness)
{
    std::string line;
    const auto add = [&](std::int64_t count, const char* what) {
        if (count > 0)
            line += (line.empty() ? "Missing or mended: " : ", ") + grouped(count) + " " + what;
    };
    add(completeness.callsWithoutUsage, "calls without usage");
    add(completeness.unpricedCalls, "unpriced calls");
    add(completeness.ambiguousUsage, "calls with ambiguous usage");
    add(completeness.correctedUsage, "calls with corrected double counts");
    add(completeness.estimatedUsage, "calls with estimated usage");
    add(completeness.wrapperSpans, "wrapper spans not billed");
    add(completeness.otherWitnesses, "further witnesses of counted calls");
    add(completeness.duplicatesDropped, "duplicate records dropped");
    add(completeness.recordsSkipped, "records skipped");
    add(completeness.truncatedPrompts, "truncated prompts");
    return line;
}

std::string explanationJson(const CostExplanation& answer)
{
    json object;
    const CallRow& call = answer.call;
    object["call"] = static_cast<std::int64_t>(call.id);
    object["trace_id"] = call.traceId;
    object["span_id"] = call.spanId;
    object["start_time"] = isoText(call.start);
    object["feature"] = call.feature;
    object["step"] = call.step;
    object["model"] = call.model;
    object["provider"] = call.provider;
    object["cost_usd"] = dollars(call.cost);
    object["reported_cost_usd"] = dollars(call.reportedCost);
    object["lines"] = json::array();
    for (const CostLineAnswer& line : answer.lines)
        object["lines"].push_back({{"bucket", line.bucket},
                                   {"units", line.units},
                                   {"usd_per_unit", decimalText(line.rate)},
                                   {"cost_usd", decimalText(line.cost)}});
    object["price_row"] = answer.priceRow;
    object["usage_came_as"] = answer.usageCameAs;
    object["rule"] = answer.rule;
    object["why_no_cost"] = answer.whyNoCost;
    object["difference"] = answer.difference;
    object["not_billed"] = answer.notBilled;
    object["sources"] = answer.sources;
    object["feature_rule"] = answer.featureRule;
    return jsonText(object);
}

std::string explanationText(const CostExplanation& answer)
{
    const CallRow& call = answer.call;
    const auto exact = [](const std::optional<Money>& money) {
        return exactDollars(money ? std::optional<MoneySum>(*money) : std::nullopt);
    };
    std::string text = call.cost ? "Why this call costs " + exact(call.cost) + "\n"
                                 : "Why this call has no cost: " + answer.whyNoCost + "\n";
    text += call.step + " · " + call.model + " · " + isoText(call.start) + " · " + call.feature + "\n\n";
    if (!answer.lines.empty()) {
        std::vector<std::vector<std::string>> rows = {{"Bucket", "Units", "Price", "Cost"}};
        for (const CostLineAnswer& line : answer.lines) {
            const MoneySum shown = MoneySum::ofPicodollars(MoneySum::Integer{line.rate.picodollars()} *
                                                           (line.isPerRequest ? 1 : 1'000'000));
            rows.push_back({line.bucket, grouped(line.units),
                            exactDollars(shown) + (line.isPerRequest ? " each" : " / M"), exact(line.cost)});
        }
        rows.push_back({"Total", "", "", exact(call.cost)});
        text += tableText(rows, 1) + "\n";
    }
    const auto add = [&](const char* title, const std::string& fact) {
        if (!fact.empty())
            text += std::string(title) + fact + "\n";
    };
    add("Price row      ", answer.priceRow);
    add("Usage came as  ", answer.usageCameAs);
    add("Rule           ", answer.rule);
    if (call.reportedCost)
        add("Reported       ",
            exact(call.reportedCost) + (answer.difference.empty() ? "" : " (" + answer.difference + ")"));
    for (const std::string& line : answer.notBilled)
        add("Not billed     ", line);
    add("Feature rule   ", answer.featureRule);
    for (const std::string& source : answer.sources)
        add("Source         ", source);
    return text;
}

std::string statusJson(const StatusAnswer& answer)
{
    json object = {{"path", answer.path},
                   {"file_bytes", answer.fileBytes},
                   {"time_zone", answer.timeZone},
                   {"month_start_day", answer.monthStartDay},
                   {"imports", answer.imports},
                   {"spans", answer.spans},
                   {"traces", answer.traces},
                   {"calls", answer.calls},
                   {"blocks", answer.blocks},
                   {"scores", answer.scores},
                   {"first", answer.first ? json(isoText(*answer.first)) : json(nullptr)},
                   {"last", answer.last ? json(isoText(*answer.last)) : json(nullptr)},
                   {"recorder", answer.recorder.empty() ? json(nullptr) : json(answer.recorder)}};
    addMeasures(object["total"], answer.total);
    object["completeness"] = completenessObject(answer.completeness);
    return jsonText(object);
}

std::string statusText(const StatusAnswer& answer)
{
    std::string text = answer.path + " · " + grouped(answer.fileBytes) + " bytes · " + answer.timeZone;
    if (answer.monthStartDay != 1)
        text += ", months from day " + std::to_string(answer.monthStartDay);
    text += "\n";
    text += tableText({{"Sources", grouped(answer.imports)},
                       {"Traces", grouped(answer.traces)},
                       {"Spans", grouped(answer.spans)},
                       {"Calls", grouped(answer.calls)},
                       {"Prompt blocks", grouped(answer.blocks)},
                       {"Scores", grouped(answer.scores)},
                       {"First call", answer.first ? isoText(*answer.first) : "–"},
                       {"Last call", answer.last ? isoText(*answer.last) : "–"},
                       {"Input tokens", countText(answer.total.input)},
                       {"Output tokens", countText(answer.total.output)},
                       {"Cost", exactDollars(answer.total.cost)},
                       {"Reported cost", exactDollars(answer.total.reportedCost)}},
                      1);
    if (!answer.recorder.empty())
        text += "Recorded into by " + answer.recorder + "\n";
    const std::string missing = completenessLine(answer.completeness);
    return missing.empty() ? text : text + missing + "\n";
}

} // namespace plumbline
