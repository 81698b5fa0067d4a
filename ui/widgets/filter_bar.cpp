// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filter_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

#include "model/items/format.h"
#include "model/queries/queries.h"
#include "ui/widgets/chip_row.h"
#include "ui/widgets/value_picker.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

QPushButton* barButton(const QString& name, QWidget* parent)
{
    auto* button = new QPushButton(parent);
    button->setAccessibleName(name);
    button->setAutoDefault(false);
    return button;
}

/// Every value of a chip, which itself shows two.
QString textOfValues(const Condition& condition)
{
    QStringList values;
    for (const std::string& value : condition.values)
        values += toQt(value);
    return values.join(u'\n');
}

QString withArrow(const QString& text)
{
    return text + u" ▾"_s;
}

} // namespace

FilterBar::FilterBar(QWidget* parent)
    : QWidget(parent)
    , m_chips(new ChipRow(this))
    , m_period(barButton(tr("Period"), this))
    , m_compare(barButton(tr("Comparison"), this))
    , m_add(barButton(tr("Add a filter"), this))
    , m_find(new QLineEdit(this))
    , m_export(barButton(tr("Export the page"), this))
    , m_action(barButton(tr("Page action"), this))
    , m_exportMenu(new QMenu(this))
    , m_periodMenu(new QMenu(this))
    , m_compareMenu(new QMenu(this))
    , m_dimensionMenu(new QMenu(this))
    , m_picker(new ValuePicker(this))
    , m_against(new ValuePicker(this))
{
    setAccessibleName(tr("Filter"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(18, 0, 18, 0);
    layout->setSpacing(8);
    layout->addWidget(m_period);
    layout->addWidget(m_compare);
    layout->addWidget(m_chips);
    layout->addWidget(m_add);
    layout->addStretch();
    m_find->setPlaceholderText(tr("Search features, models, users… Ctrl K"));
    m_find->setAccessibleName(tr("Search everything"));
    m_find->setReadOnly(true);
    m_find->setMinimumWidth(120);
    m_find->setMaximumWidth(280);
    m_find->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_find->installEventFilter(this);
    layout->addWidget(m_find, 1);
    m_export->setText(withArrow(tr("Export")));
    m_export->setMenu(m_exportMenu);
    layout->addWidget(m_export);
    m_action->setProperty("primary", true);
    layout->addWidget(m_action);

    m_add->setText(tr("+ Filter"));
    m_add->setProperty("quiet", true);
    m_period->setMenu(m_periodMenu);
    m_compare->setMenu(m_compareMenu);
    m_add->setMenu(m_dimensionMenu);
    connect(m_periodMenu, &QMenu::aboutToShow, this, &FilterBar::fillPeriods);
    connect(m_compareMenu, &QMenu::aboutToShow, this, &FilterBar::fillComparisons);
    connect(m_dimensionMenu, &QMenu::aboutToShow, this, &FilterBar::fillDimensions);
    connect(m_picker, &ValuePicker::chosen, this, &FilterBar::replaceChip);
    m_against->setForComparing();
    connect(m_against, &ValuePicker::chosen, this, [this](const Condition& against) {
        emit scopeChosen(against.values.empty() ? withoutComparison(m_scope)
                                                : plumbline::comparedWith(m_scope, against.of, against.values));
    });
    setQueries({});
}

FilterBar::~FilterBar() = default;

void FilterBar::openExports()
{
    if (m_queries)
        m_export->showMenu();
}

void FilterBar::setQueries(std::optional<Queries> queries)
{
    m_queries = queries ? std::make_unique<Queries>(*std::move(queries)) : nullptr;
    for (QWidget* widget :
         {static_cast<QWidget*>(m_period), static_cast<QWidget*>(m_compare), static_cast<QWidget*>(m_add),
          static_cast<QWidget*>(m_find), static_cast<QWidget*>(m_export)})
        widget->setVisible(m_queries != nullptr);
    setScope(m_scope);
    if (!m_queries)
        return;
    struct Facts
    {
        std::vector<std::string> keys = {};
        std::vector<std::pair<Dimension, std::vector<std::string>>> others = {};
    };
    m_job.start(
        [queries = *m_queries](const StopToken& stop) -> Result<Facts> {
            Facts facts{.keys = TRY(queries.metadataKeys(stop))};
            constexpr std::size_t most = comparedInMenu + 1;
            for (const Dimension dimension :
                 {Dimension::Release, Dimension::Model, Dimension::Environment, Dimension::Prompt, Dimension::Source}) {
                const bool isDated = dimension == Dimension::Release || dimension == Dimension::Source;
                facts.others.emplace_back(dimension, isDated ? TRY(queries.newestValues({dimension, {}}, most, stop))
                                                             : TRY(queries.values({dimension, {}}, most, stop)));
            }
            return facts;
        },
        [this](Result<Facts> facts) {
            if (!facts)
                return;
            m_metadataKeys = std::move(facts->keys);
            m_comparable = std::move(facts->others);
        });
}

void FilterBar::setScope(const Scope& scope)
{
    m_scope = scope;
    if (!m_queries)
        return;
    const ReportingCalendar& calendar = m_queries->calendar();
    m_period->setText(withArrow(scope.filter.period ? format::period(*scope.filter.period, calendar) : tr("All time")));
    QString name = comparisonText(scope, calendar);
    if (scope.baseline && !scope.against) {
        // "vs September" or "vs Sep 1 – 22" beside "October 2026" needs no year.
        const QString year =
            QString::number(civilDate(floorDivide(calendar.localHour(scope.baseline->first), 24)).year);
        name.remove(u", "_s + year).remove(u' ' + year);
    }
    constexpr int widest = 220;
    m_compare->setText(withArrow(name.isEmpty()
                                     ? tr("no comparison")
                                     : fontMetrics().elidedText(tr("vs %1").arg(name), Qt::ElideRight, widest)));
    showChips();
}

std::optional<Period> FilterBar::comparable() const
{
    return m_queries && m_scope.filter.period ? std::optional(comparedWith(*m_scope.filter.period)) : std::nullopt;
}

Period FilterBar::comparedWith(const Period& period) const
{
    const auto extent = m_queries->extent();
    return extent ? comparablePeriod(period, extent->end, m_queries->calendar())
                  : previousPeriod(period, m_queries->calendar());
}

void FilterBar::showChips()
{
    while (QLayoutItem* item = m_chips->chips().takeAt(0)) {
        // A chip may be the sender of the click that removes it.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    const auto& conditions = m_scope.filter.conditions;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        constexpr int widest = 260;
        auto* chip = new QPushButton(fontMetrics().elidedText(chipText(conditions[i]), Qt::ElideMiddle, widest), this);
        chip->setToolTip(textOfValues(conditions[i]));
        chip->setProperty("chip", true);
        chip->setAutoDefault(false);
        chip->setAccessibleName(tr("Filter %1: change").arg(chipText(conditions[i])));
        auto* remove = new QPushButton(u"✕"_s, this);
        remove->setProperty("chip", true);
        remove->setAutoDefault(false);
        remove->setFixedWidth(26);
        remove->setStyleSheet(u"padding: 4px 0"_s);
        remove->setAccessibleName(tr("Remove filter %1").arg(chipText(conditions[i])));
        connect(chip, &QPushButton::clicked, this, [this, chip, i, condition = conditions[i]] {
            // Amounts, words and parts of names are no values to be ticked.
            m_picked = i;
            if (condition.match == Match::Is && condition.of.dimension <= Dimension::Metadata)
                pick(condition, *chip);
            else
                askForExpression(i);
        });
        connect(remove, &QPushButton::clicked, this, [this, i] { emit scopeChosen(without(m_scope, i)); });
        auto* pair = new QWidget(this);
        auto* layout = new QHBoxLayout(pair);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(1);
        layout->addWidget(chip);
        layout->addWidget(remove);
        m_chips->chips().addWidget(pair);
    }
    m_chips->setVisible(!conditions.empty());
    m_chips->fit();
}

void FilterBar::removeLastChip()
{
    if (!m_scope.filter.conditions.empty())
        emit scopeChosen(without(m_scope, m_scope.filter.conditions.size() - 1));
}

void FilterBar::pick(const Condition& condition, const QWidget& below)
{
    m_picker->open(*m_queries, condition, below.mapToGlobal(QPoint(0, below.height() + 4)));
}

void FilterBar::replaceChip(const Condition& condition)
{
    Scope scope = m_scope;
    auto& chips = scope.filter.conditions;
    auto chip = std::find_if(chips.begin(), chips.end(), [&](const Condition& one) {
        return one.of == condition.of && one.match == condition.match;
    });
    // The one that was clicked, of several on one dimension.
    if (m_picked && *m_picked < chips.size() && chips[*m_picked].of == condition.of)
        chip = chips.begin() + static_cast<std::ptrdiff_t>(*m_picked);
    if (chip != chips.end() && condition.values.empty())
        chips.erase(chip);
    else if (chip != chips.end())
        *chip = condition;
    else if (!condition.values.empty())
        chips.push_back(condition);
    if (scope != m_scope)
        emit scopeChosen(scope);
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event)
{
    // The field is a door to the palette: a click or any letter opens it.
    const bool isClick = event->type() == QEvent::MouseButtonPress;
    const bool isTyping =
        event->type() == QEvent::KeyPress && !static_cast<QKeyEvent*>(event)->text().trimmed().isEmpty();
    const bool isReturn = event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Return;
    if (watched == m_find && (isClick || isTyping || isReturn)) {
        emit paletteRequested();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace plumbline
