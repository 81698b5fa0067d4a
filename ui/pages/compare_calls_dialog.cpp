// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_calls_dialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "model/items/prompt_diff.h"
#include "ui/pages/prompt_diff_view.h"
#include "ui/widgets/card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/tab_heading.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

QString titleOf(const CallRow& call, const ReportingCalendar& calendar)
{
    QStringList parts = {format::instant(call.start, calendar)};
    for (const std::string& part : {call.feature, call.step, call.model})
        if (!part.empty())
            parts += toQt(part);
    return parts.join(u" · "_s);
}

} // namespace

CompareCallsDialog::CompareCallsDialog(const Queries& queries, CallId left, CallId right, RequestUnit unit,
                                       WindowMemory& memory, QWidget* parent)
    : QDialog(parent)
    , m_tabs(new TabHeading(QString(), {tr("Figures"), tr("Prompts"), tr("Steps")}, this))
    , m_about(quietLabel(tr("Reading both…"), this))
    , m_stack(new QStackedWidget(this))
    , m_figuresTable(new DataTable(u"compare-figures"_s, tr("Figures of both calls"), m_figures, memory, this))
    , m_prompts(new PromptDiffView(this))
    , m_stepsTable(new DataTable(u"compare-steps"_s, tr("Steps of both traces"), m_steps, memory, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(unit == RequestUnit::Traces ? tr("Compare two traces") : tr("Compare two calls"));
    resize(1080, 640);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 14);
    layout->addWidget(m_tabs);
    m_about->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_about);
    for (QWidget* page :
         {static_cast<QWidget*>(m_figuresTable), static_cast<QWidget*>(m_prompts), static_cast<QWidget*>(m_stepsTable)})
        m_stack->addWidget(page);
    layout->addWidget(m_stack, 1);
    m_figuresTable->setSortingEnabled(false);
    m_stepsTable->setSortingEnabled(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_tabs, &TabHeading::chosen, m_stack, &QStackedWidget::setCurrentIndex);
    if (unit == RequestUnit::Traces) {
        constexpr int steps = 2;
        m_tabs->choose(steps);
        m_stack->setCurrentIndex(steps);
    }

    struct Both
    {
        PromptAnswer left, right;
        std::vector<StepPair> steps;
        PromptDiff diff;
    };
    m_job.start(
        [queries, left, right](const StopToken& stop) -> Result<std::shared_ptr<Both>> {
            auto both = std::make_shared<Both>();
            both->left = TRY(queries.promptOf(left, stop));
            both->right = TRY(queries.promptOf(right, stop));
            const TraceAnswer leftTrace = TRY(queries.traceOf(left, stop));
            const TraceAnswer rightTrace = TRY(queries.traceOf(right, stop));
            both->steps = alignedSteps(leftTrace, rightTrace);
            both->diff = diffOf(both->left, both->right);
            return both;
        },
        [this, calendar = queries.calendar()](const Result<std::shared_ptr<Both>>& both) {
            if (!both) {
                if (both.error().kind != ErrorKind::Cancelled)
                    m_about->setText(toQt(both.error().text()));
                emit settled();
                return;
            }
            const Both& shown = **both;
            const QString leftTitle = titleOf(shown.left.call, calendar);
            const QString rightTitle = titleOf(shown.right.call, calendar);
            m_about->setText(tr("A: %1\nB: %2").arg(leftTitle, rightTitle));
            m_figures.show(shown.left, shown.right);
            m_steps.show(shown.steps);
            m_prompts->show(shown.diff, tr("What differs is marked."), leftTitle, rightTitle);
            emit settled();
        });
}

} // namespace plumbline
