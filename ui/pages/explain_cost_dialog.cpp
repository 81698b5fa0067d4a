// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/explain_cost_dialog.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "model/items/csv.h"
#include "model/items/format.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/small_button.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

FactList::Fact reportedFact(const CostExplanation& explanation)
{
    FactList::Fact fact{.name = ExplainCostDialog::tr("Source reported"),
                        .text = format::unknown(),
                        .help =
                            ExplainCostDialog::tr("What the source itself said the call cost; it is compared, never "
                                                  "added")};
    const CallRow& call = explanation.call;
    if (!call.reportedCost) {
        fact.text = ExplainCostDialog::tr("no cost of its own");
        return fact;
    }
    fact.text = format::money(MoneySum(*call.reportedCost));
    if (!call.cost)
        return fact;
    const MoneySum difference = MoneySum(*call.reportedCost) - MoneySum(*call.cost);
    if (difference == MoneySum()) {
        fact.pill = ExplainCostDialog::tr("the same");
        fact.tone = Tone::Good;
        return fact;
    }
    const QString amount = (difference > MoneySum() ? u"+"_s : QString()) + format::money(difference);
    fact.pill = explanation.difference.empty() ? amount : u"%1: %2"_s.arg(toQt(explanation.difference), amount);
    fact.tone = Tone::Bad;
    return fact;
}

/// In the user's language: the core tells it in English.
QString ruleText(const std::string& rule)
{
    QStringList parts = toQt(rule).split(u"; "_s);
    parts.front() = QCoreApplication::translate("Explanation", fromQt(parts.front()).c_str());
    if (parts.size() > 1)
        parts[1] = ExplainCostDialog::tr("the figures may be an estimate of the vendor's tokenizer");
    return parts.join(u"; "_s);
}

QString whyNoCostText(const CallRow& call)
{
    if (!call.usage.isKnown())
        return ExplainCostDialog::tr("the source gave no usage for this call");
    if (!call.model.empty() && !call.usage.input())
        return ExplainCostDialog::tr("the source does not say how many input tokens it had");
    return call.model.empty() ? ExplainCostDialog::tr("the source names no model")
                              : ExplainCostDialog::tr("no price is known for the model %1").arg(toQt(call.model));
}

QList<FactList::Fact> factsOf(const CostExplanation& explanation)
{
    QList<FactList::Fact> facts;
    const auto add = [&](const QString& name, const std::string& text, bool isCode = false) {
        if (!text.empty())
            facts += FactList::Fact{.name = name, .text = toQt(text), .isCode = isCode};
    };
    add(ExplainCostDialog::tr("Price row"), explanation.priceRow);
    add(ExplainCostDialog::tr("Usage came as"), explanation.usageCameAs, true);
    if (!explanation.rule.empty())
        facts += FactList::Fact{.name = ExplainCostDialog::tr("Rule"), .text = ruleText(explanation.rule)};
    facts += reportedFact(explanation);
    for (const std::string& one : explanation.notBilled)
        add(ExplainCostDialog::tr("Not billed"), one);
    add(ExplainCostDialog::tr("Feature by"), explanation.featureRule, true);
    for (const std::string& one : explanation.sources)
        add(ExplainCostDialog::tr("Read from"), one);
    return facts;
}

} // namespace

