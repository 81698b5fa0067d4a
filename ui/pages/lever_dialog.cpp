// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/lever_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "model/items/format.h"
#include "model/items/what_if_tables.h"
#include "model/simulation/token_estimate.h"
#include "ui/charts/plot_view.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_box.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

QString needsText(LeverNeed needs)
{
    switch (needs) {
    case LeverNeed::Usage:
        return LeverDialog::tr("tokens and prices");
    case LeverNeed::Prompts:
        return LeverDialog::tr("prompts, or their digests");
    case LeverNeed::Texts:
        return LeverDialog::tr("texts, read at import where they are not kept");
    }
    return {};
}

} // namespace

LeverDialog::LeverDialog(const LeverUse& use, const Surroundings& surroundings, QWidget* parent)
    : QDialog(parent), m_use(use), m_lever(*leverOf(use.lever)), m_features(new QListWidget(this))
{
    setWindowTitle(leverTitle(use.lever));
    setMinimumWidth(520);
    auto* form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    auto* explanation = new QLabel(leverText(m_lever.explanation), this);
    explanation->setWordWrap(true);
    form->addRow(explanation);
    for (const LeverParameter& parameter : m_lever.parameters) {
        form->addRow(leverText(parameter.title), fieldOf(parameter, surroundings.models));
        QString source = leverText(parameter.source);
        if (parameter.isAssumption())
            source += tr(" · assumed %1 to %2").arg(parameter.low).arg(parameter.high);
        QLabel* says = quietLabel(source, this);
        says->setWordWrap(true);
        says->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum); // as wide as the column, not as it likes
        form->addRow({}, says);
        if (parameter.id == "to_tokens")
            form->addRow(tr("The edited text"), pasteField(surroundings.models));
    }
    m_features->setAccessibleName(tr("Features it is about"));
    m_features->setMaximumHeight(120);
    const auto inScope = [&](const std::string& feature) {
        for (const Condition& condition : use.scope)
            if (condition.of.dimension == Dimension::Feature && !condition.isExcluded && condition.match == Match::Is)
                return std::find(condition.values.begin(), condition.values.end(), feature) != condition.values.end();
        return false;
    };
    for (const WhatIfFeature& of : surroundings.features) {
        auto* item = new QListWidgetItem(toQt(of.feature), m_features);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(inScope(of.feature) ? Qt::Checked : Qt::Unchecked);
    }
    if (!surroundings.features.empty())
        form->addRow(tr("Only in (none: all)"), m_features);
    m_features->setVisible(!surroundings.features.empty());
    if (use.lever == "own-hardware")
        form->addRow(breakEven(surroundings));
    QLabel* says = quietLabel(
        tr("%1 · needs %2 · costs %3").arg(riskTitle(m_lever.risk), needsText(m_lever.needs), leverText(m_lever.cost)),
        this);
    says->setWordWrap(true);
    form->addRow(says);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    QPushButton* restore = buttons->addButton(tr("Defaults"), QDialogButtonBox::ResetRole);
    connect(restore, &QPushButton::clicked, this, [this] {
        for (const LeverParameter& parameter : m_lever.parameters)
            if (const auto number = m_numbers.find(std::string(parameter.id)); number != m_numbers.end())
                number->second->setValue(parameter.value);
            else if (const auto word = m_words.find(std::string(parameter.id));
                     word != m_words.end() && !parameter.isText)
                word->second->setCurrentIndex(static_cast<int>(parameter.value));
    });
    form->addRow(buttons);
}

