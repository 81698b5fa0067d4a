// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "model/items/price_tables.h"
#include "model/jobs/job_runner.h"

class QBoxLayout;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace plumbline {

class Card;
class DataTable;
class PriceDraft;
class ProgressRow;
class WindowMemory;

/// The price book as it stands in the draft: searched, asked for a model at a date, and changed by overrides,
/// discounts and lists of others; what that would move is previewed month by month. Deletes itself when closed.
class PricesDialog : public QDialog
{
    Q_OBJECT

public:
    /// Neither is owned; both outlive the dialog.
    PricesDialog(PriceDraft& draft, WindowMemory& memory, QWidget* parent);

    const BookTable& book() const { return m_book; }
    /// What the asked model costs.
    QString answer() const;
    /// Looks a model up, as its field does.
    void lookUp(const QString& model, const QString& date);
    void preview();

signals:
    /// The book, an answer or a preview is shown.
    void settled();

private:
    /// A table of the draft with its buttons.
    struct Editor
    {
        Card* card = nullptr;
        DataTable* table = nullptr;
        QPushButton* add = nullptr;
        QPushButton* edit = nullptr;
        QPushButton* remove = nullptr;
    };
    Editor editor(const QString& name, const QString& title, FactTable& facts, const QString& what);
    QBoxLayout* lookUpRow();
    QBoxLayout* buttonRow();

    void refresh();
    void showButtons();
    void askForAnswer();
    void askForList();
    void editOverride(int row);
    void editDiscount(int row);
    void overrideBookPrice(int row);

    PriceDraft& m_draft;
    WindowMemory& m_memory;
    QLabel* m_note;
    BookTable m_book;
    DataTable* m_bookTable;
    QLineEdit* m_model = nullptr;
    QLineEdit* m_date = nullptr;
    QComboBox* m_tier = nullptr;
    QLabel* m_answer;
    OverridesTable m_overrides;
    DiscountsTable m_discounts;
    Editor m_overridesEditor;
    Editor m_discountsEditor;
    ProgressRow* m_progress;
    QPushButton* m_import = nullptr;
    QPushButton* m_undo = nullptr;
    QPushButton* m_preview = nullptr;
    QPushButton* m_apply = nullptr;
    PriceOverrides m_shown; ///< whose book is in the table
    bool m_hasBook = false;
    JobRunner m_bookJob;
    JobRunner m_answerJob;
    JobRunner m_previewJob;
};

} // namespace plumbline
