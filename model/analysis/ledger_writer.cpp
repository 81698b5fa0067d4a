// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/ledger_writer.h"

#include <array>
#include <map>
#include <set>

#include "model/analysis/evidence_json.h"
#include "model/analysis/packed.h"
#include "model/analysis/scope_calls.h"
#include "model/store/stale_scopes.h"

namespace plumbline::analysis {

namespace {

constexpr std::int64_t picodollarsPerDollar = 1'000'000'000'000;

struct Key
{
    std::int64_t day = 0;
    std::uint8_t drain = 0;
    Confidence confidence = Confidence::High;
    auto operator<=>(const Key&) const = default;
};

struct Sums
{
    std::int64_t calls = 0, tokens = 0;
    MoneySum::Integer money = 0;
};

PromptShape shapeOf(const Scope& scope, const ScopeCall& call)
{
    constexpr std::size_t most = 0xFFFF;
    std::size_t userMessages = 0, documents = 0;
    std::uint32_t lastMessage = none;
    for (std::size_t part = call.parts; part < call.partsEnd; ++part) {
        const Part& of = scope.parts[part];
        documents += of.segment == Segment::Context;
        const bool isUsers = of.block != none && scope.blocks[of.block].role == BlockRole::User &&
                             (of.segment == Segment::History || of.segment == Segment::User);
        if (isUsers && of.message != lastMessage) {
            ++userMessages;
            lastMessage = of.message;
        }
    }
    return {.historyTurns = static_cast<std::uint16_t>(std::min(most, userMessages > 0 ? userMessages - 1 : 0)),
            .documents = static_cast<std::uint16_t>(std::min(most, documents))};
}

Result<> writeCalls(const store::Database& database, const ReadScope& read, const std::vector<CallClaim>& claims,
                    const std::vector<bool>& isKept)
{
    const Scope& scope = read.scope;
    store::Statement insert = TRY(database.prepare("INSERT OR REPLACE INTO call_analysis(call, packed) VALUES(?, ?)"));
    // Appended in the order of the table, which is not that of time.
    std::vector<std::uint32_t> order(scope.calls.size());
    std::vector<std::size_t> first(scope.calls.size() + 1);
    std::size_t next = 0;
    for (std::uint32_t i = 0; i < scope.calls.size(); ++i) {
        order[i] = i;
        first[i] = next;
        while (next < claims.size() && claims[next].call == i)
            ++next;
    }
    first.back() = next;
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return scope.calls[a].id < scope.calls[b].id; });
    std::string packed;
    std::vector<Claim> own;
    for (const std::uint32_t i : order) {
        if (!isKept[i])
            continue;
        const ScopeCall& call = scope.calls[i];
        std::array<std::uint32_t, inputSegmentCount> segments{};
        for (std::size_t part = call.parts; part < call.partsEnd; ++part)
            segments[static_cast<std::size_t>(scope.parts[part].segment)] += scope.parts[part].tokens;
        own.clear();
        for (std::size_t claim = first[i]; claim < first[i + 1]; ++claim)
            own.push_back(claims[claim].claim);
        packed.clear();
        appendPacked(packed, read.methods[i], segments, shapeOf(scope, call), own);
        TRY(insert.run(call.id, store::Blob{packed}));
    }
    return {};
}

Result<> writeDays(const store::Database& database, const ReportingCalendar& calendar, const Scope& scope,
                   const std::vector<CallClaim>& claims)
{
    std::map<Key, Sums> days;
    std::uint32_t lastCall = none;
    std::set<Key> counted;
    for (const auto& [call, claim] : claims) {
        if (call != lastCall)
            counted.clear();
        lastCall = call;
        const Key key{calendar.dayOf(Timestamp(scope.calls[call].started)), claim.drain, claim.confidence};
        Sums& sums = days[key];
        sums.calls += counted.insert(key).second;
        sums.tokens += claim.tokens;
        sums.money += claim.money;
    }
    TRY(TRY(database.prepare("DELETE FROM daily_waste WHERE feature = ?")).run(scope.feature));
    store::Statement insert = TRY(database.prepare("INSERT INTO daily_waste VALUES(?, ?, ?, ?, ?, ?, ?, ?)"));
    for (const auto& [key, sums] : days)
        TRY(insert.run(key.day, scope.feature, allDrains()[key.drain].id, static_cast<std::int64_t>(key.confidence),
                       sums.calls, sums.tokens, static_cast<std::int64_t>(sums.money / picodollarsPerDollar),
                       static_cast<std::int64_t>(sums.money % picodollarsPerDollar)));
    return {};
}

Result<> writeFindings(const store::Database& database, const Scope& scope, const std::vector<CallClaim>& claims,
                       const std::map<std::uint8_t, Evidence>& evidence)
{
    std::set<std::uint8_t> found;
    for (const auto& [call, claim] : claims)
        found.insert(claim.drain);
    std::set<std::string> known;
    store::Statement old = TRY(database.prepare("SELECT drain FROM finding WHERE feature = ?"));
    TRY(old.bind(scope.feature));
    while (TRY(old.next()))
        known.emplace(old.text(0));
    store::Statement upsert = TRY(database.prepare("INSERT INTO finding(feature, drain, evidence) VALUES(?, ?, ?) "
                                                   "ON CONFLICT DO UPDATE SET evidence = excluded.evidence"));
    for (const std::uint8_t drain : found) {
        const auto shown = evidence.find(drain);
        const std::string id(allDrains()[drain].id);
        TRY(upsert.run(scope.feature, id, toJson(shown == evidence.end() ? Evidence() : shown->second)));
        known.erase(id);
    }
    store::Statement remove = TRY(database.prepare("DELETE FROM finding WHERE feature = ? AND drain = ?"));
    for (const std::string& gone : known)
        TRY(remove.run(scope.feature, gone));
    return {};
}

} // namespace

Result<> writeScope(const store::Workspace& workspace, const ReportingCalendar& calendar, const ReadScope& read,
                    std::vector<CallClaim> claims, const std::map<std::uint8_t, Evidence>& evidence)
{
    const store::Database& database = workspace.database();
    const auto mark = TRY(store::staleMark(database, read.scope.feature));
    if (!mark)
        return {};
    std::vector<bool> isKept(read.scope.calls.size(), true);
    if (mark != read.mark) {
        isKept = TRY(callsStillBilledSo(database, read.scope));
        std::erase_if(claims, [&](const CallClaim& claim) { return !isKept[claim.call]; });
    }
    TRY(writeCalls(database, read, claims, isKept));
    TRY(writeDays(database, calendar, read.scope, claims));
    TRY(writeFindings(database, read.scope, claims, evidence));
    return read.mark ? store::unmark(database, {read.scope.feature, *read.mark}) : Result<>();
}

} // namespace plumbline::analysis
