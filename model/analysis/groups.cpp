// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/groups.h"

#include <algorithm>
#include <cmath>

namespace plumbline::analysis {

CallGroups byStepAndModel(const Scope& scope)
{
    CallGroups groups;
    for (std::size_t i = 0; i < scope.calls.size(); ++i)
        groups[{scope.calls[i].step, scope.calls[i].model}].push_back(i);
    return groups;
}

std::unordered_map<std::int64_t, std::vector<std::size_t>> byTrace(const Scope& scope)
{
    std::unordered_map<std::int64_t, std::vector<std::size_t>> traces;
    for (std::size_t i = 0; i < scope.calls.size(); ++i)
        traces[scope.calls[i].trace].push_back(i);
    return traces;
}

double medianOf(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::vector<std::size_t> documentsOf(const Scope& scope, const ScopeCall& call)
{
    std::vector<std::size_t> documents;
    for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part)
        if (scope.parts[part].segment == Segment::Context)
            documents.push_back(part);
    return documents;
}

double shareOf(const Scope& scope, const ScopeCall& call, const Part& part, const CounterDelta& delta)
{
    const auto weights = scope.weights.find(call.model);
    if (weights == scope.weights.end() || part.block == none)
        return 0;
    const double whole = scope.blocks[part.block].estimate;
    return whole > 0 ? std::clamp(tokensBy(weights->second, delta) / whole, 0.0, 1.0) : 0;
}

bool isSupported(const Scope& scope, std::int64_t money)
{
    constexpr std::size_t fewestCalls = 30;
    if (scope.calls.size() < fewestCalls)
        return false;
    if (scope.spend == 0)
        return true; // nothing is priced: tokens alone
    const auto floor = scope.thresholds.find("support.dollars");
    if (floor != scope.thresholds.end() && static_cast<double>(money) >= floor->second * 1e12)
        return true;
    return static_cast<MoneySum::Integer>(money) * 100 >= scope.spend;
}

void Proposal::claim(const Scope& scope, Claims& claims, Confidence confidence) const
{
    std::int64_t money = 0;
    for (const Entry& entry : m_entries) {
        const ScopeCall& call = scope.calls[entry.call];
        const Bucket bucket = entry.of == Of::Visible ? Visible : entry.of == Of::Reasoning ? Thinking : Uncached;
        if (entry.of == Of::Part)
            money += claims.priceOfPart(entry.call, entry.part, entry.tokens);
        else
            money += entry.tokens * scope.rateOf(call, bucket);
    }
    if (!isSupported(scope, money))
        return;
    for (const Entry& entry : m_entries) {
        if (entry.of == Of::Part)
            claims.takePart(entry.call, entry.part, entry.tokens, confidence);
        else if (entry.of == Of::Visible)
            claims.takeVisible(entry.call, entry.tokens, confidence);
        else
            claims.takeReasoning(entry.call, entry.tokens, confidence);
    }
}

BucketRates byBucket(const Rates& rates)
{
    return {rates.cacheRead.picodollars(), rates.cacheWrite1h.picodollars(), rates.cacheWrite5m.picodollars(),
            rates.input.picodollars(),     rates.audioInput.picodollars(),   rates.output.picodollars(),
            rates.output.picodollars()};
}

std::string decimal(std::int64_t number)
{
    return std::to_string(number);
}

std::string dollars(std::int64_t picodollars)
{
    return decimalText(MoneySum(Money(picodollars)));
}

std::string percent(double share)
{
    const auto tenths = static_cast<std::int64_t>(std::lround(share * 1000));
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

} // namespace plumbline::analysis
