// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/flame_card.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

#include "model/items/format.h"
#include "ui/charts/flame_view.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/part_legend.h"

namespace plumbline {

using namespace Qt::StringLiterals;

FlameCard::FlameCard(QWidget* parent)
    : Card(tr("Cost flame graph"), parent)
    , m_view(new FlameView(this))
    , m_measure(new ChoiceBox(this))
    , m_search(new QLineEdit(this))
    , m_found(quietLabel(QString(), this))
    , m_path(quietLabel(QString(), this))
{
    setHelp(
        tr("A bar is as wide as its share of the cost, or of the tokens, of the filter's calls: features below all, "
           "steps below their feature, segments of the prompts below their step."));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_measure->setAccessibleName(tr("Unit"));
    m_measure->addItem(tr("in $"), static_cast<int>(FlameView::Measure::Dollars));
    m_measure->addItem(tr("in tokens"), static_cast<int>(FlameView::Measure::Tokens));
    row->addWidget(m_measure);
    row->addWidget(m_path);
    row->addStretch();
    row->addWidget(m_found);
    m_search->setPlaceholderText(tr("Search features, steps, segments…"));
    m_search->setAccessibleName(tr("Search the flame graph"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(260);
    row->addWidget(m_search);
    body().addLayout(row);
    body().addWidget(m_view, 1);
    auto* legend = new PartLegend(this);
    legend->setSegments(true);
    body().addWidget(legend);
    connect(m_measure, &QComboBox::activated, this,
            [this] { m_view->setMeasure(static_cast<FlameView::Measure>(m_measure->currentData().toInt())); });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_view->search(text);
        m_found->setText(text.isEmpty() ? QString() : tr("%n found", nullptr, m_view->found()));
    });
    connect(m_view, &FlameView::zoomedTo, this,
            [this](const QStringList& path) { m_path->setText(path.mid(1).join(u" / "_s)); });
}

Result<FlameNode> FlameCard::answer(const Queries& queries, const Scope& scope, const StopToken& stop)
{
    FlameNode flame = TRY(queries.flame(scope.filter, stop));
    if (const auto compared = comparedCalls(scope))
        compareWith(flame, TRY(queries.flame(*compared, stop)));
    return flame;
}

void FlameCard::show(FlameNode root, const QString& against)
{
    QString note = tr("%1 · %2 tokens").arg(format::money(root.money), format::shortCount(root.tokens));
    if (root.before)
        note += tr(" · against %1: %2").arg(against, flameChangeText(root));
    setNote(note + tr(" · click zooms, double-click shows the calls"),
            tr("A segment's cost depends on where it lies in the prompt: cached, written or neither. Each is taken as "
               "lying in one piece."));
    m_view->show(std::move(root));
}

void FlameCard::beginSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

} // namespace plumbline
