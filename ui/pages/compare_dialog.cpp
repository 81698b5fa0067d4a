// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_dialog.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "model/items/what_if_tables.h"
#include "ui/widgets/card.h"

namespace plumbline {

using namespace Qt::StringLiterals;

CompareDialog::CompareDialog(std::vector<Scenario> scenarios, double growth, QWidget* parent)
    : QDialog(parent), m_scenarios(std::move(scenarios)), m_growth(growth), m_grid(new QGridLayout)
{
    setWindowTitle(tr("Compare scenarios"));
    setMinimumWidth(560);
    auto* layout = new QVBoxLayout(this);
    m_grid->setHorizontalSpacing(22);
    m_grid->setVerticalSpacing(7);
    layout->addLayout(m_grid);
    put(0, 1, tr("Now"), true);
    for (std::size_t i = 0; i < m_scenarios.size(); ++i)
        put(0, static_cast<int>(i) + 2, m_scenarios[i].name.empty() ? tr("untitled") : toQt(m_scenarios[i].name), true);
    put(1, 0, tr("Replaying…"), false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addStretch();
    layout->addWidget(buttons);
}

void CompareDialog::put(int row, int column, const QString& text, bool isHeading)
{
    if (QLayoutItem* before = m_grid->itemAtPosition(row, column))
        delete before->widget();
    QLabel* label = isHeading ? headingLabel(text, this) : new QLabel(text, this);
    if (column > 0)
        label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_grid->addWidget(label, row, column);
}

void CompareDialog::showError(const Error& error)
{
    put(1, 0, tr("Not replayed: %1").arg(toQt(error.text())), false);
}

void CompareDialog::show(const std::vector<WhatIfAnswer>& answers, std::int32_t days)
{
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const std::vector<WhatIfFigure> figures = whatIfFigures(answers[i], days, m_growth);
        for (std::size_t row = 0; row < figures.size(); ++row) {
            const int at = static_cast<int>(row) + 1;
            if (i == 0) {
                put(at, 0, figures[row].name, false);
                put(at, 1, figures[row].now, false);
            }
            put(at, static_cast<int>(i) + 2, figures[row].then, false);
        }
        const int last = static_cast<int>(figures.size()) + 1;
        put(last, 0, tr("Saves"), true);
        put(last, static_cast<int>(i) + 2, savingText(answers[i].before.cost - answers[i].after.cost), true);
    }
}

} // namespace plumbline
