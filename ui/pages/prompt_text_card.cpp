// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/prompt_text_card.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>

#include "model/items/format.h"
#include "model/items/prompt_diff.h"
#include "ui/pages/prompt_diff_view.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/small_button.h"
#include "ui/widgets/tab_heading.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

/// The instructions alone, as a prompt that can be compared.
PromptAnswer instructionsOf(PromptAnswer prompt)
{
    std::erase_if(prompt.blocks,
                  [](const PromptBlock& block) { return block.isOutput || block.segment != Segment::System; });
    return prompt;
}

std::optional<QString> textOf(const PromptAnswer& instructions)
{
    QStringList texts;
    for (const PromptBlock& block : instructions.blocks) {
        if (!block.text)
            return {};
        texts += toQt(*block.text);
    }
    return texts.join(u"\n\n"_s);
}

/// `2,847 → 1,904 tokens · −$1,166 a month`.
/// `mean`: tokens that the money of a month is for, on average of all versions.
QString effectText(double before, double after, double mean, MoneySum moneyPerMonth)
{
    const auto count = [](double tokens) { return format::count(static_cast<std::int64_t>(tokens + 0.5)); };
    QString text = PromptTextCard::tr("%1 → %2 tokens").arg(count(before), count(after));
    if (mean > 0 && moneyPerMonth > MoneySum()) {
        const MoneySum change = MoneySum::ofPicodollars(
            static_cast<MoneySum::Integer>(static_cast<double>(moneyPerMonth.picodollars()) * (after - before) / mean));
        text +=
            u" · "_s +
            PromptTextCard::tr("%1 a month").arg((change > MoneySum() ? u"+"_s : QString()) + format::money(change));
    }
    return text;
}

} // namespace

PromptTextCard::PromptTextCard(WindowMemory& memory, QWidget* parent)
    : Card(tr("Versions"), parent)
    , m_tabs(new TabHeading(QString(), {tr("versions"), tr("edit and re-count")}, this))
    , m_stack(new QStackedWidget(this))
    , m_left(new ChoiceBox(this))
    , m_right(new ChoiceBox(this))
    , m_diff(new PromptDiffView(this))
    , m_plain(new QPlainTextEdit(this))
    , m_effect(quietLabel({}, this))
    , m_editor(new QPlainTextEdit(this))
    , m_table(new DataTable(u"prompt-versions"_s, tr("Versions of the prompt"), m_versions, memory, this))
{
    body().addWidget(m_tabs);
    auto* comparing = new QWidget(this);
    auto* compareLayout = new QVBoxLayout(comparing);
    compareLayout->setContentsMargins(0, 0, 0, 0);
    auto* choices = new QHBoxLayout;
    choices->setSpacing(8);
    m_left->setAccessibleName(tr("Version"));
    m_right->setAccessibleName(tr("Compared with version"));
    choices->addWidget(m_left);
    choices->addWidget(quietLabel(tr("against"), this));
    choices->addWidget(m_right);
    choices->addStretch();
    compareLayout->addLayout(choices);
    compareLayout->addWidget(m_diff, 1);
    m_plain->setReadOnly(true);
    fonts::setLongMono(*m_plain);
    m_plain->setFrameShape(QFrame::NoFrame);
    m_plain->setAccessibleName(tr("Text of the version"));
    m_plain->hide();
    compareLayout->addWidget(m_plain, 1);
    m_stack->addWidget(comparing);

    auto* editing = new QWidget(this);
    auto* editLayout = new QVBoxLayout(editing);
    editLayout->setContentsMargins(0, 0, 0, 0);
    m_editor->setAccessibleName(tr("Edited system prompt"));
    m_editor->setTabChangesFocus(true);
    fonts::setLongMono(*m_editor);
    editLayout->addWidget(m_editor, 1);
    auto* actions = new QHBoxLayout;
    actions->setSpacing(8);
    m_whatIf = smallButton(tr("Try in What-if →"), tr("Try the edited prompt in What-if"), *actions);
    m_whatIf->setProperty("primary", true);
    m_copy = smallButton(tr("Copy edit"), tr("Copy the edited prompt"), *actions);
    m_reset = smallButton(tr("Start again"), tr("Start again from the latest version"), *actions);
    actions->addStretch();
    editLayout->addLayout(actions);
    m_stack->addWidget(editing);

    m_effect->setAccessibleName(tr("Effect"));
    body().addWidget(m_effect);
    body().addWidget(m_stack, 3);
    body().addWidget(m_table, 2);
    m_table->setSortingEnabled(false);

    m_typing.setSingleShot(true);
    m_typing.setInterval(150);
    connect(&m_typing, &QTimer::timeout, this, &PromptTextCard::recount);
    connect(m_tabs, &TabHeading::chosen, this, &PromptTextCard::showTab);
    connect(m_left, &QComboBox::activated, this, &PromptTextCard::compare);
    connect(m_right, &QComboBox::activated, this, &PromptTextCard::compare);
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] { m_typing.start(); });
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_editor->toPlainText()); });
    connect(m_reset, &QPushButton::clicked, this, [this] { m_editor->setPlainText(m_original); });
    connect(m_whatIf, &QPushButton::clicked, this,
            [this] { emit whatIfRequested(static_cast<double>(std::max<TokenCount>(1, m_edit.after))); });
    connect(m_table, &DataTable::rowActivated, this, &PromptTextCard::openCalls);
    connect(m_table, &DataTable::conditionChosen, this, &PromptTextCard::conditionChosen);
    m_table->setRowActions([this](QMenu& menu, int row) {
        menu.addAction(tr("Show its calls"), this, [this, row] { openCalls(row); });
        menu.addAction(tr("Explain its latest call"), this,
                       [this, row] { emit callRequested(static_cast<qint64>(m_versions.rowAt(row).latest)); });
    });
    connect(m_table, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        const int version = m_versions.rowAt(index.row()).number;
        if (m_versions.rowAt(index.row()).isOlder)
            return;
        m_left->setCurrentIndex(m_left->findData(version));
        m_tabs->choose(Compare);
        showTab(Compare);
    });
    showNothing();
}

