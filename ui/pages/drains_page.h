// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include <QUndoStack>

#include "model/core/finding_note.h"
#include "model/jobs/job_runner.h"
#include "ui/pages/drain_heat.h"

class QCheckBox;
class QComboBox;
class QLabel;

namespace plumbline {

class Card;
class EvidenceCard;
class FindingPanel;
class PlotView;
class TabHeading;
class WindowMemory;
struct DrainDetails;

/// Which waste, in which feature, with what proof: a heatmap, the finding behind a cell, and its evidence.
class DrainsPage : public Page
{
    Q_OBJECT

public:
    explicit DrainsPage(WindowMemory& memory, QWidget* parent = nullptr);
    ~DrainsPage() override;

    void beginSearch() override;
    /// Chooses a drain in all calls of the filter, when the page is next shown.
    void choose(const std::string& drain);
    /// Takes back what was last said of a finding.
    void undo();
    bool canUndo() const { return m_steps.canUndo() && !m_isChanging; }
    int stepCount() const { return m_steps.index(); }
    /// While the workspace is changed no threshold can be.
    void setChanging(bool isChanging);

signals:
    void noteRequested(const plumbline::FindingNote& note);
    void thresholdsRequested(const std::map<std::string, double>& thresholds);
    /// *Try in What-if*: the lever of a drain, in one feature or in all (empty).
    void whatIfRequested(const std::string& lever, const std::string& feature);

protected:
    void compute() override;

private:
    struct Answers
    {
        DrainsQuestion question = {};
        DrainsAnswer answer = {};
        std::optional<DrainsAnswer> before = {}; ///< the same of what it is compared with
        std::vector<std::string> sessions = {};  ///< those that waste most
        std::map<std::string, double> thresholds = {};
        std::vector<Annotation> annotations = {};
    };
    void buildChoices();
    void show(Answers answers);
    void showHeat();
    std::optional<std::pair<int, int>> dearestCell() const;
    /// Where the cell that was chosen stands in a grid that was drawn anew.
    std::optional<std::pair<int, int>> sameCell(const QString& row, const QString& column) const;
    void lookAt(int row, int column, const std::optional<std::string>& drain = {});
    void show(const DrainDetails& details);
    QString nameOfCell() const;
    /// Of an hour or a day: its money is no month's.
    bool isCellOfTime() const;
    Filter filterOfCell() const;
    void say(const FindingNote& note);
    void askThresholds(const std::string& drain);

    HeatChoice m_choice;
    DrainHeat m_heat;
    Answers m_answers;
    std::pair<int, int> m_cell = {-1, -1};
    std::optional<std::string> m_wanted; ///< a drain that was chosen elsewhere
    FindingAnswer m_finding;
    std::string m_drain;
    Card* m_heatCard;
    TabHeading* m_views;
    QComboBox* m_unit;
    QComboBox* m_least;
    QComboBox* m_session;
    QCheckBox* m_muted;
    PlotView* m_plot;
    QLabel* m_ledger;
    FindingPanel* m_panel;
    EvidenceCard* m_evidence;
    QUndoStack m_steps;
    std::filesystem::path m_of; ///< the workspace that they are about
    bool m_isChanging = false;
    JobRunner m_job;
    JobRunner m_detailsJob;
};

} // namespace plumbline
