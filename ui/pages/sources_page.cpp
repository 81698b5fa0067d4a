// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources_page.h"

#include <QHeaderView>
#include <QMenu>
#include <QMessageBox>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "ui/pages/collector_card.h"
#include "ui/pages/import_dialogs.h"
#include "ui/pages/prices_dialog.h"
#include "ui/pages/rules_card.h"
#include "ui/pages/settings_card.h"
#include "ui/widgets/card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/drop_zone.h"

namespace plumbline {

using namespace Qt::StringLiterals;

SourcesPage::SourcesPage(WindowMemory& memory, QWidget* parent)
    : Page(u"sources"_s, tr("Sources"), parent)
    , m_memory(memory)
    , m_dropZone(new DropZone(this))
    , m_importedCard(new Card(tr("Imported"), this))
    , m_table(new DataTable(u"sources"_s, tr("Imported"), m_sources, memory, this))
    , m_completenessTable(new DataTable(u"completeness"_s, tr("Completeness"), m_completeness, memory, this))
    , m_rules(new RulesCard(memory, this))
    , m_collector(new CollectorCard(this))
    , m_settings(new SettingsCard(this))
{
    constexpr int gap = 14;
    auto* layout = new QVBoxLayout(&content());
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(gap);
    layout->addWidget(m_dropZone);
    auto* grid = new QGridLayout;
    grid->setSpacing(gap);
    grid->setColumnStretch(0, 2);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(0, 10);
    grid->setRowStretch(1, 9);
    m_importedCard->setNote(tr("importing a file again changes nothing"));
    m_importedCard->body().addWidget(m_table, 1);
    grid->addWidget(m_importedCard, 0, 0);
    auto* completenessCard = new Card(tr("Completeness"), this);
    completenessCard->setNote(tr("stands beside every total"));
    m_completenessTable->horizontalHeader()->hide();
    m_completenessTable->setSortingEnabled(false);
    completenessCard->body().addWidget(m_completenessTable, 1);
    grid->addWidget(completenessCard, 0, 1);
    grid->addWidget(m_rules, 1, 0);
    auto* beside = new QVBoxLayout;
    beside->setSpacing(gap);
    beside->addWidget(m_collector);
    beside->addWidget(m_settings, 1);
    grid->addLayout(beside, 1, 1);
    for (QWidget* card : {static_cast<QWidget*>(m_importedCard), static_cast<QWidget*>(completenessCard),
                          static_cast<QWidget*>(m_rules), static_cast<QWidget*>(m_settings)})
        card->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
    m_collector->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    layout->addLayout(grid, 1);

    connect(m_table, &DataTable::rowActivated, this, &SourcesPage::openReport);
    m_table->setRowActions([this](QMenu& menu, int row) { addRowActions(menu, row); });
    connect(m_completenessTable, &DataTable::linkActivated, this,
            [this](int row) { follow(m_completeness.rowAt(row)); });
    connect(m_completenessTable, &DataTable::rowActivated, this,
            [this](int row) { follow(m_completeness.rowAt(row)); });
    connect(m_settings, &SettingsCard::reportingChosen, this, &SourcesPage::reportingChosen);
    connect(m_settings, &SettingsCard::pricesRequested, this, [this] { openPrices(); });
    connect(m_rules, &RulesCard::stepped, this, [this] { m_isPriceLast = false; });
    connect(&m_prices, &PriceDraft::stepped, this, [this] { m_isPriceLast = true; });
    connect(m_settings, &SettingsCard::unpricedRequested, this,
            [this](const QString& model) { openUnpriced({fromQt(model)}, model); });
}

Result<SourcesPage::Answers> SourcesPage::answersOf(const Queries& queries, const StopToken& stop)
{
    Answers answers;
    answers.sources = TRY(queries.sources(stop));
    answers.rules = TRY(queries.rules(stop));
    answers.prices = TRY(queries.prices(stop));
    answers.status = TRY(queries.status(stop));
    return answers;
}

void SourcesPage::compute()
{
    // The scope does not matter here: what is shown of these data is shown already.
    if (m_shown && m_shown->isSameSnapshot(queries())) {
        QMetaObject::invokeMethod(this, &Page::settled, Qt::QueuedConnection); // as after a job: who asked may wait
        return;
    }
    setComputing(true);
    m_job.start([asked = queries()](const StopToken& stop) { return answersOf(asked, stop); },
                [this](Result<Answers> answers) {
                    if (!answers && answers.error().kind == ErrorKind::Cancelled)
                        return;
                    setComputing(false);
                    m_shown.reset();
                    if (answers)
                        show(*std::move(answers));
                    else
                        showError(answers.error());
                    emit settled();
                });
}

void SourcesPage::show(Answers answers)
{
    m_answers = std::move(answers);
    m_shown = queries();
    showContent();
    m_sources.show(m_answers.sources, queries().calendar());
    if (m_answers.sources.empty())
        m_importedCard->showEmpty(
            tr("What you import will be listed here, with its period, its calls, and what is wrong with it."));
    else
        m_importedCard->showContent();
    m_completeness.show(m_answers.status.completeness, m_answers.status.adjustments);
    m_rules->show(queries(), m_answers.rules);
    m_settings->show(m_answers.prices, m_answers.status);
    m_prices.follow(queries(), m_answers.prices.own);
}

PricesDialog& SourcesPage::openPrices()
{
    auto* dialog = new PricesDialog(m_prices, m_memory, this);
    dialog->show();
    return *dialog;
}

int SourcesPage::stepCount() const
{
    return m_rules->stepCount() + m_prices.stepCount();
}

void SourcesPage::undo()
{
    if (m_prices.canUndo() && (m_isPriceLast || !m_rules->canUndo()))
        m_prices.undo();
    else
        m_rules->undo();
}

void SourcesPage::addRowActions(QMenu& menu, int row)
{
    const SourceRow source = m_sources.rowAt(row);
    const std::string value = sourceValue(source.name, source.import);
    menu.addAction(tr("Import report…"), this, [this, row] { openReport(row); });
    menu.addAction(tr("Look at this source only"), this, [this, value] { emit sourceChosen(value, {}); });
    QMenu* compare = menu.addMenu(tr("Compare with"));
    for (const SourceRow& other : m_answers.sources)
        if (other.import != source.import)
            compare->addAction(toQt(other.name), this, [this, value, against = sourceValue(other.name, other.import)] {
                emit sourceChosen(value, against);
            });
    compare->setEnabled(!compare->isEmpty());
    menu.addAction(tr("Remove this source…"), this,
                   [this, source] { emit removeRequested(source.import, toQt(source.name)); });
}

void SourcesPage::openReport(int row)
{
    const SourceRow& source = m_sources.rowAt(row);
    auto* dialog = new ImportReportDialog(toQt(source.name), source.report, queries().calendar(), m_memory, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void SourcesPage::openSkipped()
{
    ImportReport all;
    for (const SourceRow& source : m_answers.sources) {
        all.files += source.report.files;
        all.bytes += source.report.bytes;
        all.records += source.report.records;
        all.spans += source.report.spans;
        all.traces += source.report.traces;
        all.scores += source.report.scores;
        all.duplicates += source.report.duplicates;
        all.calls += static_cast<std::uint64_t>(source.calls);
        all.skipped.insert(all.skipped.end(), source.report.skipped.begin(), source.report.skipped.end());
        all.failedFiles.insert(all.failedFiles.end(), source.report.failedFiles.begin(),
                               source.report.failedFiles.end());
    }
    auto* dialog = new ImportReportDialog(tr("All imports"), all, queries().calendar(), m_memory, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void SourcesPage::follow(const CompletenessLine& line)
{
    switch (line.about) {
    case CompletenessLine::About::Nothing:
        break;
    case CompletenessLine::About::WithoutUsage:
        emit callsRequested(
            Filter{.conditions = {{.of = {Dimension::Tokens, {}}, .values = {std::string(unknownFigure)}}}},
            tr("without usage"));
        break;
    case CompletenessLine::About::Unpriced: {
        std::vector<std::string> models;
        for (const auto& [model, calls] : m_answers.prices.unpriced)
            models.push_back(model);
        if (!models.empty())
            openUnpriced(models, tr("unpriced"));
        break;
    }
    case CompletenessLine::About::Skipped:
        openSkipped();
        break;
    case CompletenessLine::About::Wrappers: {
        auto* box = new QMessageBox(
            QMessageBox::Information, line.title,
            tr("A span around a call often repeats the call's usage: an agent's or a chain's tokens are its "
               "children's. "
               "Only the innermost call was sent to a model and paid for, so only it is billed. Explain cost names "
               "the wrappers of a call."),
            QMessageBox::Close, this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
        break;
    }
    }
}

void SourcesPage::openUnpriced(const std::vector<std::string>& models, const QString& title)
{
    emit callsRequested(Filter{.conditions = {{.of = {Dimension::Model, {}}, .values = models}}}, title);
}

void SourcesPage::beginSearch()
{
    m_table->beginSearch();
}

} // namespace plumbline
