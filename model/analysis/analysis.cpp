// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/analysis.h"

#include <unistd.h>

#include "model/analysis/drain_settings.h"
#include "model/analysis/labelling.h"
#include "model/analysis/ledger_writer.h"
#include "model/analysis/scope_reader.h"
#include "model/analysis/text_pass.h"
#include "model/record/pricing.h"
#include "model/store/recorder_lock.h"
#include "model/store/stale_scopes.h"
#include "model/store/text_index.h"

namespace plumbline {

namespace {

using namespace analysis;

/// Microseconds: who tries to lock the workspace every other millisecond finds it free.
constexpr unsigned betweenTurns = 5000;

Result<bool> isOfThisCatalogue(const store::Workspace& workspace)
{
    return TRY(workspace.setting(drainCatalogueSetting)) == drainCatalogue();
}

/// What another catalogue of drains made is made anew. Inside a transaction of the caller.
Result<> adoptCatalogue(store::Workspace& workspace)
{
    if (TRY(isOfThisCatalogue(workspace)))
        return {};
    TRY(workspace.database().execute("DELETE FROM call_analysis; DELETE FROM daily_waste; DELETE FROM token_weights"));
    TRY(store::markAllStale(workspace.database()));
    return workspace.setSetting(drainCatalogueSetting, drainCatalogue());
}

/// The workspace, to write into: the way others of this process gave, and the lock.
class Turn
{
public:
    static Result<Turn> take(const std::filesystem::path& workspace, const AskForWay& askForWay)
    {
        std::shared_ptr<void> way = askForWay ? askForWay(workspace) : nullptr;
        return Turn(std::move(way), TRY(store::RecorderLock::acquire(workspace, "plumbline, analysing")));
    }

private:
    Turn(std::shared_ptr<void> way, store::RecorderLock lock) : m_way(std::move(way)), m_lock(std::move(lock)) {}
    std::shared_ptr<void> m_way;
    store::RecorderLock m_lock; // last: let go of before the way is given back
};

/// Reads scope after scope, each as the workspace is at that moment.
class SnapshotReader
{
public:
    explicit SnapshotReader(const store::Workspace& workspace) : m_workspace(workspace) {}

    /// In a transaction of the caller: what others wrote since is known too.
    Result<ScopeReader*> current()
    {
        const std::int64_t version = TRY(m_workspace.database().integer("PRAGMA data_version"));
        if (!m_reader || version != m_version) {
            const std::shared_ptr<const PriceBook> book = TRY(record::priceBookOf(m_workspace));
            m_reader.emplace(TRY(ScopeReader::open(m_workspace, book)));
        }
        m_version = version;
        return &*m_reader;
    }
    /// Nothing if somebody else analysed it.
    Result<std::optional<ReadScope>> readStale(std::int64_t feature, const StopToken& stop)
    {
        const auto transaction = TRY(store::ReadTransaction::begin(m_workspace.database()));
        const auto mark = TRY(store::staleMark(m_workspace.database(), feature));
        if (!mark)
            return std::optional<ReadScope>();
        ReadScope read = TRY(TRY(current())->read(feature, stop));
        if (!TRY(hasUnreadTexts(m_workspace)))
            read.mark = mark;
        return read;
    }

private:
    const store::Workspace& m_workspace;
    std::int64_t m_version = 0;
    std::optional<ScopeReader> m_reader;
};

/// One transaction, while nobody records.
template <class Write>
Result<> writeInTurn(store::Workspace& workspace, const AskForWay& askForWay, const Write& write)
{
    const Turn turn = TRY(Turn::take(workspace.database().path(), askForWay));
    store::Transaction transaction = TRY(store::Transaction::begin(workspace.database()));
    TRY(write());
    return transaction.commit();
}

/// `write` does a piece and answers whether there is more; others get their turns in between.
template <class Write>
Result<> inPieces(store::Workspace& workspace, const AskForWay& askForWay, const Write& write)
{
    for (bool hasMore = true; hasMore;) {
        TRY(writeInTurn(workspace, askForWay, [&]() -> Result<> {
            hasMore = TRY(write());
            return {};
        }));
        if (hasMore)
            usleep(betweenTurns);
    }
    return {};
}

} // namespace

Result<> Analysis::indexTexts(const std::filesystem::path& path, const ProgressSink& progress, const StopToken& stop,
                              const AskForWay& askForWay)
{
    store::Workspace workspace = TRY(store::Workspace::open(path, store::OpenMode::ReadWrite));
    workspace.database().interruptOn(stop);
    if (!TRY(store::hasUnindexedTexts(workspace)))
        return {};
    return inPieces(workspace, askForWay, [&] { return store::indexSomeTexts(workspace, progress, stop); });
}

Result<Analysis::Outcome> Analysis::run(const std::filesystem::path& path, const ProgressSink& progress,
                                        const StopToken& stop, const AskForWay& askForWay)
{
    store::Workspace workspace = TRY(store::Workspace::open(path, store::OpenMode::ReadWrite));
    store::Database& database = workspace.database();
    database.interruptOn(stop);
    Outcome outcome;
    if (TRY(store::staleScopes(database)).empty() && TRY(isOfThisCatalogue(workspace)))
        return outcome;
    const auto inTurn = [&](const auto& write) { return writeInTurn(workspace, askForWay, write); };
    TRY(inTurn([&] { return adoptCatalogue(workspace); }));
    const auto readTexts = [&]() -> Result<> {
        return TRY(hasUnreadTexts(workspace))
                   ? inPieces(workspace, askForWay, [&] { return readSomeTexts(workspace, progress, stop); })
                   : Result<>();
    };
    TRY(readTexts());
    SnapshotReader reader(workspace);
    TRY(inTurn([&]() -> Result<> { return TRY(reader.current())->calibrateModels(progress, stop); }));
    const ReportingCalendar calendar = TRY(workspace.calendar());
    const DrainThresholds thresholds = TRY(drainThresholds(workspace));
    const std::vector<store::StaleScope> scopes = TRY(store::staleScopes(database));
    for (const store::StaleScope& scope : scopes) {
        TRY(stop.check());
        const auto tell = [&](const char* what) {
            if (progress)
                progress({.what = what,
                          .done = static_cast<std::uint64_t>(outcome.scopes),
                          .total = static_cast<std::uint64_t>(scopes.size())});
        };
        tell("looking for drains");
        TRY(readTexts()); // that came since
        std::optional<ReadScope> read = TRY(reader.readStale(scope.feature, stop));
        if (!read)
            continue;
        Claims claims = TRY(labelled(read->scope, thresholds, stop));
        const std::map<std::uint8_t, Evidence> evidence = claims.evidence();
        std::vector<CallClaim> claimed = std::move(claims).finish();
        tell("keeping what drains were found");
        TRY(inTurn([&]() -> Result<> {
            TRY(writeScope(workspace, calendar, *read, std::move(claimed), evidence));
            return countAnalysisRevision(database);
        }));
        ++outcome.scopes;
        outcome.calls += static_cast<std::int64_t>(read->scope.calls.size());
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
    const std::shared_ptr<const PriceBook> book = TRY(record::priceBookOf(workspace));
    ScopeReader reader = TRY(ScopeReader::open(workspace, book));
    std::vector<Taken> taken(allDrains().size());
    for (std::size_t i = 0; i < scopes.size(); ++i) {
        TRY(stop.check());
        if (progress)
            progress({.what = "looking for drains", .done = i, .total = scopes.size()});
        const store::ReadTransaction transaction = TRY(store::ReadTransaction::begin(database));
        ReadScope read = TRY(reader.read(scopes[i], stop));
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