void PromptTextCard::showNothing()
{
    setTitle(tr("Versions"));
    showEmpty(tr("Choose a prompt to see its texts and how they changed."));
}

void PromptTextCard::show(const Queries& queries, const PromptRow& prompt, MoneySum perMonth)
{
    const bool isOtherPrompt = promptName(prompt) != promptName(m_prompt);
    const bool isOther = isOtherPrompt || prompt.versions.size() != m_prompt.versions.size();
    m_queries = queries;
    m_prompt = prompt;
    m_perMonth = perMonth;
    setTitle(promptName(prompt));
    m_versions.show(prompt, queries.calendar());
    if (prompt.versions.empty()) {
        showEmpty(tr("These calls offer tools and no instructions."));
        return;
    }
    showContent();
    if (isOther) {
        for (QComboBox* box : {m_left, m_right}) {
            const QSignalBlocker blocker(box);
            box->clear();
            for (auto version = prompt.versions.rbegin(); version != prompt.versions.rend(); ++version)
                if (!version->isOlder)
                    box->addItem(u"v%1"_s.arg(version->number), version->number);
        }
        // The latest against the one before it.
        m_right->setCurrentIndex(m_right->count() > 1 ? 1 : 0);
    }
    if (isOtherPrompt)
        m_textOf = {};
    showTab(m_tabs->choice());
}

void PromptTextCard::showTab(int tab)
{
    m_stack->setCurrentIndex(tab);
    if (tab == Compare)
        compare();
    else
        readText();
}

double PromptTextCard::meanTokens() const
{
    return m_prompt.figures.tokensPerCall().value_or(0);
}

const PromptVersion* PromptTextCard::versionOf(const QComboBox& box) const
{
    for (const PromptVersion& version : m_prompt.versions)
        if (version.number == box.currentData().toInt())
            return &version;
    return nullptr;
}

void PromptTextCard::compare()
{
    const PromptVersion* right = versionOf(*m_left);
    const PromptVersion* left = versionOf(*m_right);
    if (!left || !right || !m_queries)
        return;
    const bool isAlone = left == right;
    if (isAlone)
        m_effect->setText(
            tr("One version: %1 tokens")
                .arg(format::count(static_cast<std::int64_t>(right->figures.tokensPerCall().value_or(0) + 0.5))));
    else
        m_effect->setText(tr("v%1 → v%2: %3")
                              .arg(left->number)
                              .arg(right->number)
                              .arg(effectText(left->figures.tokensPerCall().value_or(0),
                                              right->figures.tokensPerCall().value_or(0), meanTokens(), m_perMonth)));
    m_diffJob.start(
        [asked = *m_queries, ids = std::pair(left->latest, right->latest)](
            const StopToken& stop) -> Result<std::pair<PromptDiff, QString>> {
            const PromptAnswer older = instructionsOf(TRY(asked.promptOf(ids.first, stop)));
            const PromptAnswer newer = instructionsOf(TRY(asked.promptOf(ids.second, stop)));
            return std::pair(diffOf(older, newer), textOf(newer).value_or(QString()));
        },
        [this, isAlone, leftName = m_right->currentText(),
         rightName = m_left->currentText()](const Result<std::pair<PromptDiff, QString>>& diff) {
            m_plain->setVisible(isAlone);
            m_diff->setVisible(!isAlone);
            if (diff && isAlone)
                m_plain->setPlainText(diff->second.isEmpty() ? tr("Its text is not kept: only its digest is.")
                                                             : diff->second);
            else if (diff)
                m_diff->show(diff->first, tr("What differs is marked."), leftName, rightName);
            else if (diff.error().kind != ErrorKind::Cancelled)
                m_diff->showText(toQt(diff.error().text()));
            emit settled();
        });
}

