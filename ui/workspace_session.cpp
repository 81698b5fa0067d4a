// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace_session.h"

#include "model/items/format.h"
#include "model/jobs/at_the_same_time.h"
#include "ui/pages/import_dialogs.h"

namespace plumbline {

using namespace Qt::StringLiterals;

WorkspaceSession::WorkspaceSession(ImportService& imports, WorkspaceService& workspaces, QObject* parent)
    : QObject(parent), m_imports(imports), m_workspaces(workspaces)
{
    constexpr int follow = 2000; // milliseconds
    m_poll.setInterval(follow);
    connect(&m_poll, &QTimer::timeout, this, &WorkspaceSession::refreshSoon);
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (m_wantsAnalysis)
            analyse();
    });
    connect(this, &WorkspaceSession::opened, this, &WorkspaceSession::analyse);
    connect(this, &WorkspaceSession::changed, this, &WorkspaceSession::analyse);
    connect(&m_change, &JobRunner::progressed, this, [this](const Progress& progress) {
        if (m_isAnalysing)
            emit analysisProgressed(progress);
        else
            emit changeProgressed(progress);
    });
}

void WorkspaceSession::open(const std::filesystem::path& path)
{
    m_opened = path;
    m_opening.start([path](const StopToken& stop,
                           const ProgressSink& progress) { return Queries::open(path, progress, stop, atTheSameTime); },
                    [this, path](Result<Queries> queries) {
                        // It may have been given up when it was done already.
                        if (m_opened != path)
                            return;
                        if (!queries) {
                            emit openFailed(queries.error());
                            return;
                        }
                        m_following.cancel();
                        if (m_isAnalysing)
                            m_change.cancel();
                        m_rest.stop();
                        m_cannotAnalyse.clear();
                        m_path = path;
                        m_queries = *std::move(queries);
                        m_poll.start();
                        emit opened();
                    });
}

void WorkspaceSession::close()
{
    m_poll.stop();
    m_opening.cancel();
    m_opened.clear();
    m_following.cancel();
    m_rest.stop();
    if (m_isAnalysing) {
        m_change.cancel();
        emit analysisEnded({});
    }
    m_queries.reset();
    m_path.clear();
    emit closed();
}

void WorkspaceSession::reopen()
{
    if (m_queries)
        refresh();
    else if (!m_path.empty())
        open(m_path);
}

void WorkspaceSession::refreshSoon()
{
    if (!m_following.isRunning())
        refresh();
}

void WorkspaceSession::refresh()
{
    if (!m_queries)
        return;
    using Snapshot = std::pair<Queries, bool>;
    m_following.start(
        [queries = *m_queries](const StopToken& stop) -> Result<Snapshot> {
            Queries newest = TRY(queries.refreshed(stop));
            const bool isNew = !newest.isSameSnapshot(queries);
            return Snapshot(std::move(newest), isNew);
        },
        [this](Result<Snapshot> newest) {
            // A workspace that cannot be read for a moment is asked again in two seconds. One that was left meanwhile
            // does not come back.
            if (!newest || !newest->second || !m_queries || newest->first.path() != m_path)
                return;
            m_queries = std::move(newest->first);
            emit changed();
        });
}

void WorkspaceSession::beginChange(const QString& what)
{
    // The change takes the place of an analysis that is at work; its end is not told.
    if (std::exchange(m_isAnalysing, false) && m_change.isRunning())
        emit analysisEnded({});
    // What the user changed is looked at as soon as it is there.
    m_rest.stop();
    emit changeBegan(what);
}

template <class Work>
void WorkspaceSession::change(const QString& what, const QString& outcome, Work work, std::function<void()> whenDone)
{
    afterOthers([this, what, outcome, work = std::move(work), whenDone = std::move(whenDone)] {
        beginChange(what);
        m_change.start(work, [this, outcome, whenDone](Result<> result) {
            if (!result) {
                endChange(result.error());
                return;
            }
            emit changeEnded(outcome);
            if (whenDone)
                whenDone();
            reopen();
            beginNext();
        });
    });
}

void WorkspaceSession::afterOthers(std::function<void()> begin)
{
    if (isChanging())
        m_waiting.push_back(std::move(begin));
    else
        begin();
}

