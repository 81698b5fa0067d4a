// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/prices_dialog.h"

#include <QComboBox>
#include <QDateTime>
#include <QFileDialog>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "ui/pages/price_dialogs.h"
#include "ui/pages/price_draft.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/progress_row.h"
#include "ui/widgets/small_button.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

int chosenRow(const DataTable& table)
{
    const QModelIndexList rows = table.selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : static_cast<int>(table.facts().sourceRow(rows.first().row()));
}

template <class Entry>
std::vector<Entry> without(std::vector<Entry> entries, int row)
{
    entries.erase(entries.begin() + row);
    return entries;
}

/// `entry` at `row`, or at the end where there is no such row: the last that fits counts.
template <class Entry>
std::vector<Entry> with(std::vector<Entry> entries, int row, const Entry& entry)
{
    if (row < 0)
        entries.push_back(entry);
    else
        entries[static_cast<std::size_t>(row)] = entry;
    return entries;
}

} // namespace

PricesDialog::PricesDialog(PriceDraft& draft, WindowMemory& memory, QWidget* parent)
    : QDialog(parent)
    , m_draft(draft)
    , m_memory(memory)
    , m_note(quietLabel({}, this))
    , m_bookTable(new DataTable(u"price-book"_s, tr("Price book"), m_book, memory, this))
    , m_answer(new QLabel(this))
    , m_progress(new ProgressRow(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Prices"));
    resize(1180, 780);
    constexpr int gap = 14;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 14);
    layout->setSpacing(10);
    auto* header = new QHBoxLayout;
    auto* heading = new QLabel(tr("Prices"), this);
    heading->setFont(fonts::title());
    auto* search = new QLineEdit(this);
    search->setAccessibleName(tr("Search the price book"));
    search->setPlaceholderText(tr("Search the book: model, provider, source…"));
    search->setClearButtonEnabled(true);
    search->setMinimumWidth(300);
    header->addWidget(heading);
    header->addWidget(m_note, 1);
    header->addWidget(search);
    layout->addLayout(header);
    layout->addWidget(m_bookTable, 3);
    layout->addLayout(lookUpRow());
    m_answer->setWordWrap(true);
    m_answer->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_answer->hide();
    layout->addWidget(m_answer);

    auto* own = new QHBoxLayout;
    own->setSpacing(gap);
    m_overridesEditor = editor(u"price-overrides"_s, tr("Overrides"), m_overrides, tr("an override"));
    m_overridesEditor.card->setNote(tr("dollars for a million tokens · the last that fits counts"));
    m_discountsEditor = editor(u"price-discounts"_s, tr("Discounts"), m_discounts, tr("a discount"));
    m_discountsEditor.card->setNote(tr("off everything, overrides included"));
    own->addWidget(m_overridesEditor.card, 3);
    own->addWidget(m_discountsEditor.card, 2);
    layout->addLayout(own, 2);
    layout->addWidget(m_progress);
    layout->addLayout(buttonRow());

    connect(search, &QLineEdit::textChanged, &m_book, &FactTable::search);
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, search,
            [search] { search->setFocus(Qt::ShortcutFocusReason); });
    connect(new QShortcut(QKeySequence::Undo, this), &QShortcut::activated, &draft, &PriceDraft::undo);
    m_bookTable->setRowActions([this](QMenu& menu, int row) {
        menu.addAction(tr("Override this price…"), this, [this, row] { overrideBookPrice(row); });
    });
    connect(m_bookTable, &DataTable::rowActivated, this, &PricesDialog::overrideBookPrice);
    connect(m_overridesEditor.add, &QPushButton::clicked, this, [this] { editOverride(-1); });
    connect(m_overridesEditor.edit, &QPushButton::clicked, this,
            [this] { editOverride(chosenRow(*m_overridesEditor.table)); });
    connect(m_overridesEditor.table, &DataTable::rowActivated, this,
            [this] { editOverride(chosenRow(*m_overridesEditor.table)); });
    connect(m_overridesEditor.remove, &QPushButton::clicked, this, [this] {
        PriceOverrides changed = m_draft.overrides();
        changed.prices = without(std::move(changed.prices), chosenRow(*m_overridesEditor.table));
        m_draft.change(tr("Remove an override"), std::move(changed));
    });
    connect(m_discountsEditor.add, &QPushButton::clicked, this, [this] { editDiscount(-1); });
    connect(m_discountsEditor.edit, &QPushButton::clicked, this,
            [this] { editDiscount(chosenRow(*m_discountsEditor.table)); });
    connect(m_discountsEditor.table, &DataTable::rowActivated, this,
            [this] { editDiscount(chosenRow(*m_discountsEditor.table)); });
    connect(m_discountsEditor.remove, &QPushButton::clicked, this, [this] {
        PriceOverrides changed = m_draft.overrides();
        changed.discounts = without(std::move(changed.discounts), chosenRow(*m_discountsEditor.table));
        m_draft.change(tr("Remove a discount"), std::move(changed));
    });
    connect(&draft, &PriceDraft::changed, this, &PricesDialog::refresh);
    connect(&draft, &PriceDraft::workBegan, m_progress, &ProgressRow::begin);
    connect(&draft, &PriceDraft::workProgressed, m_progress, &ProgressRow::setProgress);
    connect(&draft, &PriceDraft::workEnded, m_progress, &ProgressRow::end);
    connect(&m_previewJob, &JobRunner::progressed, m_progress, &ProgressRow::setProgress);
    connect(m_progress, &ProgressRow::cancelRequested, this, [this] {
        if (m_previewJob.isRunning())
            m_previewJob.cancel();
        else
            emit m_draft.cancelRequested();
    });
    refresh();
}

