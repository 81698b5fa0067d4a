// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/analysis.h"

#include "model/analysis/drain_settings.h"
#include "model/analysis/ledger_writer.h"
#include "model/analysis/scope_reader.h"
#include "model/analysis/text_pass.h"
#include "model/record/pricing.h"
#include "model/store/recorder_lock.h"

namespace plumbline {

namespace {

using namespace analysis;

/// What another catalogue of drains made is made anew.
Result<> adoptCatalogue(store::Workspace& workspace)
{
    if (TRY(workspace.setting(drainCatalogueSetting)) == drainCatalogue())
        return {};
    store::Transaction transaction = TRY(store::Transaction::begin(workspace.database()));
    TRY(workspace.database().execute(
        "DELETE FROM call_analysis; DELETE FROM daily_waste; DELETE FROM token_weights; INSERT OR IGNORE INTO "
        "stale_scope SELECT DISTINCT coalesce(feature, 0) FROM origin"));
    TRY(workspace.setSetting(drainCatalogueSetting, drainCatalogue()));
    return transaction.commit();
}

Result<std::vector<std::int64_t>> staleScopes(const store::Database& database)
{
    std::vector<std::int64_t> scopes;
    store::Statement query = TRY(database.prepare("SELECT feature FROM stale_scope ORDER BY feature"));
    while (TRY(query.next()))
        scopes.push_back(query.integer(0));
    return scopes;
}

Result<ReadScope> readScope(const store::Database& database, ScopeReader& reader, std::int64_t feature,
                            const StopToken& stop)
{
    const store::ReadTransaction transaction = TRY(store::ReadTransaction::begin(database));
    return reader.read(feature, stop);
}

/// Every drain has its turn, in the ledger's order. The scope outlives the claims.
Result<Claims> labelled(Scope& scope, const DrainThresholds& thresholds, const StopToken& stop)
{
    scope.thresholds = thresholds;
    Claims claims(scope);
    for (std::size_t drain = 0; drain < allDrains().size(); ++drain) {
        TRY(stop.check());
        claims.begin(static_cast<std::uint8_t>(drain));
        allDrains()[drain].label(scope, claims);
    }
    return claims;
}

} // namespace

Result<Analysis::Outcome> Analysis::run(const std::filesystem::path& path, const ProgressSink& progress,
                                        const StopToken& stop)
{
    const store::RecorderLock lock = TRY(store::RecorderLock::acquire(path, "plumbline, analysing"));
    store::Workspace workspace = TRY(store::Workspace::open(path, store::OpenMode::ReadWrite));
    store::Database& database = workspace.database();
    database.interruptOn(stop);
    Outcome outcome;
    TRY(adoptCatalogue(workspace));
    const std::vector<std::int64_t> scopes = TRY(staleScopes(database));
    if (scopes.empty())
        return outcome;
    {
        store::Transaction transaction = TRY(store::Transaction::begin(database));
        TRY(readTexts(workspace, progress, stop));
        TRY(transaction.commit());
    }
    const ReportingCalendar calendar = TRY(workspace.calendar());
    ScopeReader reader = TRY(ScopeReader::open(workspace, TRY(record::priceBookOf(workspace))));
    {
        store::Transaction transaction = TRY(store::Transaction::begin(database));
        TRY(reader.calibrateModels(progress, stop));
        TRY(transaction.commit());
    }
    const DrainThresholds thresholds = TRY(drainThresholds(workspace));
    for (const std::int64_t feature : scopes) {
        TRY(stop.check());
        if (progress)
            progress({.what = "looking for drains",
                      .done = static_cast<std::uint64_t>(outcome.scopes),
                      .total = scopes.size()});
        ReadScope read = TRY(readScope(database, reader, feature, stop));
        Claims claims = TRY(labelled(read.scope, thresholds, stop));
        const std::map<std::uint8_t, Evidence> evidence = claims.evidence();
        const std::vector<CallClaim> claimed = std::move(claims).finish();
        store::Transaction transaction = TRY(store::Transaction::begin(database));
        TRY(writeScope(workspace, calendar, read, claimed, evidence));
        TRY(countAnalysisRevision(database));
        TRY(transaction.commit());
        ++outcome.scopes;
        outcome.calls += static_cast<std::int64_t>(read.scope.calls.size());
    }
    return outcome;
}

Result<std::vector<Analysis::Taken>> Analysis::preview(const store::Workspace& workspace,
                                                       const DrainThresholds& thresholds, const ProgressSink& progress,
                                                       const StopToken& stop)
{
    const store::Database& database = workspace.database();
    std::vector<std::int64_t> scopes;
    store::Statement features =
        TRY(database.prepare("SELECT DISTINCT coalesce(feature, 0) FROM origin ORDER BY coalesce(feature, 0)"));
    while (TRY(features.next()))
        scopes.push_back(features.integer(0));
    ScopeReader reader = TRY(ScopeReader::open(workspace, TRY(record::priceBookOf(workspace))));
    std::vector<Taken> taken(allDrains().size());
    for (std::size_t i = 0; i < scopes.size(); ++i) {
        TRY(stop.check());
        if (progress)
            progress({.what = "looking for drains", .done = i, .total = scopes.size()});
        ReadScope read = TRY(readScope(database, reader, scopes[i], stop));
        Claims claims = TRY(labelled(read.scope, thresholds, stop));
        std::vector<std::uint32_t> lastCall(taken.size(), none);
        for (const CallClaim& claimed : std::move(claims).finish()) {
            if (claimed.claim.confidence == Confidence::Beside)
                continue;
            Taken& of = taken[claimed.claim.drain];
            of.calls += lastCall[claimed.claim.drain] != claimed.call;
            lastCall[claimed.claim.drain] = claimed.call;
            of.money += Money(claimed.claim.money);
        }
    }
    return taken;
}

} // namespace plumbline
