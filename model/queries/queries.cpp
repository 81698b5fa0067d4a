// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/queries.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include <nlohmann/json.hpp>

#include "model/queries/groups.h"
#include "model/queries/snapshot.h"

namespace plumbline {

namespace {

/// Made once, at random, with the file.
Result<std::string> identityOf(const store::Workspace& workspace)
{
    const auto secret = TRY(workspace.setting(store::setting::secret));
    return secret.value_or("");
}

Result<std::string> revisionOf(const store::Workspace& workspace)
{
    const auto revision = TRY(workspace.setting("revision"));
    return revision.value_or("0");
}

Result<std::string> analysisRevisionOf(const store::Workspace& workspace)
{
    const auto revision = TRY(workspace.setting("analysis_revision"));
    return revision.value_or("0");
}

/// The traces that live recording changed since a revision, ascending; nothing if anything else may have changed.
Result<std::optional<std::vector<std::int64_t>>> tracesChangedSince(const store::Workspace& workspace,
                                                                    const std::string& revision)
{
    // From here on reading everything is less work.
    constexpr std::size_t mostTraces = 20'000;
    const auto numberOf = [](const std::string& text) { return std::strtoll(text.c_str(), nullptr, 10); };
    std::optional<std::vector<std::int64_t>> traces;
    const auto since = TRY(workspace.setting(store::setting::liveSince));
    if (!since || numberOf(revision) < numberOf(*since))
        return traces;
    store::Statement changes =
        TRY(workspace.database().prepare("SELECT DISTINCT trace FROM live_change WHERE revision > ? ORDER BY trace"));
    TRY(changes.bind(std::int64_t{numberOf(revision)}));
    traces.emplace();
    while (TRY(changes.next())) {
        if (traces->size() >= mostTraces)
            return std::optional<std::vector<std::int64_t>>();
        traces->push_back(changes.integer(0));
    }
    return traces;
}

} // namespace

Queries::Queries(std::shared_ptr<const Snapshot> snapshot) : m_snapshot(std::move(snapshot)) {}

Result<Queries> Queries::open(const std::filesystem::path& path, const ProgressSink& progress, const StopToken& stop,
                              const Beside& beside)
{
    store::Workspace workspace = TRY(store::Workspace::open(path, store::OpenMode::ReadOnly));
    workspace.database().interruptOn(stop);
    // One read transaction: the columns and the revision belong together.
    TRY(workspace.database().execute("BEGIN"));
    ReportingCalendar calendar = TRY(workspace.calendar());
    std::string revision = TRY(revisionOf(workspace));
    std::string analysisRevision = TRY(analysisRevisionOf(workspace));
    auto table = std::make_shared<const CallTable>(TRY(CallTable::load(workspace, calendar, progress, stop, beside)));
    queries::Uncounted uncounted = TRY(queries::Uncounted::load(workspace.database()));
    return Queries(std::shared_ptr<const Snapshot>(new Snapshot{path, TRY(identityOf(workspace)), std::move(revision),
                                                                std::move(analysisRevision), std::move(calendar), table,
                                                                *table, std::move(uncounted), beside}));
}

Result<Queries> Queries::refreshed(const StopToken& stop) const
{
    {
        // Not one of the idle connections: the file may be another one by now.
        store::Workspace workspace = TRY(store::Workspace::open(m_snapshot->path, store::OpenMode::ReadOnly));
        workspace.database().interruptOn(stop);
        TRY(workspace.database().execute("BEGIN"));
        std::string revision = TRY(revisionOf(workspace));
        const bool isSameFile = TRY(identityOf(workspace)) == m_snapshot->identity;
        std::string analysisRevision = TRY(analysisRevisionOf(workspace));
        const Snapshot& old = *m_snapshot;
        std::shared_ptr<Snapshot> next;
        std::vector<std::int64_t> changed;
        if (isSameFile && revision == old.revision) {
            if (analysisRevision == old.analysisRevision)
                return *this;
            next.reset(new Snapshot{old.path, old.identity, std::move(revision), std::move(analysisRevision),
                                    old.calendar, old.calls, *old.calls, old.uncounted, old.beside});
        } else if (auto traces = isSameFile ? TRY(tracesChangedSince(workspace, old.revision)) : std::nullopt) {
            changed = *std::move(traces);
            auto table =
                std::make_shared<const CallTable>(TRY(old.table.updated(workspace, old.calendar, changed, stop)));
            queries::Uncounted uncounted = TRY(old.uncounted.updated(workspace.database(), changed));
            next.reset(new Snapshot{old.path, old.identity, std::move(revision), std::move(analysisRevision),
                                    old.calendar, table, *table, std::move(uncounted), old.beside});
        }
        if (next) {
            // What was made of the prompts goes on: to make it of all of them anew takes seconds.
            if (const PromptIndex* prompts = old.lazyPrompts.known())
                next->lazyPrompts.put(TRY(prompts->updated(workspace, old.table, next->table, changed, stop)));
            return Queries(std::move(next));
        }
    }
    return open(m_snapshot->path, {}, stop, m_snapshot->beside);
}

const std::filesystem::path& Queries::path() const
{
    return m_snapshot->path;
}

const ReportingCalendar& Queries::calendar() const
{
    return m_snapshot->calendar;
}

std::optional<Period> Queries::extent() const
{
    const auto& started = m_snapshot->table.started();
    if (started.empty())
        return {};
    return Period{Timestamp(started.front()), Timestamp(started.back() + 1)};
}

Result<std::vector<std::string>> Queries::values(const DimensionChoice& of, std::size_t limit,
                                                 const StopToken& stop) const
{
    if (of.dimension > Dimension::Metadata) // calls are not grouped by it
        return std::vector<std::string>();
    const CallTable& table = m_snapshot->table;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    queries::Selector selector = TRY(m_snapshot->selector(workspace));
    std::vector<queries::DimensionCodes> dimensions(1);
    TRY(selector.layOut(of, dimensions[0], stop));
    queries::GroupNumbers numbers(dimensions);
    const std::vector<queries::Accumulator> groups = queries::sumGroups(
        numbers, table, queries::RowSet(0, table.size()), queries::keysOf(dimensions, numbers), Figures::TokensAndCost);
    std::vector<std::pair<MoneySum::Integer, std::int64_t>> sums;
    for (const queries::Accumulator& group : groups)
        sums.emplace_back(group.cost, group.calls);
    std::vector<std::size_t> order(sums.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return sums[a] != sums[b] ? sums[a] > sums[b] : a < b; });
    std::vector<std::string> values;
    for (std::size_t i = 0; i < order.size() && i < limit; ++i)
        values.push_back(TRY(selector.labelOf(dimensions[0], numbers.codesOf(order[i])[0])));
    return values;
}

