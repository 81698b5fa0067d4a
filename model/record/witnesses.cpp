// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/witnesses.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

#include "model/core/response_id.h"
#include "model/record/observation.h"
#include "model/record/observation_reader.h"

namespace plumbline::record {

namespace {

constexpr std::int64_t second = 1'000'000; // microseconds
constexpr std::int64_t farthestApart = 10 * 60 * second;
constexpr std::int64_t farthestApartIfCounted = 10 * second;

void sortUnique(std::vector<std::int64_t>& values)
{
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::vector<std::int64_t> sortedUnique(std::vector<std::int64_t> values)
{
    sortUnique(values);
    return values;
}

/// Those that are there twice, each once and in their order. Digests: their low bits tell most of them apart, so that
/// only a few have to be sorted.
std::vector<std::int64_t> repeatedOf(const std::vector<std::int64_t>& digests)
{
    constexpr std::size_t bitsADigest = 16;
    const std::size_t mask = std::bit_ceil(digests.size() * bitsADigest) - 1;
    std::vector<bool> isSeen(mask + 1), isSeenAgain(mask + 1);
    for (const std::int64_t digest : digests) {
        const std::size_t place = static_cast<std::size_t>(digest) & mask;
        isSeenAgain[place] = isSeenAgain[place] || isSeen[place];
        isSeen[place] = true;
    }
    std::vector<std::int64_t> candidates, repeated;
    for (const std::int64_t digest : digests)
        if (isSeenAgain[static_cast<std::size_t>(digest) & mask])
            candidates.push_back(digest);
    std::sort(candidates.begin(), candidates.end());
    for (std::size_t i = 1; i < candidates.size(); ++i)
        if (candidates[i] == candidates[i - 1] && (repeated.empty() || repeated.back() != candidates[i]))
            repeated.push_back(candidates[i]);
    return repeated;
}

} // namespace

struct Witnesses::Candidate
{
    OtherWitness call = {};
    std::int64_t price = 0;
    std::string model = {};
    std::int64_t known = 0;     ///< bits of origin.known
    std::int64_t lifetimes = 0; ///< whether writes are split by lifetime
    bool isNamed = false;       ///< has a feature
    bool hasCountedId = false;  ///< the response id, which all candidates share
    std::int64_t source = 0;    ///< the import, if it is one client's protocol; otherwise 0
    std::int64_t content = 0;   ///< decides between equals, whichever was imported first
    std::optional<std::int64_t> input = {}, output = {};

