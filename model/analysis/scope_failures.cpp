// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/scope_failures.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "model/analysis/mixed.h"
#include "model/record/observation_reader.h"

namespace plumbline::analysis {

std::uint64_t signatureOf(const Scope& scope, const ScopeCall& call)
{
    if (call.partsEnd - call.parts < 2)
        return 0;
    std::uint64_t hash = mixed(call.settings, call.model);
    for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part) {
        const std::uint32_t block = scope.parts[part].block;
        const TextFacts* facts = scope.factsOf(block);
        hash = mixed(hash, facts && facts->stable ? facts->stable : block);
    }
    return std::max<std::uint64_t>(1, hash);
}

Result<> readFailures(const store::Database& database, Scope& scope)
{
    std::unordered_set<std::int64_t> traces;
    std::unordered_map<std::uint64_t, std::int64_t> lastOf; // start of the last call, by signature and trace
    constexpr std::int64_t tenMinutes = 600'000'000;
    for (const ScopeCall& call : scope.calls) {
        const std::uint64_t signature = signatureOf(scope, call);
        if (signature == 0)
            continue;
        const auto [known, isNew] = lastOf.emplace(signature ^ static_cast<std::uint64_t>(call.trace), call.started);
        if (!isNew && call.started - known->second <= tenMinutes)
            traces.insert(call.trace);
        known->second = call.started;
    }
    store::Statement spans = TRY(database.prepare(
        "SELECT facts FROM observation WHERE trace = ? AND NOT EXISTS (SELECT 1 FROM call WHERE call.id = "
        "observation.id) AND import IN (SELECT id FROM import WHERE finished IS NOT NULL)"));
    for (const std::int64_t trace : traces) {
        TRY(spans.bind(trace));
        while (TRY(spans.next())) {
            const record::ObservationFacts facts = TRY(record::factsOf(spans.text(0)));
            if (facts.status == SpanStatus::Error && facts.started)
                scope.failures.push_back({trace, *facts.started});
        }
        spans.reset();
    }
    std::sort(scope.failures.begin(), scope.failures.end(), [](const Failure& a, const Failure& b) {
        return a.trace != b.trace ? a.trace < b.trace : a.time < b.time;
    });
    return {};
}

} // namespace plumbline::analysis