ExplainCostDialog::ExplainCostDialog(const Queries& queries, CallId call, WindowMemory& memory, QWidget* parent)
    : QDialog(parent)
    , m_queries(queries)
    , m_title(new QLabel(tr("Explaining…"), this))
    , m_about(quietLabel({}, this))
    , m_table(new DataTable(u"explain-cost"_s, tr("Arithmetic of the cost"), m_lines, memory, this))
    , m_whyNoCost(new QLabel(this))
    , m_facts(new FactList(this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_openPrice(new QPushButton(tr("Open price row"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Explain cost"));
    setMinimumWidth(780);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 14);
    layout->setSpacing(6);
    m_title->setFont(fonts::title());
    m_about->setFont(fonts::text());
    m_about->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_title);
    layout->addWidget(m_about);
    layout->addSpacing(6);
    m_table->setSortingEnabled(false);
    layout->addWidget(m_table);
    m_whyNoCost->setWordWrap(true);
    layout->addWidget(m_whyNoCost);
    layout->addSpacing(10);
    layout->addWidget(m_facts);
    layout->addStretch();
    auto* buttons = new QHBoxLayout;
    auto* close = new QPushButton(tr("Close"), this);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_openPrice);
    QPushButton* trace = smallButton(tr("Show the trace"), tr("Show the trace and the prompt of the call"), *buttons);
    connect(trace, &QPushButton::clicked, this, [this, call] {
        emit traceRequested(static_cast<qint64>(call));
        QDialog::close();
    });
    buttons->addStretch();
    buttons->addWidget(close);
    layout->addLayout(buttons);
    m_copy->setAutoDefault(false);
    m_copy->setEnabled(false);
    m_openPrice->setAutoDefault(false);
    m_openPrice->setEnabled(false);
    m_openPrice->setToolTip(tr("Look the model up in the price book, at the time of this call"));
    connect(m_openPrice, &QPushButton::clicked, this, [this] {
        // This window would keep the keys from the price book.
        emit priceRequested(m_model, m_time);
        QDialog::close();
    });
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(close, &QPushButton::clicked, this, &QDialog::close);

    m_job.start([queries, call](const StopToken& stop) { return queries.explain(call, stop); },
                [this](Result<CostExplanation> explanation) {
                    if (explanation)
                        show(*explanation);
                    else if (explanation.error().kind != ErrorKind::Cancelled)
                        m_title->setText(toQt(explanation.error().text()));
                    emit settled();
                });
}

void ExplainCostDialog::show(const CostExplanation& explanation)
{
    const CallRow& call = explanation.call;
    m_title->setText(call.cost ? tr("Why this call costs %1").arg(format::money(MoneySum(*call.cost)))
                               : tr("Why the cost of this call is unknown"));
    QStringList about;
    for (const std::string& part : {call.step, call.model})
        if (!part.empty())
            about += toQt(part);
    about += format::instant(call.start, m_queries.calendar());
    about += call.feature.empty() ? toQt(missingValue(Dimension::Feature)) : toQt(call.feature);
    m_about->setText(about.join(u" · "_s));
    m_lines.show(explanation);
    m_table->setVisible(!explanation.lines.empty());
    m_table->setFixedHeight(m_table->contentHeight());
    m_whyNoCost->setText(explanation.whyNoCost.empty() ? QString() : whyNoCostText(call));
    m_whyNoCost->setVisible(!explanation.whyNoCost.empty());
    m_facts->setFacts(factsOf(explanation));
    m_copy->setEnabled(true);
    m_model = toQt(call.model);
    m_time = toQt(isoText(call.start));
    m_openPrice->setEnabled(!m_model.isEmpty());
    m_copy->setFocus();
    adjustSize();
}

QString ExplainCostDialog::text() const
{
    QList<int> columns;
    for (int column = 0; column < m_lines.columnCount(); ++column)
        columns += column;
    QList<int> rows;
    for (int row = 0; row < m_lines.rowCount(); ++row)
        rows += row;
    QString text = m_title->text() + u'\n' + m_about->text() + u"\n\n"_s;
    if (!rows.isEmpty())
        text += tabbed(m_lines, columns, rows) + u'\n';
    if (!m_whyNoCost->text().isEmpty())
        text += m_whyNoCost->text() + u'\n';
    for (const FactList::Fact& fact : m_facts->facts())
        text +=
            fact.name + u": "_s + fact.text + (fact.pill.isEmpty() ? QString() : u" ("_s + fact.pill + u')') + u'\n';
    return text;
}

} // namespace plumbline
