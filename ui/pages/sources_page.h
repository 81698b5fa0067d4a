// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include "model/core/import_service.h"
#include "model/items/completeness_table.h"
#include "model/items/source_tables.h"
#include "model/jobs/job_runner.h"
#include "ui/pages/price_draft.h"

class QMenu;

namespace plumbline {

class Card;
class CollectorCard;
class DataTable;
class PricesDialog;
class DropZone;
class RulesCard;
class SettingsCard;
class WindowMemory;

/// What was imported, how complete it is, by which rules and prices it is read. What changes the workspace is asked of
/// the window.
class SourcesPage : public Page
{
    Q_OBJECT

public:
    explicit SourcesPage(WindowMemory& memory, QWidget* parent = nullptr);

    DropZone& dropZone() { return *m_dropZone; }
    RulesCard& rules() { return *m_rules; }
    CollectorCard& collector() { return *m_collector; }
    PriceDraft& prices() { return m_prices; }
    PricesDialog& openPrices();
    /// What is done with a source, as the menu of its row has it.
    void addRowActions(QMenu& menu, int row);
    /// Takes back the last change of the rules or the prices.
    void undo();
    int stepCount() const;
    void beginSearch() override;

signals:
    void removeRequested(qint64 import, const QString& name);
    /// The calls of one source beside those of another; of nothing else where `against` is empty.
    void sourceChosen(const std::string& source, const std::string& against);
    void reportingChosen(const QString& timeZone, int monthStartDay);

protected:
    void compute() override;

private:
    /// Everything about the workspace itself; the scope does not matter.
    struct Answers
    {
        std::vector<SourceRow> sources = {};
        RulesAnswer rules = {};
        PricesAnswer prices = {};
        StatusAnswer status = {};
    };
    static Result<Answers> answersOf(const Queries& queries, const StopToken& stop);

    void show(Answers answers);
    void openReport(int row);
    void openSkipped();
    void follow(const CompletenessLine& line);
    void openUnpriced(const std::vector<std::string>& models, const QString& title);

    WindowMemory& m_memory;
    Answers m_answers;
    std::optional<Queries> m_shown; ///< whose answers these are
    DropZone* m_dropZone;
    Card* m_importedCard;
    SourcesTable m_sources;
    DataTable* m_table;
    CompletenessTable m_completeness;
    DataTable* m_completenessTable;
    RulesCard* m_rules;
    CollectorCard* m_collector;
    SettingsCard* m_settings;
    PriceDraft m_prices;
    bool m_isPriceLast = false; ///< of the changes that undo takes back
    JobRunner m_job;
};

} // namespace plumbline
