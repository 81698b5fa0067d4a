// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/finding_text.h"

#include <nlohmann/json.hpp>

#include "app/plain_text.h"
#include "model/analysis/drain.h"

namespace plumbline {

namespace {

using json = nlohmann::ordered_json;

std::string stateText(const FindingState& state)
{
    switch (state.state) {
    case FindingState::State::New:
        return "new";
    case FindingState::State::Muted:
        return "muted: " + state.reason;
    case FindingState::State::Fixed:
        return "fixed: " + state.reason +
               (state.promised ? "; promised " + exactDollars(*state.promised) + " a month" : std::string()) +
               (state.realised ? "; realised " + exactDollars(*state.realised) + " a month, by " +
                                     grouped(state.daysSince) + " days"
                               : std::string());
    case FindingState::State::Open:
        break;
    }
    return "open";
}

std::string evidenceText(const Evidence& evidence)
{
    std::string text;
    if (!evidence.rows.empty()) {
        std::vector<std::vector<std::string>> rows{evidence.columns};
        rows.insert(rows.end(), evidence.rows.begin(), evidence.rows.end());
        text += evidence.title + "\n" + tableText(rows, 1);
    }
    if (evidence.pair)
        text += evidence.pairSays + " Calls " + std::to_string(evidence.pair->first) + " and " +
                std::to_string(evidence.pair->second) + "\n";
    if (!evidence.note.empty())
        text += evidence.note + "\n";
    return text;
}

} // namespace

std::string findingText(const std::string& drain, const FindingAnswer& finding)
{
    const Drain& of = *drainOf(drain);
    std::string text = "\n" + std::string(of.title) + "\n" + of.explanation + "\nFix: " + of.advice +
                       "\nCosts: " + of.fixCost + "\nNeeds: " + of.needs + "\n" + grouped(finding.callsAffected) +
                       " of " + grouped(finding.calls) + " calls; " + exactDollars(finding.moneyPerMonth) +
                       " a month of 30 days\n";
    for (std::size_t i = 0; i < finding.evidence.size(); ++i)
        text += "\n" + finding.evidence[i].first + " (" + stateText(finding.states[i].second) + ")\n" +
                evidenceText(finding.evidence[i].second);
    if (!finding.lines.isEmpty())
        text += "\n" + evidenceText(finding.lines);
    if (finding.worst.empty())
        return text;
    std::vector<std::vector<std::string>> rows{
        {"trace", "span", "feature", "model", "confidence", "input", of.isQuantity() ? "wasted" : "affected", "cost"}};
    for (const WastefulCall& call : finding.worst)
        rows.push_back({call.call.traceId, call.call.spanId, call.call.feature, call.call.model,
                        std::string(idOf(call.confidence)),
                        call.call.usage.input() ? grouped(*call.call.usage.input()) : "–", grouped(call.tokens),
                        exactDollars(call.money)});
    return text + "\nCalls that waste most\n" + tableText(rows, 5);
}

json findingObject(const std::string& drain, const FindingAnswer& finding)
{
    const Drain& of = *drainOf(drain);
    json object{{"drain", drain},
                {"title", of.title},
                {"explanation", of.explanation},
                {"advice", of.advice},
                {"fix_cost", of.fixCost},
                {"needs", of.needs},
                {"calls", finding.calls},
                {"calls_affected", finding.callsAffected},
                {"tokens", finding.tokens},
                {"cost_usd", decimalText(finding.money)},
                {"cost_usd_per_month", decimalText(finding.moneyPerMonth)},
                {"evidence", json::array()},
                {"worst_calls", json::array()}};
    for (std::size_t i = 0; i < finding.evidence.size(); ++i) {
        const auto& [feature, evidence] = finding.evidence[i];
        object["evidence"].push_back({{"feature", feature},
                                      {"state", stateText(finding.states[i].second)},
                                      {"title", evidence.title},
                                      {"columns", evidence.columns},
                                      {"rows", evidence.rows},
                                      {"note", evidence.note}});
    }
    if (!finding.lines.isEmpty())
        object["repeated_lines"] = finding.lines.rows;
    for (const WastefulCall& call : finding.worst)
        object["worst_calls"].push_back({{"trace", call.call.traceId},
                                         {"span", call.call.spanId},
                                         {"feature", call.call.feature},
                                         {"model", call.call.model},
                                         {"tokens", call.tokens},
                                         {"cost_usd", decimalText(call.money)},
                                         {"confidence", idOf(call.confidence)}});
    return object;
}

} // namespace plumbline