void WorkspaceSession::beginNext()
{
    // Until one is at work: who heard of an end may have begun one, and a sample that is there is only opened.
    while (!m_waiting.empty() && !isChanging()) {
        const std::function<void()> begin = std::move(m_waiting.front());
        m_waiting.pop_front();
        begin();
    }
    if (!isChanging())
        analyse();
}

void WorkspaceSession::endChange(const Error& error)
{
    const bool isCancelled = error.kind == ErrorKind::Cancelled;
    emit changeEnded(isCancelled ? tr("Cancelled: nothing was changed") : tr("Failed: %1").arg(toQt(error.text())));
    if (!isCancelled)
        emit failed(error);
    beginNext();
}

void WorkspaceSession::cancelChange()
{
    m_opening.cancel();
    if (!m_isAnalysing)
        m_change.cancel();
}

void WorkspaceSession::analyse()
{
    // What cannot begin now begins when what is at work, or the rest, is over.
    m_wantsAnalysis = true;
    if (!m_queries || m_change.isRunning() || m_rest.isActive() || m_cannotAnalyse == m_path)
        return;
    m_wantsAnalysis = false;
    m_isAnalysing = true;
    const auto began = std::chrono::steady_clock::now();
    m_change.start(
        [&service = m_workspaces, path = m_path](const StopToken& stop, const ProgressSink& progress) {
            return service.analyse(path, progress, stop);
        },
        [this, path = m_path, began](const Result<>& result) {
            m_isAnalysing = false;
            if (path == m_path)
                endAnalysis(result, std::chrono::steady_clock::now() - began);
            else
                analyse();
        });
}

void WorkspaceSession::endAnalysis(const Result<>& result, std::chrono::steady_clock::duration took)
{
    // Features that are recorded live are looked at again and again: for one part in twenty of the time.
    constexpr int share = 20;
    constexpr std::chrono::milliseconds whileLocked(5000);
    std::chrono::milliseconds rest = std::chrono::duration_cast<std::chrono::milliseconds>(took * share);
    QString problem;
    if (!result && result.error().kind == ErrorKind::Locked) {
        m_wantsAnalysis = true;
        rest = std::max(rest, whileLocked);
    } else if (!result && result.error().kind == ErrorKind::Cancelled) {
        emit analysisEnded({});
        analyse(); // for what was opened since
        return;
    } else if (!result) {
        m_cannotAnalyse = path();
        problem = toQt(result.error().text());
    }
    m_rest.start(rest);
    emit analysisEnded(problem);
    refresh();
}

void WorkspaceSession::setFindingNote(const FindingNote& note)
{
    edit([path = m_path, note](WorkspaceService& service) { return service.setFindingNote(path, note); });
}

void WorkspaceSession::addBill(const BilledTotal& bill)
{
    change(
        tr("Recording a bill"), tr("The bill of %1 is recorded").arg(toQt(bill.provider)),
        [&service = m_workspaces, path = m_path, bill](const StopToken& stop) {
            return service.addBill(path, bill, stop);
        },
        [this, bill, path = m_path] {
            if (path == m_path) // of another workspace there is nothing to take back in this one
                emit billRecorded(bill);
        });
}

void WorkspaceSession::removeBill(const BilledTotal& bill)
{
    change(tr("Taking back a bill"), tr("The bill of %1 is taken back").arg(toQt(bill.provider)),
           [&service = m_workspaces, path = m_path, bill](const StopToken& stop) {
               return service.removeBill(path, bill, stop);
           });
}

void WorkspaceSession::edit(std::function<Result<>(WorkspaceService&)> write)
{
    m_edits.push_back(std::move(write));
    if (!m_editing.isRunning())
        writeEdits();
}

void WorkspaceSession::writeEdits()
{
    m_editing.start(
        [&service = m_workspaces, edits = std::exchange(m_edits, {})](const StopToken&) -> Result<> {
            for (const auto& write : edits)
                TRY(write(service));
            return {};
        },
        [this](const Result<>& result) {
            if (!result && result.error().kind != ErrorKind::Cancelled)
                emit failed(result.error());
            if (!m_edits.empty())
                writeEdits();
            emit edited();
            refresh();
        });
}