PricesDialog::Editor PricesDialog::editor(const QString& name, const QString& title, FactTable& facts,
                                          const QString& what)
{
    Editor made{.card = new Card(title, this), .table = new DataTable(name, title, facts, m_memory, this)};
    made.table->setSortingEnabled(false);
    made.table->setSelectionMode(QAbstractItemView::SingleSelection);
    made.card->body().addWidget(made.table, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    made.add = smallButton(tr("Add…"), tr("Add %1").arg(what), *row);
    made.edit = smallButton(tr("Edit…"), tr("Edit %1").arg(what), *row);
    made.remove = smallButton(tr("Remove"), tr("Remove %1").arg(what), *row);
    row->addStretch();
    made.card->body().addLayout(row);
    made.card->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
    connect(made.table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &PricesDialog::showButtons);
    return made;
}

QBoxLayout* PricesDialog::lookUpRow()
{
    auto* row = new QHBoxLayout;
    m_model = new QLineEdit(this);
    m_model->setAccessibleName(tr("Model to look up"));
    m_model->setPlaceholderText(tr("a model as calls name it: azure/gpt-4o-2024-08-06"));
    m_date = new QLineEdit(QDate::currentDate().toString(Qt::ISODate), this);
    m_date->setAccessibleName(tr("At this date"));
    m_date->setFixedWidth(140);
    m_tier = new ChoiceBox(this);
    m_tier->setAccessibleName(tr("Tier"));
    for (int tier = 0; tier < serviceTierCount; ++tier)
        m_tier->addItem(toQt(idText(static_cast<ServiceTier>(tier))), tier);
    row->addWidget(new QLabel(tr("What costs"), this));
    row->addWidget(m_model, 1);
    row->addWidget(new QLabel(tr("at"), this));
    row->addWidget(m_date);
    row->addWidget(new QLabel(tr("as"), this));
    row->addWidget(m_tier);
    auto* ask = smallButton(tr("Look up"), tr("Look the model up"), *row);
    connect(ask, &QPushButton::clicked, this, &PricesDialog::askForAnswer);
    connect(m_model, &QLineEdit::returnPressed, this, &PricesDialog::askForAnswer);
    connect(m_date, &QLineEdit::returnPressed, this, &PricesDialog::askForAnswer);
    connect(m_tier, &QComboBox::currentIndexChanged, this, &PricesDialog::askForAnswer);
    return row;
}

QBoxLayout* PricesDialog::buttonRow()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    m_import =
        smallButton(tr("Import a price list…"), tr("Import a price list of LiteLLM, Langfuse or LangSmith"), *row);
    row->addStretch();
    m_undo = smallButton(tr("Undo"), tr("Undo the last change of the prices"), *row);
    m_preview = smallButton(tr("Preview by month"), tr("Show what each month would cost"), *row);
    m_apply = smallButton(tr("Apply"), tr("Price all calls anew"), *row);
    m_apply->setProperty("primary", true);
    connect(m_import, &QPushButton::clicked, this, &PricesDialog::askForList);
    connect(m_undo, &QPushButton::clicked, &m_draft, &PriceDraft::undo);
    connect(m_preview, &QPushButton::clicked, this, &PricesDialog::preview);
    connect(m_apply, &QPushButton::clicked, &m_draft, &PriceDraft::apply);
    return row;
}

QString PricesDialog::answer() const
{
    return m_answer->text();
}

void PricesDialog::refresh()
{
    showButtons();
    const PriceOverrides& now = m_draft.overrides();
    if (m_hasBook && now == m_shown)
        return;
    m_hasBook = true;
    m_shown = now;
    m_overrides.show(now.prices);
    m_discounts.show(now.discounts);
    showButtons();
    m_bookJob.start(
        [now](const StopToken&) { return priceBookWith(now); },
        [this](Result<PriceBookAnswer> book) {
            if (book) {
                m_note->setText(
                    tr("book of %1 · %2 models").arg(toQt(book->version.substr(0, 10)), format::count(book->models)));
                m_book.show(std::move(book->prices));
            } else if (book.error().kind != ErrorKind::Cancelled) {
                m_note->setText(toQt(book.error().text()));
            }
            emit settled();
        });
    if (!m_answer->text().isEmpty())
        askForAnswer();
}

