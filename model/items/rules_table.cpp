// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/rules_table.h"

#include <QMimeData>

#include "model/items/common_cells.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

using Rules = RowTable<RuleLine>;
using Preview = RowTable<RulesPreview::Row>;

const QString rowMimeType = u"application/x-plumbline-rule-row"_s;

/// `trace-name is set` of `trace-name is set -> x`.
QString conditionOf(FeatureRule rule)
{
    rule.feature.clear();
    return toQt(textOf(rule));
}

} // namespace

RulesTable::RulesTable(QObject* parent) : RowTable(parent) {}

void RulesTable::show(const FeatureRules& rules, const RulesAnswer& applied)
{
    using enum ColumnKind;
    std::vector<Column> columns = {
        {.id = u"number"_s,
         .title = u"#"_s,
         .kind = Figure,
         .cell = [](const RuleLine& line,
                    const Rules&) { return Cell{.text = QString::number(line.number), .value = line.number}; },
         .toolTip = tr("Its place: the first that holds has the call")},
        {.id = u"when"_s,
         .title = tr("When"),
         .kind = Mono,
         .cell =
             [](const RuleLine& line, const Rules&) {
                 const QString text = conditionOf(line.rule);
                 return Cell{.text = text, .value = text, .toolTip = text};
             }},
        {.id = u"feature"_s,
         .title = tr("Feature"),
         .kind = Name,
         .cell =
             [](const RuleLine& line, const Rules&) {
                 const QString text = line.rule.feature.empty() ? tr("its value") : toQt(line.rule.feature);
                 return Cell{.text = text, .value = text};
             }},
        {.id = u"calls"_s,
         .title = tr("Calls"),
         .kind = Figure,
         .cell =
             [](const RuleLine& line, const Rules&) {
                 if (!line.calls)
                     return Cell{.text = format::unknown(),
                                 .toolTip = tr("Not applied yet: preview the changes to see what moves")};
                 return Cell{.text = format::count(*line.calls), .value = static_cast<qlonglong>(*line.calls)};
             },
         .toolTip = tr("Calls this rule decides today")},
    };
    std::vector<RuleLine> lines;
    for (const FeatureRule& rule : rules) {
        RuleLine line{.number = static_cast<int>(lines.size()) + 1, .rule = rule};
        for (const RuleRow& known : applied.rules)
            if (known.rule == rule)
                line.calls = known.calls;
        lines.push_back(std::move(line));
    }
    setRows(std::move(columns), std::move(lines));
}

Qt::ItemFlags RulesTable::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = RowTable::flags(index);
    return index.isValid() ? flags | Qt::ItemIsDragEnabled : flags | Qt::ItemIsDropEnabled;
}

QStringList RulesTable::mimeTypes() const
{
    return {rowMimeType};
}

QMimeData* RulesTable::mimeData(const QModelIndexList& indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto* mime = new QMimeData; // the drag takes it
    mime->setData(rowMimeType, QByteArray::number(indexes.first().row()));
    return mime;
}

bool RulesTable::dropMimeData(const QMimeData* mime, Qt::DropAction action, int row, int, const QModelIndex& parent)
{
    if (action != Qt::MoveAction || !mime->hasFormat(rowMimeType))
        return false;
    const int to = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
    emit moveRequested(mime->data(rowMimeType).toInt(), to);
    // The editor moves the rule itself; the view must not remove the row it dragged.
    return false;
}

RulesPreviewTable::RulesPreviewTable(QObject* parent) : RowTable(parent) {}

void RulesPreviewTable::show(const RulesPreview& preview)
{
    using enum ColumnKind;
    std::vector<Column> columns = {
        {.id = u"feature"_s,
         .title = tr("Feature"),
         .kind = Name,
         .cell = [](const RulesPreview::Row& row,
                    const Preview&) { return Cell{.text = toQt(row.feature), .value = toQt(row.feature)}; }},
        {.id = u"before"_s,
         .title = tr("Calls now"),
         .kind = Figure,
         .cell = [](const RulesPreview::Row& row, const Preview&) { return cells::count(row.before); },
         .toolTip = tr("Calls of the feature by the rules that hold now")},
        {.id = u"after"_s,
         .title = tr("Calls then"),
         .kind = Figure,
         .cell = [](const RulesPreview::Row& row, const Preview&) { return cells::count(row.after); },
         .toolTip = tr("Calls of the feature by the rules at hand")},
        {.id = u"change"_s,
         .title = tr("Change"),
         .kind = Figure,
         .cell =
             [](const RulesPreview::Row& row, const Preview&) {
                 const std::int64_t change = row.after - row.before;
                 return Cell{.text = (change > 0 ? u"+"_s : QString()) + format::count(change),
                             .value = static_cast<qlonglong>(change)};
             },
         .toolTip = tr("Calls then, less calls now")},
    };
    setRows(std::move(columns), preview.rows);
}

} // namespace plumbline
