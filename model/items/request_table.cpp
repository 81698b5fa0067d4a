// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/request_table.h"

#include <algorithm>
#include <limits>

#include "model/items/common_cells.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

RequestTable::RequestTable(QObject* parent) : FactTable(parent)
{
    noteSort(0, Qt::DescendingOrder);
}

std::vector<std::string> RequestTable::columnsOf(std::vector<std::string> keys, const std::string& sortedBy)
{
    // A menu of more is no menu; filters and Features know all of them.
    constexpr std::size_t mostKeys = 40;
    keys.resize(std::min(keys.size(), mostKeys));
    if (!sortedBy.empty() && std::find(keys.begin(), keys.end(), sortedBy) == keys.end())
        keys.push_back(sortedBy);
    std::sort(keys.begin(), keys.end());
    return keys;
}

void RequestTable::setMetadataKeys(std::vector<std::string> keys)
{
    if (keys == m_keys)
        return;
    m_keys = std::move(keys);
    m_unit.reset();
}

void RequestTable::layOutColumns(RequestUnit unit)
{
    if (m_unit == unit)
        return;
    m_unit = unit;
    m_columns.clear();
    m_headings.clear();
    const bool isOfTraces = unit == RequestUnit::Traces;
    using Make = Cell (*)(const RequestRow&, const RequestTable&);
    const auto add = [&](RequestColumn by, const QString& id, const QString& title, ColumnKind kind, Make make,
                         bool isHiddenFirst = false, const QString& toolTip = {}) {
        m_columns.push_back({by, make});
        m_headings.push_back({id, title, kind, toolTip, isHiddenFirst});
    };
    using enum ColumnKind;
    add(RequestColumn::Time, u"time"_s, tr("Time"), Text, [](const RequestRow& row, const RequestTable& table) {
        return Cell{.text = format::shortMinute(row.call.start, table.calendar()),
                    .value = static_cast<qlonglong>(row.call.start.microseconds()),
                    .toolTip = format::instant(row.call.start, table.calendar())};
    });
    add(RequestColumn::Feature, u"feature"_s, tr("Feature"), Name,
        [](const RequestRow& row, const RequestTable&) { return cells::value(Dimension::Feature, row.call.feature); });
    add(
        RequestColumn::Step, u"step"_s, tr("Step"), Text,
        [](const RequestRow& row, const RequestTable&) { return cells::value(Dimension::Step, row.call.step); },
        isOfTraces);
    add(
        RequestColumn::Model, u"model"_s, tr("Model"), Text,
        [](const RequestRow& row, const RequestTable&) { return cells::value(Dimension::Model, row.call.model); },
        true);
    if (isOfTraces)
        add(
            RequestColumn::Calls, u"calls"_s, tr("Calls"), Figure,
            [](const RequestRow& row, const RequestTable&) {
                return Cell{.text = format::count(row.calls), .value = static_cast<qlonglong>(row.calls)};
            },
            true, tr("Of the trace, those in the filter"));
    const QString ofCalls = isOfTraces ? tr("Of the calls in the filter") : QString();
    add(
        RequestColumn::Tokens, u"tokens"_s, tr("Tokens"), Figure,
        [](const RequestRow& row, const RequestTable&) { return cells::tokens(row.tokens()); }, false, ofCalls);
    add(
        RequestColumn::Input, u"input"_s, tr("Input"), Figure,
        [](const RequestRow& row, const RequestTable&) { return cells::tokens(row.input); }, true, ofCalls);
    add(
        RequestColumn::Output, u"output"_s, tr("Output"), Figure,
        [](const RequestRow& row, const RequestTable&) { return cells::tokens(row.output); }, true, ofCalls);
    add(
        RequestColumn::Cost, u"cost"_s, tr("Cost"), Figure,
        [](const RequestRow& row, const RequestTable&) {
            Cell cell = cells::cost(row.cost, tr("No price, or no usage: explain the call's cost to see why"));
            if (row.cost && row.unpricedCalls > 0)
                cell.toolTip +=
                    u'\n' + tr("%n calls of unknown cost beside it", nullptr, static_cast<int>(row.unpricedCalls));
            return cell;
        },
        false, ofCalls);
    add(
        RequestColumn::Waste, u"waste"_s, tr("Waste"), Figure,
        [](const RequestRow& row, const RequestTable&) { return cells::cost(row.waste, tr("Not analysed yet")); }, true,
        tr("Of the cost, what is waste: certain or likely"));
    add(
        RequestColumn::Latency, u"latency"_s, tr("Latency"), Figure,
        [](const RequestRow& row, const RequestTable&) { return cells::latency(row.latency); }, false,
        isOfTraces ? tr("From the start of its first call in the filter to the end of the last") : QString());
    add(
        RequestColumn::Status, u"status"_s, tr("Status"), Pill,
        [](const RequestRow& row, const RequestTable&) { return cells::status(row.status); }, true,
        isOfTraces ? tr("The worst of its calls") : QString());
    add(
        RequestColumn::User, u"user"_s, tr("User"), Text,
        [](const RequestRow& row, const RequestTable&) { return cells::value(Dimension::User, row.call.user); }, true);
    add(
        RequestColumn::Session, u"session"_s, tr("Session"), Mono,
        [](const RequestRow& row, const RequestTable&) { return cells::value(Dimension::Session, row.call.session); },
        true);
    add(
        RequestColumn::Environment, u"environment"_s, tr("Environment"), Text,
        [](const RequestRow& row, const RequestTable&) {
            return cells::value(Dimension::Environment, row.call.environment);
        },
        true);
    add(
        RequestColumn::Trace, u"trace"_s, tr("Trace"), Mono,
        [](const RequestRow& row, const RequestTable&) {
            return Cell{.text = toQt(row.call.traceId).left(12),
                        .value = toQt(row.call.traceId),
                        .toolTip = toQt(row.call.traceId),
                        .condition = Condition{.of = {Dimension::Trace, {}}, .values = {row.call.traceId}}};
        },
        true);
    for (const std::string& key : m_keys) {
        const DimensionChoice of{Dimension::Metadata, key};
        m_columns.push_back({.by = RequestColumn::Metadata, .key = key});
        m_headings.push_back(
            {toQt(idOf(of)), toQt(key), Text, isOfTraces ? tr("Metadata of its first call") : tr("Metadata"), true});
    }
}

