// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>

#include "model/core/error.h"
#include "model/items/scope.h"
#include "model/jobs/job_runner.h"
#include "model/queries/queries.h"

class QStackedLayout;

namespace plumbline {

class Placeholder;
class Veil;

/// A page of the window: takes queries and a scope, shows their answers, and tells what its user chose. It knows no
/// other page. While it computes it keeps its old content, dimmed.
class Page : public QWidget
{
    Q_OBJECT

public:
    Page(QString id, const QString& title, QWidget* parent);

    const QString& id() const { return m_id; }

    /// Shows this scope of these data; called again whenever either changes.
    void ask(const Queries& queries, const Scope& scope);
    /// Of the first list it shows: whoever goes to a page by keys goes on there.
    void takeFocus();
    /// Ctrl+F.
    virtual void beginSearch() {}

signals:
    /// *Filter to this value*, or exclude it.
    void conditionChosen(const plumbline::Condition& condition);
    /// A range was dragged over a time axis.
    void periodChosen(const plumbline::Period& period);
    /// What happened on a day of a time axis is to be written down.
    void annotationWanted(std::int32_t day);
    /// The filter leaves nothing: all of it may go.
    void scopeResetRequested();
    /// The calls behind a figure.
    void callsRequested(const plumbline::Filter& filter, const QString& title);
    /// One call is to be looked at.
    void callRequested(qint64 call);
    void importRequested();
    /// The answer to the last question is shown.
    void settled();

protected:
    /// Where the page builds itself.
    QWidget& content() { return *m_content; }
    bool isAsked() const { return m_queries.has_value(); }
    /// Valid once the page was asked.
    const Queries& queries() const { return *m_queries; }
    const Scope& scope() const { return m_scope; }
    /// The scope's filter with more conditions.
    Filter filterWith(const std::vector<Condition>& conditions) const;

    /// Starts the job that answers for `queries()` and `scope()`.
    virtual void compute() = 0;
    void setComputing(bool isComputing);
    /// Asks `work(const StopToken&)`, dimmed until `show(T)` gets its answer, which says `settled` when all is shown.
    /// An error stands in place of the content.
    template <class Work, class Show>
    void answer(JobRunner& job, Work work, Show show)
    {
        setComputing(true);
        job.start(std::move(work), [this, show = std::move(show)](auto result) mutable {
            if (!result && result.error().kind == ErrorKind::Cancelled)
                return;
            setComputing(false);
            if (result) {
                show(*std::move(result));
                return;
            }
            showError(result.error());
            emit settled();
        });
    }
    void showContent();
    /// Instead of the content: what it would show, and the action that fills it.
    void showNoData(const QString& whatWillBeHere);
    void showNoMatch();
    void showError(const Error& error);

private:
    enum class Missing
    {
        Data,
        Match,
        Answer,
    };
    void showMissing(Missing missing, const QString& title, const QString& text, const QString& action);

    QString m_id;
    std::optional<Queries> m_queries;
    Scope m_scope;
    Missing m_missing = Missing::Data;
    QStackedLayout* m_stack;
    QWidget* m_content;
    Placeholder* m_placeholder;
    Veil* m_veil;
};

} // namespace plumbline
