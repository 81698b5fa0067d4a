// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/collector_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>

#include "model/items/format.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_box.h"

namespace plumbline {

using namespace Qt::StringLiterals;

CollectorDialog::CollectorDialog(const CollectorChoice& choice, QWidget* parent)
    : QDialog(parent)
    , m_choice(choice)
    , m_port(new QSpinBox(this))
    , m_startsByItself(new QCheckBox(tr("Start whenever a workspace is opened"), this))
    , m_privacy(new ChoiceBox(this))
    , m_keys(new QCheckBox(tr("API keys and tokens"), this))
    , m_emails(new QCheckBox(tr("E-mail addresses"), this))
    , m_patterns(new QPlainTextEdit(this))
    , m_forward(new QLineEdit(this))
{
    setWindowTitle(tr("Collector"));
    auto* form = new QFormLayout(this);
    form->setContentsMargins(18, 16, 18, 16);
    form->setVerticalSpacing(10);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_port->setRange(1, 65'535);
    m_port->setValue(choice.settings.port);
    m_port->setMaximumWidth(90);
    form->addRow(tr("Port on this machine"), m_port);
    m_startsByItself->setChecked(choice.startsByItself);
    form->addRow({}, m_startsByItself);
    m_privacy->addItems({tr("Prompts and answers"), tr("Their digests and counts"), tr("Only the calls' figures")});
    m_privacy->setCurrentIndex(static_cast<int>(choice.settings.privacy));
    form->addRow(tr("Keep"), m_privacy);
    m_keys->setChecked(choice.settings.redaction.keys);
    m_emails->setChecked(choice.settings.redaction.emails);
    form->addRow(tr("Take out of texts"), m_keys);
    form->addRow({}, m_emails);
    QStringList patterns;
    for (const std::string& pattern : choice.settings.redaction.patterns)
        patterns += toQt(pattern);
    m_patterns->setPlainText(patterns.join(u'\n'));
    m_patterns->setFont(fonts::mono());
    m_patterns->setFixedHeight(74);
    m_patterns->setTabChangesFocus(true);
    m_patterns->setPlaceholderText(tr("a regular expression a line, such as ORD-[0-9]+"));
    form->addRow(tr("And what these find"), m_patterns);
    m_forward->setText(toQt(choice.settings.forward));
    m_forward->setPlaceholderText(u"https://cloud.langfuse.com"_s);
    m_forward->setMinimumWidth(300);
    form->addRow(tr("Send requests on to"), m_forward);
    auto* note = quietLabel(tr("As they come, with their keys, to this address only; that never delays or fails "
                               "what is recorded here. Empty: nothing leaves this machine."),
                            this);
    note->setWordWrap(true);
    form->addRow({}, note);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Apply"));
    form->addRow(buttons);
    for (auto* field : {static_cast<QWidget*>(m_port), static_cast<QWidget*>(m_privacy),
                        static_cast<QWidget*>(m_patterns), static_cast<QWidget*>(m_forward)})
        field->setAccessibleName(static_cast<QLabel*>(form->labelForField(field))->text());
    connect(buttons, &QDialogButtonBox::accepted, this, &CollectorDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void CollectorDialog::accept()
{
    CollectorSettings& settings = m_choice.settings;
    settings.port = static_cast<std::uint16_t>(m_port->value());
    settings.privacy = static_cast<Privacy>(m_privacy->currentIndex());
    settings.redaction = {.keys = m_keys->isChecked(), .emails = m_emails->isChecked()};
    for (const QString& line : m_patterns->toPlainText().split(u'\n', Qt::SkipEmptyParts))
        settings.redaction.patterns.push_back(fromQt(line));
    settings.forward = fromQt(m_forward->text().trimmed());
    m_choice.startsByItself = m_startsByItself->isChecked();
    emit chosen(m_choice);
    QDialog::accept();
}

} // namespace plumbline