QWidget* LeverDialog::fieldOf(const LeverParameter& parameter, const std::vector<std::string>& models)
{
    const std::string id(parameter.id);
    const QString title = leverText(parameter.title);
    if (parameter.isText || !parameter.words.empty()) {
        auto* box = new ChoiceBox(this);
        box->setAccessibleName(title);
        if (parameter.isText) {
            box->setEditable(true);
            if (parameter.id == "to")
                for (const std::string& model : models)
                    box->addItem(toQt(model));
            const auto set = m_use.parameters.find(id);
            const auto* text = set == m_use.parameters.end() ? nullptr : std::get_if<std::string>(&set->second);
            box->setCurrentText(text ? toQt(*text) : QString());
            box->lineEdit()->setPlaceholderText(parameter.id == "to" ? tr("a model with a price") : tr("its name"));
        } else {
            for (const std::string_view word : parameter.words)
                box->addItem(leverText(std::string(word).c_str()), toQt(word));
            box->setCurrentIndex(static_cast<int>(leverValue(m_use, parameter)));
        }
        m_words.emplace(id, box);
        return box;
    }
    auto* field = new QDoubleSpinBox(this);
    const bool isFine = parameter.most <= 10 || parameter.value != std::floor(parameter.value);
    const bool isShare = parameter.unit.starts_with('%');
    field->setDecimals(isFine ? 3 : isShare ? 1 : 0);
    field->setRange(parameter.least, parameter.most);
    field->setSingleStep(isFine ? (parameter.most - parameter.least) / 100 : 1);
    field->setValue(leverValue(m_use, parameter));
    field->setSuffix(u' ' + leverText(std::string(parameter.unit).c_str()));
    field->setAccessibleName(title);
    field->setToolTip(tr("%1 unless changed").arg(leverValueText(parameter, parameter.value)));
    m_numbers.emplace(id, field);
    return field;
}

bool LeverDialog::isChosen(int feature) const
{
    return m_features->item(feature)->checkState() == Qt::Checked;
}

QWidget* LeverDialog::breakEven(const Surroundings& surroundings)
{
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* curve = new PlotView(box);
    constexpr int height = 170, saysHeight = 56;
    curve->setFixedHeight(height);
    box->setMinimumHeight(height + saysHeight);
    auto* says = new QLabel(box);
    says->setWordWrap(true);
    says->setAccessibleName(tr("Break-even"));
    layout->addWidget(curve);
    layout->addWidget(says);
    const auto draw = [this, curve, says, surroundings] {
        // Of the features that are chosen; none: of all.
        std::vector<WhatIfFeature> chosen;
        for (int feature = 0; feature < m_features->count(); ++feature)
            if (isChosen(feature))
                chosen.push_back(surroundings.features[static_cast<std::size_t>(feature)]);
        const CallPrice price = callPriceOf(chosen.empty() ? surroundings.features : chosen, surroundings.days);
        curve->draw(breakEvenCurve(this->use(), price));
        says->setText(breakEvenText(this->use(), price));
    };
    for (const auto& [id, field] : m_numbers)
        connect(field, &QDoubleSpinBox::valueChanged, box, draw);
    connect(m_features, &QListWidget::itemChanged, box, draw);
    draw();
    return box;
}

/// What is pasted is counted, and its length becomes the prompt's.
QPlainTextEdit* LeverDialog::pasteField(const std::vector<std::string>& models)
{
    auto* text = new QPlainTextEdit(this);
    text->setAccessibleName(tr("The edited text"));
    text->setPlaceholderText(tr("Paste the prompt as it would be: its length is counted"));
    text->setMaximumHeight(90);
    const std::string model = models.empty() ? std::string() : models.front();
    connect(text, &QPlainTextEdit::textChanged, this, [this, text, model] {
        m_numbers.at("to_tokens")->setValue(static_cast<double>(estimatedTokens(fromQt(text->toPlainText()), model)));
        m_numbers.at("percent")->setValue(0);
    });
    return text;
}

LeverUse LeverDialog::use() const
{
    LeverUse use = m_use;
    for (const LeverParameter& parameter : m_lever.parameters) {
        const std::string id(parameter.id);
        if (const auto number = m_numbers.find(id); number != m_numbers.end()) {
            use.parameters[id] = number->second->value();
        } else if (const auto word = m_words.find(id); word != m_words.end()) {
            const QString text =
                parameter.isText ? word->second->currentText().trimmed() : word->second->currentData().toString();
            use.parameters.erase(id);
            if (!text.isEmpty())
                use.parameters[id] = fromQt(text);
        }
    }
    std::erase_if(use.scope, [](const Condition& condition) {
        return condition.of.dimension == Dimension::Feature && !condition.isExcluded && condition.match == Match::Is;
    });
    Condition only{.of = {Dimension::Feature, {}}};
    for (int row = 0; row < m_features->count(); ++row)
        if (isChosen(row))
            only.values.push_back(fromQt(m_features->item(row)->text()));
    if (!only.values.empty())
        use.scope.push_back(std::move(only));
    return use;
}

} // namespace plumbline