    bool isSameCallAs(const Candidate& other) const
    {
        if (source != 0 && source == other.source)
            return false;
        if (std::abs(call.started - other.call.started) > (hasCountedId ? farthestApartIfCounted : farthestApart))
            return false;
        // One source names the alias, another the dated model: they have one price.
        const bool hasSameModel = model == other.model || (price != 0 && price == other.price) ||
                                  model.starts_with(other.model) || other.model.starts_with(model);
        if (!hasSameModel)
            return false;
        if (call.trace == other.call.trace)
            return input && output && input == other.input && output == other.output;
        // The same moment to the millisecond: a copy that was made before the answer was whole.
        if (call.started == other.call.started && call.started % second != 0 && input == other.input)
            return true;
        return (!input || !other.input || input == other.input) && (!output || !other.output || output == other.output);
    }
    bool isBetterThan(const Candidate& other) const
    {
        constexpr auto usage =
            static_cast<unsigned>(KnowsInput | KnowsCacheRead | KnowsCacheWrite | KnowsOutput | KnowsReasoning);
        const auto figures = [](std::int64_t bits) { return std::popcount(static_cast<unsigned>(bits) & usage); };
        if (figures(known) != figures(other.known))
            return figures(known) > figures(other.known);
        if (lifetimes != other.lifetimes)
            return lifetimes > other.lifetimes;
        if (isNamed != other.isNamed)
            return isNamed;
        if (call.started != other.call.started)
            return call.started < other.call.started;
        if (output != other.output)
            return output > other.output;
        return content < other.content;
    }
};

Result<Witnesses> Witnesses::open(const store::Database& database)
{
    return Witnesses(
        database,
        TRY(database.prepare(
            "SELECT call.id, call.trace, call.started, origin.price, name.value, origin.known, "
            "call.cache_write_1h IS NOT NULL, origin.feature IS NOT NULL, observation.content, "
            "coalesce(call.uncached, call.cache_read, call.cache_write_5m, call.cache_write_1h), "
            "coalesce(call.uncached, 0) + coalesce(call.cache_read, 0) + coalesce(call.cache_write_5m, 0) + "
            "coalesce(call.cache_write_1h, 0), coalesce(call.visible, call.reasoning), "
            "coalesce(call.visible, 0) + coalesce(call.reasoning, 0), call.reported_cost, "
            "(SELECT import.id FROM import WHERE import.id = origin.import AND import.floors = '{}'), "
            "observation.facts "
            "FROM call JOIN origin ON origin.id = call.origin JOIN observation ON observation.id = call.id "
            "LEFT JOIN name ON name.id = origin.model WHERE call.response = ?")),
        TRY(database.prepare("SELECT trace FROM other_witness WHERE response = ?")),
        TRY(database.prepare("SELECT response FROM other_witness WHERE observation = ?")),
        TRY(database.prepare("DELETE FROM other_witness WHERE observation = ?")),
        TRY(database.prepare("INSERT OR REPLACE INTO other_witness(observation, response, trace) VALUES(?, ?, ?)")));
}

Result<> Witnesses::expectMany()
{
    return m_database->execute("DROP INDEX IF EXISTS call_response");
}

Result<> Witnesses::indexCalls()
{
    return m_database->execute("CREATE INDEX IF NOT EXISTS call_response ON call(response) WHERE response IS NOT NULL");
}

Result<> Witnesses::forget(std::int64_t call)
{
    TRY(m_known.bind(call));
    const std::int64_t response = TRY(m_known.next()) ? m_known.integer(0) : 0;
    m_known.reset();
    if (response == 0)
        return {};
    m_noted.push_back(response);
    m_forgotten.push_back(response);
    return m_forget.run(call);
}

Result<std::vector<std::int64_t>> Witnesses::tracesToReturn()
{
    sortUnique(m_noted);
    sortUnique(m_forgotten);
    std::vector<std::int64_t> traces;
    if (!m_forgotten.empty())
        TRY(indexCalls());
    for (const std::int64_t response : std::exchange(m_forgotten, {})) {
        TRY(m_calls.bind(response));
        while (TRY(m_calls.next()))
            traces.push_back(m_calls.integer(1));
        m_calls.reset();
    }
    store::Statement& any = *TRY(m_database->kept("SELECT 1 FROM other_witness LIMIT 1"));
    const bool hasAny = TRY(any.next());
    any.reset();
    if (!hasAny)
        return sortedUnique(std::move(traces));
    for (const std::int64_t response : m_noted) {
        TRY(m_others.bind(response));
        while (TRY(m_others.next()))
            traces.push_back(m_others.integer(0));
        m_others.reset();
    }
    return sortedUnique(std::move(traces));
}

Result<std::vector<Witnesses::Candidate>> Witnesses::candidatesOf(std::int64_t response)
{
    std::vector<Candidate> candidates;
    TRY(m_calls.bind(response));
    while (TRY(m_calls.next())) {
        Candidate candidate{
            .call = {.call = m_calls.integer(0), .trace = m_calls.integer(1), .started = m_calls.integer(2)},
            .price = m_calls.integer(3),
            .model = std::string(m_calls.text(4)),
            .known = m_calls.integer(5),
            .lifetimes = m_calls.integer(6),
            .isNamed = m_calls.integer(7) != 0,
            .content = m_calls.integer(8)};
        if (!m_calls.isNull(9))
            candidate.input = m_calls.integer(10);
        if (!m_calls.isNull(11))
            candidate.output = m_calls.integer(12);
        candidate.call.reportedCost = m_calls.optionalInteger(13);
        candidate.source = m_calls.integer(14);
        candidate.hasCountedId = isCountedId(TRY(factsOf(m_calls.text(15))).response);
        if (candidate.input || candidate.output)
            candidate.call.tokens = candidate.input.value_or(0) + candidate.output.value_or(0);
        candidates.push_back(std::move(candidate));
    }
    m_calls.reset();
    std::sort(candidates.begin(), candidates.end(),
              [](const Candidate& a, const Candidate& b) { return a.isBetterThan(b); });
    return candidates;
}

Result<> Witnesses::dropSingles()
{
    constexpr std::size_t many = 2'000; // a look at all of them is cheaper than one at each
    if (m_noted.size() < many) {
        sortUnique(m_noted);
        return {};
    }
    std::vector<std::int64_t> all;
    store::Statement query = TRY(m_database->prepare("SELECT response FROM call WHERE response IS NOT NULL"));
    while (TRY(query.next()))
        all.push_back(query.integer(0));
    const std::vector<std::int64_t> repeated = repeatedOf(all);
    std::erase_if(m_noted, [&](std::int64_t response) {
        return !std::binary_search(repeated.begin(), repeated.end(), response);
    });
    sortUnique(m_noted);
    return {};
}

Result<> Witnesses::completeCost(const OtherWitness& other)
{
    if (!other.completesCost)
        return {};
    store::Statement query = TRY(m_database->prepare("SELECT origin FROM call WHERE id = ?"));
    TRY(query.bind(other.billed));
    if (!TRY(query.next()))
        return {}; // it gave way as well
    const std::int64_t origin = query.integer(0);
    query.reset();
    std::int64_t& completed = m_withReportedCost[origin];
    if (completed == 0) {
        TRY(TRY(m_database->prepare(
                    "INSERT INTO origin(import, status, flags, rule, known, feature, feature_rule, model, provider, "
                    "environment, step, agent, tool, tags, prompt_name, prompt_version, release, price) "
                    "SELECT import, status, flags, rule, known | ?, feature, feature_rule, model, provider, "
                    "environment, "
                    "step, agent, tool, tags, prompt_name, prompt_version, release, price FROM origin WHERE id = ?"))
                .run(KnowsReportedCost, origin));
        completed = m_database->lastInsertId();
    }
    return TRY(m_database->prepare("UPDATE call SET origin = ?, reported_cost = ? WHERE id = ?"))
        .run(completed, *other.reportedCost, other.billed);
}

Result<std::vector<OtherWitness>> Witnesses::decide()
{
    TRY(dropSingles());
    if (!m_noted.empty())
        TRY(indexCalls());
    std::vector<OtherWitness> others;
    for (const std::int64_t response : m_noted) {
        std::vector<Candidate> candidates = TRY(candidatesOf(response));
        // The best is billed and takes its witnesses along; of what is left, the best again.
        while (candidates.size() > 1) {
            const Candidate best = candidates.front();
            bool hasCost = best.call.reportedCost.has_value();
            std::vector<Candidate> left;
            for (std::size_t i = 1; i < candidates.size(); ++i) {
                if (!best.isSameCallAs(candidates[i])) {
                    left.push_back(candidates[i]);
                    continue;
                }
                others.push_back(candidates[i].call);
                others.back().billed = best.call.call;
                others.back().billedTrace = best.call.trace;
                others.back().completesCost = !hasCost && candidates[i].call.reportedCost;
                hasCost |= others.back().completesCost;
                TRY(m_keep.run(candidates[i].call.call, response, candidates[i].call.trace));
            }
            candidates = std::move(left);
        }
    }
    m_noted.clear();
    return others;
}

} // namespace plumbline::record
