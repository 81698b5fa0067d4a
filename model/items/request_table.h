// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>

#include <memory>
#include <optional>

#include "model/items/fact_table.h"
#include "model/queries/request_list.h"

namespace plumbline {

/// Traces or calls, however many: their number is known at once, their texts come page by page as they are looked at.
/// It asks for pages and for orders; whoever has jobs brings them.
class RequestTable : public FactTable
{
    Q_OBJECT

public:
    static constexpr int pageRows = 128;

    explicit RequestTable(QObject* parent = nullptr);

    /// Keys of metadata that are columns, hidden at first; with the next list.
    void setMetadataKeys(std::vector<std::string> keys);
    /// Of all keys, the commonest first, those that are columns; `sortedBy` is one, if it is not empty.
    static std::vector<std::string> columnsOf(std::vector<std::string> keys, const std::string& sortedBy);
    const std::vector<std::string>& metadataKeys() const { return m_keys; }

    /// A list in an order, with its first page.
    void show(std::shared_ptr<const RequestList> list, const RequestOrder& order, std::vector<RequestRow> firstPage);
    void clear();
    /// The page that begins with row `first`, of the list and order that are shown.
    void addPage(int first, std::vector<RequestRow> rows);

    /// It was asked for and will not come: it may be asked for again.
    void forgetPage(int first) { m_wanted.removeAll(first); }

    const std::shared_ptr<const RequestList>& list() const { return m_list; }
    const RequestOrder& order() const { return m_order; }
    /// By what the rows are sorted.
    RequestColumn sortedBy() const;
    /// The key of metadata that they are sorted by, if they are.
    std::string sortedByKey() const;
    /// `newest first`, `by cost, largest first`.
    QString orderText() const;
    bool isDescending() const { return sortOrder() == Qt::DescendingOrder; }
    /// Null while its page is not there.
    const RequestRow* rowAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    void sort(int column, Qt::SortOrder order) override;
    /// Searching is for the filter, which can say more.
    void search(const QString& text) override;
    std::size_t sourceRow(int row) const override { return static_cast<std::size_t>(row); }
    int shownRow(std::size_t sourceRow) const override { return static_cast<int>(sourceRow); }
    bool isPaged() const override { return true; }
    bool isLoaded(int row) const override { return rowAt(row) != nullptr; }
    std::size_t allRows() const override;

signals:
    void orderWanted();
    void pageWanted(int first) const;
    void textWanted(const QString& text);

protected:
    const std::vector<Heading>& headings() const override { return m_headings; }
    Cell cell(std::size_t row, std::size_t column) const override;

private:
    struct Column
    {
        RequestColumn by = RequestColumn::Time;
        Cell (*cell)(const RequestRow& row, const RequestTable& table) = nullptr;
        std::string key = {}; ///< of metadata
    };
    void layOutColumns(RequestUnit unit);
    const ReportingCalendar& calendar() const { return m_list->calendar(); }

    std::shared_ptr<const RequestList> m_list;
    std::optional<RequestUnit> m_unit;
    RequestOrder m_order;
    std::vector<Column> m_columns;
    std::vector<std::string> m_keys;
    std::vector<Heading> m_headings;
    QHash<int, std::vector<RequestRow>> m_pages; ///< by their first row
    mutable QList<int> m_wanted;                 ///< pages that were asked for
};

} // namespace plumbline
