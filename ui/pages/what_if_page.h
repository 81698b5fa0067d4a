// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QUndoStack>

#include "model/items/what_if_tables.h"
#include "model/jobs/job_runner.h"

class QDoubleSpinBox;

namespace plumbline {

class Card;
class DataTable;
class PlotView;
class ScenarioCard;
class WindowMemory;

/// What the calls of the filter would have cost under other rules: sliders at the left, before and after at the right.
class WhatIfPage : public Page
{
    Q_OBJECT

public:
    explicit WhatIfPage(WindowMemory& memory, QWidget* parent = nullptr);
    ~WhatIfPage() override;

    /// Pulls a lever when the page is next shown: *Try in What-if*.
    void tryLever(LeverUse use);
    void undo() { m_steps.undo(); }
    bool canUndo() const { return m_steps.canUndo(); }
    int stepCount() const { return m_steps.index(); }
    void openSaved(const std::string& name);
    void beginSearch() override;
    /// Scenarios were written or removed.
    void readSaved();

signals:
    /// It is to be kept under its name; removed.
    void saveRequested(const plumbline::SavedScenario& scenario);
    void removeRequested(const std::string& name);
    /// Scenarios that are kept.
    void savedCounted(int count);

protected:
    void compute() override;

private:
    void buildResult();
    /// Whether the calls that are laid out still do: they are the filter's, and no older than they may be.
    bool isLaidOut();
    void layOut();
    void forgetWorkspace();
    void simulate(WhatIfDetail detail);
    void show(const WhatIfAnswer& answer, WhatIfDetail detail, qint64 milliseconds);
    void showFigures();
    /// Replays the scenario on the calls the scope is compared with as well, which are laid out when they first are.
    void replayCompared();
    void edit(const Scenario& scenario, const QString& what);
    void enter(const Scenario& scenario);
    void editLever(int row);
    void save();
    /// Asks for a name where it is empty.
    void saveAs(const std::string& as);
    /// What the answer at hand promises goes with it.
    void keep();
    void showOutcome();
    void fillMenu();
    void fillSuggestions();
    void openSaved(const SavedScenario& saved);
    void openFile();
    void markDone();
    void compare();
    void showAssumptions();
    void suggest(const std::string& worst);
    Filter filterOfScenario() const;
    /// The step that a bar of the waterfall stands for; nullptr: a total.
    const WhatIfStep* stepAt(int bar) const;
    std::optional<Filter> comparedFilter() const;
    const ScenarioRow* savedAs(const std::string& name) const;
    /// A step from what is kept under a name to `after`; empty: to nothing.
    void keepAs(const std::string& name, const std::optional<SavedScenario>& after, const QString& what);
    /// What a saved scenario promised and brought; empty where it was not saved.
    QString lifeOfScenario() const;

    WindowMemory& m_memory;
    ScenarioCard* m_card;
    Card* m_result;
    WhatIfFiguresTable m_figures;
    WhatIfFeaturesTable m_features;
    DataTable* m_figureTable;
    DataTable* m_featureTable;
    QDoubleSpinBox* m_growth;
    PlotView* m_waterfall;
    int m_looked = -1;   ///< the lever that has the keys
    Scenario m_scenario; ///< as the sliders stand
    Scenario m_entered;  ///< as the last step left it
    QUndoStack m_steps;
    std::vector<ScenarioRow> m_saved;
    std::shared_ptr<WhatIf> m_whatIf;
    std::optional<Queries> m_of; ///< the snapshot it was laid out from
    bool m_isLayingOut = false;
    QElapsedTimer m_laidOut;            ///< since then
    qint64 m_layOutTook = 0;            ///< milliseconds
    QTimer m_layOutAgain;               ///< when what came since is worth it
    std::shared_ptr<WhatIf> m_compared; ///< the calls the scope is compared with
    std::optional<Queries> m_comparedOf;
    std::optional<WhatIfAnswer> m_comparedAnswer;
    WhatIfAnswer m_answer;
    std::optional<Scenario> m_answered; ///< what it is the answer to; none: it is not exact
    bool m_savesWhenKnown = false;      ///< a scenario is to be kept as soon as it is answered
    std::string m_toOpen;               ///< once the kept ones are read
    std::vector<std::string> m_models;
    std::optional<LeverUse> m_wanted; ///< a lever to be tried
    QTimer m_refine;
    JobRunner m_savedJob;
    JobRunner m_comparedJob;
    JobRunner m_job; ///< lays out and replays: one at a time
};

} // namespace plumbline
