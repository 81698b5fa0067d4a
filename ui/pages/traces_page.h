// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include "model/core/reading_notes.h"
#include "model/items/request_table.h"
#include "model/jobs/job_runner.h"

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace plumbline {

class CallCard;
class Card;
class DataTable;
class FilterEdit;
class FlameCard;
class TabHeading;
class TraceCard;
class WindowMemory;

/// What exactly happened in a request, and what did each part of its prompt cost: all traces or calls of the filter,
/// the steps of the one that is chosen, and the prompt of the call that is chosen in it.
class TracesPage : public Page
{
    Q_OBJECT

public:
    explicit TracesPage(WindowMemory& memory, QWidget* parent = nullptr);
    ~TracesPage() override;

    void beginSearch() override;
    /// Shows the trace of a call, when the page is next shown.
    void look(CallId call);
    /// Filters that are kept have changed.
    void readAgain();

    /// What can be done with a row of the list, and with the two that are chosen.
    void addRowActions(QMenu& menu, int row);

    const RequestTable& requests() const { return m_requests; }
    DataTable& list() { return *m_list; }
    TraceCard& trace() { return *m_trace; }
    CallCard& call() { return *m_call; }
    FilterEdit& filter() { return *m_filter; }
    FlameCard& flame() { return *m_flame; }

signals:
    void conditionsChosen(const std::vector<plumbline::Condition>& conditions);
    /// As FilterEdit has it.
    void filterKept(const std::optional<plumbline::SavedFilter>& before,
                    const std::optional<plumbline::SavedFilter>& after);
    void drainRequested(const QString& drain);
    /// The trace and the call that were chosen are shown.
    void detailsSettled();

protected:
    void compute() override;

private:
    enum View
    {
        Traces,
        Calls,
        Flame,
    };
    struct Answers
    {
        std::shared_ptr<const RequestList> list = {};
        RequestOrder order = {};
        std::vector<std::string> metadataKeys = {};
        std::vector<RequestRow> firstPage = {};
        std::optional<Breakdown> compared = {}; ///< all of them, and what they are compared with
        std::size_t before = 0;                 ///< traces, or calls, of the latter
        bool findsAllTexts = true;              ///< or the filter asks for no words
        std::optional<CallId> kept = {};        ///< that was looked at
        std::optional<std::size_t> row = {};    ///< of the call that is looked at
    };
    void buildList();
    void buildDetails();
    void addComparing(QMenu& menu, int row, int other);
    void compareTwo(CallId left, CallId right, RequestUnit unit);
    void show(Answers answers);
    void fetchPage(int first);
    void reorder();
    void lookAt(int row);
    void showDetails(CallId call);
    void showNote();
    void computeFlame();

    WindowMemory& m_memory;
    RequestUnit m_unit = RequestUnit::Traces;
    std::optional<CallId> m_wanted;   ///< to be looked at
    std::optional<CallId> m_lookedAt; ///< whose trace was asked for
    std::optional<int> m_waiting;     ///< a row to be looked at once its page is there
    RequestTable m_requests;
    QSplitter* m_across;
    QSplitter* m_down;
    Card* m_listCard;
    TabHeading* m_tabs;
    QStackedWidget* m_views;
    FlameCard* m_flame;
    FilterEdit* m_filter;
    QPushButton* m_filters;
    QLabel* m_compared; ///< with what the list is compared
    bool m_findsAllTexts = true;
    DataTable* m_list;
    TraceCard* m_trace;
    CallCard* m_call;
    JobRunner m_job;
    JobRunner m_pageJob;
    JobRunner m_traceJob;
    JobRunner m_exportJob;
    JobRunner m_flameJob;
    QList<int> m_pages;        ///< that wait to be fetched
    bool m_isChoosing = false; ///< by us, not by the user
};

} // namespace plumbline
