// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/data_table.h"

#include <QDataStream>
#include <QHeaderView>
#include <QIODevice>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>

#include <algorithm>

#include "model/items/fact_table.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/cell_delegate.h"
#include "ui/widgets/table_header.h"
#include "ui/window_memory.h"

namespace plumbline {

using namespace Qt::StringLiterals;

DataTable::DataTable(QString name, const QString& title, FactTable& facts, WindowMemory& memory, QWidget* parent)
    : QTableView(parent), m_name(std::move(name)), m_facts(facts), m_memory(memory), m_search(new QLineEdit(this))
{
    setAccessibleName(title);
    setModel(&facts);
    setItemDelegate(new CellDelegate(this));
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setWordWrap(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    // One height for all rows: asking each of a hundred thousand for its own would take seconds.
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(30);
    auto* header = new TableHeader(this);
    header->setAccessibleName(tr("Columns of %1").arg(title));
    setHorizontalHeader(header);
    setSortingEnabled(true);
    header->setSortIndicator(-1, Qt::DescendingOrder);

    m_search->setAccessibleName(tr("Search in %1").arg(title));
    m_search->setPlaceholderText(tr("Search…"));
    m_search->setClearButtonEnabled(true);
    m_search->hide();
    connect(m_search, &QLineEdit::textChanged, &facts, &FactTable::search);
    m_search->installEventFilter(this);

    readLayout();
    applyLayout();
    connect(&facts, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_rows = RowMemory(*this, m_facts); });
    connect(&facts, &QAbstractItemModel::modelReset, this, [this] {
        applyLayout();
        m_rows.restore(*this, m_facts);
    });
    // The first click on a figure asks for the largest.
    connect(header, &QHeaderView::sectionPressed, this, [this, header](int column) {
        const bool isFigure =
            m_facts.headerData(column, Qt::Horizontal, KindRole).toInt() == static_cast<int>(ColumnKind::Figure);
        if (isFigure && isSortingEnabled() && header->sortIndicatorSection() != column)
            // A click turns the order round: from here it turns to descending.
            header->setSortIndicator(column, Qt::AscendingOrder);
    });
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (m_isArranging)
            return;
        choiceOf(column).width = width;
        writeLayout();
    });
    connect(header, &QHeaderView::sectionMoved, this, [this] {
        if (m_isArranging)
            return;
        for (int column = 0; column < m_facts.columnCount(); ++column)
            choiceOf(column).place = horizontalHeader()->visualIndex(column);
        writeLayout();
    });
    connect(header, &QWidget::customContextMenuRequested, this, [this](const QPoint& place) {
        QMenu menu(this);
        addColumnActions(menu);
        menu.exec(horizontalHeader()->mapToGlobal(place));
    });
    connect(this, &QTableView::doubleClicked, this,
            [this](const QModelIndex& index) { emit rowActivated(index.row()); });
    connect(this, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.data(KindRole).toInt() == static_cast<int>(ColumnKind::Link) && !index.data().toString().isEmpty())
            emit linkActivated(index.row());
    });
}

DataTable::~DataTable() = default;

DataTable::Choice& DataTable::choiceOf(int column)
{
    const QString id = columnId(column);
    if (!m_choices.contains(id)) // what is hidden at first stays so
        m_choices.insert(id, {.isHidden = isColumnHidden(column)});
    return m_choices[id];
}

QString DataTable::columnId(int column) const
{
    return m_facts.headerData(column, Qt::Horizontal, ColumnIdRole).toString();
}

QList<int> DataTable::shownColumns() const
{
    QList<int> columns;
    for (int place = 0; place < m_facts.columnCount(); ++place)
        if (const int column = horizontalHeader()->logicalIndex(place); !isColumnHidden(column))
            columns += column;
    return columns;
}

void DataTable::readLayout()
{
    const QByteArray bytes = m_memory.columns(m_name);
    QDataStream stream(bytes);
    while (!stream.atEnd() && stream.status() == QDataStream::Ok) {
        QString id;
        Choice choice;
        stream >> id >> choice.width >> choice.place >> choice.isHidden;
        m_choices.insert(id, choice);
    }
}

void DataTable::writeLayout()
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    for (auto choice = m_choices.begin(); choice != m_choices.end(); ++choice)
        stream << choice.key() << choice->width << choice->place << choice->isHidden;
    m_memory.keepColumns(m_name, bytes);
}