void WorkspaceSession::setDrainThresholds(const std::map<std::string, double>& thresholds)
{
    change(tr("Keeping the thresholds"), tr("The calls are looked at anew with the new thresholds"),
           [&service = m_workspaces, path = m_path, thresholds](const StopToken&) {
               return service.setDrainThresholds(path, thresholds);
           });
}

void WorkspaceSession::openSample(const std::filesystem::path& path)
{
    // Asked again while it is made, it is there only when that is over.
    afterOthers([this, path] {
        std::error_code unreadable;
        if (std::filesystem::exists(path, unreadable)) {
            open(path);
            return;
        }
        make(path, tr("Making the sample workspace"),
             [&service = m_workspaces, path](const StopToken& stop, const ProgressSink& progress) {
                 return service.createSample(path, progress, stop);
             });
    });
}

void WorkspaceSession::create(const std::filesystem::path& path)
{
    make(path, tr("Making the workspace"), [&service = m_workspaces, path](const StopToken&, const ProgressSink&) {
        return service.createWorkspace(path);
    });
}

void WorkspaceSession::make(const std::filesystem::path& path, const QString& what,
                            std::function<Result<>(const StopToken&, const ProgressSink&)> work)
{
    afterOthers([this, path, what, work = std::move(work)] {
        beginChange(what);
        m_change.start(work, [this, path](Result<> result) {
            if (!result) {
                endChange(result.error());
                return;
            }
            emit changeEnded({});
            open(path);
            beginNext();
        });
    });
}

void WorkspaceSession::preview(const std::vector<std::filesystem::path>& paths)
{
    m_previewing.start([&service = m_imports, paths](const StopToken& stop) { return service.preview(paths, stop); },
                       [this](Result<std::vector<FilePreview>> files) {
                           if (files)
                               emit previewed(*files);
                           else if (files.error().kind != ErrorKind::Cancelled)
                               emit failed(files.error());
                       });
}

void WorkspaceSession::import(const std::filesystem::path& path, const ImportRequest& request)
{
    afterOthers([this, path, request] {
        beginChange(tr("Importing"));
        m_change.start(
            [&service = m_imports, path, request](const StopToken& stop, const ProgressSink& progress) {
                return service.import(path, request, progress, stop);
            },
            [this, path](Result<ImportReport> report) {
                if (!report) {
                    endChange(report.error());
                    return;
                }
                emit changeEnded(outcomeText(*report));
                emit imported(*report);
                if (path == m_path && m_queries)
                    refresh();
                else
                    open(path);
                beginNext();
            });
    });
}

void WorkspaceSession::removeSource(std::int64_t import, const QString& name)
{
    change(tr("Removing %1").arg(name), tr("%1 was removed").arg(name),
           [&service = m_workspaces, path = m_path, import](const StopToken& stop, const ProgressSink& progress) {
               return service.removeSource(path, import, progress, stop);
           });
}

void WorkspaceSession::applyRules(const FeatureRules& rules)
{
    change(tr("Applying the feature rules"), tr("The feature rules are applied"),
           [&service = m_workspaces, path = m_path, rules](const StopToken& stop, const ProgressSink& progress) {
               return service.setFeatureRules(path, rules, progress, stop);
           });
}

void WorkspaceSession::applyPrices(const PriceOverrides& overrides)
{
    change(tr("Applying the prices"), tr("The prices are applied"),
           [&service = m_workspaces, path = m_path, overrides](const StopToken& stop, const ProgressSink& progress) {
               return service.setPriceOverrides(path, overrides, progress, stop);
           });
}

void WorkspaceSession::readPrices(const std::filesystem::path& file, PriceList list)
{
    m_reading.start([&service = m_workspaces, file, list](const StopToken&) { return service.readPrices(file, list); },
                    [this](Result<PriceOverrides> prices) {
                        if (prices)
                            emit pricesRead(*prices);
                        else if (prices.error().kind != ErrorKind::Cancelled)
                            emit failed(prices.error());
                    });
}

void WorkspaceSession::setReporting(const QString& timeZone, int monthStartDay)
{
    change(tr("Changing the reporting calendar"), tr("Days and months begin anew"),
           [&service = m_workspaces, path = m_path, zone = fromQt(timeZone), monthStartDay](const StopToken& stop) {
               return service.setReporting(path, zone, monthStartDay, stop);
           });
}

} // namespace plumbline