Result<std::vector<std::string>> Queries::newestValues(const DimensionChoice& of, std::size_t limit,
                                                       const StopToken& stop) const
{
    if (of.dimension > Dimension::Metadata)
        return std::vector<std::string>();
    const CallTable& table = m_snapshot->table;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    queries::Selector selector = TRY(m_snapshot->selector(connection.workspace()));
    queries::DimensionCodes dimension;
    TRY(selector.layOut(of, dimension, stop));
    std::vector<bool> isKnown(dimension.count, false);
    std::vector<std::uint32_t> codes;
    const auto add = [&](std::uint32_t code) {
        if (!isKnown[code])
            codes.push_back(code);
        isKnown[code] = true;
    };
    for (std::size_t row = table.size(); row-- > 0 && codes.size() < dimension.count;) // in the order of time
        if (dimension.overlaps())
            for (const std::uint32_t member : dimension.members[dimension.codeOf(row)])
                add(member);
        else
            add(dimension.codeOf(row));
    if (of.dimension == Dimension::Source) {
        const CodedColumn& imports = table.column(CallTable::Import);
        std::sort(codes.begin(), codes.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return imports.idOf(a) > imports.idOf(b); });
    }
    std::vector<std::string> values;
    for (std::size_t i = 0; i < codes.size() && i < limit; ++i)
        values.push_back(TRY(selector.labelOf(dimension, codes[i])));
    return values;
}

Result<std::vector<std::string>> Queries::metadataKeys(const StopToken& stop) const
{
    // A sample says enough for a menu: keys of an application are the same everywhere.
    constexpr std::size_t mostSets = 2000;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const CodedColumn& sets = m_snapshot->table.column(CallTable::Attributes);
    store::Statement query = TRY(workspace.database().prepare("SELECT json FROM attribute_set WHERE id = ?"));
    std::map<std::string, std::size_t> counts;
    const std::size_t step = std::max<std::size_t>(1, sets.codeCount() / mostSets);
    for (std::size_t set = 1; set < sets.codeCount(); set += step) {
        TRY(query.bind(sets.idOf(static_cast<std::uint32_t>(set))));
        if (TRY(query.next())) {
            const auto object = nlohmann::json::parse(query.text(0), nullptr, false);
            if (object.is_object())
                for (const auto& [key, value] : object.items())
                    ++counts[key];
        }
        query.reset();
    }
    std::vector<std::string> keys;
    for (const auto& [key, count] : counts)
        keys.push_back(key);
    std::stable_sort(keys.begin(), keys.end(),
                     [&](const std::string& a, const std::string& b) { return counts[a] > counts[b]; });
    return keys;
}

} // namespace plumbline