void DataTable::applyLayout()
{
    const QScopedValueRollback arranging(m_isArranging, true);
    QList<std::pair<int, int>> places;
    for (int column = 0; column < m_facts.columnCount(); ++column) {
        const auto choice = m_choices.constFind(columnId(column));
        const bool isHiddenFirst = m_facts.headerData(column, Qt::Horizontal, HiddenFirstRole).toBool();
        setColumnHidden(column, choice != m_choices.constEnd() ? choice->isHidden : isHiddenFirst);
        if (choice != m_choices.constEnd() && choice->place >= 0)
            places += {choice->place, column};
    }
    std::sort(places.begin(), places.end());
    for (const auto& [place, column] : places)
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(column),
                                        std::min(place, m_facts.columnCount() - 1));
    horizontalHeader()->setSortIndicator(m_facts.sortColumn(), m_facts.sortOrder());
    // Names with a second line make all rows taller; the first row speaks for the rest.
    if (m_facts.rowCount() > 0)
        verticalHeader()->setDefaultSectionSize(itemDelegate()->sizeHint({}, m_facts.index(0, 0)).height());
    fitColumns();
}

int DataTable::wantedWidth(int column) const
{
    constexpr int sampled = 60;
    constexpr int widest = 320;
    const QString title =
        horizontalHeader()->isHidden() ? QString() : m_facts.headerData(column, Qt::Horizontal).toString();
    int width = QFontMetrics(fonts::text()).horizontalAdvance(title) + 18;
    for (int row = 0; row < std::min(sampled, m_facts.rowCount()); ++row)
        width = std::max(width, CellDelegate::wantedWidth(m_facts.index(row, column)));
    // The total is the widest of its column.
    if (m_facts.rowCount() > sampled && !m_facts.isPaged())
        width = std::max(width, CellDelegate::wantedWidth(m_facts.index(m_facts.rowCount() - 1, column)));
    return std::min(width, widest);
}

void DataTable::fitColumns()
{
    const QScopedValueRollback arranging(m_isArranging, true);
    constexpr int narrowestMakeUp = 100;
    constexpr int narrowestText = 84;
    constexpr int narrowestFirst = 150, narrowestName = 118; // what the row is about
    constexpr int widestMakeUp = 356;
    QList<int> fitted;
    int room = viewport()->width();
    const auto kindOf = [this](int column) {
        return static_cast<ColumnKind>(m_facts.headerData(column, Qt::Horizontal, KindRole).toInt());
    };
    for (const int column : shownColumns()) {
        const int chosen = m_choices.value(columnId(column)).width;
        if (chosen == 0)
            fitted += column;
        setColumnWidth(column, chosen > 0 ? chosen : wantedWidth(column));
        room -= columnWidth(column);
    }
    const auto resize = [&](int column, int by) {
        setColumnWidth(column, columnWidth(column) + by);
        room -= by;
    };
    // Too much: bars give way first, then the longest texts. Too little: bars grow first, then all get their part.
    for (const int column : fitted)
        if (kindOf(column) == ColumnKind::MakeUp)
            resize(column, std::clamp(room, narrowestMakeUp - columnWidth(column),
                                      std::max(0, widestMakeUp - columnWidth(column))));
    // Times and texts have no width of their own: they take what is left.
    for (const int column : fitted)
        if (kindOf(column) == ColumnKind::Timeline || kindOf(column) == ColumnKind::Block)
            resize(column, std::max(room, narrowestMakeUp - columnWidth(column)));
    const auto narrowest = [&](int column) {
        return column == shownColumns().front()     ? narrowestFirst
               : kindOf(column) == ColumnKind::Name ? narrowestName
                                                    : narrowestText;
    };
    while (room < 0) {
        int longest = -1;
        for (const int column : fitted)
            if (kindOf(column) != ColumnKind::Figure && kindOf(column) != ColumnKind::Trend &&
                columnWidth(column) > narrowest(column) && (longest < 0 || columnWidth(column) > columnWidth(longest)))
                longest = column;
        if (longest < 0)
            return;
        resize(longest, std::max({room, narrowest(longest) - columnWidth(longest), -10}));
    }
    // A column of row numbers is as wide as they are.
    constexpr int tiny = 48;
    fitted.removeIf([&](int column) { return columnWidth(column) < tiny; });
    for (qsizetype i = 0; i < fitted.size(); ++i)
        resize(fitted[i], room / static_cast<int>(fitted.size() - i));
}

int DataTable::contentHeight() const
{
    return horizontalHeader()->height() + m_facts.rowCount() * verticalHeader()->defaultSectionSize() + 2;
}

void DataTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        fitColumns();
    placeSearch();
}

void DataTable::mouseMoveEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    const bool isLink =
        index.data(KindRole).toInt() == static_cast<int>(ColumnKind::Link) && !index.data().toString().isEmpty();
    viewport()->setCursor(index.isValid() && isLink ? Qt::PointingHandCursor : Qt::ArrowCursor);
    QTableView::mouseMoveEvent(event);
}

void DataTable::beginSearch()
{
    placeSearch();
    m_search->show();
    m_search->raise();
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void DataTable::placeSearch()
{
    constexpr QSize size(220, 30);
    m_search->setGeometry(QRect(QPoint(width() - size.width() - 4, 1), size));
}

void DataTable::keyboardSearch(const QString& text)
{
    if (text.trimmed().isEmpty())
        return;
    beginSearch();
    m_search->setText(text);
}

} // namespace plumbline
