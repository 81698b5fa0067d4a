// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/fact_table.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

#include "model/core/segment.h"
#include "model/items/column_help.h"

namespace plumbline {

namespace {

bool isText(ColumnKind kind)
{
    return kind == ColumnKind::Name || kind == ColumnKind::Text || kind == ColumnKind::Mono ||
           kind == ColumnKind::Pill || kind == ColumnKind::Step || kind == ColumnKind::Block;
}

/// Numbers before texts, each by its own order.
bool isLess(const QVariant& a, const QVariant& b)
{
    const bool aIsText = a.typeId() == QMetaType::QString;
    const bool bIsText = b.typeId() == QMetaType::QString;
    if (aIsText != bIsText)
        return bIsText;
    return aIsText ? a.toString().localeAwareCompare(b.toString()) < 0 : a.toDouble() < b.toDouble();
}

} // namespace

QString partTitle(Part part)
{
    const auto segment = [](Segment of) { return QCoreApplication::translate("Segment", titleOf(of)); };
    switch (part) {
    case Part::UncachedInput:
        return QCoreApplication::translate("Part", "Uncached input");
    case Part::CacheRead:
        return QCoreApplication::translate("Part", "Cache read");
    case Part::CacheWrite:
        return QCoreApplication::translate("Part", "Cache write");
    case Part::System:
        return segment(Segment::System);
    case Part::Tools:
        return segment(Segment::Tools);
    case Part::History:
        return segment(Segment::History);
    case Part::Context:
        return segment(Segment::Context);
    case Part::ToolResult:
        return segment(Segment::ToolResult);
    case Part::User:
        return segment(Segment::User);
    case Part::Other:
        return segment(Segment::Other);
    case Part::Output:
        return segment(Segment::Output);
    case Part::Reasoning:
        return segment(Segment::Reasoning);
    }
    return {};
}

int FactTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size()) + (hasTotal() ? 1 : 0);
}

int FactTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(headings().size());
}

QVariant FactTable::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto column = static_cast<std::size_t>(index.column());
    const ColumnKind kind = headings()[column].kind;
    const std::size_t row = sourceRow(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cell(row, column).text;
    case Qt::ToolTipRole:
        return cell(row, column).toolTip;
    case Qt::AccessibleTextRole: {
        // A picture says in words what it shows.
        const Cell said = cell(row, column);
        // A row of a tree says where it stands, and what is said beside its name.
        if (said.picture.canConvert<StepMark>()) {
            const auto mark = said.picture.value<StepMark>();
            return QCoreApplication::translate("FactTable", "%1, level %2, %3%4")
                .arg(said.text)
                .arg(mark.depth + 1)
                .arg(mark.kindTitle, !mark.hasChildren ? QString()
                                     : mark.isOpen     ? QCoreApplication::translate("FactTable", ", open")
                                                       : QCoreApplication::translate("FactTable", ", folded"));
        }
        if (said.picture.canConvert<BlockMark>())
            return said.toolTip;
        return said.text.isEmpty() ? said.toolTip : said.text;
    }
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (kind == ColumnKind::Figure ? Qt::AlignRight : Qt::AlignLeft));
    case ValueRole:
        return cell(row, column).value;
    case PictureRole:
        return cell(row, column).picture;
    case KindRole:
        return static_cast<int>(kind);
    case ConditionRole: {
        const Cell chosen = cell(row, column);
        return chosen.condition ? QVariant::fromValue(*chosen.condition) : QVariant();
    }
    case TotalRole:
        return row == allRows();
    default:
        return {};
    }
}

QVariant FactTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0 || orientation != Qt::Horizontal || section >= columnCount())
        return QAbstractTableModel::headerData(section, orientation, role);
    const Heading& heading = headings()[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        return heading.title;
    case Qt::ToolTipRole:
        return heading.toolTip.isEmpty() ? columnHelp(heading.id) : heading.toolTip;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (heading.kind == ColumnKind::Figure ? Qt::AlignRight : Qt::AlignLeft));
    case KindRole:
        return static_cast<int>(heading.kind);
    case ColumnIdRole:
        return heading.id;
    case HiddenFirstRole:
        return heading.isHiddenFirst;
    default:
        return {};
    }
}

void FactTable::sort(int column, Qt::SortOrder order)
{
    if (column == m_sortColumn && order == m_sortOrder)
        return;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList kept = persistentIndexList();
    std::vector<std::size_t> rows;
    for (const QModelIndex& index : kept)
        rows.push_back(sourceRow(index.row()));
    m_sortColumn = column;
    m_sortOrder = order;
    arrange();
    QModelIndexList moved;
    for (qsizetype i = 0; i < kept.size(); ++i)
        moved += index(shownRow(rows[static_cast<std::size_t>(i)]), kept[i].column());
    changePersistentIndexList(kept, moved);
    emit layoutChanged({}, VerticalSortHint);
}

void FactTable::search(const QString& text)
{
    if (text == m_search)
        return;
    reset([&] { m_search = text; });
    emit searchChanged(text);
}

std::size_t FactTable::sourceRow(int row) const
{
    const auto shown = static_cast<std::size_t>(row);
    return shown < m_order.size() ? m_order[shown] : allRows();
}

int FactTable::shownRow(std::size_t sourceRow) const
{
    if (sourceRow == allRows())
        return static_cast<int>(m_order.size());
    const auto found = std::find(m_order.begin(), m_order.end(), sourceRow);
    return found == m_order.end() ? -1 : static_cast<int>(found - m_order.begin());
}

int FactTable::columnWithId(const QString& id) const
{
    const auto found =
        std::find_if(headings().begin(), headings().end(), [&](const Heading& heading) { return heading.id == id; });
    return found == headings().end() ? -1 : static_cast<int>(found - headings().begin());
}

void FactTable::arrange()
{
    m_order.resize(allRows());
    std::iota(m_order.begin(), m_order.end(), std::size_t{0});
    const auto columnCount = headings().size();
    if (!m_search.isEmpty()) {
        const auto isSought = [&](std::size_t row) {
            for (std::size_t column = 0; column < columnCount; ++column)
                if (isText(headings()[column].kind) && cell(row, column).text.contains(m_search, Qt::CaseInsensitive))
                    return true;
            return false;
        };
        std::erase_if(m_order, [&](std::size_t row) { return !isSought(row); });
    }
    if (m_sortColumn < 0 || static_cast<std::size_t>(m_sortColumn) >= columnCount)
        return;
    // Each cell is made once, not once a comparison.
    std::vector<QVariant> values(allRows());
    for (const std::size_t row : m_order)
        values[row] = cell(row, static_cast<std::size_t>(m_sortColumn)).value;
    std::stable_sort(m_order.begin(), m_order.end(), [&](std::size_t a, std::size_t b) {
        if (values[a].isNull() || values[b].isNull())
            return !values[a].isNull() && values[b].isNull();
        return m_sortOrder == Qt::AscendingOrder ? isLess(values[a], values[b]) : isLess(values[b], values[a]);
    });
}

} // namespace plumbline
