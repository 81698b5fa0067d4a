// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/workspace_answers.h"

#include <algorithm>
#include <map>

#include "model/prices/overrides_json.h"
#include "model/prices/price_book.h"
#include "model/queries/accumulator.h"
#include "model/queries/completeness.h"
#include "model/queries/groups.h"
#include "model/queries/snapshot.h"
#include "model/record/pricing.h"
#include "model/record/report_json.h"
#include "model/record/settle.h"
#include "model/store/reading_notes.h"
#include "model/store/recorder_lock.h"
#include "model/store/text_index.h"

namespace plumbline {

namespace {

Result<FeatureRules> rulesOf(const store::Workspace& workspace)
{
    if (const auto text = TRY(workspace.setting(store::setting::featureRules)))
        return featureRulesFromText(*text);
    return defaultFeatureRules();
}

Result<std::map<std::string, std::int64_t>> callsByFeature(const store::Database& database)
{
    std::map<std::string, std::int64_t> counts;
    store::Statement query = TRY(database.prepare("SELECT coalesce(name.value, ?), count(*) FROM call JOIN origin ON "
                                                  "origin.id = call.origin LEFT JOIN name ON name.id = "
                                                  "origin.feature GROUP BY 1"));
    TRY(query.bind(missingValue(Dimension::Feature)));
    while (TRY(query.next()))
        counts.emplace(query.text(0), query.integer(1));
    return counts;
}

} // namespace

Result<std::vector<SourceRow>> Queries::sources(const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const store::Database& database = workspace.database();
    const CallTable& table = m_snapshot->table;
    // What the calls of each import are like, from the columns.
    const CodedColumn& imports = table.column(CallTable::Import);
    std::vector<SourceRow> byCode(imports.codeCount());
    for (std::size_t i = 0; i < table.originFacts().size(); ++i) {
        const CallTable::Origin& origin = table.originFacts()[i];
        SourceRow& source = byCode[imports.codes()[i]];
        source.calls += origin.calls;
        source.callsWithoutUsage += origin.hasUsage() ? 0 : origin.calls;
        source.unpricedCalls += origin.hasUsage() && !(origin.known & CallTable::Cost) ? origin.calls : 0;
    }
    std::vector<SourceRow> rows;
    store::Statement query = TRY(database.prepare("SELECT id, name, detail, format, privacy, finished, report FROM "
                                                  "import WHERE finished IS NOT NULL ORDER BY id"));
    while (TRY(query.next())) {
        SourceRow row = byCode[imports.codeOf(query.integer(0))];
        if (imports.codeOf(query.integer(0)) == 0)
            row = {};
        row.import = query.integer(0);
        row.name = query.text(1);
        row.detail = query.text(2);
        row.format = query.text(3);
        row.privacy = static_cast<Privacy>(query.integer(4));
        row.importedAt = Timestamp(query.integer(5));
        row.report = record::reportFromJson(query.text(6));
        row.records = static_cast<std::int64_t>(row.report.records);
        row.skipped = static_cast<std::int64_t>(row.report.skippedRecords());
        row.first = row.report.first;
        row.last = row.report.last;
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<RulesAnswer> Queries::rules(const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    RulesAnswer answer;
    for (FeatureRule& rule : TRY(rulesOf(workspace)))
        answer.rules.push_back({.rule = std::move(rule)});
    const CodedColumn& deciding = m_snapshot->table.column(CallTable::FeatureRule);
    for (std::size_t i = 0; i < m_snapshot->table.originFacts().size(); ++i) {
        const std::int64_t calls = m_snapshot->table.originFacts()[i].calls;
        const std::int64_t rule = deciding.idOf(deciding.codes()[i]) - 1; // the column holds rules from 1
        if (rule >= 0 && static_cast<std::size_t>(rule) < answer.rules.size())
            answer.rules[static_cast<std::size_t>(rule)].calls += calls;
        else
            answer.unallocated += calls;
    }
    answer.calls = static_cast<std::int64_t>(m_snapshot->table.size());
    return answer;
}

Result<RulesPreview> Queries::previewRules(const FeatureRules& rules, const StopToken& stop) const
{
    // Settled for real, in a transaction that is never committed: the preview cannot differ from what applying does.
    store::Workspace workspace = TRY(store::Workspace::open(m_snapshot->path, store::OpenMode::ReadWrite));
    workspace.database().interruptOn(stop);
    const auto before = TRY(callsByFeature(workspace.database()));
    std::map<std::string, std::int64_t> after;
    {
        const store::Transaction transaction = TRY(store::Transaction::begin(workspace.database()));
        TRY(workspace.setSetting(store::setting::featureRules, textOf(rules)));
        record::Settler settler = TRY(record::Settler::open(workspace));
        TRY(settler.settleAll({}, stop));
        after = TRY(callsByFeature(workspace.database()));
    }
    RulesPreview preview;
    std::map<std::string, RulesPreview::Row> rows;
    for (const auto& [feature, calls] : before)
        rows[feature] = {feature, calls, 0};
    for (const auto& [feature, calls] : after) {
        rows[feature].feature = feature;
        rows[feature].after = calls;
    }
    for (auto& [feature, row] : rows) {
        preview.moved += std::max<std::int64_t>(0, row.before - row.after);
        preview.rows.push_back(std::move(row));
    }
    std::stable_sort(preview.rows.begin(), preview.rows.end(), [](const auto& a, const auto& b) {
        return std::abs(a.after - a.before) > std::abs(b.after - b.before);
    });
    return preview;
}

Result<PricesAnswer> Queries::prices(const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const auto book = TRY(record::priceBookOf(workspace));
    PricesAnswer answer{.bookDate = book->version().substr(0, 10),
                        .version = book->version(),
                        .models = static_cast<std::int64_t>(book->models().size())};
    if (const auto text = TRY(workspace.setting(store::setting::priceOverrides)))
        answer.own = TRY(overridesFromJson(*text));
    store::Statement query = TRY(workspace.database().prepare(
        "SELECT coalesce(name.value, ?), count(*) FROM call JOIN origin ON origin.id = call.origin "
        "LEFT JOIN name ON name.id = origin.model WHERE call.cost IS NULL AND origin.price IS NULL "
        "AND (call.uncached IS NOT NULL OR call.visible IS NOT NULL) GROUP BY 1 ORDER BY 2 DESC, 1"));
    TRY(query.bind(missingValue(Dimension::Model)));
    while (TRY(query.next()))
        answer.unpriced.emplace_back(query.text(0), query.integer(1));
    return answer;
}

Result<std::int64_t> Queries::spanCount(const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    return connection.workspace().database().integer(
        "SELECT count(*) FROM (SELECT DISTINCT trace, span FROM observation "
        "WHERE import IN (SELECT id FROM import WHERE finished IS NOT NULL))");
}

Result<StatusAnswer> Queries::status(const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const store::Database& database = workspace.database();
    const CallTable& table = m_snapshot->table;
    StatusAnswer answer{.path = m_snapshot->path.string(),
                        .timeZone = m_snapshot->calendar.zone(),
                        .monthStartDay = m_snapshot->calendar.monthStartDay()};
    std::error_code error;
    const std::uintmax_t bytes = std::filesystem::file_size(m_snapshot->path, error);
    answer.fileBytes = error ? 0 : static_cast<std::int64_t>(bytes);
    answer.imports = TRY(database.integer("SELECT count(*) FROM import WHERE finished IS NOT NULL"));
    answer.traces = TRY(database.integer("SELECT count(*) FROM trace"));
    answer.blocks = TRY(database.integer("SELECT count(*) FROM block"));
    answer.scores = TRY(database.integer("SELECT count(DISTINCT content) FROM score "
                                         "WHERE import IN (SELECT id FROM import WHERE finished IS NOT NULL)"));
    answer.calls = static_cast<std::int64_t>(table.size());
    if (const auto reach = extent()) {
        answer.first = reach->first;
        answer.last = Timestamp(reach->end.microseconds() - 1);
    }
    answer.recorder = store::RecorderLock::owner(m_snapshot->path);
    const queries::RowSet rows(0, table.size());
    queries::GroupNumbers numbers({});
    queries::Accumulator total;
    for (const queries::Accumulator& all : queries::sumGroups(numbers, table, rows, {}))
        total += all;
    answer.total = total.measures();
    answer.completeness = queries::completenessOf(table, m_snapshot->uncounted, rows, {});
    answer.adjustments = TRY(adjustments(stop));
    return answer;
}

Result<std::vector<SavedFilter>> Queries::savedFilters(const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    return store::savedFilters(connection.workspace());
}

Result<std::vector<Annotation>> Queries::annotations(const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    return store::annotations(connection.workspace());
}

Result<bool> Queries::findsAllTexts(const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    return !TRY(store::hasUnindexedTexts(connection.workspace()));
}

} // namespace plumbline