void PricesDialog::showButtons()
{
    const bool isFree = !m_draft.isApplying();
    for (const Editor& one : {m_overridesEditor, m_discountsEditor}) {
        const bool isChosen = chosenRow(*one.table) >= 0;
        one.add->setEnabled(isFree);
        one.edit->setEnabled(isChosen && isFree);
        one.remove->setEnabled(isChosen && isFree);
    }
    m_import->setEnabled(isFree);
    m_undo->setEnabled(m_draft.canUndo());
    m_preview->setEnabled(isFree && !m_previewJob.isRunning());
    m_apply->setEnabled(isFree && m_draft.isChanged() && !m_previewJob.isRunning());
}

void PricesDialog::lookUp(const QString& model, const QString& date)
{
    m_model->setText(model);
    m_date->setText(date);
    askForAnswer();
}

void PricesDialog::askForAnswer()
{
    PriceQuestion question{.model = fromQt(m_model->text().trimmed()),
                           .tier = static_cast<ServiceTier>(m_tier->currentData().toInt())};
    if (question.model.empty())
        return;
    m_answer->show();
    const auto at = parseTimestamp(fromQt(m_date->text().trimmed()));
    if (!at) {
        m_answer->setText(tr("%1 is no date (write 2026-10-01)").arg(m_date->text()));
        return;
    }
    question.at = *at;
    m_answerJob.start(
        [question, overrides = m_draft.overrides()](const StopToken&) { return priceOf(question, overrides); },
        [this](Result<PriceAnswer> answer) {
            m_answer->setText(answer ? format::priceAnswer(*answer) : toQt(answer.error().text()));
            emit settled();
        });
}

void PricesDialog::askForList()
{
    const std::array lists = {std::pair(tr("LiteLLM's price list (*.json)"), PriceList::LiteLlm),
                              std::pair(tr("Langfuse's model prices (*.json)"), PriceList::Langfuse),
                              std::pair(tr("LangSmith's model price map (*.json)"), PriceList::LangSmith),
                              std::pair(tr("Overrides of ours (*.json)"), PriceList::Plumbline)};
    QStringList filters;
    for (const auto& [title, list] : lists)
        filters += title;
    QString chosen;
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Import a price list"), {}, filters.join(u";;"_s), &chosen);
    if (file.isEmpty())
        return;
    for (const auto& [title, list] : lists)
        if (title == chosen)
            emit m_draft.listRequested(fromQt(file), list);
}

void PricesDialog::editOverride(int row)
{
    if (m_draft.isApplying())
        return;
    PriceOverrides changed = m_draft.overrides();
    OverrideDialog dialog(row < 0 ? PriceOverride() : changed.prices[static_cast<std::size_t>(row)], this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    changed.prices = with(std::move(changed.prices), row, *dialog.entry());
    m_draft.change(row < 0 ? tr("Add an override") : tr("Edit an override"), std::move(changed));
}

void PricesDialog::overrideBookPrice(int row)
{
    if (m_draft.isApplying())
        return;
    const BookPrice& price = m_book.rowAt(row);
    OverrideDialog dialog({.model = price.model,
                           .provider = price.provider,
                           .validFrom = price.validFrom,
                           .validUntil = price.validUntil,
                           .terms = price.listed},
                          this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    PriceOverrides changed = m_draft.overrides();
    changed.prices.push_back(*dialog.entry());
    m_draft.change(tr("Add an override"), std::move(changed));
}

void PricesDialog::editDiscount(int row)
{
    if (m_draft.isApplying())
        return;
    PriceOverrides changed = m_draft.overrides();
    DiscountDialog dialog(row < 0 ? Discount() : changed.discounts[static_cast<std::size_t>(row)], this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    changed.discounts = with(std::move(changed.discounts), row, *dialog.entry());
    m_draft.change(row < 0 ? tr("Add a discount") : tr("Edit a discount"), std::move(changed));
}

void PricesDialog::preview()
{
    if (m_draft.isApplying())
        return;
    m_progress->begin(tr("Previewing the prices"));
    m_previewJob.start(
        [queries = m_draft.queries(), overrides = m_draft.overrides()](const StopToken& stop,
                                                                       const ProgressSink& progress) {
            return queries.previewPrices(overrides, progress, stop);
        },
        [this](Result<RepricePreview> preview) {
            const bool isCancelled = !preview && preview.error().kind == ErrorKind::Cancelled;
            m_progress->end(preview ? QString() : isCancelled ? tr("Cancelled") : toQt(preview.error().text()));
            if (preview) {
                auto* dialog = new RepricePreviewDialog(*preview, m_memory, this);
                connect(dialog, &RepricePreviewDialog::applyChosen, &m_draft, &PriceDraft::apply);
                dialog->open();
            }
            showButtons();
            emit settled();
        });
    showButtons();
}

} // namespace plumbline
