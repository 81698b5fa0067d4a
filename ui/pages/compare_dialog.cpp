// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_dialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "ui/widgets/card.h"
#include "ui/widgets/data_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

CompareDialog::CompareDialog(std::vector<Scenario> scenarios, WindowMemory& memory, QWidget* parent)
    : QDialog(parent)
    , m_scenarios(std::move(scenarios))
    , m_table(new DataTable(u"compared-scenarios"_s, tr("Compared scenarios"), m_compared, memory, this))
    , m_says(quietLabel(tr("Replaying…"), this))
{
    setWindowTitle(tr("Compare scenarios"));
    constexpr QSize roomy(820, 320);
    resize(roomy);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_table, 1);
    m_says->setWordWrap(true);
    layout->addWidget(m_says);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    connect(m_table, &DataTable::rowActivated, this, &CompareDialog::choose);
    m_table->setRowActions([this](QMenu& menu, int row) {
        menu.addAction(tr("Open this scenario"), this, [this, row] { choose(row); })
            ->setEnabled(m_compared.sourceRow(row) > 0);
    });
}

void CompareDialog::choose(int row)
{
    // The first row is no scenario.
    const std::size_t place = m_compared.sourceRow(row);
    if (place == 0 || place > m_scenarios.size())
        return;
    emit scenarioChosen(m_scenarios[place - 1]);
    accept();
}

void CompareDialog::showError(const Error& error)
{
    m_says->setText(tr("Not replayed: %1").arg(toQt(error.text())));
}

void CompareDialog::show(const std::vector<WhatIfAnswer>& answers, std::int32_t days, double growth)
{
    std::vector<ComparedScenario> rows;
    if (!answers.empty())
        rows.push_back(
            {.name = tr("Now"), .figures = answers.front().before, .isCostKnown = answers.front().isCostKnown});
    for (std::size_t i = 0; i < answers.size(); ++i)
        rows.push_back({.name = m_scenarios[i].name.empty() ? tr("untitled") : toQt(m_scenarios[i].name),
                        .figures = answers[i].after,
                        .saved = answers[i].before.cost - answers[i].after.cost,
                        .isCostKnown = answers[i].isCostKnown});
    m_compared.show(std::move(rows), days, growth);
    m_says->setText(tr("Each over the same %1 calls. Double-click one to open it.")
                        .arg(format::count(answers.empty() ? 0 : answers.front().before.calls)));
}

} // namespace plumbline