void PromptTextCard::openCalls(int row)
{
    const PromptVersion& version = m_versions.rowAt(row);
    Condition condition{.of = {Dimension::SystemPrompt, {}}};
    if (!version.isOlder) {
        condition.values = {version.digest};
    } else {
        condition.isExcluded = true;
        condition.values = {std::string(missingValue(Dimension::SystemPrompt))};
        for (const PromptVersion& other : m_prompt.versions)
            if (!other.isOlder)
                condition.values.push_back(other.digest);
    }
    emit callsRequested(condition, version.isOlder ? tr("older versions") : u"v%1"_s.arg(version.number));
}

void PromptTextCard::beginEdit()
{
    m_tabs->choose(Edit);
    showTab(Edit);
    m_editor->setFocus();
}

void PromptTextCard::readText()
{
    const CallId latest = m_prompt.versions.back().latest;
    if (m_textOf == latest || !m_queries) {
        recount();
        return;
    }
    m_effect->setText(tr("Reading the text…"));
    struct Text
    {
        std::optional<QString> text = {};
        TokenCount tokens = 0;
        std::string model = {};
    };
    m_textJob.start(
        [asked = *m_queries, latest](const StopToken& stop) -> Result<Text> {
            const PromptAnswer prompt = instructionsOf(TRY(asked.promptOf(latest, stop)));
            Text text{.text = textOf(prompt), .model = prompt.call.model};
            for (const PromptBlock& block : prompt.blocks)
                text.tokens += block.tokens.value_or(0);
            return text;
        },
        [this, latest](const Result<Text>& text) {
            if (!text && text.error().kind == ErrorKind::Cancelled)
                return;
            const bool isKept = text && text->text;
            for (QWidget* widget : {static_cast<QWidget*>(m_editor), static_cast<QWidget*>(m_whatIf),
                                    static_cast<QWidget*>(m_copy), static_cast<QWidget*>(m_reset)})
                widget->setEnabled(isKept);
            if (!isKept) {
                m_editor->clear();
                m_typing.stop();
                m_effect->setText(text ? tr("Its text is not kept: only its digest is.") : toQt(text.error().text()));
                emit settled();
                return;
            }
            // What the user has changed stays, also where a later call has come.
            const bool isEdited = m_textOf != CallId() && m_editor->toPlainText() != m_original;
            m_textOf = latest;
            m_original = *text->text;
            m_originalTokens = text->tokens;
            m_model = text->model;
            if (!isEdited)
                m_editor->setPlainText(m_original);
            m_typing.stop();
            recount();
        });
}

void PromptTextCard::recount()
{
    if (!m_queries || m_textOf == CallId())
        return;
    m_countJob.start(
        [model = m_model, before = fromQt(m_original), tokens = m_originalTokens,
         edited = fromQt(m_editor->toPlainText())](const StopToken&) -> Result<PromptEdit> {
            return plumbline::recount(model, before, tokens, edited);
        },
        [this](const Result<PromptEdit>& edit) {
            if (edit)
                showEffect(*edit);
            else if (edit.error().kind != ErrorKind::Cancelled)
                m_effect->setText(toQt(edit.error().text()));
            emit settled();
        });
}

void PromptTextCard::showEffect(const PromptEdit& edit)
{
    m_edit = edit;
    const bool isEdited = m_editor->toPlainText() != m_original;
    m_effect->setText(isEdited
                          ? tr("v%1 against your edit: %2")
                                .arg(m_prompt.versions.back().number)
                                .arg(effectText(static_cast<double>(edit.before), static_cast<double>(edit.after),
                                                meanTokens(), m_perMonth))
                          : tr("%1 tokens. Edit the text to see what it would save.").arg(format::count(edit.before)));
    m_effect->setToolTip(tr("Estimated by the weights of the model, at the rate these tokens were billed at"));
    m_whatIf->setEnabled(isEdited);
}

QString PromptTextCard::effect() const
{
    return m_effect->text();
}

} // namespace plumbline
