// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/items/prompt_table.h"
#include "model/jobs/job_runner.h"
#include "model/queries/queries.h"
#include "ui/widgets/card.h"

class QPushButton;
class QSplitter;

namespace plumbline {

class MakeUpBar;
class TextReader;
class TreeTable;
class WindowMemory;

/// A call: its prompt and its answer as coloured segments, block by block, with what each costs and what of it drains;
/// any block can be read.
class CallCard : public Card
{
    Q_OBJECT

public:
    explicit CallCard(WindowMemory& memory, QWidget* parent = nullptr);

    /// Asks for the call's prompt and shows it.
    void ask(const Queries& queries, CallId call);
    void showNothing(const QString& why);
    const PromptAnswer& prompt() const { return m_prompt.prompt(); }
    void beginSearch();
    /// Opens the text of a row; folds or unfolds a segment of several parts.
    void open(int row);
    /// Marks the call that is shown to be compared; with another one marked, compares them.
    void markOrCompare();
    TextReader& reader() { return *m_reader; }
    TreeTable& table() { return *m_table; }

signals:
    void settled();
    void explainRequested(qint64 call);
    /// The call that was marked beside the one that is shown.
    void compareRequested(qint64 marked, qint64 shown);
    void drainChosen(const QString& drain);

private:
    void show(PromptAnswer answer);
    void read(int row);
    void nameCompare();

    PromptTable m_prompt;
    std::optional<CallRow> m_marked; ///< to be compared with another
    std::optional<CallId> m_asked;   ///< whose prompt is wanted
    std::filesystem::path m_of;      ///< the workspace of the mark
    MakeUpBar* m_bar;
    QSplitter* m_splitter;
    TreeTable* m_table;
    TextReader* m_reader;
    QPushButton* m_explain;
    QPushButton* m_compare;
    JobRunner m_job;
};

} // namespace plumbline