void RequestTable::show(std::shared_ptr<const RequestList> list, const RequestOrder& order,
                        std::vector<RequestRow> firstPage)
{
    beginResetModel();
    const QString sortedBy =
        sortColumn() >= 0 && !m_headings.empty() ? m_headings[static_cast<std::size_t>(sortColumn())].id : u"time"_s;
    m_list = std::move(list);
    layOutColumns(m_list->unit());
    const auto sorted = std::find_if(m_headings.begin(), m_headings.end(),
                                     [&](const Heading& heading) { return heading.id == sortedBy; });
    // A key that is no longer there sorts nothing.
    noteSort(sorted == m_headings.end() ? 0 : static_cast<int>(sorted - m_headings.begin()), sortOrder());
    m_order = order;
    m_pages.clear();
    m_wanted.clear();
    m_pages.insert(0, std::move(firstPage));
    endResetModel();
}

void RequestTable::clear()
{
    beginResetModel();
    m_list.reset();
    m_pages.clear();
    m_wanted.clear();
    endResetModel();
}

void RequestTable::addPage(int first, std::vector<RequestRow> rows)
{
    // Far more than a window shows, and bounded however long one scrolls.
    constexpr qsizetype mostPages = 64;
    if (m_pages.size() >= mostPages)
        m_pages.clear();
    m_wanted.removeAll(first);
    const int count = static_cast<int>(rows.size());
    m_pages.insert(first, std::move(rows));
    if (count > 0)
        emit dataChanged(index(first, 0), index(first + count - 1, columnCount() - 1));
}

QString RequestTable::orderText() const
{
    if (sortedBy() == RequestColumn::Time && isDescending())
        return tr("newest first");
    const QString column = headerData(sortColumn(), Qt::Horizontal).toString().toLower();
    return isDescending() ? tr("by %1, largest first").arg(column) : tr("by %1, smallest first").arg(column);
}

RequestColumn RequestTable::sortedBy() const
{
    return sortColumn() >= 0 && static_cast<std::size_t>(sortColumn()) < m_columns.size()
               ? m_columns[static_cast<std::size_t>(sortColumn())].by
               : RequestColumn::Time;
}

std::string RequestTable::sortedByKey() const
{
    return sortColumn() >= 0 && static_cast<std::size_t>(sortColumn()) < m_columns.size()
               ? m_columns[static_cast<std::size_t>(sortColumn())].key
               : std::string();
}

const RequestRow* RequestTable::rowAt(int row) const
{
    const auto page = m_pages.constFind(row - row % pageRows);
    const auto within = static_cast<std::size_t>(row % pageRows);
    return page != m_pages.constEnd() && within < page->size() ? &(*page)[within] : nullptr;
}

int RequestTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(allRows());
}

std::size_t RequestTable::allRows() const
{
    return m_list ? std::min<std::size_t>(m_list->size(), std::numeric_limits<int>::max()) : 0;
}

void RequestTable::sort(int column, Qt::SortOrder order)
{
    if (!m_list || (column == sortColumn() && order == sortOrder()))
        return;
    // There is no order they came in: a header that is no longer sorted by is turned round instead.
    if (column < 0)
        noteSort(sortColumn(), isDescending() ? Qt::AscendingOrder : Qt::DescendingOrder);
    else
        noteSort(column, order);
    emit orderWanted();
}

void RequestTable::search(const QString& text)
{
    if (!text.isEmpty())
        emit textWanted(text);
}

Cell RequestTable::cell(std::size_t row, std::size_t column) const
{
    if (const RequestRow* known = rowAt(static_cast<int>(row))) {
        const Column& of = m_columns[column];
        return of.by == RequestColumn::Metadata ? cells::metadata(of.key, metadataOf(*known, of.key))
                                                : of.cell(*known, *this);
    }
    const int first = static_cast<int>(row) - static_cast<int>(row) % pageRows;
    if (!m_wanted.contains(first)) {
        m_wanted += first;
        emit pageWanted(first);
    }
    return {.text = u"…"_s};
}

} // namespace plumbline
