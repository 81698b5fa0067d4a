// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/rule_dialogs.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/data_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

RuleDialog::RuleDialog(const FeatureRule& rule, QWidget* parent)
    : QDialog(parent)
    , m_field(new ChoiceBox(this))
    , m_key(new QLineEdit(toQt(rule.key), this))
    , m_test(new ChoiceBox(this))
    , m_value(new QLineEdit(toQt(rule.value), this))
    , m_feature(new QLineEdit(toQt(rule.feature), this))
    , m_reads(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("Feature rule"));
    setMinimumWidth(460);
    const auto add = [this](RuleField field, const QString& text) { m_field->addItem(text, static_cast<int>(field)); };
    add(RuleField::Attribute, tr("Feature attribute or tag"));
    add(RuleField::TraceName, tr("Trace name"));
    add(RuleField::RootName, tr("Name of the root span"));
    add(RuleField::PromptName, tr("Prompt name"));
    add(RuleField::Service, tr("Service"));
    add(RuleField::Step, tr("Step"));
    add(RuleField::Tag, tr("Tag"));
    add(RuleField::Model, tr("Model"));
    add(RuleField::Environment, tr("Environment"));
    add(RuleField::User, tr("User"));
    add(RuleField::Agent, tr("Agent"));
    add(RuleField::Metadata, tr("Metadata key"));
    m_field->setCurrentIndex(m_field->findData(static_cast<int>(rule.field)));
    m_test->addItem(tr("is set"), static_cast<int>(RuleTest::IsSet));
    m_test->addItem(tr("equals"), static_cast<int>(RuleTest::Equals));
    m_test->addItem(tr("matches, * for any text"), static_cast<int>(RuleTest::Matches));
    m_test->setCurrentIndex(m_test->findData(static_cast<int>(rule.test)));
    m_feature->setPlaceholderText(tr("empty: the value itself"));
    m_reads->setFont(fonts::mono());

    auto* form = new QFormLayout(this);
    form->addRow(tr("When"), m_field);
    form->addRow(tr("Key"), m_key);
    form->addRow(tr("Test"), m_test);
    form->addRow(tr("Value"), m_value);
    form->addRow(tr("Feature"), m_feature);
    form->addRow(tr("Reads as"), m_reads);
    form->addRow(m_buttons);
    m_field->setAccessibleName(tr("When"));
    m_key->setAccessibleName(tr("Key"));
    m_test->setAccessibleName(tr("Test"));
    m_value->setAccessibleName(tr("Value"));
    m_feature->setAccessibleName(tr("Feature"));
    for (QComboBox* combo : {m_field, m_test})
        connect(combo, &QComboBox::currentIndexChanged, this, &RuleDialog::check);
    for (QLineEdit* edit : {m_key, m_value, m_feature})
        connect(edit, &QLineEdit::textChanged, this, &RuleDialog::check);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

FeatureRule RuleDialog::rule() const
{
    FeatureRule rule;
    rule.field = static_cast<RuleField>(m_field->currentData().toInt());
    rule.test = static_cast<RuleTest>(m_test->currentData().toInt());
    if (rule.field == RuleField::Metadata)
        rule.key = fromQt(m_key->text().trimmed());
    if (rule.test != RuleTest::IsSet)
        rule.value = fromQt(m_value->text().trimmed());
    rule.feature = fromQt(m_feature->text().trimmed());
    return rule;
}

void RuleDialog::check()
{
    const FeatureRule said = rule();
    m_key->setEnabled(said.field == RuleField::Metadata);
    m_value->setEnabled(said.test != RuleTest::IsSet);
    // The reader of rules decides what a rule is, here as everywhere.
    const auto read = featureRuleFromText(textOf(said));
    const bool isRight = read && *read == said;
    m_reads->setText(isRight ? toQt(textOf(said)) : read ? tr("not complete") : toQt(read.error().reason));
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(isRight);
}

RulesPreviewDialog::RulesPreviewDialog(const RulesPreview& preview, WindowMemory& memory, QWidget* parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Preview of the rules"));
    resize(520, 420);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 14);
    layout->setSpacing(10);
    auto* title = new QLabel(preview.moved == 0 ? tr("Nothing would move")
                                                : tr("%1 calls would move").arg(format::count(preview.moved)),
                             this);
    title->setFont(fonts::title());
    layout->addWidget(title);
    m_rows.show(preview);
    layout->addWidget(new DataTable(u"rules-preview"_s, tr("Calls by feature, now and then"), m_rows, memory, this), 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace plumbline
